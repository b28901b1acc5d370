package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// usageError marks a fault of the command line.
type usageError struct{ error }

var (
	unknownFlag  = regexp.MustCompile(`^flag provided but not defined: -+(.+)$`)
	wrongValue   = regexp.MustCompile(`^invalid value "(.*)" for flag -(\S+): `)
	withoutValue = regexp.MustCompile(`^flag needs an argument: -+(.+)$`)
)

// usage says what the library found wrong with flags in the words of all other
// faults: the flag, its value, what was wanted.
func usage(c *cli.Context, err error, _ bool) error {
	flags, help := c.App.Flags, helpOf(c)
	if c.Command != nil {
		flags = slices.Concat(c.Command.Flags, flags)
	}
	text := err.Error()
	if m := unknownFlag.FindStringSubmatch(text); m != nil {
		near := ""
		if s := cli.SuggestFlag(flags, m[1], true); s != "" {
			near = ". " + fmt.Sprintf(cli.SuggestDidYouMeanTemplate, s)
		}
		return usageError{fmt.Errorf("unknown flag --%s%s (%s lists all)", m[1], near, help)}
	}
	if m := wrongValue.FindStringSubmatch(text); m != nil {
		return usageError{fmt.Errorf("--%s %q: want %s", m[2], m[1], wanted(find(flags, m[2])))}
	}
	if m := withoutValue.FindStringSubmatch(text); m != nil {
		return usageError{fmt.Errorf("--%s: want a value behind (%s)", m[1], help)}
	}
	return usageError{err}
}

// wanted says what values a flag takes.
func wanted(f cli.Flag) string {
	switch f.(type) {
	case *cli.DurationFlag:
		return "a length of time such as 15m or 300s"
	case *cli.IntFlag, *cli.Uint64Flag:
		return "a whole number"
	case *cli.BoolFlag:
		return "true or false"
	default:
		return "a number"
	}
}

func unknown(c *cli.Context, commands []*cli.Command) error {
	name := c.Args().First()
	text := fmt.Sprintf("unknown command %q", name)
	if near := cli.SuggestCommand(commands, name); near != "" && !strings.Contains(near, `""`) {
		text += ". " + near
	}
	return usageError{fmt.Errorf("%s (%s lists all)", text, helpOf(c))}
}

// helpOf is the command line that helps with the command at hand.
func helpOf(c *cli.Context) string {
	if c.Command == nil || c.Command.HelpName == "" {
		return "bemanna --help"
	}
	return c.Command.HelpName + " --help"
}

// noArguments refuses positional arguments.
func noArguments(c *cli.Context) error {
	if c.Args().Present() {
		return usageError{fmt.Errorf("%s takes no argument, found %q", c.Command.Name, c.Args().First())}
	}
	return nil
}
