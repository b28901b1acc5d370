package main

import (
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// permute moves flags in front of positional arguments, command by command:
// the library stops looking for flags at the first argument that is none, and
// people write them where they come to mind.
func permute(app *cli.App, args []string) []string {
	if len(args) == 0 {
		return args
	}
	out := []string{args[0]}
	commands, flags := app.Commands, app.Flags
	var positional []string
	for i := 1; i < len(args); i++ {
		a := args[i]
		switch {
		case a == "--":
			out = append(append(out, "--"), positional...)
			return append(out, args[i+1:]...)
		case len(a) > 1 && a[0] == '-':
			name := strings.TrimLeft(a, "-")
			flag := find(flags, name)
			if flag == nil && find(app.Flags, name) != nil { // a global flag after the command
				i += moveGlobal(&out, args[i:], find(app.Flags, name))
				continue
			}
			out = append(out, a)
			if !strings.Contains(name, "=") && takesValue(flag) && i+1 < len(args) {
				i++
				out = append(out, args[i])
			}
		case len(positional) == 0 && command(commands, a) != nil:
			c := command(commands, a)
			out = append(out, a)
			commands, flags = c.Subcommands, c.Flags
		default:
			positional = append(positional, a)
		}
	}
	if len(positional) > 0 && slices.ContainsFunc(positional, func(p string) bool { return strings.HasPrefix(p, "-") && len(p) > 1 }) {
		out = append(out, "--")
	}
	return append(out, positional...)
}

// moveGlobal puts the global flag that rest begins with behind the program's
// name, where the library looks for it. It gives the number of further
// arguments that were used.
func moveGlobal(out *[]string, rest []string, f cli.Flag) int {
	moved := rest[:1]
	if !strings.Contains(rest[0], "=") && takesValue(f) && len(rest) > 1 {
		moved = rest[:2]
	}
	*out = slices.Insert(*out, 1, moved...)
	return len(moved) - 1
}

func command(all []*cli.Command, name string) *cli.Command {
	i := slices.IndexFunc(all, func(c *cli.Command) bool { return c.HasName(name) })
	if i < 0 {
		return nil
	}
	return all[i]
}

func find(flags []cli.Flag, name string) cli.Flag {
	name, _, _ = strings.Cut(name, "=")
	i := slices.IndexFunc(flags, func(f cli.Flag) bool { return slices.Contains(f.Names(), name) })
	if i < 0 {
		return nil
	}
	return flags[i]
}

func takesValue(f cli.Flag) bool {
	d, ok := f.(cli.DocGenerationFlag)
	return ok && d.TakesValue()
}
