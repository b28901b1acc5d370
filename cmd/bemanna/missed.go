package main

import (
	"fmt"
	"io"
	"slices"

	"github.com/urfave/cli/v2"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/export"
	"bemanna/internal/plan"
)

func whyCommand(e *env) *cli.Command {
	return &cli.Command{
		Name: "why", Category: catJudge,
		Usage: "why the target was missed: volume, handle time, log-in rate, staffing",
		Description: `Goes from the share that the plans of past days expected to be answered in time
to the one that telephony measured, and says what each of four factors did, in
percentage points: the calls, their handle times, how much people were logged in,
and how many people were on the phone. Each day is simulated in all sixteen ways
to take some factors as planned and the others as they came. What is left is
shown as not explained. Who was there is read from the attendance file, by unit
where it has units; without it, from the newest plan where people checked in.

   bemanna why
   bemanna why --from 2026-11-16 --to 2026-11-20 --unit tekniska

A day without a stored plan gets the one that could have been made that morning,
and the page says so. What was worked out of the other days is kept for the next
time. The exit code is 3 when data are missing for some of the days.`,
		Flags: []cli.Flag{
			dateFlag("from", "the first `DAY` (default: the Monday of the last whole week; with --to, six days before it)"),
			dateFlag("to", "the last `DAY` (default: six days after the first)"),
			&cli.StringFlag{Name: "unit", Usage: "only the calls of `UNIT`"},
			&cli.IntFlag{Name: "draws", Value: 300, Usage: "simulate each plan `N` times, and each way a sixth of that"},
			&cli.Uint64Flag{Name: "seed", Value: 1, Usage: "`NUMBER` that settles the random choices"},
			outFlag,
		},
		Action: e.atDesk(runWhy),
	}
}

func runWhy(c *cli.Context, k *desk) error {
	draws, err := drawsFlag(c)
	if err != nil {
		return err
	}
	if id := c.String("unit"); id != "" && !slices.ContainsFunc(k.centre.Units, func(u centre.Unit) bool { return u.ID == id }) {
		return usageError{fmt.Errorf("--unit %s: not in the centre file", id)}
	}
	q := plan.ExplainQuery{
		Unit: c.String("unit"), Model: forecast.DayLevel{}, Draws: draws, Seed: c.Uint64("seed"), Progress: k.progress("why"),
	}
	if q.From, q.To, err = pastWeek(c, k.today()); err != nil {
		return err
	}
	result, err := plan.Explain(c.Context, k.centre, k.store, q)
	if err != nil {
		return err
	}
	if err := k.output(c.String("output"), func(w io.Writer) error {
		if k.json {
			return export.JSON(w, result)
		}
		return export.Explanation(w, result, k.words)
	}); err != nil {
		return err
	}
	if result.Lacks() {
		return errMissed
	}
	return nil
}

// pastWeek reads the days asked for: the last whole week, where none are.
func pastWeek(c *cli.Context, today civil.Date) (from, to civil.Date, err error) {
	const others = 6 // days of a week after its first
	if from, err = date(c, "from", func() (civil.Date, error) { return today.Monday() - 7, nil }); err != nil {
		return from, to, err
	}
	if to, err = date(c, "to", func() (civil.Date, error) { return from + others, nil }); err != nil {
		return from, to, err
	}
	if c.String("from") == "" && c.String("to") != "" {
		from = to - others
	}
	const most = 92
	if from > to || to-from >= most {
		return from, to, usageError{fmt.Errorf("--from %s --to %s: want a first and a last day, at most %d in all", from, to, most)}
	}
	return from, to, nil
}
