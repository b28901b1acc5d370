package store

import (
	"context"
	"database/sql"

	"bemanna/internal/civil"
	"bemanna/internal/plan"
)

// KeepWorkings writes what was worked out of the days ahead over what is kept
// under the same names.
func (s *Store) KeepWorkings(ctx context.Context, all []plan.Working) error {
	if len(all) == 0 {
		return nil
	}
	const upsert = `INSERT INTO working (name, until, stamp, doc) VALUES (?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET until = excluded.until, stamp = excluded.stamp, doc = excluded.doc`
	return s.write(ctx, "keep what was worked out", func(tx *sql.Tx) error {
		for _, w := range all {
			if _, err := tx.ExecContext(ctx, upsert, w.Name, int64(w.Until), w.Stamp, w.Doc); err != nil {
				return err
			}
		}
		return nil
	})
}

// Workings gives what was worked out under names that begin with a prefix, by
// name.
func (s *Store) Workings(ctx context.Context, prefix string) (map[string]plan.Working, error) {
	all, err := collect(ctx, s.reader, func(columns func(...any) error) (w plan.Working, err error) {
		var until int64
		err = columns(&w.Name, &until, &w.Stamp, &w.Doc)
		w.Until = civil.Date(until)
		return w, err
	}, `SELECT name, until, stamp, doc FROM working WHERE substr(name, 1, length(?1)) = ?1`, prefix)
	out := make(map[string]plan.Working, len(all))
	for _, w := range all {
		out[w.Name] = w
	}
	return out, s.fault("read what was worked out", err)
}
