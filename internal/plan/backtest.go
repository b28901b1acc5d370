package plan

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"bemanna/forecast"
	"bemanna/internal/civil"
	"bemanna/internal/ingest"
)

// BacktestQuery asks how good forecasts would have been on a history of which
// no centre is known. All times are wall time, kept in UTC.
type BacktestQuery struct {
	Rows     []ingest.Row // of intervals, and of days that are known as totals only
	Groups   []string     // nil: all groups that have intervals
	Step     time.Duration
	Origins  []civil.Date // nil: eight, laid over the second half of the rows
	Days     int
	Calendar civil.Calendar
	Weekdays civil.Weekdays // on which the groups are open; 0: learned
	Open     civil.Span     // when they are open; zero: learned
	Progress func(done, total int)
	// Clock gives the processor time that the process has used. Nil: nothing is
	// timed.
	Clock func() time.Duration
}

// MostBacktestDays is how many days ahead a backtest looks at most: what lies further
// ahead nobody plans by the half-hour.
const MostBacktestDays = 366

// Backtested is what a backtest has shown.
type Backtested struct {
	forecast.BacktestResult
	Step     time.Duration
	Origins  []civil.Date // in order
	Days     int
	Verdicts []Verdict // by group, then horizon; at last of all groups together, where there are several
}

// Backtest makes the forecasts that would have been made at each origin, with
// only what was known then, by the model and by the simple methods, and scores and
// judges them. It fails with a *QueryError when it is asked for what the rows do
// not have, and with a *HistoryError when they have nothing to test on.
func Backtest(ctx context.Context, q BacktestQuery) (*Backtested, error) {
	groups, err := q.groups()
	if err != nil {
		return nil, err
	}
	out := &Backtested{Step: q.Step, Days: q.Days}
	if out.Origins, err = q.origins(); err != nil {
		return nil, err
	}
	o := forecast.BacktestOptions{
		Models: []forecast.Model{forecast.DayLevel{}, forecast.SameWeekday{}, forecast.EightWeeks{}, forecast.MedianOfFour{}},
		Days:   q.Days, Progress: q.Progress, Clock: q.Clock,
	}
	for _, d := range out.Origins {
		o.Origins = append(o.Origins, d.Start(time.UTC))
	}
	for _, name := range groups {
		m, err := ingest.Series(q.Rows, name, ingest.SeriesOptions{Step: q.Step, Location: time.UTC})
		if err != nil {
			return nil, err
		}
		o.Groups = append(o.Groups, forecast.BacktestGroup{
			Name: name, History: m.History(),
			Options: forecast.Options{Calendar: calendar(q.Calendar), Open: q.open()},
		})
	}
	if out.BacktestResult, err = forecast.Backtest(ctx, o); err != nil {
		return nil, err
	}
	out.Verdicts = verdicts(out.BacktestResult, len(o.Models), len(o.Origins))
	return out, nil
}

// QueryError says that a backtest was asked for what its rows do not have.
type QueryError struct{ fault string }

func (e *QueryError) Error() string { return e.fault }

// HistoryError says that the rows of a backtest have nothing to test on.
type HistoryError struct{ fault string }

func (e *HistoryError) Error() string { return "the history has " + e.fault }

// groups are those asked for, or all that have intervals.
func (q BacktestQuery) groups() ([]string, error) {
	var all, known []string
	for _, r := range q.Rows {
		if !slices.Contains(all, r.Group) {
			all = append(all, r.Group)
		}
		if !r.Daily() && !slices.Contains(known, r.Group) {
			known = append(known, r.Group)
		}
	}
	if len(q.Groups) == 0 {
		if len(known) == 0 {
			return nil, &HistoryError{"no intervals: nothing to test on"}
		}
		return known, nil
	}
	for _, g := range q.Groups {
		if !slices.Contains(all, g) {
			slices.Sort(all)
			return nil, &QueryError{fmt.Sprintf("group %q: not in the history, want one of %s", g, strings.Join(all, ", "))}
		}
	}
	return q.Groups, nil
}

// defaultOrigins is how many origins are tried when none are named.
const defaultOrigins = 8

// origins are those asked for, in order, each once: on each of them something must
// be known already, and something come.
func (q BacktestQuery) origins() ([]civil.Date, error) {
	first, last := civil.DateOf(q.Rows[0].Start), civil.DateOf(q.Rows[0].Start)
	for _, r := range q.Rows {
		first, last = min(first, civil.DateOf(r.Start)), max(last, civil.DateOf(r.Start))
	}
	if first == last {
		return nil, &HistoryError{fmt.Sprintf("one day, %s: want some to learn from and some to test on", first)}
	}
	origins := slices.Clone(q.Origins)
	if len(origins) == 0 {
		middle := first + (last-first)/2
		for i := range civil.Date(defaultOrigins) {
			origins = append(origins, max(first+1, middle+(last-middle)*i/defaultOrigins))
		}
	}
	slices.Sort(origins)
	origins = slices.Compact(origins)
	for _, d := range origins {
		if d <= first || d > last {
			return nil, &QueryError{fmt.Sprintf("origin %s: the history goes from %s to %s, want a day after the first of them and not after the last",
				d, first, last)}
		}
	}
	return origins, nil
}

// open tells when the groups are open, where the query says so.
func (q BacktestQuery) open() func(time.Time) bool {
	if q.Weekdays == 0 && q.Open == (civil.Span{}) {
		return nil
	}
	span, days := q.Open, q.Weekdays
	if span == (civil.Span{}) {
		span = civil.Span{Close: 24 * 60}
	}
	if days == 0 {
		days = 1<<7 - 1
	}
	return func(t time.Time) bool {
		at := civil.ClockOf(t)
		return days.Has(t.Weekday()) && span.Open <= at && at < span.Close
	}
}
