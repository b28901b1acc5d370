package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/urfave/cli/v2"

	"bemanna/internal/export"
	"bemanna/internal/i18n"
	"bemanna/internal/store"
)

func storeCommand(e *env) *cli.Command {
	return &cli.Command{
		Name: "store", Category: catOperate,
		Usage: "look after the store",
		Description: `   bemanna store backup /backup/bemanna.db
   bemanna store runs`,
		Subcommands: []*cli.Command{
			{
				Name: "backup", ArgsUsage: "FILE",
				Usage: "copy the store to FILE while it is in use",
				Description: `The copy is complete, or FILE is as it was.

   bemanna --centre demo store backup /backup/bemanna.db`,
				Action: func(c *cli.Context) error {
					if c.Args().Len() != 1 {
						return usageError{errors.New("store backup: want one FILE")}
					}
					return runBackup(c, e)
				},
			},
			{
				Name: "runs", Usage: "the newest runs of the daemon and what they said",
				Description: `   bemanna --centre demo store runs --last 20`,
				Flags:       []cli.Flag{&cli.IntFlag{Name: "last", Value: 10, Usage: "`NUMBER` of runs"}},
				Action:      e.atDesk(runRuns),
			},
		},
	}
}

func runBackup(c *cli.Context, e *env) error {
	ctr, err := e.openCentre()
	if err != nil {
		return err
	}
	s, err := store.Open(c.Context, ctr.Store, store.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer closing(e, s)
	if err := s.Backup(c.Context, c.Args().First()); err != nil {
		return err
	}
	e.say("%s copied to %s", ctr.Store, c.Args().First())
	return nil
}

func runRuns(c *cli.Context, k *desk) error {
	if n := c.Int("last"); n < 1 {
		return usageError{fmt.Errorf("--last %d: want 1 or more", n)}
	}
	runs, err := k.store.Runs(c.Context, c.Int("last"))
	if err != nil {
		return err
	}
	return writeRuns(k.env, runs, k.centre.Location, k.words)
}

func writeRuns(e *env, runs []store.Run, loc *time.Location, words *i18n.Words) error {
	lines := []export.RunLine{}
	for _, r := range runs {
		line := export.RunLine{
			Job: r.Job, Due: r.Due.In(loc), Started: r.Started.In(loc), Status: string(r.Status), Message: r.Message,
		}
		if !r.Finished.IsZero() {
			line.Finished = r.Finished.In(loc)
		}
		lines = append(lines, line)
	}
	if e.json {
		return export.JSON(e.stdout, lines)
	}
	return export.RunTable(e.stdout, lines, words)
}
