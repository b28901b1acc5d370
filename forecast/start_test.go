package forecast_test

import (
	"math"
	"testing"
	"time"

	"bemanna/forecast"
)

// TestNewGroup walks with a group through its first weeks, of which the client
// has estimated half the calls: the forecast of the next week comes nearer from
// the estimate, and the calls above it are noted as soon as they can be told.
func TestNewGroup(t *testing.T) {
	c := centre{start: "2026-03-02", step: time.Hour, calls: 200, noise: .1, poisson: true, seed: 5}
	last := math.Inf(1)
	for _, days := range []int{0, 1, 3, 7, 14, 28} {
		c.days = days
		o := c.options(7)
		o.Open, o.Expected = officeHours, 100
		f := forecastOf(t, forecast.DayLevel{}, c.history(t), o)
		var got, want float64
		for i, m := range f.Mean {
			got += m
			want += c.rate(f.Start.Add(time.Duration(i) * f.Step))
		}
		miss := math.Abs(got/want - 1)
		if miss > max(last, .15) {
			t.Errorf("%d days: missed by %.2f, want no more than earlier: %.2f", days, miss, last)
		}
		last = miss
		if noted := hasNote(f, forecast.NoteAboveEstimate); noted != (days >= 3) {
			t.Errorf("%d days: notes %v, calls above the estimate noted: %v", days, f.Notes, noted)
		}
		if few := hasNote(f, forecast.NoteLittle); few != (days > 0 && days < 21) {
			t.Errorf("%d days: notes %v, few days noted: %v", days, f.Notes, few)
		}
	}
	if last > .1 {
		t.Errorf("four weeks: missed by %.2f", last)
	}
}

// TestAsEstimated checks that no alarm is given when the estimate holds, or when
// the group is no longer new.
func TestAsEstimated(t *testing.T) {
	for days, estimate := range map[int]float64{14: 200, 60: 200, 200: 100} {
		c := centre{start: "2026-03-02", days: days, step: time.Hour, calls: 200, noise: .1, poisson: true, seed: 5}
		o := c.options(7)
		o.Expected = estimate
		if f := forecastOf(t, forecast.DayLevel{}, c.history(t), o); hasNote(f, forecast.NoteAboveEstimate) {
			t.Errorf("%d days: notes %v, want no alarm", days, f.Notes)
		}
	}
}

// TestThreeWeeksOfASmallGroup checks what a group of twelve calls a day is told of
// its next week after three: the week is met within a sixth in the mean of twenty
// such groups, and the intervals hold what they say. A quarter of a call comes in
// most hours, so that their ends are whole numbers and hold more.
func TestThreeWeeksOfASmallGroup(t *testing.T) {
	var miss, within, n float64
	const groups = 20
	for seed := range uint64(groups) {
		c := centre{start: "2026-03-02", days: 28, step: time.Hour, calls: 12, noise: .05, poisson: true, seed: seed}
		all := c.history(t)
		cut := 21 * 24
		h := forecast.History{Offered: forecast.Series{Start: all.Offered.Start, Step: time.Hour, Values: all.Offered.Values[:cut]}}
		f := forecastOf(t, forecast.DayLevel{}, h, forecast.Options{Intervals: 5 * 24, Open: officeHours})
		var got, want float64
		for i, m := range f.Mean {
			got += m
			want += c.rate(f.Start.Add(time.Duration(i) * time.Hour))
		}
		miss += math.Abs(got/want-1) / groups
		for d, day := range f.Days {
			var calls float64
			for _, v := range all.Offered.Values[cut+24*d : cut+24*d+24] {
				calls += v
			}
			total := forecast.Forecast{Mean: []float64{day.Total}, Spread: []float64{day.Sigma}}
			n++
			if calls >= total.Quantile(0, .1)-.5 && calls <= total.Quantile(0, .9)+.5 {
				within++
			}
		}
	}
	if miss > .1 {
		t.Errorf("the week is missed by %.2f in the mean", miss)
	}
	if within/n < .75 || within/n > .95 {
		t.Errorf("%.2f of the days lie in their 80 %% interval", within/n)
	}
}
