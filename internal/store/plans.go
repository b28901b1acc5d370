package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"bemanna/internal/civil"
	"bemanna/internal/plan"
)

// SavePlan adds a version to the plan of a day and gives its number. Earlier
// versions stay.
func (s *Store) SavePlan(ctx context.Context, date civil.Date, doc []byte, by string, at time.Time) (version int, err error) {
	return s.savePlan(ctx, date, func(int) bool { return true }, doc, by, at)
}

// SavePlanAfter adds a version like SavePlan, but only if read is still the
// newest version: of two who have read the same version, the second gets
// plan.ErrOvertaken.
func (s *Store) SavePlanAfter(ctx context.Context, date civil.Date, read int, doc []byte, by string, at time.Time) (version int, err error) {
	return s.savePlan(ctx, date, func(newest int) bool { return newest == read }, doc, by, at)
}

// savePlan adds a version if the newest one, 0 where there is none, is as
// wanted. One transaction reads and writes.
func (s *Store) savePlan(ctx context.Context, date civil.Date, wanted func(newest int) bool, doc []byte, by string, at time.Time) (version int, err error) {
	err = s.write(ctx, "save plan", func(tx *sql.Tx) error {
		var newest int
		const last = `SELECT coalesce(max(version), 0) FROM plan WHERE date = ?`
		if err := tx.QueryRowContext(ctx, last, int64(date)).Scan(&newest); err != nil {
			return err
		}
		if !wanted(newest) {
			return plan.ErrOvertaken
		}
		version = newest + 1
		_, err := tx.ExecContext(ctx, `INSERT INTO plan (date, version, doc, by, at) VALUES (?, ?, ?, ?, ?)`,
			int64(date), version, doc, by, at.Unix())
		return err
	})
	return version, err
}

// Plan gives a version of the plan of a day, 0 being the newest. The error is
// plan.ErrNoPlan when there is none.
func (s *Store) Plan(ctx context.Context, date civil.Date, version int) (plan.Saved, error) {
	const query = `SELECT version, doc, by, at FROM plan
		WHERE date = ?1 AND ?2 IN (0, version) ORDER BY version DESC LIMIT 1`
	p := plan.Saved{Date: date}
	var at int64
	err := s.reader.QueryRowContext(ctx, query, int64(date), version).Scan(&p.Version, &p.Doc, &p.By, &at)
	if errors.Is(err, sql.ErrNoRows) {
		err = fmt.Errorf("%w of %v", plan.ErrNoPlan, date)
		if version > 0 {
			err = fmt.Errorf("%w, version %d", err, version)
		}
	}
	p.At = time.Unix(at, 0).UTC()
	return p, s.fault("read plan", err)
}

// PlanVersions lists who made the plans of a day and when, the newest first,
// without the plans.
func (s *Store) PlanVersions(ctx context.Context, date civil.Date) ([]plan.Saved, error) {
	all, err := collect(ctx, s.reader, func(columns func(...any) error) (plan.Saved, error) {
		p := plan.Saved{Date: date}
		var at int64
		err := columns(&p.Version, &p.By, &at)
		p.At = time.Unix(at, 0).UTC()
		return p, err
	}, `SELECT version, by, at FROM plan WHERE date = ? ORDER BY version DESC`, int64(date))
	return all, s.fault("list plans", err)
}

// Forget deletes what is stored of people before a day: plans, duties, rosters, the
// journal, sessions, and what was worked out ahead. It gives the number of versions,
// duties, shifts, entries and sessions that went.
func (s *Store) Forget(ctx context.Context, before civil.Date) (int, error) {
	gone := 0
	err := s.write(ctx, "forget", func(tx *sql.Tx) error {
		for _, del := range []string{
			`DELETE FROM plan WHERE date < ?`, `DELETE FROM duty WHERE week < ?`, `DELETE FROM journal WHERE date < ?`,
			`DELETE FROM roster WHERE date < ?`, `DELETE FROM working WHERE until < ?`, `DELETE FROM session WHERE began < ? * 86400`,
		} {
			result, err := tx.ExecContext(ctx, del, int64(before))
			if err != nil {
				return err
			}
			n, err := result.RowsAffected()
			if err != nil {
				return err
			}
			gone += int(n)
		}
		return nil
	})
	return gone, err
}
