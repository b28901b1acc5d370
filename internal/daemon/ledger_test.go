package daemon

import (
	"context"
	"sync"
	"time"
)

// memory is a ledger that lives as long as the test.
type memory struct {
	mu   sync.Mutex
	runs []run
	down error // what every method gives while it is set
}

type run struct {
	job             string
	due, begin, end time.Time
	status          Status // Interrupted until it is finished
	message         string
}

func (l *memory) Begin(_ context.Context, job string, due, at time.Time) (int64, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.down != nil {
		return 0, l.down
	}
	l.runs = append(l.runs, run{job: job, due: due, begin: at, status: Interrupted})
	return int64(len(l.runs)), nil
}

func (l *memory) Finish(ctx context.Context, id int64, at time.Time, status Status, message string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.down != nil {
		return l.down
	}
	r := &l.runs[id-1]
	r.end, r.status, r.message = at, status, message
	return ctx.Err() // as a database that is told to stop
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

func (l *memory) fail(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.down = err
}

func (r run) done() bool { return r.status == OK || r.status == Warned }
