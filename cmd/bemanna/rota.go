package main

import (
	"io"

	"github.com/urfave/cli/v2"

	"bemanna/forecast"
	"bemanna/internal/civil"
	"bemanna/internal/export"
	"bemanna/internal/plan"
)

func rotaCommand(e *env) *cli.Command {
	return &cli.Command{
		Name: "rota", Category: catAhead,
		Usage: "who leads each table, week by week",
		Description: `Lays the rota of the table leads and their deputies: the weeks that people know
of, continued so that leads and deputyships are shared fairly over half a year.
Says how fair it is, who carries how many weeks, and what the morning meeting
costs in the first week, now and at the time of day at which it would cost least.

   bemanna rota
   bemanna rota --weeks 26 --from 2026-12-07 --save
   bemanna rota --json

Nothing is settled without --save; the plan of a day settles eight weeks ahead.
The exit code is 3 when a table has no lead in some week.`,
		Flags: []cli.Flag{
			&cli.IntFlag{Name: "weeks", Value: 26, Usage: "`NUMBER` of weeks, 1 to 104"},
			dateFlag("from", "a `DAY` of the first week (default: today)"),
			&cli.BoolFlag{Name: "save", Usage: "settle the weeks that are proposed"},
			outFlag,
		},
		Action: e.atDesk(runRota),
	}
}

func runRota(c *cli.Context, k *desk) error {
	from, err := date(c, "from", func() (civil.Date, error) { return k.today(), nil })
	if err != nil {
		return err
	}
	query := plan.RotaQuery{Week: from, Weeks: c.Int("weeks"), Save: c.Bool("save")}
	if err := query.Check(); err != nil {
		return usageError{err}
	}
	rota, err := plan.LayRota(c.Context, k.centre, k.store, query)
	if err != nil {
		return err
	}
	if err := rota.WithMeeting(c.Context, k.centre, k.store, plan.HorizonQuery{Today: k.today(), Model: forecast.DayLevel{}, Seed: 1}); err != nil {
		return err
	}
	err = k.output(c.String("output"), func(w io.Writer) error {
		if k.json {
			return export.JSON(w, rota)
		}
		return export.Rota(w, rota, k.words)
	})
	if err == nil && rota.NoLead > 0 {
		return errMissed
	}
	return err
}
