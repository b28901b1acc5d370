package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"bemanna/internal/civil"
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
// unknown, but never takes away what is known.
//
// A file that breaks off is the one exception: what came before is kept, and
// the *ingest.CutError is returned with the summary.
func (s *Store) Import(
	ctx context.Context, source string, file plan.FileInfo, read func(add func(ingest.Row) error) (ingest.Report, error),
) (plan.ImportSummary, error) {
	var sum plan.ImportSummary
	var cut *ingest.CutError
	err := s.write(ctx, "import "+file.Name, func(tx *sql.Tx) error {
		st := stager{tx: tx, source: source, queues: map[[2]string]int64{}, covered: map[civil.Date]covered{}}
		if err := st.begin(ctx); err != nil {
			return err
		}
		var err error
		sum.Report, err = read(func(r ingest.Row) error { return st.add(ctx, r) })
		if err != nil && !errors.As(err, &cut) {
			return err
		}
		if err := st.end(ctx, &sum); err != nil {
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

// stager gathers rows in a table of its own before they meet the history, so
// that repeated rows are told from changed ones, and unsorted files are sorted.
type stager struct {
	tx      *sql.Tx
	source  string
	queues  map[[2]string]int64
	covered map[civil.Date]covered
	insert  *sql.Stmt // of batchRows rows
	batch   []any
}

// covered is the time of a day that has intervals.
type covered struct{ first, until int64 }

const (
	batchRows    = 100 // rows in one statement: the time for each row is flat from there on
	stagedFields = 12
	measures     = "offered, answered, in_time, within_s, abandoned, handled_s, after_s, wait_s, abandoned_wait_s"
)

// stage inserts n rows; the last of repeated rows stays.
func stage(n int) string {
	row := "(" + strings.Repeat("?, ", stagedFields-1) + "?)"
	return `INSERT OR REPLACE INTO temp.staged (queue, step, start, ` + measures + `) VALUES ` + strings.Repeat(row+", ", n-1) + row
}

func excluded() string { return "excluded." + strings.ReplaceAll(measures, ", ", ", excluded.") }

func (st *stager) begin(ctx context.Context) (err error) {
	const table = `CREATE TEMP TABLE staged (queue INTEGER, step INTEGER, start INTEGER, ` + measures +
		`, faulty INTEGER DEFAULT 0, PRIMARY KEY (queue, step, start)) WITHOUT ROWID`
	if _, err = st.tx.ExecContext(ctx, table); err != nil {
		return err
	}
	st.insert, err = st.tx.PrepareContext(ctx, stage(batchRows))
	return err
}

func (st *stager) add(ctx context.Context, r ingest.Row) error {
	queue, err := st.queue(ctx, r.Group, r.Channel)
	if err != nil {
		return err
	}
	start, step := r.Start.Unix(), int64(r.Step/time.Second)
	if !r.Daily() {
		st.cover(r.Start, start, start+step)
	}
	if r.Faulty { // stays only where the file says nothing else
		const insert = `INSERT OR IGNORE INTO temp.staged (queue, step, start, within_s, faulty) VALUES (?, ?, ?, 0, 1)`
		_, err := st.tx.ExecContext(ctx, insert, queue, step, start)
		return err
	}
	st.batch = append(st.batch, queue, step, start,
		null(r.Offered), null(r.Answered), null(r.AnsweredWithin), int64(r.Within/time.Second),
		null(r.Abandoned), null(r.Handled()), null(r.AfterSeconds), null(r.WaitSeconds), null(r.AbandonedWaitSeconds))
	if len(st.batch) < batchRows*stagedFields {
		return nil
	}
	_, err = st.insert.ExecContext(ctx, st.batch...)
	st.batch = st.batch[:0]
	return err
}

// null is how SQL says NaN.
func null(x float64) any {
	if math.IsNaN(x) {
		return nil
	}
	return x
}

func (st *stager) cover(t time.Time, first, until int64) {
	d := civil.DateOf(t)
	c, ok := st.covered[d]
	if !ok {
		c = covered{first, until}
	}
	st.covered[d] = covered{min(c.first, first), max(c.until, until)}
}

// queue finds or makes the number of a group.
func (st *stager) queue(ctx context.Context, name, channel string) (int64, error) {
	key := [2]string{name, channel}
	if id, ok := st.queues[key]; ok {
		return id, nil
	}
	const upsert = `INSERT INTO queue (source, name, channel) VALUES (?, ?, ?)
		ON CONFLICT DO UPDATE SET name = name RETURNING id`
	var id int64
	if err := st.tx.QueryRowContext(ctx, upsert, st.source, name, channel).Scan(&id); err != nil {
		return 0, err
	}
	st.queues[key] = id
	return id, nil
}

// end moves the staged rows into the history and counts them.
func (st *stager) end(ctx context.Context, sum *plan.ImportSummary) error {
	if n := len(st.batch) / stagedFields; n > 0 {
		if _, err := st.tx.ExecContext(ctx, stage(n), st.batch...); err != nil {
			return err
		}
	}
	if err := st.merge(ctx, sum); err != nil {
		return err
	}
	if err := st.saveCovered(ctx); err != nil {
		return err
	}
	_, err := st.tx.ExecContext(ctx, `DROP TABLE temp.staged`)
	return err
}

// merge adds what is new, and then, where anything was known before, changes
// what differs.
func (st *stager) merge(ctx context.Context, sum *plan.ImportSummary) (err error) {
	const insert = `INSERT INTO interval (queue, step, start, ` + measures + `)
		SELECT queue, step, start, ` + measures + ` FROM temp.staged WHERE true`
	if sum.New, err = st.affected(ctx, insert+` ORDER BY queue, step, start ON CONFLICT DO NOTHING`); err != nil {
		return err
	}
	var all int
	if err := st.tx.QueryRowContext(ctx, `SELECT count(*) FROM temp.staged`).Scan(&all); err != nil {
		return err
	}
	if old := all - sum.New; old > 0 {
		sum.Changed, err = st.affected(ctx, insert+` AND NOT faulty
			ON CONFLICT DO UPDATE SET (`+measures+`) = (`+excluded()+`) WHERE (`+measures+`) IS NOT (`+excluded()+`)`)
		sum.Same = old - sum.Changed
	}
	return err
}

// affected runs a statement and gives the number of rows that it wrote.
func (st *stager) affected(ctx context.Context, statement string) (int, error) {
	result, err := st.tx.ExecContext(ctx, statement)
	if err != nil {
		return 0, err
	}
	n, err := result.RowsAffected()
	return int(n), err
}

func (st *stager) saveCovered(ctx context.Context) error {
	const upsert = `INSERT INTO covered (source, date, first, until) VALUES (?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET first = min(first, excluded.first), until = max(until, excluded.until)`
	for d, c := range st.covered {
		if _, err := st.tx.ExecContext(ctx, upsert, st.source, int64(d), c.first, c.until); err != nil {
			return err
		}
	}
	return nil
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
