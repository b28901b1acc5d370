package daemon

import (
	"context"
	"errors"
	"sync"
	"time"
)

// memory is a ledger that lives as long as the test.
type memory struct {
	mu   sync.Mutex
	runs []entry
	down error // what every method gives while it is set
	full error // what Begin and Finish give while it is set
}

type entry struct {
	job             string
	due, begin, end time.Time
	status          Status // Interrupted until it is finished
	message         string
}

func (l *memory) Begin(_ context.Context, job string, due, at time.Time) (int64, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := errors.Join(l.down, l.full); err != nil {
		return 0, err
	}
	l.runs = append(l.runs, entry{job: job, due: due, begin: at, status: Interrupted})
	return int64(len(l.runs)), nil
}

func (l *memory) Finish(ctx context.Context, id int64, at time.Time, status Status, message string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := errors.Join(l.down, l.full, ctx.Err()); err != nil {
		return err
	}
	r := &l.runs[id-1]
	r.end, r.status, r.message = at, status, message
	return nil
}

func (l *memory) Done(_ context.Context, job string, due time.Time) (bool, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, r := range l.runs {
		if r.job == job && r.done() && r.due.Equal(due) {
			return true, l.down
		}
	}
	return false, l.down
}

func (l *memory) LastDue(_ context.Context, job string) (due time.Time, ok bool, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, r := range l.runs {
		if r.job == job && r.done() && r.due.After(due) {
			due, ok = r.due, true
		}
	}
	return due, ok, l.down
}

// fail sets what goes wrong from now on.
func (l *memory) fail(down, full error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.down, l.full = down, full
}

func (r entry) done() bool { return r.status == OK || r.status == Warned }
