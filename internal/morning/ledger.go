package morning

import (
	"context"
	"errors"
	"os"
	"time"

	"bemanna/internal/daemon"
	"bemanna/internal/store"
)

// Ledger keeps the daemon's ledger in the store.
type Ledger struct{ Store *store.Store }

// Begin notes that a run starts.
func (l Ledger) Begin(ctx context.Context, job string, due, at time.Time) (int64, error) {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown host"
	}
	return l.Store.BeginRun(ctx, store.Run{Job: job, Due: due, Started: at, Host: host, PID: os.Getpid()})
}

// Finish notes how a run ended.
func (l Ledger) Finish(ctx context.Context, id int64, at time.Time, status daemon.Status, message string) error {
	return l.Store.FinishRun(ctx, id, at, store.RunStatus(status), message)
}

// Done tells whether a run for a due time is done.
func (l Ledger) Done(ctx context.Context, job string, due time.Time) (bool, error) {
	return l.Store.Done(ctx, job, due)
}

// LastDue gives the newest due time of which a run is done.
func (l Ledger) LastDue(ctx context.Context, job string) (time.Time, bool, error) {
	r, err := l.Store.LastDone(ctx, job)
	if errors.Is(err, store.ErrNoRun) {
		return time.Time{}, false, nil
	}
	return r.Due, err == nil, err
}
