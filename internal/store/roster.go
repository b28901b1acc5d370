package store

import (
	"context"
	"database/sql"
	"time"

	"bemanna/internal/civil"
	"bemanna/internal/plan"
)

// PublishRoster stores shifts as the next version of the roster: all of them or,
// when a version newer than read has said something of one of their days, none; the
// error is then plan.ErrOvertaken.
func (s *Store) PublishRoster(ctx context.Context, read int, told []plan.Rostered, by string, at time.Time) (version int, err error) {
	err = s.write(ctx, "publish the roster", func(tx *sql.Tx) error {
		const newest = `SELECT coalesce(max(version), 0) FROM roster`
		if err := tx.QueryRowContext(ctx, newest).Scan(&version); err != nil {
			return err
		}
		version++
		const insert = `INSERT INTO roster (date, person, version, starts, ends, by, at) VALUES (?, ?, ?, ?, ?, ?, ?)`
		days := map[civil.Date]bool{}
		for _, r := range told {
			if !days[r.Date] {
				days[r.Date] = true
				if err := notSince(ctx, tx, r.Date, read, version); err != nil {
					return err
				}
			}
			var starts, ends sql.NullInt64
			if r.Shift != nil {
				starts, ends = sql.NullInt64{Int64: r.Shift.Start.Unix(), Valid: true}, sql.NullInt64{Int64: r.Shift.End.Unix(), Valid: true}
			}
			if _, err := tx.ExecContext(ctx, insert, int64(r.Date), r.Person, version, starts, ends, by, at.Unix()); err != nil {
				return err
			}
		}
		return nil
	})
	return version, err
}

// notSince makes sure that no version after read and before another one tells of a
// day.
func notSince(ctx context.Context, tx *sql.Tx, day civil.Date, read, before int) error {
	const query = `SELECT count(*) FROM roster WHERE date = ? AND version > ? AND version < ?`
	var n int
	err := tx.QueryRowContext(ctx, query, int64(day), read, before).Scan(&n)
	if err == nil && n > 0 {
		err = plan.ErrOvertaken
	}
	return err
}

// Rostered gives the newest that has been published of each person and day from one
// day up to, but not including, another, by day and person.
func (s *Store) Rostered(ctx context.Context, from, until civil.Date) ([]plan.Rostered, error) {
	const query = `SELECT date, person, max(version), starts, ends, by, at FROM roster
		WHERE date >= ? AND date < ? GROUP BY date, person ORDER BY date, person` // SQLite takes the row of the maximum
	all, err := collect(ctx, s.reader, func(columns func(...any) error) (r plan.Rostered, err error) {
		var starts, ends sql.NullInt64
		var at int64
		err = columns(&r.Date, &r.Person, &r.Version, &starts, &ends, &r.By, &at)
		r.At = time.Unix(at, 0).UTC()
		if starts.Valid {
			r.Shift = &plan.Period{Start: time.Unix(starts.Int64, 0).UTC(), End: time.Unix(ends.Int64, 0).UTC()}
		}
		return r, err
	}, query, int64(from), int64(until))
	return all, s.fault("read the roster", err)
}
