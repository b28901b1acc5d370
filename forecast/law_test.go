package forecast_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"bemanna/forecast"
)

// everyForecast gives a forecast of 14 days of the typical centre by each model,
// and what becomes of it: the rest of its first day after ten hours that were
// busier than expected, and the figures that people have changed.
func everyForecast(tb testing.TB) map[string]forecast.Forecast {
	tb.Helper()
	o := typicalCentre.options(14)
	o.Open = officeHours
	all := map[string]forecast.Forecast{}
	for _, m := range models {
		f := forecastOf(tb, m, typicalCentre.history(tb), o)
		changed, err := f.Override(forecast.Override{Name: "half", From: f.Start, To: f.Start.AddDate(0, 0, 3), Factor: .5})
		if err != nil {
			tb.Fatal(err)
		}
		all[m.Name()], all[m.Name()+", changed"] = f, changed
		all[m.Name()+", updated"] = updated(tb, f, seenTimes(f, 10, 1.3))
	}
	return all
}

// TestNothingWhenClosed checks that every number is finite and not negative, and
// that nothing is expected when the group is closed.
func TestNothingWhenClosed(t *testing.T) {
	for name, f := range everyForecast(t) {
		wantSane(t, f, len(f.Mean))
		for i, mean := range f.Mean {
			at := f.Start.Add(time.Duration(i) * f.Step)
			if officeHours(at) != (mean > 0) {
				t.Errorf("%s, %v: mean %v, open: %v", name, at, mean, officeHours(at))
			}
		}
	}
}

// TestEveryQuantileInOrder checks the quantiles of every interval: not negative,
// in order, and 0 when closed.
func TestEveryQuantileInOrder(t *testing.T) {
	for name, f := range everyForecast(t) {
		for i, mean := range f.Mean {
			last := 0.
			for _, p := range []float64{0, .025, .1, .5, .9, .975} {
				q := f.Quantile(i, p)
				if q < last || mean == 0 && q != 0 {
					t.Errorf("%s, interval %d with mean %v: quantile %v is %v, after %v", name, i, mean, p, q, last)
				}
				last = q
			}
		}
	}
}

// TestTotalsOfDays checks that the totals of the days are the sums of their
// intervals, and that the sums of sample paths have the quantiles which total and
// sigma of a day give.
func TestTotalsOfDays(t *testing.T) {
	const n = 2000
	for name, f := range everyForecast(t) {
		paths := f.Paths(n, 11)
		for _, day := range f.Days[:min(2, len(f.Days))] {
			var total float64
			sums := make([]float64, n)
			for i, mean := range f.Mean {
				if f.Start.Add(time.Duration(i)*f.Step).YearDay() != day.Date.YearDay() {
					continue
				}
				total += mean
				for k, path := range paths {
					sums[k] += path[i]
				}
			}
			if math.Abs(total-day.Total) > 1e-9*total {
				t.Errorf("%s, %v: total %v, want the sum %v", name, day.Date, day.Total, total)
			}
			slices.Sort(sums)
			sum := forecast.Forecast{Mean: []float64{day.Total}, Spread: []float64{day.Sigma}}
			for _, p := range []float64{.1, .5, .9} {
				if got, want := sums[int(p*n)], sum.Quantile(0, p); math.Abs(got-want) > .04*want+2 {
					t.Errorf("%s, %v: %v of the paths lie below %v in sum, want %v", name, day.Date, p, got, want)
				}
			}
		}
	}
}
