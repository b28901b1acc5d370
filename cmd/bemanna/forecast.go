package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/export"
	"bemanna/internal/plan"
)

func forecastCommand(e *env) *cli.Command {
	return &cli.Command{
		Name: "forecast", Category: catPlan,
		Usage: "calls and handle times ahead, and why days differ",
		Description: `Forecasts every answer group from what is known, and says why days differ. The
calls that have come today bring the rest of today up to date.

   bemanna forecast
   bemanna forecast --days 1
   bemanna forecast --days 1 --group aldre_direkt --intervals
   bemanna forecast --from 2026-12-01 --days 14 --json`,
		Flags: []cli.Flag{
			dateFlag("from", "the first `DAY` (default: today)"),
			&cli.IntFlag{Name: "days", Value: 7, Usage: "`NUMBER` of days, 1 to 400"},
			&cli.StringSliceFlag{Name: "group", Usage: "only this answer `GROUP`; may be repeated"},
			&cli.BoolFlag{Name: "intervals", Usage: "each interval of each day"},
			outFlag,
		},
		Action: e.atDesk(runForecast),
	}
}

func runForecast(c *cli.Context, k *desk) error {
	days := c.Int("days")
	if days < 1 || days > 400 {
		return usageError{fmt.Errorf("--days %d: want 1 to 400", days)}
	}
	from, err := date(c, "from", func() (civil.Date, error) { return k.firstDay(c.Context) })
	if err != nil {
		return err
	}
	wanted, err := groupsFlag(c, k.centre)
	if err != nil {
		return err
	}
	all, err := plan.Forecasts(c.Context, k.centre, k.store, plan.ForecastQuery{
		From: from, Days: days, Groups: wanted, Today: k.today(), Model: forecast.DayLevel{},
	})
	if err != nil {
		return err
	}
	until, err := k.store.DataUntil(c.Context, k.centre.Source)
	if err != nil {
		return err
	}
	page := export.ForecastPage{Centre: k.centre.Name, Groups: export.Forecasts(all, k.words)}
	if !until.IsZero() {
		page.DataUntil = until.In(k.centre.Location)
	}
	return k.output(c.String("output"), func(w io.Writer) error {
		switch {
		case k.json:
			return export.JSON(w, page.Groups)
		case c.Bool("intervals"):
			return export.ForecastIntervals(w, page, k.words)
		default:
			return export.ForecastTable(w, page, k.words)
		}
	})
}

// groupsFlag gives the ids of --group, which the centre has; nil: all groups.
func groupsFlag(c *cli.Context, ctr *centre.Centre) ([]string, error) {
	for _, id := range c.StringSlice("group") {
		if _, ok := ctr.Group(id); !ok {
			return nil, usageError{fmt.Errorf("--group %q: no such answer group; there are %s", id, strings.Join(groupIDs(ctr), ", "))}
		}
	}
	return c.StringSlice("group"), nil
}

func groupIDs(c *centre.Centre) []string {
	var ids []string
	for _, g := range c.Groups {
		ids = append(ids, g.ID)
	}
	return ids
}
