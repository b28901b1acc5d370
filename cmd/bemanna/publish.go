package main

import (
	"errors"
	"os"

	"github.com/urfave/cli/v2"

	"bemanna/internal/board"
)

func publishCommand(e *env) *cli.Command {
	return &cli.Command{
		Name: "publish", Category: catOperate,
		Usage:       "files for people outside",
		Description: `   bemanna publish busy-hours --dir /srv/www/busy`,
		Subcommands: []*cli.Command{{
			Name: "busy-hours", Usage: "when it is quiet to call: a page, a picture, data and text for each answer group",
			Description: `Writes index.html and, for each telephone group, GROUP.html, GROUP.svg, GROUP.json
and GROUP.txt, from the forecast of the next four weeks. They hold no numbers of
calls and nothing of any person. All files are replaced, or none.

   bemanna publish busy-hours --dir /srv/www/busy`,
			Flags:  []cli.Flag{&cli.StringFlag{Name: "dir", Usage: "`FOLDER` to write to"}},
			Action: e.atDesk(runBusyHours),
		}},
	}
}

func runBusyHours(c *cli.Context, k *desk) error {
	dir := c.String("dir")
	if dir == "" {
		return usageError{errors.New("publish busy-hours: want a folder, --dir FOLDER")}
	}
	busy, err := board.BusyNow(c.Context, k.centre, k.store, k.clock())
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // for everybody to read
		return err
	}
	if err := board.WriteBusy(dir, busy, k.words); err != nil {
		return err
	}
	k.say("busy hours of %d groups in %s", len(busy.Groups), dir)
	return nil
}
