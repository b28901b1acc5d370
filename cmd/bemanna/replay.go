package main

import (
	"context"
	"fmt"
	"io"

	"github.com/urfave/cli/v2"

	"bemanna/forecast"
	"bemanna/internal/civil"
	"bemanna/internal/export"
	"bemanna/internal/plan"
)

func replayCommand(e *env) *cli.Command {
	return &cli.Command{
		Name: "replay", Category: catJudge,
		Usage: "how the plans would have gone on days that are over, beside other ways of planning",
		Description: `Plans each open day of the past as it could have been planned when it began, with
the people and bookings of the centre file, and lets the calls that really came
happen to the plan, many times over. On the same people and calls it does so with
a plan as spreadsheets make it (same weekday, Erlang C for each group, whole
people, then shifts) and with a plan that knew the calls. Says what share would
have been answered in time with how many hours on the phone, and how many hours
bemanna wants for the share of the spreadsheet.

   bemanna replay
   bemanna replay --from 2026-10-26 --to 2026-11-20
   bemanna replay --from 2026-11-16 --to 2026-11-20 --json -o replay.json

Nothing that came on a day or later goes into its plan. Nothing is stored.`,
		Flags: []cli.Flag{
			dateFlag("from", "the first `DAY` (default: four weeks before the last)"),
			dateFlag("to", "the last `DAY` (default: the last day of the history)"),
			&cli.IntFlag{Name: "draws", Value: 300, Usage: "simulate each plan of a day `N` times"},
			&cli.Uint64Flag{Name: "seed", Value: 1, Usage: "`NUMBER` that settles the random choices"},
			outFlag,
		},
		Action: e.atDesk(runReplay),
	}
}

func runReplay(c *cli.Context, k *desk) error {
	draws, err := drawsFlag(c)
	if err != nil {
		return err
	}
	q := plan.ReplayQuery{
		Model: forecast.DayLevel{}, Draws: draws, Seed: c.Uint64("seed"), Progress: k.progress("replay"),
	}
	if q.To, err = date(c, "to", func() (civil.Date, error) { return k.lastDay(c.Context) }); err != nil {
		return err
	}
	const fourWeeks = 4*7 - 1
	if q.From, err = date(c, "from", func() (civil.Date, error) { return q.To - fourWeeks, nil }); err != nil {
		return err
	}
	if q.From > q.To {
		return usageError{fmt.Errorf("--from %s: want a day up to %s", q.From, q.To)}
	}
	result, err := plan.Replay(c.Context, k.centre, k.store, q)
	if err != nil {
		return err
	}
	return k.output(c.String("output"), func(w io.Writer) error {
		if k.json {
			return export.JSON(w, result)
		}
		return export.Replay(w, result, k.words)
	})
}

// drawsFlag reads how many days are simulated.
func drawsFlag(c *cli.Context) (int, error) {
	const least, most = 2, 100_000
	n := c.Int("draws")
	if n < least || n > most {
		return 0, usageError{fmt.Errorf("--draws %d: want a number from %d to %d", n, least, most)}
	}
	return n, nil
}

// lastDay is the last day of the history, and yesterday where there is none.
func (k *desk) lastDay(ctx context.Context) (civil.Date, error) {
	until, err := k.store.DataUntil(ctx, k.centre.Source)
	if err != nil || until.IsZero() {
		return k.today() - 1, err
	}
	return plan.DayAfter(k.centre, until) - 1, nil
}
