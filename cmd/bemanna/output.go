package main

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"bemanna/internal/atomicfile"
)

// output gives what the command writes to: stdout, or the file of -o, which is
// replaced only when write has succeeded.
func (e *env) output(path string, write func(io.Writer) error) error {
	if path == "" {
		return write(e.stdout)
	}
	return atomicfile.Write(path, 0o644, write)
}

var outFlag = &cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write to `FILE`, which is replaced when all is done; .json writes JSON"}

// otherForms are endings of files in forms that only some commands write: one that
// does not would leave a file that no program opens.
var otherForms = []string{".csv", ".xlsx", ".html", ".htm", ".ics", ".ical", ".pdf"}

// form settles by the ending of -o whether JSON is written. Commands with --format
// settle it themselves; erlang answers a file of cases as CSV.
func (e *env) form(c *cli.Context) error {
	if find(c.Command.Flags, "output") == nil || find(c.Command.Flags, "format") != nil {
		return nil
	}
	switch ext := strings.ToLower(filepath.Ext(c.String("output"))); {
	case ext == ".json":
		e.json = true
	case ext == ".csv" && c.IsSet("batch"):
	case slices.Contains(otherForms, ext):
		return usageError{fmt.Errorf("-o %s: %s writes text or JSON, want a name such as %s.txt or %s.json",
			c.String("output"), c.Command.Name, c.Command.Name, c.Command.Name)}
	}
	return nil
}

// unknownEnding is the fault of a file of -o whose ending names no format.
func unknownEnding(c *cli.Context, formats string) error {
	return fmt.Errorf("-o %s: the ending names no format, want --format %s", c.String("output"), formats)
}
