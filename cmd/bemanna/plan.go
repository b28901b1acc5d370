package main

import (
	"context"
	"errors"
	"io"

	"github.com/urfave/cli/v2"

	"bemanna/forecast"
	"bemanna/internal/civil"
	"bemanna/internal/plan"
)

func planCommand(e *env) *cli.Command {
	return &cli.Command{
		Name: "plan", Category: catPlan,
		Usage: "who does what when, leads and breaks, for one day",
		Description: `Makes the plan of a day, stores it as the next version, and prints the page
for the table leads. Without --date it is the plan of today, or of the next day
on which anything is open.

   bemanna plan
   bemanna plan --date 2026-11-24 --text | wc -m
   bemanna plan --date 2026-11-24 --show -o plan.xlsx
   bemanna plan --date 2026-11-24 --show --unit parks -o wall.html
   bemanna plan --date 2026-11-24 --show --person a017 -o anna.ics

With --close a group is closed for a while: its callers hear so, and the share
that the centre file assumes waits for the group that it overflows to. A plan that
is made anew knows only the windows of closings_file.

--show takes the stored plan, so that files of one plan agree. An HTML file is
printed as one page of A4 for each unit.

The exit code is 3 when the plan misses the target, a floor or the deadline of
e-mail, a table has no lead, or the data are stale.`,
		Flags: []cli.Flag{
			dateFlag("date", "the `DAY` to plan (default: today or the next open day)"),
			&cli.StringFlag{Name: "format", Usage: "write as `FORMAT`: " + planFormatNames() + " (default: by the name of -o, else page)"},
			&cli.StringFlag{Name: "unit", Usage: "with html, the page of the unit `ID` alone"},
			&cli.StringFlag{Name: "person", Usage: "with ical, the shift of the person `ID`"},
			&cli.BoolFlag{Name: "text", Usage: "the format text: for a chat, at most 2,000 characters"},
			&cli.BoolFlag{Name: "show", Usage: "show the stored plan instead of making a new one"},
			&cli.StringSliceFlag{Name: "close", Usage: "`WINDOWS` in which a group is closed, besides those of closings_file: GROUP=13:00-14:30"},
			&cli.Uint64Flag{Name: "seed", Value: 1, Usage: "`NUMBER` that settles the random choices of the search"},
			outFlag,
		},
		Action: e.atDesk(runPlan),
	}
}

func runPlan(c *cli.Context, k *desk) error {
	day, err := k.openDay(c, "date")
	if err != nil {
		return err
	}
	if c.Bool("show") && c.IsSet("close") {
		return usageError{errors.New("--close is for a new plan, --show shows the stored one: want one of them")}
	}
	format, of, err := choosePlanFormat(c, k)
	if err != nil {
		return err
	}
	var d *plan.Day
	if c.Bool("show") {
		d, err = k.stored(c.Context, day)
	} else {
		if err := k.notOver(c.Context, day); err != nil {
			return err
		}
		if err := closeGroups(k.centre, day, c.StringSlice("close")); err != nil {
			return err
		}
		d, err = k.makePlan(c.Context, day, c.Uint64("seed"))
	}
	if err != nil {
		return err
	}
	if err := k.output(c.String("output"), func(w io.Writer) error { return format.write(w, d, k.words, of) }); err != nil {
		return err
	}
	if len(d.Wants()) > 0 {
		return errMissed
	}
	return nil
}

func (k *desk) makePlan(ctx context.Context, day civil.Date, seed uint64) (*plan.Day, error) {
	reports, read, err := plan.Reported(ctx, k.centre, k.store, day)
	if err != nil {
		return nil, err
	}
	week, err := plan.WorkAround(ctx, k.centre, k.store, day)
	if err != nil {
		return nil, err
	}
	d, err := plan.Make(ctx, k.centre, k.store, plan.Query{
		Date: day, Now: k.clock(), Seed: seed, Model: forecast.DayLevel{}, Reports: reports, Week: week,
	})
	if err != nil {
		return nil, err
	}
	return d, plan.SaveAfter(ctx, k.store, d, read, "bemanna plan")
}
