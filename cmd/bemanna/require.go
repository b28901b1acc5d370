package main

import (
	"io"

	"github.com/urfave/cli/v2"

	"bemanna/forecast"
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
staffed as one: keep the fractions, they are rounded up in the column "logged in",
which is all of them. "To plan" is more by the log-in rate and unexpected absence.

   bemanna require
   bemanna require --date 2026-11-24 --group aldre_direkt
   bemanna require --date 2026-11-24 --json`,
		Flags: []cli.Flag{
			dateFlag("date", "the `DAY` (default: today or the next open day)"),
			&cli.StringSliceFlag{Name: "group", Usage: "only this answer `GROUP`; may be repeated"},
			outFlag,
		},
		Action: e.atDesk(runRequire),
	}
}

func runRequire(c *cli.Context, k *desk) error {
	day, err := k.openDay(c, "date")
	if err != nil {
		return err
	}
	groups, err := groupsFlag(c, k.centre)
	if err != nil {
		return err
	}
	r, err := plan.Require(c.Context, k.centre, k.store, plan.ForecastQuery{From: day, Groups: groups, Today: k.today(), Model: forecast.DayLevel{}})
	if err != nil {
		return err
	}
	need := export.Need(r)
	return k.output(c.String("output"), func(w io.Writer) error {
		if k.json {
			return export.JSON(w, need)
		}
		return export.NeedPage(w, need, k.centre.Name, k.words)
	})
}
