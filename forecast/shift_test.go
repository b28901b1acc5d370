package forecast_test

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"bemanna/forecast"
)

// jumped is a centre whose level is another from some days before its end.
func jumped(calls, factor float64, daysAgo int) (c centre, from time.Time) {
	const days = 210
	from = time.Date(2026, 1, 5+days, 0, 0, 0, 0, stockholm)
	return centre{
		start: "2026-01-05", days: days + daysAgo, step: time.Hour, calls: calls, noise: .05, poisson: true, seed: 7,
		effect: func(day time.Time) float64 {
			if day.Before(from) {
				return 1
			}
			return factor
		},
	}, from
}

// TestShift checks that a level that jumps many-fold is followed from the third
// working day on, one that doubles from the fourth, with intervals no wider than a
// day's noise asks for, and that the day is noted.
func TestShift(t *testing.T) {
	for _, factor := range []float64{7, 2, 1. / 7} {
		for _, daysAgo := range []int{2, 3, 8, 28, 90} {
			if daysAgo == 2 && factor == 2 {
				continue
			}
			t.Run(fmt.Sprintf("× %.2f %d days ago", factor, daysAgo), func(t *testing.T) {
				c, from := jumped(400, factor, daysAgo)
				f := forecastOf(t, forecast.DayLevel{}, c.history(t), c.options(14))
				var got, want float64
				for i, m := range f.Mean {
					got += m
					want += c.rate(f.Start.Add(time.Duration(i) * f.Step))
				}
				if math.Abs(got/want-1) > .1 {
					t.Errorf("%.0f calls in two weeks, want about %.0f", got, want)
				}
				for _, d := range f.Days {
					if d.Sigma > .25 {
						t.Errorf("%v: sigma %.2f, want one near the noise of .05", d.Date, d.Sigma)
					}
				}
				i := slices.IndexFunc(f.Notes, func(n forecast.Note) bool { return n.Kind == forecast.NoteShift })
				if i < 0 || !f.Notes[i].From.Equal(from) || math.Abs(math.Log(f.Notes[i].Value/factor)) > .15 {
					t.Errorf("notes %v, want a shift × %.2f on %v", f.Notes, factor, from)
				}
			})
		}
	}
}

// TestFirstDayOfShift checks that the day after a jump is expected to be as before
// it, with intervals that have room for what may have begun.
func TestFirstDayOfShift(t *testing.T) {
	for _, factor := range []float64{7, 1. / 7} {
		c, _ := jumped(400, factor, 1)
		before, _ := jumped(400, factor, 0)
		f := forecastOf(t, forecast.DayLevel{}, c.history(t), c.options(6))
		old := forecastOf(t, forecast.DayLevel{}, before.history(t), before.options(7))
		if got, want := f.Days[0].Total, old.Days[1].Total; math.Abs(got/want-1) > .25 {
			t.Errorf("× %.2f: %.0f calls after one day of it, want about %.0f", factor, got, want)
		}
		if got, want := f.Days[0].Sigma, 4*old.Days[1].Sigma; got < want {
			t.Errorf("× %.2f: sigma %.2f after one day of it, want %.2f or more", factor, got, want)
		}
	}
}

// TestBaselineForgetsShift checks that no baseline which remembers another level is
// mixed in: days without chance are what baselines are best at.
func TestBaselineForgetsShift(t *testing.T) {
	for _, factor := range []float64{2, 1. / 7} {
		c, _ := jumped(2000, factor, 8)
		f := forecastOf(t, forecast.DayLevel{}, c.history(t), c.options(7))
		var got, want float64
		for i, m := range f.Mean {
			got += m
			want += c.rate(f.Start.Add(time.Duration(i) * f.Step))
		}
		if math.Abs(got/want-1) > .1 {
			t.Errorf("× %.2f: %.0f calls in a week, want about %.0f", factor, got, want)
		}
	}
}

// TestNoShift checks that a group without a shift has none noted: one that
// drifts, one with a week of strange days, and one that is as always.
func TestNoShift(t *testing.T) {
	drift := typicalCentre
	drift.effect = func(day time.Time) float64 { return 1 + float64(day.YearDay())/300 }
	week := typicalCentre
	week.effect = func(day time.Time) float64 {
		if month, d := day.Month(), day.Day(); month == time.April && d >= 13 && d < 17 {
			return 2
		}
		return 1
	}
	for name, c := range map[string]centre{"as always": typicalCentre, "drift": drift, "strange week": week} {
		f := forecastOf(t, forecast.DayLevel{}, c.history(t), c.options(14))
		if i := slices.IndexFunc(f.Notes, func(n forecast.Note) bool { return n.Kind == forecast.NoteShift }); i >= 0 {
			t.Errorf("%s: %v, want no shift", name, f.Notes[i])
		}
	}
}

// TestHole checks that six weeks of which nothing is known neither move the
// forecast nor the week, right after them and later.
func TestHole(t *testing.T) {
	for _, after := range []int{0, 1, 10, 60} {
		c := typicalCentre
		c.days = 120 + 42 + after
		h := c.history(t)
		for i := range h.Offered.Values {
			if day := i / 24; day >= 120 && day < 162 {
				h.Offered.Values[i] = math.NaN()
			}
		}
		f := forecastOf(t, forecast.DayLevel{}, h, c.options(14))
		for _, d := range f.Days {
			var want float64
			for hour := range 24 {
				want += c.rate(d.Date.Add(time.Duration(hour) * time.Hour))
			}
			if math.Abs(d.Total-want) > .1*want {
				t.Errorf("%d days after the hole, %v: %v calls, want about %v", after, d.Date, d.Total, want)
			}
		}
	}
}

// TestSmallGroupFalls: a group that falls from 20 calls a day to three is believed
// within a week: its empty hours are no outages.
func TestSmallGroupFalls(t *testing.T) {
	const before, after, seeds = 70, 7, 8
	start := time.Date(2026, 1, 5, 0, 0, 0, 0, stockholm)
	var expected, truth float64
	for seed := range uint64(seeds) {
		c := centre{
			start: start.Format(time.DateOnly), days: before + after, step: 30 * time.Minute, calls: 20, noise: .05, poisson: true, seed: seed,
			effect: func(day time.Time) float64 {
				if day.Before(start.AddDate(0, 0, before)) {
					return 1
				}
				return 3. / 20
			},
		}
		f := forecastOf(t, forecast.DayLevel{}, c.history(t), c.options(7))
		for i, d := range f.Days {
			expected += d.Total
			if w := start.AddDate(0, 0, before+after+i).Weekday(); w != time.Saturday && w != time.Sunday {
				truth += 3 * weekdayFactor[w]
			}
		}
	}
	if ratio := expected / truth; ratio < 1 || ratio > 1.7 {
		t.Errorf("%.2f times the calls to come, want 1 to 1.7", ratio)
	}
}
