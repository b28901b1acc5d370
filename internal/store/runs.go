package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// ErrNoRun says that a job has not run, or that there is no such run.
var ErrNoRun = errors.New("no run")

// RunStatus is how far a run came.
type RunStatus string

// The states of a run. One that a crash cut short reads as running until the
// job begins again or InterruptRuns is called.
const (
	RunRunning     RunStatus = "running"
	RunOK          RunStatus = "ok"
	RunWarned      RunStatus = "warned" // done, with something to say
	RunFailed      RunStatus = "failed"
	RunInterrupted RunStatus = "interrupted"
)

// Run is one line of the ledger: a job at the time at which it was due.
type Run struct {
	ID       int64
	Job      string
	Due      time.Time
	Started  time.Time
	Finished time.Time // zero until then
	Status   RunStatus
	Message  string
	Host     string
	PID      int
}

// BeginRun writes down that a job begins, and gives the number of the run. Of
// r it takes Job, Due, Started, Host and PID. Runs of the job that have not
// ended are marked as interrupted: whoever begins one holds the lock.
func (s *Store) BeginRun(ctx context.Context, r Run) (id int64, err error) {
	const insert = `INSERT INTO run (job, due, started, status, message, host, pid)
		VALUES (?, ?, ?, 'running', '', ?, ?) RETURNING id`
	err = s.write(ctx, "begin "+r.Job, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `UPDATE run SET status = 'interrupted' WHERE status = 'running' AND job = ?`, r.Job); err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, insert, r.Job, r.Due.Unix(), r.Started.Unix(), r.Host, r.PID).Scan(&id)
	})
	return id, err
}

// FinishRun writes down how a run ended: RunOK, RunWarned or RunFailed. The
// error is ErrNoRun when it is not running.
func (s *Store) FinishRun(ctx context.Context, id int64, at time.Time, status RunStatus, message string) error {
	return s.write(ctx, "finish a run", func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `UPDATE run SET finished = ?, status = ?, message = ? WHERE id = ? AND status = 'running'`,
			at.Unix(), string(status), message, id)
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, fmt.Errorf("%w %d under way", ErrNoRun, id))
		}
		return nil
	})
}

// InterruptRuns marks all runs that have not ended as interrupted. It is for
// whoever has just taken the lock, and gives their number.
func (s *Store) InterruptRuns(ctx context.Context) (n int, err error) {
	err = s.write(ctx, "mark interrupted runs", func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `UPDATE run SET status = 'interrupted' WHERE status = 'running'`)
		if err != nil {
			return err
		}
		rows, err := result.RowsAffected()
		n = int(rows)
		return err
	})
	return n, err
}

// Done tells whether the job that was due then has ended well, with or without
// warnings.
func (s *Store) Done(ctx context.Context, job string, due time.Time) (done bool, err error) {
	const query = `SELECT EXISTS (SELECT 1 FROM run WHERE job = ? AND due = ? AND status IN ('ok', 'warned'))`
	err = s.reader.QueryRowContext(ctx, query, job, due.Unix()).Scan(&done)
	return done, s.fault("read the ledger", err)
}

// LastDone gives the run of a job with the latest due time that ended well,
// with or without warnings. The error is ErrNoRun when there is none.
func (s *Store) LastDone(ctx context.Context, job string) (Run, error) {
	runs, err := s.runs(ctx, `WHERE job = ? AND status IN ('ok', 'warned') ORDER BY due DESC, id DESC LIMIT 1`, job)
	if err == nil && len(runs) == 0 {
		err = s.fault("read the ledger", fmt.Errorf("%w of %s", ErrNoRun, job))
	}
	if err != nil {
		return Run{}, err
	}
	return runs[0], nil
}

// Runs gives the newest runs of all jobs, at most limit, the newest first.
func (s *Store) Runs(ctx context.Context, limit int) ([]Run, error) {
	return s.runs(ctx, `ORDER BY id DESC LIMIT ?`, limit)
}

func (s *Store) runs(ctx context.Context, which string, arg any) ([]Run, error) {
	const query = `SELECT id, job, due, started, finished, status, message, host, pid FROM run `
	all, err := collect(ctx, s.reader, func(columns func(...any) error) (r Run, err error) {
		var due, started int64
		var finished sql.NullInt64
		err = columns(&r.ID, &r.Job, &due, &started, &finished, &r.Status, &r.Message, &r.Host, &r.PID)
		r.Due, r.Started = time.Unix(due, 0).UTC(), time.Unix(started, 0).UTC()
		if finished.Valid {
			r.Finished = time.Unix(finished.Int64, 0).UTC()
		}
		return r, err
	}, query+which, arg)
	return all, s.fault("read the ledger", err)
}
