package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"bemanna/internal/export"
	"bemanna/internal/plan"
)

func importCommand(e *env) *cli.Command {
	return &cli.Command{
		Name: "import", Category: catStart, ArgsUsage: "FILE...",
		Usage: "read telephony history into the store",
		Description: `Reads CSV exports, gzip too. The delimiter, the encoding, the decimal sign, the
form of dates and the columns are found and shown. Rows replace what is known of
the same group and time; rows that cannot be right are set aside with the
reason, and the rest goes in.

   bemanna import calls-2026-11.csv
   bemanna import history/*

Wanted are columns for the time, the group and the calls offered:
interval_start, group, offered, and perhaps channel, answered,
answered_within_60s, abandoned, talk_s, acw_s or aht_s. Swedish names do too.

The exit code is 4 when a file could not be read, 0 when rows were set aside.`,
		Action: func(c *cli.Context) error {
			if !c.Args().Present() {
				return usageError{errors.New("import: want at least one FILE")}
			}
			return e.withDesk(c.Context, true, func(k *desk) error { return runImport(c, k) })
		},
	}
}

func runImport(c *cli.Context, k *desk) error {
	sums := []export.ImportFile{}
	var faults []error
	for _, name := range c.Args().Slice() {
		content, err := os.ReadFile(name)
		if err != nil {
			faults = append(faults, inputError{err})
			continue
		}
		file := plan.File{Name: filepath.Base(name), Content: content}
		sum, err := plan.Import(c.Context, k.centre, k.store, file, k.clock())
		if err := c.Err(); err != nil {
			return err
		}
		if err != nil {
			faults = append(faults, inputError{err})
		}
		if err == nil || sum.Report.Read > 0 { // of a file that broke off, what came before is in
			sums = append(sums, export.Imported(name, k.centre, sum))
		}
	}
	if err := k.output("", func(w io.Writer) error {
		if k.json {
			return export.JSON(w, sums)
		}
		return export.ImportText(w, sums, k.words)
	}); err != nil {
		return err
	}
	if len(faults) > 0 {
		return fmt.Errorf("%d of %d files: %w", len(faults), c.Args().Len(), errors.Join(faults...))
	}
	return nil
}
