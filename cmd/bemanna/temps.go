package main

import (
	"io"

	"github.com/urfave/cli/v2"

	"bemanna/forecast"
	"bemanna/internal/civil"
	"bemanna/internal/export"
	"bemanna/internal/plan"
)

func tempsCommand(e *env) *cli.Command {
	return &cli.Command{
		Name: "temps", Category: catAhead,
		Usage: "the hourly temps and agency workers to order for the weeks ahead",
		Description: `Forecasts the days ahead, plans each with the people who are there by contract and
booking, and finds the cheapest shifts of temps with which each day reaches the
target. Says what happens if nothing is ordered, what the order costs, what it
gives in simulated days, and what further hours would buy. P50 is a day as
expected; P90 one with more calls, and fewer who come, than nine days of ten.

   bemanna temps
   bemanna temps --from 2026-11-30 --to 2027-01-10 --unit barn_ungdom --days
   bemanna temps --budget 20000
   bemanna temps --sick 10% --volume +10%
   bemanna temps --volume aldre_direkt=+25% --one-more-in aldre_direkt
   bemanna temps --close skola=2026-12-10T13:00-14:30

With a what-if, people keep the days that they have. Those who come in addition
work by contract: --more like somebody, --one-more-in with the skills of a unit
or a group.

The exit code is 3 when some day misses the target with all who can be asked, or
with what the budget buys.`,
		Flags: append([]cli.Flag{
			dateFlag("from", "the first `DAY` (default: next Monday)"),
			dateFlag("to", "the last `DAY` (default: six weeks from the first)"),
			&cli.StringFlag{Name: "unit", Usage: "only the groups and temps of the unit `ID`"},
			&cli.Float64Flag{Name: "budget", Usage: "spend at most so many `KRONOR`"},
			&cli.BoolFlag{Name: "days", Usage: "by day, with the shifts to ask for"},
			&cli.BoolFlag{Name: "people", Usage: "list who can be called in as well"},
			&cli.StringFlag{Name: "redial", Usage: "`SHARE` of those who give up who call again (default: the centre's)"},
			&cli.IntFlag{Name: "simulate", Value: plan.SimulatedAhead, Usage: "simulate each day `N` times, before and after"},
			&cli.Uint64Flag{Name: "seed", Value: 1, Usage: "`NUMBER` that settles the random choices"},
			outFlag,
		}, whatIfFlags...),
		Action: e.atDesk(runTemps),
	}
}

func runTemps(c *cli.Context, k *desk) error {
	query, err := aheadQuery(c, k, plan.WeeksAhead)
	if err != nil {
		return err
	}
	options := plan.TempsOptions{Unit: c.String("unit"), Redial: k.centre.Redial, Simulated: c.Int("simulate")}
	if c.IsSet("redial") {
		if options.Redial, err = shareOf(c, "redial"); err != nil {
			return err
		}
	}
	if c.IsSet("budget") {
		budget := c.Float64("budget")
		options.Budget = &budget
	}
	whatIf, err := whatIfOf(c, k.centre)
	if err != nil {
		return err
	}
	if err := plan.CheckTemps(k.centre, whatIf, options); err != nil {
		return usageError{err}
	}
	ahead, err := plan.Ahead(c.Context, k.centre, k.store, query)
	if err != nil {
		return err
	}
	result, err := ahead.TempsBeside(c.Context, k.store, whatIf, options)
	if err != nil {
		return err
	}
	if result.Drift, err = plan.Drifting(c.Context, k.centre, k.store, query.Today, query.Model); err != nil {
		return err
	}
	err = k.output(c.String("output"), func(w io.Writer) error {
		if k.json {
			return export.JSON(w, result)
		}
		return export.Temps(w, result, export.TempsView{Days: c.Bool("days"), People: c.Bool("people")}, k.words)
	})
	if err == nil && !result.Reached {
		return errMissed
	}
	return err
}

// aheadQuery reads --from and --to: some weeks from next Monday on, if they are
// not given.
func aheadQuery(c *cli.Context, k *desk, weeks civil.Date) (q plan.HorizonQuery, err error) {
	today := k.today()
	q = plan.HorizonQuery{Today: today, Model: forecast.DayLevel{}, Seed: c.Uint64("seed")}
	q.From, err = date(c, "from", func() (civil.Date, error) { return today.Monday() + 7, nil })
	if err != nil {
		return q, err
	}
	q.Until, err = date(c, "to", func() (civil.Date, error) { return q.From + 7*weeks - 1, nil })
	if err == nil {
		err = checkDays(q)
	}
	return q, err
}
