package plan

import (
	"context"
	"errors"
	"slices"
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
	Origins  []civil.Date
	Days     int
	Calendar civil.Calendar
	Weekdays civil.Weekdays // on which the groups are open; 0: learned
	Open     civil.Span     // when they are open; zero: learned
	Models   []forecast.Model
	Progress func(done, total int)
	Clock    func() time.Duration
}

// Backtest makes the forecasts that would have been made at each origin, with
// only what was known then, and scores them.
func Backtest(ctx context.Context, q BacktestQuery) (forecast.BacktestResult, error) {
	o := forecast.BacktestOptions{
		Models: q.Models, Days: q.Days, Progress: q.Progress, Clock: q.Clock,
	}
	for _, d := range q.Origins {
		o.Origins = append(o.Origins, d.Start(time.UTC))
	}
	for _, name := range q.groups() {
		m, err := ingest.Series(q.Rows, name, ingest.SeriesOptions{Step: q.Step, Location: time.UTC})
		if err != nil {
			return forecast.BacktestResult{}, err
		}
		o.Groups = append(o.Groups, forecast.BacktestGroup{
			Name: name, History: m.History(),
			Options: forecast.Options{Calendar: calendar(q.Calendar), Open: q.open()},
		})
	}
	if len(o.Groups) == 0 {
		return forecast.BacktestResult{}, errors.New("no group has intervals: nothing to test on")
	}
	return forecast.Backtest(ctx, o)
}

// groups are those asked for, or all that have intervals.
func (q BacktestQuery) groups() []string {
	if len(q.Groups) > 0 {
		return q.Groups
	}
	var names []string
	for _, r := range q.Rows {
		if !r.Daily() && !slices.Contains(names, r.Group) {
			names = append(names, r.Group)
		}
	}
	return names
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
