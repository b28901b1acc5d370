package daemon

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"
)

// worker sees to the due times of one job, one after the other.
type worker struct {
	job Job
	o   *Options
	log *slog.Logger

	seen   time.Time // due times up to here are dealt with or let go; zero before the ledger was asked
	wanted *attempt  // the run that is to be made, if any
}

// attempt is a run for a due time.
type attempt struct {
	due   time.Time
	retry int       // 0 for the first attempt
	from  time.Time // not before
}

// work deals with due times until ctx is cancelled. The error says that the
// last run did not stop.
func (w *worker) work(ctx context.Context) error {
	for ctx.Err() == nil {
		now := w.now()
		if err := w.lookForDue(ctx, now); err != nil {
			w.log.Error("the ledger cannot be read", "error", err)
		}
		if w.wanted != nil && !now.Before(w.wanted.from) {
			if err := w.run(ctx); err != nil {
				return err
			}
			continue // it took time: look again before sleeping
		}
		w.sleep(ctx, now)
	}
	return nil
}

// now gives the time without the monotonic reading, which stands still while
// the machine sleeps and does not follow a clock that is set.
func (w *worker) now() time.Time { return w.o.Clock().Round(0).In(w.o.Location) }

// lookForDue wants a run when a newer time is due, or was missed, that is not
// done.
func (w *worker) lookForDue(ctx context.Context, now time.Time) error {
	if w.seen.IsZero() {
		last, ok, err := w.o.Ledger.LastDue(ctx, w.job.Name)
		if err != nil {
			return err
		}
		if ok {
			w.seen = last
		}
	}
	w.seen = later(w.seen, now.Add(-w.o.CatchUp))
	if w.seen.After(now) { // the clock was set back
		w.seen = now
		if w.wanted != nil {
			w.wanted.from = now
		}
	}
	due := w.newest(w.seen, now)
	if due.IsZero() {
		return nil
	}
	done, err := w.o.Ledger.Done(ctx, w.job.Name, due)
	if err != nil {
		return err
	}
	w.seen = due
	if !done {
		w.wanted = &attempt{due: due}
	}
	return nil
}

// newest gives the newest time after from, up to now, that a schedule names;
// the zero time if there is none.
func (w *worker) newest(from, now time.Time) (newest time.Time) {
	for _, s := range w.job.Schedules {
		for due := s.Next(from); !due.IsZero() && !due.After(now); due = s.Next(due) {
			newest = later(newest, due)
		}
	}
	return newest
}

// run makes the run that is wanted, and wants another one if it failed. The
// error says that it did not stop.
func (w *worker) run(ctx context.Context) error {
	a, begin := *w.wanted, w.now()
	log := w.log.With("due", a.due.In(w.o.Location), "retry", a.retry)
	id, err := w.o.Ledger.Begin(ctx, w.job.Name, a.due, begin)
	if err != nil {
		log.Error("the ledger cannot be begun", "error", err)
		w.wanted.from = begin.Add(w.o.Wake)
		return nil
	}
	log.Info("run begins", "late", begin.Sub(a.due))
	out, stopErr := w.call(ctx, w.job.Run, a.due)
	end := w.now()
	log.Log(ctx, levels[out.Status], "run ends", "status", out.Status, "message", out.Message)
	if err := w.o.Ledger.Finish(context.WithoutCancel(ctx), id, end, out.Status, out.Message); err != nil {
		log.Error("the ledger cannot be finished", "error", err)
	}
	w.wanted = nil
	if out.Status == Failed && a.retry < w.o.Retries {
		w.wanted = &attempt{due: a.due, retry: a.retry + 1, from: end.Add(w.o.RetryAfter)}
	}
	if w.job.Then == nil || stopErr != nil || out.Status != OK && out.Status != Warned {
		return stopErr
	}
	out, stopErr = w.call(ctx, w.job.Then, a.due)
	log.Log(ctx, levels[out.Status], "what follows ends", "status", out.Status, "message", out.Message)
	return stopErr
}

var levels = map[Status]slog.Level{
	OK: slog.LevelInfo, Warned: slog.LevelWarn, Failed: slog.LevelError, Interrupted: slog.LevelWarn,
}

// call does something for a due time. When ctx is cancelled it waits no longer than the grace,
// and the error says that the job did not stop in that time.
func (w *worker) call(ctx context.Context, do func(context.Context, time.Time) Outcome, due time.Time) (Outcome, error) {
	ended := make(chan Outcome, 1)
	go func() {
		out := Outcome{Failed, "ended without an outcome"} // by runtime.Goexit
		defer func() {
			if p := recover(); p != nil {
				out = Outcome{Failed, fmt.Sprintf("panic: %v", p)}
				w.log.Error("run panics", "panic", p, "stack", string(debug.Stack()))
			}
			ended <- out
		}()
		out = do(ctx, due.In(w.o.Location))
	}()
	select {
	case out := <-ended:
		return settle(ctx, out), nil
	case <-ctx.Done():
	}
	grace := time.NewTimer(w.o.Grace)
	defer grace.Stop()
	select {
	case out := <-ended:
		return settle(ctx, out), nil
	case <-grace.C:
		err := fmt.Errorf("job %q: still running %v after it was told to stop", w.job.Name, w.o.Grace)
		return Outcome{Interrupted, err.Error()}, err
	}
}

// settle gives the status of a run that has ended: one that was not done is
// Interrupted if it was told to stop, and Failed otherwise.
func settle(ctx context.Context, out Outcome) Outcome {
	switch {
	case out.Status == OK || out.Status == Warned:
	case ctx.Err() != nil:
		out.Status = Interrupted
	default:
		out.Status = Failed
	}
	return out
}

// sleep waits until something may be due, at most the time between two looks at
// the clock, or until ctx is cancelled.
func (w *worker) sleep(ctx context.Context, now time.Time) {
	wait := w.o.Wake
	for _, s := range w.job.Schedules {
		if due := s.Next(now); !due.IsZero() {
			wait = min(wait, due.Sub(now))
		}
	}
	if w.wanted != nil {
		wait = min(wait, w.wanted.from.Sub(now))
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
