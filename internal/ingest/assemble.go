package ingest

import (
	"fmt"
	"math"
	"slices"
	"time"

	"bemanna/forecast"
	"bemanna/internal/civil"
)

// Interval is a Row without its names: what a series is made of.
type Interval struct {
	Start int64 // Unix time in seconds
	Step  int64 // seconds; a day of 23 hours or more is a daily total
	Counts
}

// Counts are the measures of an interval in the order of the fields of
// Measures; NaN is unknown.
type Counts [7]float64

func (r Row) interval() Interval {
	return Interval{
		Start: r.Start.Unix(), Step: int64(r.Step / time.Second),
		Counts: Counts{
			r.Offered, r.Answered, r.AnsweredWithin, r.Abandoned, r.Handled(), r.WaitSeconds, r.AbandonedWaitSeconds,
		},
	}
}

func (v Interval) daily() bool { return v.Step >= 23*3600 }

// Coverage says of which time a source speaks: the days on which it has an
// interval of any group, and the time from its first interval to the end of
// its last.
type Coverage struct {
	Days     map[civil.Date]bool
	From, To time.Time
}

// Track is what telephony says of one name, ordered by Start and then Step,
// without repetitions. First and Last are the starts of the first and the last
// interval that is known of the name, also where Intervals hold only a part of
// its history; daily totals do not count.
type Track struct {
	Intervals   []Interval
	First, Last int64 // Unix time in seconds; Last before First: there is none
}

// NewTrack makes a track that is known in full.
func NewTrack(intervals []Interval) Track {
	t := Track{Intervals: intervals, First: math.MaxInt64, Last: math.MinInt64}
	for _, v := range intervals {
		if !v.daily() {
			t.First, t.Last = min(t.First, v.Start), max(t.Last, v.Start)
		}
	}
	return t
}

// CoarseError says that the history is too coarse, or on another grid, for the
// series that is wanted.
type CoarseError struct {
	At           time.Time // of the first such interval
	Step, Wanted time.Duration
}

func (e *CoarseError) Error() string {
	return fmt.Sprintf("interval at %s: %v long, wanted %v or a part of it",
		e.At.Format("2006-01-02 15:04"), e.Step, e.Wanted)
}

// Assemble makes series of the intervals of the names that telephony has for
// one answer group, a track for each. Tracks are summed.
//
// An interval that is absent on a covered day between the first and the last
// day of its track is zero calls. An interval with an empty number is missing,
// and so is the sum that it belongs to. The other days are unknown, and so is
// the time before and after what the source covers. Finer intervals are
// summed; where a track has the same time in two lengths, the finer counts.
// Nothing is spread: coarser intervals give a *CoarseError, and daily totals
// come by themselves, for the days on which no track has an interval.
func Assemble(tracks []Track, c Coverage, o SeriesOptions) (Measures, error) {
	if o.Location == nil {
		o.Location = time.UTC
	}
	g, err := newGrid(tracks, o)
	if err != nil {
		return Measures{}, err
	}
	for _, track := range tracks {
		g.cover(track, c)
	}
	for _, track := range tracks {
		if err := g.add(track); err != nil {
			return Measures{}, err
		}
	}
	return g.measures(tracks), nil
}

// grid is the series while they are made.
type grid struct {
	start, step int64 // seconds
	n           int
	loc         *time.Location
	known       []bool
	values      [len(Counts{})][]float64 // nil: no track speaks of it
}

func newGrid(tracks []Track, o SeriesOptions) (*grid, error) {
	if !validStep(o.Step) {
		return nil, fmt.Errorf("interval %v: want minutes that divide an hour", o.Step)
	}
	from, to := o.From, o.To
	first, last, ok := span(tracks, false)
	if !ok {
		first, last, ok = span(tracks, true)
	}
	if ok {
		if from.IsZero() {
			from = civil.DateOf(time.Unix(first, 0).In(o.Location)).Start(o.Location)
		}
		if to.IsZero() {
			to = (civil.DateOf(time.Unix(last, 0).In(o.Location)) + 1).Start(o.Location)
		}
	}
	g := &grid{start: from.Unix(), step: int64(o.Step / time.Second), loc: o.Location}
	midnight := civil.DateOf(from.In(o.Location)).Start(o.Location)
	if from.Sub(midnight)%o.Step != 0 || to.Sub(from)%o.Step != 0 {
		return nil, fmt.Errorf("from %v to %v: want times on the grid of %v", from, to, o.Step)
	}
	g.n = max(0, int(to.Sub(from)/o.Step))
	g.known = make([]bool, g.n)
	for m, given := range speaksOf(tracks) {
		if given {
			g.values[m] = slices.Repeat([]float64{math.NaN()}, g.n)
		}
	}
	return g, nil
}

// span gives the starts of the first and the last interval of all tracks, or
// of the daily totals.
func span(tracks []Track, daily bool) (first, last int64, ok bool) {
	for _, track := range tracks {
		for _, v := range track.Intervals {
			if v.daily() != daily {
				continue
			}
			if !ok || v.Start < first {
				first = v.Start
			}
			if !ok || v.Start > last {
				last = v.Start
			}
			ok = true
		}
	}
	return first, last, ok
}

// speaksOf tells which measures have a number anywhere; the calls offered
// always count as given.
func speaksOf(tracks []Track) (given [len(Counts{})]bool) {
	given[0] = true
	for _, track := range tracks {
		for _, v := range track.Intervals {
			for m, x := range v.Counts {
				given[m] = given[m] || !math.IsNaN(x) && !v.daily()
			}
		}
	}
	return given
}

// cover makes the absent intervals of a track zero.
func (g *grid) cover(track Track, c Coverage) {
	if track.Last < track.First {
		return
	}
	day := func(t int64) civil.Date { return civil.DateOf(time.Unix(t, 0).In(g.loc)) }
	for d := day(track.First); d <= day(track.Last); d++ {
		if c.Days[d] {
			g.know(max(d.Start(g.loc).Unix(), c.From.Unix()), min((d+1).Start(g.loc).Unix(), c.To.Unix()))
		}
	}
}

// know makes what is unknown from one instant to another zero.
func (g *grid) know(from, to int64) {
	for i := g.index(max(from, g.start)); i < g.n && g.start+int64(i)*g.step < to; i++ {
		if g.known[i] {
			continue
		}
		g.known[i] = true
		for _, values := range g.values {
			if values != nil {
				values[i] = 0
			}
		}
	}
}

// index gives the interval that holds an instant at or after the start.
func (g *grid) index(t int64) int { return int((t - g.start) / g.step) }

// add sums the intervals of a track into the grid.
func (g *grid) add(track Track) error {
	for k, v := range track.Intervals {
		if v.daily() || v.Start < g.start || v.Start >= g.start+int64(g.n)*g.step || finerThan(track.Intervals, k) {
			continue
		}
		if g.step%v.Step != 0 {
			return &CoarseError{
				At: time.Unix(v.Start, 0).In(g.loc), Step: time.Duration(v.Step) * time.Second,
				Wanted: time.Duration(g.step) * time.Second,
			}
		}
		g.know(v.Start, v.Start+1)
		i := g.index(v.Start)
		for m, values := range g.values {
			if values != nil {
				values[i] += v.Counts[m]
			}
		}
	}
	return nil
}

// finerThan tells whether the track says the time of interval k in finer
// intervals too.
func finerThan(track []Interval, k int) bool {
	v := track[k]
	if k > 0 && track[k-1].Start == v.Start && !track[k-1].daily() {
		return true // ordered by length
	}
	for _, w := range track[k+1:] {
		if w.Start >= v.Start+v.Step {
			return false
		}
		if w.Step < v.Step {
			return true
		}
	}
	return false
}

// measures takes the series out of the grid.
func (g *grid) measures(tracks []Track) Measures {
	series := func(m int) forecast.Series {
		return forecast.Series{
			Start: time.Unix(g.start, 0).In(g.loc), Step: time.Duration(g.step) * time.Second, Values: g.values[m],
		}
	}
	return Measures{
		Offered: series(0), Answered: series(1), AnsweredWithin: series(2), Abandoned: series(3), Handled: series(4),
		WaitAnswered: series(5), WaitAbandoned: series(6),
		Daily: dailyTotals(tracks, g.loc),
	}
}

// dailyTotals sums the totals of the days on which no track has an interval.
func dailyTotals(tracks []Track, loc *time.Location) []forecast.DayTotal {
	cut := map[civil.Date]bool{}
	totals := map[civil.Date]float64{}
	days := newDays(loc)
	for _, track := range tracks {
		for _, v := range track.Intervals {
			d := days.holding(time.Unix(v.Start, 0)).date
			if v.daily() {
				totals[d] += v.Counts[0]
			} else {
				cut[d] = true
			}
		}
	}
	var out []forecast.DayTotal
	for d, total := range totals {
		if !cut[d] && !math.IsNaN(total) {
			out = append(out, forecast.DayTotal{Date: d.Start(loc), Value: total})
		}
	}
	slices.SortFunc(out, func(a, b forecast.DayTotal) int { return a.Date.Compare(b.Date) })
	return out
}
