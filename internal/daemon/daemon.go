// Package daemon runs jobs by cron, each due time once: through clock changes,
// stops, suspends and clocks that are set.
//
// The expressions and the schedules are those of robfig/cron. Its runner is
// not used: it sleeps until the next due time, so that after the clock was set
// back by an hour or a year it sleeps as much longer, and it knows nothing of
// what was missed.
package daemon

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/robfig/cron/v3"
)

// Job is something that is to be done at times.
type Job struct {
	Name string // the key in the ledger

	// Schedules say when; a time that several name is due once. Each due time
	// wants its own run.
	Schedules []cron.Schedule

	// Run does the job for a due time, which may be long past when the daemon
	// was stopped. It must stop soon after ctx is cancelled. It is never called
	// twice at a time.
	Run func(ctx context.Context, due time.Time) Outcome

	// Then is what may follow a run that has ended OK or Warned, once the ledger
	// says so: something that saves time later. How it ends is in the log alone, and
	// it is not tried again. It must stop as Run does; nil: nothing follows.
	Then func(ctx context.Context, due time.Time) Outcome
}

// Outcome is how a run ended.
type Outcome struct {
	Status  Status // OK or Warned; anything else is Failed
	Message string // for people
}

// Status is how a run ended, in one word.
type Status string

// The ways in which a run ends.
const (
	OK          Status = "ok"
	Warned      Status = "warned"      // done, but somebody should look at it
	Failed      Status = "failed"      // not done; tried again, see Options.Retries
	Interrupted Status = "interrupted" // not done because the daemon was stopped; tried again at the next start
)

// Ledger remembers the runs of jobs, beyond the life of the process. A run
// counts as done when it has ended OK or Warned.
type Ledger interface {
	// Begin notes that a run for a due time starts, and gives its number. A run
	// that is begun and never finished was interrupted.
	Begin(ctx context.Context, job string, due, at time.Time) (id int64, err error)
	// Finish notes how a run ended.
	Finish(ctx context.Context, id int64, at time.Time, status Status, message string) error
	// Done tells whether a run for that due time is done.
	Done(ctx context.Context, job string, due time.Time) (bool, error)
	// LastDue gives the newest due time of which a run is done; ok is false
	// when there is none.
	LastDue(ctx context.Context, job string) (due time.Time, ok bool, err error)
}

// Options says what a daemon does. Jobs, Ledger and Clock are needed.
type Options struct {
	Jobs     []Job
	Ledger   Ledger
	Clock    func() time.Time // what the clock on the wall says; may jump
	Location *time.Location   // of the due times given to jobs; nil means UTC
	Log      *slog.Logger     // nil means none

	Wake       time.Duration // looks at the clock at least this often; 0 means a minute
	CatchUp    time.Duration // age from which a missed due time is let go; 0 means a week
	Retries    int           // how often a run that failed is tried again
	RetryAfter time.Duration // from the end of a failed run to the next try; 0 means 5 minutes
	Grace      time.Duration // how long a run may take to stop once the daemon is stopped; 0 means 30 seconds
}

// Run runs the jobs until ctx is cancelled; different jobs at the same time.
//
// At each due time the job runs once. When due times were missed, because the
// daemon was stopped, the machine slept, or an earlier run took too long, the
// newest of them runs, and only that one; so does a due time whose run failed
// or was interrupted when the daemon starts again. A job that the ledger has
// never seen has missed its newest due time. When the clock is set back, due
// times that are done do not run again, and what has been missed before the new
// time is let go.
//
// A run that fails or panics is tried again, unless a newer time is due by
// then. While the ledger cannot be read or begun nothing runs, and it is asked
// again at the next waking.
//
// When ctx is cancelled, the runs have Grace to stop. The error is nil when all
// did, and names the jobs that did not: they may still be running. Anything
// else that goes wrong with a run is in the log and in the ledger.
//
// Options that make no sense are an error at once.
func Run(ctx context.Context, o Options) error {
	o.fillIn()
	if err := o.check(); err != nil {
		return err
	}
	errs := make([]error, len(o.Jobs))
	var all sync.WaitGroup
	for i, job := range o.Jobs {
		w := &worker{job: job, o: &o, log: o.Log.With("job", job.Name)}
		all.Go(func() { errs[i] = w.work(ctx) })
	}
	all.Wait()
	return errors.Join(errs...)
}

func (o *Options) fillIn() {
	orElse := func(d *time.Duration, standard time.Duration) {
		if *d == 0 {
			*d = standard
		}
	}
	orElse(&o.Wake, time.Minute)
	orElse(&o.CatchUp, 7*24*time.Hour)
	orElse(&o.RetryAfter, 5*time.Minute)
	orElse(&o.Grace, 30*time.Second)
	if o.Location == nil {
		o.Location = time.UTC
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
}

func (o *Options) check() error {
	switch {
	case len(o.Jobs) == 0:
		return errors.New("daemon: no jobs, want at least one")
	case o.Ledger == nil || o.Clock == nil:
		return errors.New("daemon: want a ledger and a clock")
	case o.Wake < 0 || o.RetryAfter < 0 || o.Grace < 0 || o.Retries < 0:
		return fmt.Errorf("daemon: wake %v, retries %d, retry after %v, grace %v: want none below zero",
			o.Wake, o.Retries, o.RetryAfter, o.Grace)
	case o.CatchUp < o.Wake:
		return fmt.Errorf("daemon: catch-up %v, want at least the %v between two looks at the clock", o.CatchUp, o.Wake)
	}
	seen := map[string]bool{}
	for _, job := range o.Jobs {
		switch {
		case job.Name == "" || seen[job.Name]:
			return fmt.Errorf("daemon: job %q, want a name of its own", job.Name)
		case len(job.Schedules) == 0 || job.Run == nil:
			return fmt.Errorf("daemon: job %q, want a schedule and something to run", job.Name)
		}
		seen[job.Name] = true
	}
	return nil
}
