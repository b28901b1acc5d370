package daemon

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/robfig/cron/v3"
)

// All these tests live in the bubbles of testing/synctest, in which the clock
// starts at 2000-01-01 00:00 UTC, a Saturday, and moves on as soon as all
// sleep.

// bench is a daemon on trial, with one job, whose clock can be set.
type bench struct {
	Options
	ledger memory
	ahead  atomic.Int64 // nanoseconds by which the clock on the wall is ahead of the bubble's
}

// newBench makes a daemon whose only job has the schedules exprs and does
// work; it is not started yet.
func newBench(t *testing.T, zoneName string, work func(ctx context.Context, due time.Time) Outcome, exprs ...string) *bench {
	t.Helper()
	loc := zone(t, zoneName)
	b := &bench{}
	job := Job{Name: "plan", Run: work}
	for _, expr := range exprs {
		job.Schedules = append(job.Schedules, mustParse(t, expr, loc))
	}
	b.Options = Options{
		Jobs: []Job{job}, Ledger: &b.ledger, Location: loc,
		Clock: func() time.Time { return time.Now().Add(time.Duration(b.ahead.Load())) },
	}
	return b
}

// start starts the daemon, and gives the function that stops it and gives what
// Run gave.
func (b *bench) start(t *testing.T) (stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- Run(ctx, b.Options) }()
	return func() error {
		cancel()
		return <-ended
	}
}

// runFor has the daemon run for a while.
func (b *bench) runFor(t *testing.T, d time.Duration) {
	t.Helper()
	stop := b.start(t)
	time.Sleep(d)
	if err := stop(); err != nil {
		t.Fatal(err)
	}
}

// check compares the runs: "due begin status", on the clocks of the zone.
func (b *bench) check(t *testing.T, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, b.report()); diff != "" {
		t.Errorf("runs (-want +got)\n%s", diff)
	}
}

func (b *bench) report() (lines []string) {
	for _, r := range b.ledger.runs {
		lines = append(lines, fmt.Sprintf("%s at %s %s",
			r.due.In(b.Location).Format("01-02 15:04"), r.begin.In(b.Location).Format("01-02 15:04"), r.status))
	}
	return lines
}

func ok(context.Context, time.Time) Outcome { return Outcome{Status: OK} }

// taking does work that takes d, and stops when it is told to.
func taking(d time.Duration) func(context.Context, time.Time) Outcome {
	return func(ctx context.Context, _ time.Time) Outcome {
		select {
		case <-time.After(d):
			return Outcome{Status: OK}
		case <-ctx.Done():
			return Outcome{Failed, ctx.Err().Error()}
		}
	}
}

const day24 = 24 * time.Hour

// The clocks of Stockholm changed on 2000-03-26 and 2000-10-29, those of New
// York on 2000-04-02 and 2000-10-29 (tz database).
func TestOneRunEachMorningForAYear(t *testing.T) {
	for _, c := range []struct{ zone, expr, at, gapDay, atGap string }{
		{"Europe/Stockholm", "45 5 * * *", "05:45", "", ""},
		{"Europe/Stockholm", "40 2 * * *", "02:40", "03-26", "03:00"},
		{"America/New_York", "45 5 * * *", "05:45", "", ""},
		{"America/New_York", "30 1 * * *", "01:30", "", ""}, // twice on 2000-10-29
		{"America/New_York", "40 2 * * *", "02:40", "04-02", "03:00"},
	} {
		t.Run(c.zone+" "+c.at, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, c.zone, taking(20*time.Second), c.expr)
				b.Wake, b.CatchUp = time.Hour, time.Hour // nothing before the start
				b.runFor(t, 366*day24)
				var want []string
				for i := range 366 {
					today := time.Date(2000, 1, 1+i, 0, 0, 0, 0, time.UTC).Format("01-02")
					at := c.at
					if today == c.gapDay {
						at = c.atGap
					}
					want = append(want, today+" "+at+" at "+today+" "+at+" ok")
				}
				b.check(t, want...)
				for _, r := range b.ledger.runs {
					if !r.begin.Equal(r.due) {
						t.Errorf("the run due %v began %v", r.due, r.begin)
					}
				}
			})
		})
	}
}

func TestTwoTimesAMorningAreTwoRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "Europe/Stockholm", ok, "50 6 * * *", "40 2 * * *", "40 2 * * MON") // one named twice
		b.CatchUp = time.Minute
		b.runFor(t, 3*day24)
		b.check(t,
			"01-01 02:40 at 01-01 02:40 ok", "01-01 06:50 at 01-01 06:50 ok",
			"01-02 02:40 at 01-02 02:40 ok", "01-02 06:50 at 01-02 06:50 ok",
			"01-03 02:40 at 01-03 02:40 ok", "01-03 06:50 at 01-03 06:50 ok")
	})
}

func TestOneJobDoesNotHoldUpAnother(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "Europe/Stockholm", taking(5*time.Hour), "0 2 * * *")
		b.CatchUp = time.Minute
		b.Jobs = append(b.Jobs, Job{Name: "watch", Run: ok, Schedules: []cron.Schedule{mustParse(t, "0 3 * * *", b.Location)}})
		b.runFor(t, 8*time.Hour)
		b.check(t, "01-01 02:00 at 01-01 02:00 ok", "01-01 03:00 at 01-01 03:00 ok")
	})
}

func TestStoppedBeforeItStarts(t *testing.T) {
	b := newBench(t, "UTC", ok, "* * * * *")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Run(ctx, b.Options); err != nil {
		t.Error(err)
	}
	b.check(t)
}

func TestOptionErrors(t *testing.T) {
	for want, spoil := range map[string]func(*Options){
		"no jobs":                 func(o *Options) { o.Jobs = nil },
		"want a ledger":           func(o *Options) { o.Ledger = nil },
		"a clock":                 func(o *Options) { o.Clock = nil },
		"wake -1s":                func(o *Options) { o.Wake = -time.Second },
		"retries -1":              func(o *Options) { o.Retries = -1 },
		"retry after -1s":         func(o *Options) { o.RetryAfter = -time.Second },
		"grace -1s":               func(o *Options) { o.Grace = -time.Second },
		"catch-up 1s":             func(o *Options) { o.CatchUp = time.Second },
		`job ""`:                  func(o *Options) { o.Jobs[0].Name = "" },
		`job "plan", want a name`: func(o *Options) { o.Jobs = append(o.Jobs, o.Jobs[0]) },
		"want a schedule":         func(o *Options) { o.Jobs[0].Schedules = nil },
		"something to run":        func(o *Options) { o.Jobs[0].Run = nil },
	} {
		b := newBench(t, "UTC", ok, "45 5 * * *")
		spoil(&b.Options)
		if err := Run(t.Context(), b.Options); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want one with %q", err, want)
		}
	}
}
