package main

import (
	"fmt"
	"io"
	"time"

	"github.com/urfave/cli/v2"

	"bemanna/forecast"
	"bemanna/internal/civil"
	"bemanna/internal/export"
	"bemanna/internal/plan"
)

func closeCommand(e *env) *cli.Command {
	return &cli.Command{
		Name: "close", Category: catAhead,
		Usage: "when a group, or a unit that meets, could be closed at the least cost",
		Description: `Ranks the windows in which a group could be closed, or all groups of a unit while
it meets: by how many calls fewer are answered in time, with those that overflow
and those that are lost. Groups that are critical or have no overflow stay open,
and so do those of the unit who master them.

   bemanna close --unit tekniska --length 90m --from 2026-12-01 --to 2026-12-04
   bemanna close --group parkering --length 1h

Nothing is stored. A window that is chosen goes into closings_file.`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "group", Usage: "the group `ID` that closes"},
			&cli.StringFlag{Name: "unit", Usage: "the unit `ID` that meets"},
			&cli.DurationFlag{Name: "length", Value: 90 * time.Minute, Usage: "`LENGTH` of the window"},
			dateFlag("from", "the first `DAY` (default: today or the next open day)"),
			dateFlag("to", "the last `DAY` (default: the first)"),
			&cli.Uint64Flag{Name: "seed", Value: 1, Usage: "`NUMBER` that settles the random choices of the search"},
			outFlag,
		},
		Action: e.atDesk(runClose),
	}
}

func runClose(c *cli.Context, k *desk) error {
	q := plan.WindowQuery{Group: c.String("group"), Unit: c.String("unit"), Length: c.Duration("length")}
	if err := q.Check(k.centre); err != nil {
		return usageError{fmt.Errorf("close: %w", err)}
	}
	days := plan.HorizonQuery{Today: k.today(), Seed: c.Uint64("seed"), Model: forecast.DayLevel{}}
	var err error
	if days.From, err = k.openDay(c, "from"); err != nil {
		return err
	}
	if days.Until, err = date(c, "to", func() (civil.Date, error) { return days.From, nil }); err != nil {
		return err
	}
	if err := checkDays(days); err != nil {
		return err
	}
	ahead, err := plan.Ahead(c.Context, k.centre, k.store, days)
	if err != nil {
		return err
	}
	r, err := ahead.Windows(c.Context, q)
	if err != nil {
		return err
	}
	return k.output(c.String("output"), func(w io.Writer) error {
		if k.json {
			return export.JSON(w, r)
		}
		return export.Windows(w, r, k.words)
	})
}
