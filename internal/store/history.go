package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"time"

	"gonum.org/v1/gonum/floats"

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
	stretches, err := findStretches(ctx, tx, sel)
	if err != nil {
		return ingest.Measures{}, err
	}
	tracks, err := readTracks(ctx, tx, stretches, sel, o)
	if err != nil {
		return ingest.Measures{}, err
	}
	coverage, err := readCoverage(ctx, tx, sel.Source)
	if err != nil {
		return ingest.Measures{}, err
	}
	return ingest.Assemble(tracks, coverage, o)
}

// stretch is the history of a name of telephony in intervals of one length.
type stretch struct {
	queue       int64
	name        string
	step        int64
	first, last int64 // starts
}

// findStretches gives the stretches of each name, all those of one name after
// each other.
func findStretches(ctx context.Context, tx *sql.Tx, sel plan.Selection) ([]stretch, error) {
	const query = `WITH RECURSIVE
		chosen AS (SELECT id, name, row_number() OVER (ORDER BY source, name, channel) AS place FROM queue
			WHERE ?1 IN ('', source) AND ?3 IN ('', channel) AND (?2 = '[]' OR name IN (SELECT value FROM json_each(?2)))),
		-- The next greater step is a look into the index, not a walk along it.
		steps (place, id, name, step) AS (
			SELECT place, id, name, (SELECT min(step) FROM interval WHERE queue = id) FROM chosen
			UNION ALL
			SELECT place, id, name, (SELECT min(i.step) FROM interval i WHERE i.queue = id AND i.step > steps.step) FROM steps
				WHERE steps.step IS NOT NULL)
		SELECT id, name, step, (SELECT min(start) FROM interval i WHERE i.queue = id AND i.step = steps.step),
			(SELECT max(start) FROM interval i WHERE i.queue = id AND i.step = steps.step)
		FROM steps WHERE step IS NOT NULL ORDER BY place, step`
	names := []string{}
	for _, q := range sel.Queues {
		names = append(names, q.Name)
	}
	list, err := json.Marshal(names)
	if err != nil {
		return nil, err
	}
	return collect(ctx, tx, func(columns func(...any) error) (st stretch, err error) {
		err = columns(&st.queue, &st.name, &st.step, &st.first, &st.last)
		return st, err
	}, query, sel.Source, string(list), sel.Channel)
}

// readTracks reads what the stretches hold between the bounds of o: a track for
// each name and each time that the name is selected.
func readTracks(ctx context.Context, tx *sql.Tx, stretches []stretch, sel plan.Selection, o ingest.SeriesOptions) ([]ingest.Track, error) {
	var tracks []ingest.Track
	for len(stretches) > 0 {
		n := slices.IndexFunc(stretches, func(st stretch) bool { return st.queue != stretches[0].queue })
		if n < 0 {
			n = len(stretches)
		}
		for _, q := range counting(sel, stretches[0].name) {
			t, err := readTrack(ctx, tx, stretches[:n], q, o)
			if err != nil {
				return nil, err
			}
			tracks = append(tracks, t)
		}
		stretches = stretches[n:]
	}
	return tracks, nil
}

// counting gives the queues of a name; all of it where every name is selected.
func counting(sel plan.Selection, name string) []plan.Queue {
	if len(sel.Queues) == 0 {
		return []plan.Queue{{Name: name}}
	}
	var out []plan.Queue
	for _, q := range sel.Queues {
		if q.Name == name {
			out = append(out, q)
		}
	}
	return out
}

// readTrack reads the stretches of one name as far as the queue counts.
func readTrack(ctx context.Context, tx *sql.Tx, stretches []stretch, q plan.Queue, o ingest.SeriesOptions) (ingest.Track, error) {
	t := ingest.NewTrack(nil)
	for _, st := range stretches {
		if !q.From.IsZero() {
			st.first = max(st.first, q.From.Unix())
		}
		if !q.To.IsZero() {
			st.last = min(st.last, q.To.Unix()-1)
		}
		intervals, err := readStretch(ctx, tx, st, o)
		if err != nil {
			return t, err
		}
		t.Intervals = append(t.Intervals, intervals...)
		if st.step < dailyStep && st.first <= st.last {
			t.First, t.Last = min(t.First, st.first), max(t.Last, st.last)
		}
	}
	slices.SortFunc(t.Intervals, func(a, b ingest.Interval) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.Step, b.Step))
	})
	if q.Share > 0 && q.Share < 1 {
		for i := range t.Intervals {
			floats.Scale(q.Share, t.Intervals[i].Counts[:])
		}
	}
	return t, nil
}

// dailyStep is the length in seconds from which a row is a daily total.
const dailyStep = 23 * 3600

func readStretch(ctx context.Context, tx *sql.Tx, st stretch, o ingest.SeriesOptions) ([]ingest.Interval, error) {
	from, to := st.first, st.last
	if !o.From.IsZero() {
		from = max(from, o.From.Unix())
	}
	if !o.To.IsZero() {
		to = min(to, o.To.Unix()-1)
	}
	const query = `SELECT pack(start, offered, answered, in_time, abandoned, handled_s, wait_s, abandoned_wait_s)
		FROM interval WHERE queue = ? AND step = ? AND start BETWEEN ? AND ?`
	const columns = 1 + len(ingest.Counts{})
	var all packed
	if err := tx.QueryRowContext(ctx, query, st.queue, st.step, from, to).Scan(&all); err != nil {
		return nil, err
	}
	intervals := make([]ingest.Interval, len(all)/8/columns)
	for i := range intervals {
		v := &intervals[i]
		v.Start, v.Step = int64(all.at(i*columns)), st.step
		for m := range v.Counts {
			v.Counts[m] = all.at(i*columns + 1 + m)
		}
	}
	return intervals, nil
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
