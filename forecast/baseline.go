package forecast

import (
	"context"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
)

// SameWeekday is the baseline that expects of each interval what came in the
// same interval a week before: the last known value of that weekday and clock
// time.
type SameWeekday struct{}

// EightWeeks is the baseline that expects the mean of the last eight known
// values of the same weekday and clock time. It is what commercial planners
// commonly offer.
type EightWeeks struct{}

// MedianOfFour is the baseline that expects the median of the last four known
// values of the same weekday and clock time.
type MedianOfFour struct{}

// Name gives "same weekday last week".
func (SameWeekday) Name() string { return baselines[0].name }

// Name gives "mean of 8 weeks".
func (EightWeeks) Name() string { return baselines[1].name }

// Name gives "median of 4 weeks".
func (MedianOfFour) Name() string { return baselines[2].name }

// Forecast implements Model.
func (SameWeekday) Forecast(ctx context.Context, h History, o Options) (Forecast, error) {
	return baselines[0].forecast(ctx, h, o)
}

// Forecast implements Model.
func (EightWeeks) Forecast(ctx context.Context, h History, o Options) (Forecast, error) {
	return baselines[1].forecast(ctx, h, o)
}

// Forecast implements Model.
func (MedianOfFour) Forecast(ctx context.Context, h History, o Options) (Forecast, error) {
	return baselines[2].forecast(ctx, h, o)
}

func mean(v []float64) float64 { return stat.Mean(v, nil) }

// median orders v.
func median(v []float64) float64 {
	slices.Sort(v)
	n := len(v)
	return (v[(n-1)/2] + v[n/2]) / 2
}

// baselines are what a model must not be worse than.
var baselines = [...]weekly{
	{"same weekday last week", 1, mean},
	{"mean of 8 weeks", 8, mean},
	{"median of 4 weeks", 4, median},
}

// weekly sums up the last weeks known values of a weekday and slot.
type weekly struct {
	name  string
	weeks int
	sumUp func([]float64) float64
}

func (w weekly) forecast(ctx context.Context, h History, o Options) (Forecast, error) {
	if err := check(h, o); err != nil {
		return Forecast{}, err
	}
	if err := ctx.Err(); err != nil {
		return Forecast{}, err
	}
	p, a := lookBack(h, o), lookAhead(h, o)
	f := a.forecast()
	f.Notes = p.notes
	spread := w.spread(p)
	days := make([][]float64, len(a.dates))
	for k, date := range a.dates {
		days[k] = w.day(p, int(date-p.first))
	}
	something := false
	for i := range f.Mean {
		if v := days[a.day[i]][a.slot[i]]; a.open[i] && known(v) {
			f.Mean[i], f.Spread[i] = v, spread
			something = true
		}
	}
	if !something {
		f.Notes = append(f.Notes, a.expect(&f, o))
	}
	f.expectHandling(h, o, a)
	f.DayShare = vagueDayShare
	f.sumDays(a.day)
	return f, nil
}

// day gives what the weeks before day d say of each slot of it; NaN where they
// say nothing. Day d may lie after the past.
func (w weekly) day(p past, d int) []float64 {
	if d >= p.days {
		d -= (d-p.days)/7*7 + 7
	} else {
		d -= 7
	}
	out := make([]float64, p.slots)
	last := make([]float64, 0, 8)
	for slot := range out {
		last = last[:0]
		for e := d; e >= 0 && len(last) < w.weeks; e -= 7 {
			if v := p.day(e)[slot]; known(v) {
				last = append(last, v)
			}
		}
		out[slot] = math.NaN()
		if len(last) > 0 {
			out[slot] = w.sumUp(last)
		}
	}
	return out
}

// spreadWeeks is how many weeks of errors, each a week ahead, tell the spread of
// a baseline.
const spreadWeeks = 8

// spread gives the relative standard deviation of the rate by the method of
// moments: the squared errors less the Poisson noise, over the squared means.
func (w weekly) spread(p past) float64 {
	var excess, square float64
	for d := max(0, p.days-7*spreadWeeks); d < p.days; d++ {
		week := w.day(p, d)
		for slot, v := range p.day(d) {
			if m := week[slot]; known(v) && known(m) {
				excess += (v-m)*(v-m) - m
				square += m * m
			}
		}
	}
	if square == 0 {
		return vagueSpread
	}
	return math.Sqrt(max(0, excess/square))
}
