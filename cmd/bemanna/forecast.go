package main

import (
	"fmt"
	"io"
	"slices"
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
		Description: `Forecasts every answer group from what is known before today.

   bemanna forecast
   bemanna forecast --days 28 --group aldre_direkt
   bemanna forecast --from 2026-12-01 --days 14 --json`,
		Flags: []cli.Flag{
			dateFlag("from", "the first `DAY` (default: today)"),
			&cli.IntFlag{Name: "days", Value: 7, Usage: "`NUMBER` of days, 1 to 400"},
			&cli.StringSliceFlag{Name: "group", Usage: "only this answer `GROUP`; may be repeated"},
			outFlag,
		},
		Action: func(c *cli.Context) error { return runForecast(c, e) },
	}
}

func runForecast(c *cli.Context, e *env) error {
	if err := noArguments(c); err != nil {
		return err
	}
	days := c.Int("days")
	if days < 1 || days > 400 {
		return usageError{fmt.Errorf("--days %d: want 1 to 400", days)}
	}
	ctr, words, s, err := e.open(c.Context, false)
	if err != nil {
		return err
	}
	defer closing(e, s)
	from, err := date(c, "from", func() (civil.Date, error) { return e.firstDay(c.Context, ctr, s) })
	if err != nil {
		return err
	}
	if err := onlyGroups(ctr, c.StringSlice("group")); err != nil {
		return err
	}
	all, err := plan.Forecasts(c.Context, ctr, s, plan.ForecastQuery{From: from, Days: days, Today: e.today(ctr), Model: forecast.DayLevel{}})
	if err != nil {
		return err
	}
	groups := export.Forecasts(all, words)
	return e.output(c.String("output"), func(w io.Writer) error {
		if e.json {
			return export.JSON(w, groups)
		}
		return export.ForecastTable(w, groups, words)
	})
}

// onlyGroups leaves the named groups in the centre; none named: all.
func onlyGroups(c *centre.Centre, ids []string) error {
	for _, id := range ids {
		if _, ok := c.Group(id); !ok {
			return usageError{fmt.Errorf("--group %q: no such answer group; there are %s", id, strings.Join(groupIDs(c), ", "))}
		}
	}
	if len(ids) > 0 {
		c.Groups = slices.DeleteFunc(c.Groups, func(g centre.Group) bool { return !slices.Contains(ids, g.ID) })
	}
	return nil
}

func groupIDs(c *centre.Centre) []string {
	var ids []string
	for _, g := range c.Groups {
		ids = append(ids, g.ID)
	}
	return ids
}
