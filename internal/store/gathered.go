package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"time"

	"bemanna/internal/civil"
	"bemanna/internal/ingest"
	"bemanna/internal/plan"
)

// gathered are the rows of a file before they meet the history. Written stretch
// by stretch and in order of time they go in twice as fast as in the order of a
// file that has all groups of one time after each other.
type gathered struct {
	stretches map[stretchName]*[]measured
	order     []stretchName // as they first appear
	covered   map[civil.Date]covered
}

// stretchName is a name of telephony with a length of its intervals.
type stretchName struct {
	group, channel string
	step           int64 // seconds
}

// measured is what a row says of its interval.
type measured struct {
	start, within int64
	faulty        bool
	numbers       [measuredNumbers]float64 // NaN: unknown
}

// covered is the time of a day that has intervals.
type covered struct{ first, until int64 }

func newGathered() *gathered {
	return &gathered{stretches: map[stretchName]*[]measured{}, covered: map[civil.Date]covered{}}
}

func (g *gathered) add(r ingest.Row) {
	name := stretchName{r.Group, r.Channel, int64(r.Step / time.Second)}
	start := r.Start.Unix()
	if !r.Daily() {
		g.cover(r.Start, start, start+name.step)
	}
	rows := g.stretches[name]
	if rows == nil {
		rows = new([]measured)
		g.stretches[name] = rows
		g.order = append(g.order, name)
	}
	*rows = append(*rows, measured{
		start: start, within: int64(r.Within / time.Second), faulty: r.Faulty,
		numbers: [...]float64{
			r.Offered, r.Answered, r.AnsweredWithin, r.Abandoned, r.Handled(), r.AfterSeconds, r.WaitSeconds, r.AbandonedWaitSeconds,
		},
	})
}

func (g *gathered) cover(t time.Time, first, until int64) {
	d := civil.DateOf(t)
	c, ok := g.covered[d]
	if !ok {
		c = covered{first, until}
	}
	g.covered[d] = covered{min(c.first, first), max(c.until, until)}
}

// write moves what was gathered into the history of a source and counts it.
func (g *gathered) write(ctx context.Context, tx *sql.Tx, source string, sum *plan.ImportSummary) error {
	w, err := newIntervalWriter(ctx, tx)
	if err != nil {
		return err
	}
	for _, name := range g.order {
		queue, err := queueNumber(ctx, tx, source, name)
		if err != nil {
			return err
		}
		if err := w.write(ctx, stretch{queue: queue, step: name.step}, distinct(*g.stretches[name]), sum); err != nil {
			return err
		}
	}
	return g.saveCovered(ctx, tx, source)
}

// distinct orders rows by time. Of those with the same start the last counts; a
// faulty one only where there is no other.
func distinct(rows []measured) []measured {
	slices.SortStableFunc(rows, func(a, b measured) int { return cmp.Compare(a.start, b.start) })
	out := rows[:0]
	for _, r := range rows {
		switch again := len(out) > 0 && out[len(out)-1].start == r.start; {
		case !again:
			out = append(out, r)
		case !r.faulty:
			out[len(out)-1] = r
		}
	}
	return out
}

// queueNumber finds or makes the number of a name of telephony.
func queueNumber(ctx context.Context, tx *sql.Tx, source string, name stretchName) (id int64, err error) {
	const upsert = `INSERT INTO queue (source, name, channel) VALUES (?, ?, ?)
		ON CONFLICT DO UPDATE SET name = name RETURNING id`
	err = tx.QueryRowContext(ctx, upsert, source, name.group, name.channel).Scan(&id)
	return id, err
}

func (g *gathered) saveCovered(ctx context.Context, tx *sql.Tx, source string) error {
	const upsert = `INSERT INTO covered (source, date, first, until) VALUES (?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET first = min(first, excluded.first), until = max(until, excluded.until)`
	for d, c := range g.covered {
		if _, err := tx.ExecContext(ctx, upsert, source, int64(d), c.first, c.until); err != nil {
			return err
		}
	}
	return nil
}
