package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"bemanna/internal/ingest"
	"bemanna/internal/plan"
)

// Import takes a file into the history of a source, in one transaction: all of
// it or, when read fails, nothing. Read is called once and gives its rows to
// add; ingest.Read does that, with a file and options filled in:
//
//	s.Import(ctx, source, info, func(add func(ingest.Row) error) (ingest.Report, error) {
//		return ingest.Read(file, options, add)
//	})
//
// Rows replace what is known of the same source, group, channel, start and
// step; of repeated rows the last counts. A faulty row makes an interval
// unknown, but never takes away what is known. The rows are held in memory until
// the file has been read: about 100 bytes for each.
//
// A file that breaks off is the one exception: what came before is kept, and
// the *ingest.CutError is returned with the summary.
func (s *Store) Import(
	ctx context.Context, source string, file plan.FileInfo, read func(add func(ingest.Row) error) (ingest.Report, error),
) (plan.ImportSummary, error) {
	var sum plan.ImportSummary
	var cut *ingest.CutError
	err := s.write(ctx, "import "+file.Name, func(tx *sql.Tx) error {
		g := newGathered()
		var err error
		sum.Report, err = read(func(r ingest.Row) error {
			g.add(r)
			return ctx.Err()
		})
		if err != nil && !errors.As(err, &cut) {
			return err
		}
		if err := g.write(ctx, tx, source, &sum); err != nil {
			return err
		}
		return record(ctx, tx, source, file, sum, cut != nil)
	})
	if err != nil {
		return plan.ImportSummary{Report: sum.Report}, err
	}
	if cut != nil {
		return sum, cut
	}
	return sum, nil
}

// record writes down the import and the rows that were set aside.
func record(ctx context.Context, tx *sql.Tx, source string, file plan.FileInfo, sum plan.ImportSummary, cut bool) error {
	const insert = `INSERT INTO import (source, file, sha256, at, rows_read, added, changed, same, set_aside, cut)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`
	var id int64
	err := tx.QueryRowContext(ctx, insert, source, file.Name, file.SHA256, file.At.Unix(), sum.Report.Read,
		sum.New, sum.Changed, sum.Same, sum.Report.Read-sum.Report.Good, cut).Scan(&id)
	if err != nil {
		return fmt.Errorf("record the import: %w", err)
	}
	for n, r := range sum.Report.Rejects {
		_, err := tx.ExecContext(ctx, `INSERT INTO reject (import, n, line, field, reason, value) VALUES (?, ?, ?, ?, ?, ?)`,
			id, n, r.Line, r.Column, string(r.Reason), r.Value)
		if err != nil {
			return fmt.Errorf("record the row set aside in line %d: %w", r.Line, err)
		}
	}
	return nil
}
