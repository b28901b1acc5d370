package main

import (
	"fmt"
	"io"

	"github.com/urfave/cli/v2"

	"bemanna/forecast"
	"bemanna/internal/civil"
	"bemanna/internal/export"
	"bemanna/internal/plan"
)

func requireCommand(e *env) *cli.Command {
	return &cli.Command{
		Name: "require", Category: catPlan,
		Usage: "people needed in each interval of a day",
		Description: `Forecasts the day and finds the fewest hours with which it reaches the target,
by Erlang A with the patience of each group's callers and over all that the
forecast leaves open. No interval falls below the floor of the centre file, and
nobody is busier than its max_occupancy. Groups that share their people are
staffed as one: keep the fractions, they are rounded up in the total. The column
"To plan" includes the log-in rate and unexpected absence.

   bemanna require
   bemanna require --date 2026-11-24 --group aldre_direkt
   bemanna require --date 2026-11-24 --json`,
		Flags: []cli.Flag{
			dateFlag("date", "the `DAY` (default: today or the next open day)"),
			&cli.StringSliceFlag{Name: "group", Usage: "only this answer `GROUP`; may be repeated"},
			outFlag,
		},
		Action: func(c *cli.Context) error { return runRequire(c, e) },
	}
}

func runRequire(c *cli.Context, e *env) error {
	if err := noArguments(c); err != nil {
		return err
	}
	ctr, words, s, err := e.open(c.Context, false)
	if err != nil {
		return err
	}
	defer closing(e, s)
	day, err := date(c, "date", func() (civil.Date, error) { return e.firstOpen(c.Context, ctr, s) })
	if err != nil {
		return err
	}
	groups, err := groupsFlag(c, ctr)
	if err != nil {
		return err
	}
	r, err := plan.Require(c.Context, ctr, s, plan.ForecastQuery{From: day, Groups: groups, Today: e.today(ctr), Model: forecast.DayLevel{}})
	if err != nil {
		return err
	}
	need := export.Need(r)
	return e.output(c.String("output"), func(w io.Writer) error {
		if e.json {
			return export.JSON(w, need)
		}
		if _, err := fmt.Fprintln(w, words.Day(day)); err != nil {
			return err
		}
		return export.NeedTable(w, need, words)
	})
}
