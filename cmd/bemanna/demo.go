package main

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/urfave/cli/v2"

	"bemanna/internal/civil"
	"bemanna/internal/demo"
)

func demoCommand(e *env) *cli.Command {
	return &cli.Command{
		Name: "demo", Category: catStart, ArgsUsage: "DIR",
		Usage: "write an invented but complete centre into DIR",
		Description: `Writes a centre file, people, bookings and 26 months of history of a municipal
contact centre that does not exist. The same --until and --seed give the same
files.

   bemanna demo demo
   bemanna --centre demo import demo/history/*
   bemanna --centre demo plan`,
		Flags: []cli.Flag{
			dateFlag("until", "the last `DAY` of history (default: yesterday)"),
			&cli.Uint64Flag{Name: "seed", Value: 1, Usage: "`NUMBER` from which all is invented"},
		},
		Action: func(c *cli.Context) error {
			if c.Args().Len() != 1 {
				return usageError{errors.New("demo: want one DIR")}
			}
			until, err := date(c, "until", func() (civil.Date, error) { return civil.DateOf(e.clock()) - 1, nil })
			if err != nil {
				return err
			}
			dir := c.Args().First()
			sum, err := demo.Write(c.Context, dir, demo.Options{Until: until, Seed: c.Uint64("seed")})
			if errors.Is(err, fs.ErrExist) {
				return usageError{fmt.Errorf("demo: there is a centre in %s already: name another DIR", dir)}
			}
			if err != nil {
				return err
			}
			y := sum.LastYear
			e.say("%s: %d answer groups, %d employees, %d temps, %d quarter-hours and %d days of e-mail from %s to %s",
				dir, sum.Groups, sum.Employees, sum.Temps, sum.PhoneRows, sum.EmailRows, sum.From, sum.Until)
			e.say("invented: %d cases in %d; %.1f %% of the calls answered within one minute, %.1f %% within three",
				y.Cases(), y.Year, 100*y.Within60(), 100*y.Within180())
			e.say("next: bemanna --centre %s import %s/history/*", dir, dir)
			return nil
		},
	}
}
