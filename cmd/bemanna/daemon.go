package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/robfig/cron/v3"
	"github.com/urfave/cli/v2"

	"bemanna/internal/centre"
	"bemanna/internal/daemon"
	"bemanna/internal/lock"
	"bemanna/internal/morning"
	"bemanna/internal/store"
)

func daemonCommand(e *env) *cli.Command {
	return &cli.Command{
		Name: "daemon", Category: catOperate,
		Usage: "the plan every morning, by cron",
		Description: `Runs until it is stopped. At the times of the centre file (schedule: plan:) it
takes in new files from the drop folder, forecasts, plans and publishes the plan
as plan.txt, .html, .xlsx, .csv and .json with chat.txt and manifest.json. What
was missed while it was stopped runs at the start, the newest only. A step that
fails leaves the last plan in place; status.json beside it says so. Then it works
out why yesterday went as it did, and the weeks ahead, so that their pages,
bemanna why and bemanna temps are quick in the morning.

   bemanna --centre demo daemon

Only one daemon or run works on a store: a second one says who holds the lock
and exits with 11.`,
		Action: func(c *cli.Context) error {
			if err := noArguments(c); err != nil {
				return err
			}
			return withLock(c.Context, e, "bemanna daemon", func(ctr *centre.Centre, s *store.Store) error {
				return runDaemon(c.Context, e, ctr, s)
			})
		},
	}
}

func runCommand(e *env) *cli.Command {
	return &cli.Command{
		Name: "run", Category: catOperate,
		Usage: "one run of the daemon, now, for those who have their own cron",
		Description: `Takes in new files from the drop folder, forecasts, plans and publishes, once;
then it works out the weeks ahead, as the daemon does.

   40 2 * * * bemanna --centre /srv/centre run

The exit code is 3 when the plan misses a target or a rule, the data are stale or
a file could not be read, 1 when no plan was made, 11 when a daemon holds the lock.`,
		Action: func(c *cli.Context) error {
			if err := noArguments(c); err != nil {
				return err
			}
			return withLock(c.Context, e, "bemanna run", func(ctr *centre.Centre, s *store.Store) error {
				return runOnce(c.Context, e, s)
			})
		},
	}
}

// withLock opens the centre and its store and holds the lock while do works.
func withLock(ctx context.Context, e *env, command string, do func(*centre.Centre, *store.Store) error) (err error) {
	c, err := e.openCentre()
	if err != nil {
		return err
	}
	held, err := lock.Acquire(c.Store, command, e.clock())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, held.Release()) }()
	s, err := store.Open(ctx, c.Store, store.Options{Create: true})
	if err != nil {
		return err
	}
	defer closing(e, s)
	if _, err := s.InterruptRuns(ctx); err != nil { // what a killed process left
		return err
	}
	return do(c, s)
}

func (e *env) morning(s *store.Store) morning.Morning {
	return morning.Morning{
		CentrePath: e.centrePath, Language: e.lang, Store: s, Clock: e.clock,
		Log: slog.New(slog.NewTextHandler(e.stderr, nil)), Version: version, Seed: 1,
	}
}

func runDaemon(ctx context.Context, e *env, c *centre.Centre, s *store.Store) error {
	m := e.morning(s)
	schedules, err := schedules(c)
	if err != nil {
		return err
	}
	m.Log.InfoContext(ctx, "daemon", "version", version, "centre", c.Name, "schedule", c.Schedule.Plan)
	err = daemon.Run(ctx, daemon.Options{
		Jobs:     []daemon.Job{{Name: morning.Job, Schedules: schedules, Run: m.Run, Then: m.Prepare}},
		Ledger:   morning.Ledger{Store: s},
		Clock:    e.clock,
		Location: c.Location,
		Log:      m.Log,
		Retries:  2,
	})
	m.Log.Info("daemon stopped")
	return err
}

// schedules reads the cron expressions of the centre file.
func schedules(c *centre.Centre) ([]cron.Schedule, error) {
	var out []cron.Schedule
	for i, expr := range c.Schedule.Plan {
		s, err := daemon.ParseSchedule(expr, c.Location)
		if err != nil {
			return nil, centre.Faults{c.Schedule.Fault(i, err.Error())}
		}
		out = append(out, s)
	}
	if len(out) == 0 {
		return nil, inputError{errors.New("the centre file has no schedule: want schedule: {plan: [\"40 2 * * *\"]}")}
	}
	return out, nil
}

// runOnce does one run in the foreground, and notes it in the ledger.
func runOnce(ctx context.Context, e *env, s *store.Store) error {
	ledger := morning.Ledger{Store: s}
	now := e.clock().Truncate(time.Second)
	id, err := ledger.Begin(ctx, morning.Job, now, now)
	if err != nil {
		return err
	}
	m := e.morning(s)
	out := m.Run(ctx, now)
	if err := ledger.Finish(context.WithoutCancel(ctx), id, e.clock(), out.Status, out.Message); err != nil {
		return err
	}
	if out.Status == daemon.OK || out.Status == daemon.Warned {
		m.Prepare(ctx, now) // saves time later; how it ends is in the log
	}
	switch out.Status {
	case daemon.OK:
		return nil
	case daemon.Warned:
		return errMissed
	case daemon.Interrupted:
		return context.Canceled
	default:
		return fmt.Errorf("no plan was made: %s", out.Message)
	}
}
