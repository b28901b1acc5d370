package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"bemanna/forecast"
	"bemanna/internal/civil"
	"bemanna/internal/export"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

func rosterCommand(e *env) *cli.Command {
	return &cli.Command{
		Name: "roster", Category: catAhead,
		Usage: "who works when, for weeks planned together",
		Description: `Plans weeks as wholes from the forecast: a shift or off for each person and day,
with rest between shifts and in the week, hours within the contract, about the same
start through the week, and late shifts shared. Says what is expected of each day
and where it is short.

   bemanna roster
   bemanna roster --from 2026-12-07 --weeks 4 -o roster.xlsx
   bemanna roster --from 2026-12-07 --publish

It is a draft, and nothing is stored, until --publish stores the shifts as what
people have been told: the plans of these days keep them. Publishing again lists
whose shifts change. Those nearer than two weeks need the consent of the person.

The exit code is 3 when a day is expected to miss the target, somebody has no place,
or a change needs consent.`,
		Flags: []cli.Flag{
			dateFlag("from", "a `DAY` of the first week (default: the first that is two weeks ahead)"),
			&cli.IntFlag{Name: "weeks", Value: 2, Usage: "`NUMBER` of weeks, 1 to 13"},
			&cli.BoolFlag{Name: "publish", Usage: "store the shifts: people have been told"},
			&cli.StringFlag{Name: "format", Usage: "write as `FORMAT`: text, xlsx or csv (default: by the name of -o, else text)"},
			&cli.Uint64Flag{Name: "seed", Value: 1, Usage: "`NUMBER` that settles the random choices of the search"},
			outFlag,
		},
		Action: e.atDesk(runRoster),
	}
}

func runRoster(c *cli.Context, k *desk) error {
	write, err := rosterFormat(c, k.env)
	if err != nil {
		return usageError{err}
	}
	from, err := date(c, "from", func() (civil.Date, error) { return plan.FirstRoster(k.today()), nil })
	if err != nil {
		return err
	}
	query := plan.RosterQuery{From: from, Weeks: c.Int("weeks"), Now: k.clock(), Model: forecast.DayLevel{}, Seed: c.Uint64("seed")}
	if err := query.Check(k.centre); err != nil {
		return usageError{err}
	}
	roster, err := plan.LayRoster(c.Context, k.centre, k.store, query)
	if err != nil {
		return err
	}
	if c.Bool("publish") {
		if err := roster.Publish(c.Context, k.store, "bemanna roster"); err != nil {
			return err
		}
	}
	if err := k.output(c.String("output"), func(w io.Writer) error { return write(w, roster, k.words) }); err != nil {
		return err
	}
	if roster.Wants() {
		return errMissed
	}
	return nil
}

type rosterWriter func(io.Writer, *plan.Roster, *i18n.Words) error

// rosterFormat reads the flags that say in which form the roster is wanted. Without
// any, the extension of -o chooses.
func rosterFormat(c *cli.Context, e *env) (rosterWriter, error) {
	formats := map[string]rosterWriter{
		"text": export.Roster, "txt": export.Roster, "xlsx": export.RosterWorkbook, "csv": export.RosterRows,
		"json": func(w io.Writer, r *plan.Roster, words *i18n.Words) error { return export.JSON(w, r) },
	}
	name := c.String("format")
	switch {
	case e.json && name != "":
		return nil, fmt.Errorf("--json and --format %s: want one", name)
	case name != "" && !slices.Contains([]string{"text", "xlsx", "csv"}, name):
		return nil, fmt.Errorf("--format %s: want text, xlsx or csv", name)
	case e.json:
		name = "json"
	case name == "":
		name = strings.TrimPrefix(strings.ToLower(filepath.Ext(c.String("output"))), ".")
	}
	write, known := formats[cmp.Or(name, "text")]
	if !known {
		return nil, unknownEnding(c, "text, xlsx or csv")
	}
	if name == "xlsx" && c.String("output") == "" && isTerminal(e.stdout) {
		return nil, errors.New("--format xlsx: want -o FILE, not a terminal")
	}
	return write, nil
}
