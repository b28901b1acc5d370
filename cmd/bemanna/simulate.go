package main

import (
	"fmt"
	"io"
	"os"

	"github.com/urfave/cli/v2"

	"bemanna/internal/export"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

func simulateCommand(e *env) *cli.Command {
	return &cli.Command{
		Name: "simulate", Category: catPlan,
		Usage: "many simulated days of a plan: what share is answered in time",
		Description: `Plays the day of the stored plan call by call, many times: callers who come at
random, wait and give up, people with their skills, breaks and short absences
from the phone, e-mail with its deadlines, and a volume that differs from the
forecast as forecasts do. Says what share is answered in time and between what
bounds, the chance of the target, and the hours that hurt. The same seed gives
the same calls, so that two plans can be compared.

   bemanna simulate
   bemanna simulate --date 2026-11-24 --days 5000
   bemanna simulate --plan plan.json --json

The exit code is 3 when the simulated days miss the target on average.`,
		Flags: []cli.Flag{
			dateFlag("date", "the `DAY` of the plan (default: today or the next open day)"),
			&cli.StringFlag{Name: "plan", Usage: "simulate the plan in `FILE`, as written by plan --json, instead of the stored one"},
			&cli.IntFlag{Name: "days", Value: 1000, Usage: "simulate `N` days"},
			&cli.Uint64Flag{Name: "seed", Value: 1, Usage: "`NUMBER` that settles the random choices"},
			outFlag,
		},
		Action: func(c *cli.Context) error { return runSimulate(c, e) },
	}
}

func runSimulate(c *cli.Context, e *env) error {
	if err := noArguments(c); err != nil {
		return err
	}
	const least, most = 2, 1_000_000
	if n := c.Int("days"); n < least || n > most {
		return usageError{fmt.Errorf("--days %d: want a number from %d to %d", n, least, most)}
	}
	if c.IsSet("plan") && c.IsSet("date") {
		return usageError{fmt.Errorf("--plan %s: the file says the day, want --date left out", c.String("plan"))}
	}
	d, words, err := dayToSimulate(c, e)
	if err != nil {
		return err
	}
	result, err := plan.Simulate(c.Context, d, plan.SimulateOptions{Days: c.Int("days"), Seed: c.Uint64("seed")})
	if err != nil {
		return err
	}
	if err := e.output(c.String("output"), func(w io.Writer) error {
		if e.json {
			return export.JSON(w, result)
		}
		return export.Simulation(w, result, words)
	}); err != nil {
		return err
	}
	if result.Missed() {
		return errMissed
	}
	return nil
}

// dayToSimulate gives the stored plan, or that of a file, which needs neither
// centre nor store.
func dayToSimulate(c *cli.Context, e *env) (d *plan.Day, words *i18n.Words, err error) {
	if path := c.String("plan"); path != "" {
		words, err := e.speak(nil)
		if err != nil {
			return nil, nil, err
		}
		file, err := os.Open(path)
		if err != nil {
			return nil, nil, inputError{err}
		}
		defer file.Close() //nolint:errcheck // it was only read
		d, err := plan.ReadDay(file)
		if err != nil {
			return nil, nil, inputError{fmt.Errorf("%s: %w", path, err)}
		}
		return d, words, nil
	}
	err = e.withDesk(c.Context, false, func(k *desk) error {
		day, err := k.openDay(c, "date")
		if err != nil {
			return err
		}
		words = k.words
		d, err = k.stored(c.Context, day)
		return err
	})
	return d, words, err
}
