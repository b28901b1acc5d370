package main

import (
	"io"

	"github.com/urfave/cli/v2"

	"bemanna/internal/export"
	"bemanna/internal/plan"
)

func rulesCommand(e *env) *cli.Command {
	return &cli.Command{
		Name: "rules", Category: catJudge,
		Usage: "the rules that plans keep, with their limits and who wants them",
		Description: `Lists the rules that every plan keeps, and those that have a price or are said when
they are broken, with the limits of the centre file.

   bemanna rules
   bemanna rules --json`,
		Flags: []cli.Flag{outFlag},
		Action: func(c *cli.Context) error {
			if err := noArguments(c); err != nil {
				return err
			}
			ctr, err := e.openCentre()
			if err != nil {
				return err
			}
			words, err := e.speak(ctr)
			if err != nil {
				return err
			}
			rules := plan.Rulebook(ctr)
			return e.output(c.String("output"), func(w io.Writer) error {
				if e.json {
					return export.JSON(w, rules)
				}
				return export.Rulebook(w, rules, words)
			})
		},
	}
}
