package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math"
	"time"

	"bemanna/internal/civil"
	"bemanna/internal/ingest"
	"bemanna/internal/plan"
)

// Series gives the history of a group on the grid of o, as ingest.Assemble
// does; a day counts as covered when the source has an interval of any group on
// it. A group without rows has empty series. An interval that is coarser than
// o.Step gives an *ingest.CoarseError.
func (s *Store) Series(ctx context.Context, sel plan.Selection, o ingest.SeriesOptions) (ingest.Measures, error) {
	m, err := s.series(ctx, sel, o)
	return m, s.fault("read history", err)
}

func (s *Store) series(ctx context.Context, sel plan.Selection, o ingest.SeriesOptions) (ingest.Measures, error) {
	if o.Location == nil {
		o.Location = time.UTC
	}
	tx, err := s.reader.BeginTx(ctx, &sql.TxOptions{ReadOnly: true}) // one state of the history
	if err != nil {
		return ingest.Measures{}, err
	}
	defer tx.Rollback() //nolint:errcheck // nothing was written
	queues, err := findQueues(ctx, tx, sel)
	if err != nil {
		return ingest.Measures{}, err
	}
	var tracks []ingest.Track
	for _, q := range queues {
		track, err := readTrack(ctx, tx, q, o)
		if err != nil {
			return ingest.Measures{}, err
		}
		tracks = append(tracks, track)
	}
	coverage, err := readCoverage(ctx, tx, sel.Source)
	if err != nil {
		return ingest.Measures{}, err
	}
	return ingest.Assemble(tracks, coverage, o)
}

// queue is a name of telephony with the starts of its first and last interval.
type queue struct {
	id          int64
	first, last int64
}

func findQueues(ctx context.Context, tx *sql.Tx, sel plan.Selection) ([]queue, error) {
	const query = `SELECT id,
			coalesce((SELECT start FROM interval WHERE queue = id AND step < ?4 ORDER BY start LIMIT 1), 0),
			coalesce((SELECT start FROM interval WHERE queue = id AND step < ?4 ORDER BY start DESC LIMIT 1), -1)
		FROM queue WHERE ?1 IN ('', source) AND ?3 IN ('', channel)
			AND (?2 = '[]' OR name IN (SELECT value FROM json_each(?2)))
		ORDER BY source, name, channel`
	names, err := json.Marshal(append([]string{}, sel.Names...))
	if err != nil {
		return nil, err
	}
	return collect(ctx, tx, func(columns func(...any) error) (q queue, err error) {
		err = columns(&q.id, &q.first, &q.last)
		return q, err
	}, query, sel.Source, string(names), sel.Channel, dailyStep)
}

// dailyStep is the length in seconds from which a row is a daily total.
const dailyStep = 23 * 3600

func readTrack(ctx context.Context, tx *sql.Tx, q queue, o ingest.SeriesOptions) (ingest.Track, error) {
	track := ingest.Track{First: q.first, Last: q.last}
	from, to := int64(math.MinInt64), int64(math.MaxInt64)
	if !o.From.IsZero() {
		from = o.From.Unix()
	}
	if !o.To.IsZero() {
		to = o.To.Unix()
	}
	const query = `SELECT start, step, offered, answered, in_time, abandoned, talk_s + coalesce(after_s, 0)
		FROM interval WHERE queue = ? AND start >= ? AND start < ? ORDER BY start, step`
	var err error
	track.Intervals, err = collect(ctx, tx, func(columns func(...any) error) (v ingest.Interval, err error) {
		c := &v.Counts
		err = columns(&v.Start, &v.Step, (*number)(&c[0]), (*number)(&c[1]), (*number)(&c[2]), (*number)(&c[3]), (*number)(&c[4]))
		return v, err
	}, query, q.id, from, to)
	return track, err
}

// number is a float64 whose NaN is NULL in the store.
type number float64

func (n *number) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*n = number(math.NaN())
	case float64:
		*n = number(v)
	default:
		return fmt.Errorf("number %v: want a float64, not a %T", v, v)
	}
	return nil
}

func readCoverage(ctx context.Context, tx *sql.Tx, source string) (ingest.Coverage, error) {
	c := ingest.Coverage{Days: map[civil.Date]bool{}}
	type span struct{ first, until int64 }
	days, err := collect(ctx, tx, func(columns func(...any) error) (s span, err error) {
		var date civil.Date
		err = columns(&date, &s.first, &s.until)
		c.Days[date] = true
		return s, err
	}, `SELECT date, first, until FROM covered WHERE ?1 IN ('', source) ORDER BY date`, source)
	for i, d := range days {
		if from := time.Unix(d.first, 0); i == 0 || from.Before(c.From) {
			c.From = from
		}
		if to := time.Unix(d.until, 0); to.After(c.To) {
			c.To = to
		}
	}
	return c, err
}

// GroupStat is a name of telephony with what the store has of it, for each
// length of interval.
type GroupStat struct {
	Source, Name, Channel string
	Step                  time.Duration
	First, Last           time.Time // starts, in UTC
	Rows                  int
	Offered               float64 // in all
}

// Groups lists the names of telephony, by source, name, channel and step. It
// looks at all of the history.
func (s *Store) Groups(ctx context.Context) ([]GroupStat, error) {
	const query = `SELECT source, name, channel, step, first, last, n, offered FROM queue JOIN
		(SELECT queue, step, min(start) AS first, max(start) AS last, count(*) AS n, total(offered) AS offered
			FROM interval GROUP BY queue, step) ON queue = id
		ORDER BY source, name, channel, step`
	all, err := collect(ctx, s.reader, func(columns func(...any) error) (g GroupStat, err error) {
		var step, first, last int64
		err = columns(&g.Source, &g.Name, &g.Channel, &step, &first, &last, &g.Rows, &g.Offered)
		g.Step = time.Duration(step) * time.Second
		g.First, g.Last = time.Unix(first, 0).UTC(), time.Unix(last, 0).UTC()
		return g, err
	}, query)
	return all, s.fault("list groups", err)
}

// DataUntil gives the end of the newest interval of a source, in UTC; "" is
// any source. It is the zero time when there are none.
func (s *Store) DataUntil(ctx context.Context, source string) (time.Time, error) {
	var until sql.NullInt64
	err := s.reader.QueryRowContext(ctx, `SELECT max(until) FROM covered WHERE ?1 IN ('', source)`, source).Scan(&until)
	if err != nil || !until.Valid {
		return time.Time{}, s.fault("read history", err)
	}
	return time.Unix(until.Int64, 0).UTC(), nil
}
