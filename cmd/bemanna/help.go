package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/urfave/cli/v2"
)

// helpWidth is how many columns the help takes, and helpColumn where the words
// on commands and flags begin.
const helpWidth, helpColumn = 80, 24

// globalHint ends the help of every command.
const globalHint = `Global options, before or after the command: --centre PATH, --lang sv|en, --json
(bemanna --help says more).
`

// programHelp is what bemanna --help prints: commands in the order of categories.
func programHelp(app *cli.App, categories []string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "bemanna: %s\n\n   bemanna [global options] COMMAND [options]\n\n%s\n", app.Usage, reflowed(app.Description))
	for _, category := range categories {
		fmt.Fprintf(&b, "\n%s:\n", category)
		for _, c := range app.Commands {
			if c.Category == category {
				describe(&b, c.Name, c.Usage)
			}
		}
	}
	b.WriteString("\nGlobal options:\n")
	listFlags(&b, append(slices.Clone(app.Flags), cli.HelpFlag, cli.VersionFlag))
	return b.String()
}

// commandHelp is what --help of a command prints.
func commandHelp(path string, c *cli.Command) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n   %s", strings.Join(folded(path+": "+c.Usage, helpWidth), "\n"), path)
	if len(c.Subcommands) > 0 {
		b.WriteString(" [COMMAND]")
	}
	b.WriteString(" [options]")
	if c.ArgsUsage != "" {
		b.WriteString(" " + c.ArgsUsage)
	}
	fmt.Fprintf(&b, "\n\n%s\n", reflowed(c.Description))
	if len(c.Subcommands) > 0 {
		b.WriteString("\nCommands:\n")
		for _, s := range c.Subcommands {
			describe(&b, s.Name, s.Usage)
		}
	}
	b.WriteString("\nOptions:\n")
	listFlags(&b, append(slices.Clone(c.Flags), cli.HelpFlag))
	b.WriteString("\n" + globalHint)
	return b.String()
}

func listFlags(b *strings.Builder, flags []cli.Flag) {
	for _, f := range flags {
		d, documented := f.(cli.DocGenerationFlag)
		if v, ok := f.(cli.VisibleFlag); !documented || ok && !v.IsVisible() {
			continue
		}
		name, usage := flagWords(d)
		describe(b, name, usage)
	}
}

var placeholder = regexp.MustCompile("`([^`]+)`")

// flagWords gives a flag with what it takes, and what it is for, with its default
// and its variable of the environment.
func flagWords(f cli.DocGenerationFlag) (name, usage string) {
	value := ""
	if m := placeholder.FindStringSubmatch(f.GetUsage()); m != nil {
		value = " " + m[1]
	}
	var names []string
	for _, n := range f.Names() {
		dashes := "--"
		if len(n) == 1 {
			dashes = "-"
		}
		names = append(names, dashes+n+value)
	}
	usage = strings.ReplaceAll(f.GetUsage(), "`", "")
	if d := defaultOf(f); d != "" && !strings.Contains(usage, "default") {
		usage += " (default: " + d + ")"
	}
	if vars := f.GetEnvVars(); len(vars) > 0 {
		usage += " [$" + strings.Join(vars, ", $") + "]"
	}
	return strings.Join(names, ", "), usage
}

// defaultOf is the value of a flag that is not given; "" where it is nothing.
func defaultOf(f cli.DocGenerationFlag) string {
	if !f.TakesValue() {
		return ""
	}
	text := strings.Trim(f.GetDefaultText(), `"`)
	if _, is := f.(*cli.DurationFlag); is {
		text = strings.TrimSuffix(text, "0s")
		if strings.HasSuffix(text, "h0m") {
			text = strings.TrimSuffix(text, "0m")
		}
	}
	if text == "0" {
		return ""
	}
	return text
}

// describe writes a name with words beside it, or below where the name is long.
func describe(b *strings.Builder, name, usage string) {
	const indent = 3
	line := strings.Repeat(" ", indent) + name
	if utf8.RuneCountInString(line) > helpColumn-2 {
		b.WriteString(line + "\n")
		line = ""
	}
	for _, words := range folded(usage, helpWidth-helpColumn) {
		fmt.Fprintf(b, "%-*s%s\n", helpColumn, line, words)
		line = ""
	}
}

// reflowed breaks the paragraphs of a text to the width of the help. What is
// indented stays as it is.
func reflowed(text string) string {
	paragraphs := strings.Split(text, "\n\n")
	for i, p := range paragraphs {
		if !strings.HasPrefix(p, " ") {
			paragraphs[i] = strings.Join(folded(p, helpWidth), "\n")
		}
	}
	return strings.Join(paragraphs, "\n\n")
}

// folded breaks words into lines of a width.
func folded(text string, width int) []string {
	lines := []string{""}
	for word := range strings.FieldsSeq(text) {
		last := &lines[len(lines)-1]
		switch {
		case *last == "":
			*last = word
		case utf8.RuneCountInString(*last)+1+utf8.RuneCountInString(word) > width:
			lines = append(lines, word)
		default:
			*last += " " + word
		}
	}
	return lines
}
