package ingest

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"bemanna/forecast"
	"bemanna/internal/civil"
)

// SeriesOptions are how rows become series.
type SeriesOptions struct {
	Step     time.Duration  // of the series; finer rows are summed
	Location *time.Location // whose civil days count; nil: UTC
	// From and To bound the series; both lie on its grid. Zero: midnight before
	// the first interval and midnight after the last, or around the daily totals
	// where there are no intervals.
	From, To time.Time
}

// Measures are the series of one answer group on one grid. Those that no row
// speaks of have no values.
type Measures struct {
	Offered, Answered, AnsweredWithin, Abandoned forecast.Series
	Handled                                      forecast.Series // seconds of talk, hold and after-call work
	// WaitAnswered and WaitAbandoned are the seconds that those who were answered
	// and those who gave up waited, summed over the callers of an interval. With
	// exponential patience its mean is (WaitAnswered + WaitAbandoned) / Abandoned,
	// over the intervals in which all three are known. Telephony that moves calls
	// between groups may count the whole wait for the group that answered.
	WaitAnswered, WaitAbandoned forecast.Series
	// Daily are the totals of the days without intervals, in order of date.
	Daily []forecast.DayTotal
}

// History gives what forecasts are made from.
func (m Measures) History() forecast.History {
	return forecast.History{Offered: m.Offered, Answered: m.Answered, Handled: m.Handled, Daily: m.Daily}
}

// Series gathers the rows of a group, of all its channels, as Assemble does.
// A day counts as present when any group has an interval on it. Of repeated
// stamps the last counts; a faulty row counts only where there is no other.
func Series(rows []Row, group string, o SeriesOptions) (Measures, error) {
	if o.Location == nil {
		o.Location = time.UTC
	}
	coverage := newCoverage(o.Location)
	tracks := map[string][]Row{}
	for _, r := range rows {
		if !r.Daily() {
			coverage.add(r)
		}
		if r.Group == group {
			tracks[r.Channel] = append(tracks[r.Channel], r)
		}
	}
	if len(tracks) == 0 {
		return Measures{}, fmt.Errorf("group %q: no rows; the rows are of %s", group, strings.Join(groupNames(rows), ", "))
	}
	var parts []Track
	for _, channel := range slices.Sorted(maps.Keys(tracks)) { // the order of sums shows in their last bits
		parts = append(parts, NewTrack(distinct(tracks[channel])))
	}
	m, err := Assemble(parts, coverage.Coverage, o)
	if err != nil {
		return m, fmt.Errorf("group %q: %w", group, err)
	}
	return m, nil
}

func groupNames(rows []Row) []string {
	seen := map[string]bool{}
	var names []string
	for _, r := range rows {
		if !seen[r.Group] {
			seen[r.Group] = true
			names = append(names, r.Group)
		}
	}
	return names
}

// distinct orders the rows of one group and channel by time and keeps the last
// of those with the same stamp and length.
func distinct(rows []Row) []Interval {
	slices.SortStableFunc(rows, func(a, b Row) int {
		return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.Step, b.Step))
	})
	var out []Interval
	for i, r := range rows {
		again := i > 0 && rows[i-1].Start.Equal(r.Start) && rows[i-1].Step == r.Step
		switch {
		case !again:
			out = append(out, r.interval())
		case !r.Faulty:
			out[len(out)-1] = r.interval()
		}
	}
	return out
}

// coverageBuilder gathers a Coverage row by row.
type coverageBuilder struct {
	Coverage
	days *days
}

func newCoverage(loc *time.Location) *coverageBuilder {
	return &coverageBuilder{Coverage: Coverage{Days: map[civil.Date]bool{}}, days: newDays(loc)}
}

func (c *coverageBuilder) add(r Row) {
	c.Days[c.days.holding(r.Start).date] = true
	if c.From.IsZero() || r.Start.Before(c.From) {
		c.From = r.Start
	}
	if end := r.Start.Add(r.Step); end.After(c.To) {
		c.To = end
	}
}
