package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"bemanna/internal/calculator"
	"bemanna/internal/export"
)

// runBatch answers a file of cases. It is done, with words on stderr, when some
// rows have faults, and the input is at fault when all have.
func runBatch(c *cli.Context, e *env) error {
	name := c.String("batch")
	var b *calculator.Batch
	err := reading(name, func(r io.Reader) (err error) {
		b, err = calculator.RunBatch(r, c.String)
		return err
	})
	if err != nil {
		return err
	}
	if len(b.Unused) > 0 {
		e.say("bemanna: %s: read %s; carried along: %s", filepath.Base(name), strings.Join(b.Used, ", "), strings.Join(b.Unused, ", "))
	}
	err = e.output(c.String("output"), func(w io.Writer) error {
		if e.json {
			return export.JSON(w, export.ErlangBatch(b))
		}
		return b.WriteCSV(w)
	})
	if err != nil || b.Faulty == 0 {
		return err
	}
	first := b.FirstFault()
	fault := fmt.Errorf("%s: %d of %d rows at fault, the first in line %d: %w", name, b.Faulty, len(b.Rows), b.Sheet.Lines[first], b.Rows[first].Err)
	if b.Faulty == len(b.Rows) {
		return inputError{fault}
	}
	e.say("bemanna: %v", fault)
	return nil
}

// reading opens a file for read; what goes wrong is a fault of the input.
func reading(name string, read func(io.Reader) error) error {
	f, err := os.Open(name)
	if err != nil {
		return inputError{err}
	}
	if err := read(f); err != nil {
		return inputError{errors.Join(fmt.Errorf("%s: %w", name, err), f.Close())}
	}
	return f.Close()
}
