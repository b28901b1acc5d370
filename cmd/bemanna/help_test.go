package main

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/urfave/cli/v2"
)

// TestHelpFits: the help of every command fits into 80 columns, names each of its
// flags once, and shows no default that is none.
func TestHelpFits(t *testing.T) {
	app := newApp(&env{})
	check := func(path, help string, flags []cli.Flag) {
		for line := range strings.Lines(help) {
			if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")); n > helpWidth {
				t.Errorf("%s --help: %d columns, want at most %d: %s", path, n, helpWidth, line)
			}
		}
		for _, nothing := range []string{"(default: false)", "(default: 0)", "(default: )", "m0s", "`", "[ --"} {
			if strings.Contains(help, nothing) {
				t.Errorf("%s --help shows %q", path, nothing)
			}
		}
		for _, f := range flags {
			name := "\n   --" + f.Names()[0]
			if v, ok := f.(cli.VisibleFlag); ok && !v.IsVisible() {
				continue
			}
			if n := strings.Count(help, name+" ") + strings.Count(help, name+",") + strings.Count(help, name+"\n"); n != 1 {
				t.Errorf("%s --help lists %s %d times, want once", path, strings.TrimSpace(name), n)
			}
		}
	}
	var commands func(parent string, all []*cli.Command)
	commands = func(parent string, all []*cli.Command) {
		for _, c := range all {
			path := parent + " " + c.Name
			check(path, c.CustomHelpTemplate, c.Flags)
			if !strings.Contains(app.CustomAppHelpTemplate, "\n   "+c.Name) && parent == app.Name {
				t.Errorf("bemanna --help does not list %s: its category %q is unknown", c.Name, c.Category)
			}
			commands(path, c.Subcommands)
		}
	}
	check(app.Name, app.CustomAppHelpTemplate, app.Flags)
	commands(app.Name, app.Commands)
}

// TestReflowed: paragraphs are broken anew, examples are not.
func TestReflowed(t *testing.T) {
	word := strings.Repeat("x", 50)
	got := reflowed(word + " " + word + "\n" + word + "\n\n   bemanna " + word + "\n   bemanna " + word)
	want := word + "\n" + word + "\n" + word + "\n\n   bemanna " + word + "\n   bemanna " + word
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
