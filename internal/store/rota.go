package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"bemanna/internal/civil"
	"bemanna/internal/plan"
)

// SaveDuties writes duties over those of the same weeks and tables: all of
// them or, when a week does not start on a Monday, none.
func (s *Store) SaveDuties(ctx context.Context, duties []plan.Duty) error {
	const upsert = `INSERT INTO duty (week, desk, lead, deputy) VALUES (?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET lead = excluded.lead, deputy = excluded.deputy`
	return s.write(ctx, "save the rota", func(tx *sql.Tx) error {
		for _, d := range duties {
			if d.Week.Weekday() != time.Monday {
				return fmt.Errorf("duty at table %q: week of %v: want a Monday", d.Table, d.Week)
			}
			if _, err := tx.ExecContext(ctx, upsert, int64(d.Week), d.Table, d.Lead, d.Deputy); err != nil {
				return err
			}
		}
		return nil
	})
}

// Duties gives the duties of the weeks whose Mondays lie from one day up to,
// but not including, another, by week and table.
func (s *Store) Duties(ctx context.Context, from, to civil.Date) ([]plan.Duty, error) {
	const query = `SELECT week, desk, lead, deputy FROM duty WHERE week >= ? AND week < ? ORDER BY week, desk`
	all, err := collect(ctx, s.reader, func(columns func(...any) error) (d plan.Duty, err error) {
		err = columns(&d.Week, &d.Table, &d.Lead, &d.Deputy)
		return d, err
	}, query, int64(from), int64(to))
	return all, s.fault("read the rota", err)
}
