package main

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/urfave/cli/v2"

	"bemanna/internal/civil"
	"bemanna/internal/export"
	"bemanna/internal/plan"
)

func slotsCommand(e *env) *cli.Command {
	return &cli.Command{
		Name: "slots", Category: catAhead,
		Usage: "when a meeting, training or coaching costs least",
		Description: `Ranks the times at which some people could be taken off their work together, by
who cannot come and by the price: how many calls would be late and how many
callers give up. Plans each day with those who are there by contract and booking.

   bemanna slots --unit barn_ungdom --length 90m
   bemanna slots --people a001,a002 --from 2026-11-30 --to 2026-12-04
   bemanna slots --unit tekniska --between 13:00-16:00 --json
   bemanna slots --unit barn_ungdom --length 90m --close

With --close each time is priced with the groups of the unit open, and with those
closed that can be: their callers hear so, and those who stay overflow to another
group. Groups that are critical or have no overflow stay open.

The exit code is 3 when nobody of them can come at any time.`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "unit", Usage: "the permanent people of the unit `ID`"},
			&cli.StringSliceFlag{Name: "people", Usage: "the people `IDS`, parted by commas"},
			&cli.DurationFlag{Name: "length", Value: time.Hour, Usage: "for so `LONG`"},
			&cli.StringFlag{Name: "between", Usage: "within these `HOURS` of a day, such as 09:00-16:00"},
			&cli.BoolFlag{Name: "close", Usage: "price closing the groups of the unit meanwhile as well, and rank by that"},
			dateFlag("from", "the first `DAY` (default: next Monday)"),
			dateFlag("to", "the last `DAY` (default: a week from the first)"),
			&cli.IntFlag{Name: "top", Value: 10, Usage: "show the `N` best"},
			&cli.Uint64Flag{Name: "seed", Value: 1, Usage: "`NUMBER` that settles the random choices"},
			outFlag,
		},
		Action: e.atDesk(runSlots),
	}
}

func runSlots(c *cli.Context, k *desk) error {
	if c.IsSet("unit") == c.IsSet("people") {
		return usageError{errors.New("slots: want --unit or --people")}
	}
	if c.Bool("close") && !c.IsSet("unit") {
		return usageError{errors.New("slots: --close wants --unit, whose groups are closed")}
	}
	if c.Int("top") < 1 {
		return usageError{fmt.Errorf("--top %d: want 1 or more", c.Int("top"))}
	}
	const weeks = 1
	horizon, err := aheadQuery(c, k, weeks)
	if err != nil {
		return err
	}
	query := plan.SlotQuery{People: c.StringSlice("people"), Unit: c.String("unit"), Length: c.Duration("length"), Close: c.Bool("close")}
	if between := c.String("between"); between != "" {
		if query.Within, err = civil.ParseSpan(between); err != nil {
			return usageError{fmt.Errorf("--between: %w", err)}
		}
	}
	if err := query.Check(k.centre); err != nil {
		return usageError{err}
	}
	ahead, err := plan.Ahead(c.Context, k.centre, k.store, horizon)
	if err != nil {
		return err
	}
	slots, err := ahead.Slots(c.Context, query)
	if err != nil {
		return err
	}
	err = k.output(c.String("output"), func(w io.Writer) error {
		if k.json {
			return export.JSON(w, slots)
		}
		return export.Slots(w, slots, c.Int("top"), k.words)
	})
	if err == nil && len(slots.Slots) == 0 {
		return errMissed
	}
	return err
}
