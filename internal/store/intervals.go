package store

import (
	"context"
	"database/sql"
	"math"
	"slices"
	"strings"

	"bemanna/internal/plan"
)

const (
	// batchRows is how many intervals one statement writes: the time for each is
	// flat from there on.
	batchRows = 100
	// measures are the columns of an interval that a row fills: within_s and the
	// numbers of measured.
	measures        = "within_s, offered, answered, in_time, abandoned, handled_s, after_s, wait_s, abandoned_wait_s"
	measuredNumbers = 8
)

// What happens to an interval that is known: it stays, or changes where the row
// differs.
var (
	stays   = ` ON CONFLICT DO NOTHING`
	changes = ` ON CONFLICT DO UPDATE SET (` + measures + `) = (` + ofRow + `) WHERE (` + measures + `) IS NOT (` + ofRow + `)`

	ofRow = "excluded." + strings.ReplaceAll(measures, ", ", ", excluded.")
)

// insertIntervals takes the queue, the step and then, for each of n intervals,
// its start and its measures.
func insertIntervals(n int, known string) string {
	row := "(?1, ?2, ?" + strings.Repeat(", ?", 1+measuredNumbers) + ")"
	return `INSERT INTO interval (queue, step, start, ` + measures + `) VALUES ` + strings.Repeat(row+", ", n-1) + row + known
}

// intervalWriter writes intervals into the history.
type intervalWriter struct {
	tx    *sql.Tx
	whole *sql.Stmt // changes batchRows intervals; the transaction closes it
	args  []any
}

func newIntervalWriter(ctx context.Context, tx *sql.Tx) (*intervalWriter, error) {
	w := &intervalWriter{tx: tx}
	var err error
	w.whole, err = tx.PrepareContext(ctx, insertIntervals(batchRows, changes))
	return w, err
}

// write writes rows of one stretch, in order and distinct, and counts what they
// did.
func (w *intervalWriter) write(ctx context.Context, st stretch, rows []measured, sum *plan.ImportSummary) error {
	st.first, st.last = rows[0].start, rows[len(rows)-1].start
	before, err := w.count(ctx, st)
	if err != nil {
		return err
	}
	faulty := func(r measured) bool { return r.faulty }
	sound := func(r measured) bool { return !r.faulty }
	replaced, err := w.put(ctx, st, slices.DeleteFunc(slices.Clone(rows), faulty), changes)
	if err != nil {
		return err
	}
	kept, err := w.put(ctx, st, slices.DeleteFunc(slices.Clone(rows), sound), stays)
	if err != nil {
		return err
	}
	after, err := w.count(ctx, st)
	if err != nil {
		return err
	}
	written, added := replaced+kept, after-before
	sum.New += added
	sum.Changed += written - added
	sum.Same += len(rows) - written
	return nil
}

// count gives the intervals of a stretch that the history has.
func (w *intervalWriter) count(ctx context.Context, st stretch) (n int, err error) {
	err = w.tx.QueryRowContext(ctx, `SELECT count(*) FROM interval WHERE queue = ? AND step = ? AND start BETWEEN ? AND ?`,
		st.queue, st.step, st.first, st.last).Scan(&n)
	return n, err
}

// put writes rows and tells how many of them were not there before or, where
// known changes, were otherwise.
func (w *intervalWriter) put(ctx context.Context, st stretch, rows []measured, known string) (written int, err error) {
	for batch := range slices.Chunk(rows, batchRows) {
		w.args = append(w.args[:0], st.queue, st.step)
		for _, r := range batch {
			w.args = append(w.args, r.start, r.within)
			for _, x := range r.numbers {
				w.args = append(w.args, null(x))
			}
		}
		n, err := w.exec(ctx, len(batch), known)
		if err != nil {
			return written, err
		}
		written += n
	}
	return written, nil
}

// exec writes n rows, whose numbers are the arguments, and tells as put does.
func (w *intervalWriter) exec(ctx context.Context, n int, known string) (int, error) {
	var result sql.Result
	var err error
	if n == batchRows && known == changes {
		result, err = w.whole.ExecContext(ctx, w.args...)
	} else {
		result, err = w.tx.ExecContext(ctx, insertIntervals(n, known), w.args...)
	}
	if err != nil {
		return 0, err
	}
	written, err := result.RowsAffected()
	return int(written), err
}

// null is how SQL says NaN.
func null(x float64) any {
	if math.IsNaN(x) {
		return nil
	}
	return x
}
