package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"bemanna/internal/plan"
)

// KeepLearnt writes what forecasts have learnt over what is kept of the same
// groups.
func (s *Store) KeepLearnt(ctx context.Context, all []plan.Learnt) error {
	const upsert = `INSERT INTO learnt (grp, stamp, doc) VALUES (?, ?, ?)
		ON CONFLICT DO UPDATE SET stamp = excluded.stamp, doc = excluded.doc`
	return s.write(ctx, "keep what was learnt", func(tx *sql.Tx) error {
		for _, l := range all {
			doc, err := json.Marshal(l.Learnt)
			if err != nil {
				return fmt.Errorf("answer group %q: %w", l.Group, err)
			}
			if _, err := tx.ExecContext(ctx, upsert, l.Group, l.Stamp, string(doc)); err != nil {
				return err
			}
		}
		return nil
	})
}

// Learnt gives what earlier forecasts have learnt, by group. What cannot be read
// is left out: it is learnt anew.
func (s *Store) Learnt(ctx context.Context) (map[string]plan.Learnt, error) {
	out := map[string]plan.Learnt{}
	_, err := collect(ctx, s.reader, func(columns func(...any) error) (l plan.Learnt, err error) {
		var doc string
		if err := columns(&l.Group, &l.Stamp, &doc); err != nil {
			return l, err
		}
		if json.Unmarshal([]byte(doc), &l.Learnt) == nil {
			out[l.Group] = l
		}
		return l, nil
	}, `SELECT grp, stamp, doc FROM learnt`)
	return out, s.fault("read what was learnt", err)
}
