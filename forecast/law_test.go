package forecast_test

import (
	"math"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"bemanna/forecast"
)

// everyForecast gives a forecast of three days by each model from each history, and
// what becomes of it: the rest of its first day after ten hours that were busier than
// expected, and the figures that people have changed.
func everyForecast(tb testing.TB) map[string]forecast.Forecast {
	tb.Helper()
	all := map[string]forecast.Forecast{}
	eachLaw(tb, func(name string, m forecast.Model, h hard) {
		f := forecastOf(tb, m, h.history, h.options(3))
		changed, err := f.Override(forecast.Override{Name: "half", From: f.Start, To: f.Start.AddDate(0, 0, 1), Factor: .5})
		if err != nil {
			tb.Fatal(err)
		}
		all[name], all[name+", changed"] = f, changed
		all[name+", updated"] = updated(tb, f, seenTimes(f, 10, 1.3))
	})
	return all
}

// eachLaw goes through all models and histories, with a name for each pair.
func eachLaw(tb testing.TB, law func(name string, m forecast.Model, h hard)) {
	tb.Helper()
	for _, h := range hardHistories(tb) {
		for _, m := range models {
			law(m.Name()+", "+h.name, m, h)
		}
	}
}

// TestNothingWhenClosed checks that every number is finite and not negative, and
// that nothing is expected when the group is closed.
func TestNothingWhenClosed(t *testing.T) {
	eachLaw(t, func(name string, m forecast.Model, h hard) {
		f := forecastOf(t, m, h.history, h.options(3))
		wantSane(t, f, len(f.Mean))
		for i, mean := range f.Mean {
			at := f.Start.Add(time.Duration(i) * f.Step)
			if h.open != nil && !h.open(at) && mean > 0 {
				t.Errorf("%s: mean %v at %v, when it is closed", name, mean, at)
			}
		}
	})
}

// TestCallsWhenOpen checks that calls are expected in open hours, unless none have
// come of late.
func TestCallsWhenOpen(t *testing.T) {
	eachLaw(t, func(name string, m forecast.Model, h hard) {
		if h.name == "no calls" || h.name == "no calls since weeks" {
			return
		}
		f := forecastOf(t, m, h.history, h.options(3))
		var total float64
		for _, mean := range f.Mean {
			total += mean
		}
		if _, model := m.(forecast.DayLevel); !(total > 0) && (model || len(h.history.Offered.Values) > 7*24) {
			t.Errorf("%s: no calls in three days", name)
		}
	})
}

// scaleTolerance is how far the forecast of k times the calls may be from k times the
// forecast: not at all for the baselines. The day level knows that few calls vary by
// chance, and believes more what many calls say: of a group that large the two are
// 1 % apart, of a small one with little history more.
func scaleTolerance(m forecast.Model, h hard) float64 {
	switch _, model := m.(forecast.DayLevel); {
	case !model:
		return 1e-12
	case h.name == "three weeks of a small group", h.name == "sevenfold since three days":
		return .25
	}
	return .03
}

// someCalls is how many calls the forecasts of a day may be apart whatever they are:
// the day level never takes nothing for no calls at all.
func someCalls(m forecast.Model) float64 {
	if _, model := m.(forecast.DayLevel); model {
		return 2
	}
	return 1e-9
}

// TestScale checks that k times the calls make k times the forecast.
func TestScale(t *testing.T) {
	const k = 4
	eachLaw(t, func(name string, m forecast.Model, h hard) {
		o := h.options(14)
		f := forecastOf(t, m, h.history, o)
		o.Expected *= k
		scaled := forecastOf(t, m, h.times(k), o)
		for d := range f.Days {
			if want, got := k*f.Days[d].Total, scaled.Days[d].Total; math.Abs(got-want) > scaleTolerance(m, h)*want+someCalls(m) {
				t.Errorf("%s, %v: %v calls, want %v times %v", name, f.Days[d].Date, got, k, f.Days[d].Total)
			}
		}
	})
}

// TestWeeksShift checks that the same history some weeks later gives the same
// forecast. Months are no whole weeks, which is why the day level is tried without
// its position in the month; the clocks are those of UTC.
func TestWeeksShift(t *testing.T) {
	const weeks = 9
	all := append([]forecast.Model{forecast.Without(forecast.Parts[0])}, models[1:]...)
	for _, h := range hardHistories(t) {
		for _, m := range all {
			o := h.options(14)
			early := h.moved(0)
			f := forecastOf(t, m, early.history, o)
			later := forecastOf(t, m, h.moved(7*weeks).history, o)
			if diff := cmp.Diff(f.Mean, later.Mean, cmpopts.EquateApprox(1e-9, 1e-9)); diff != "" {
				t.Errorf("%s, %s: nine weeks later (-want +got):\n%s", m.Name(), h.name, diff)
			}
		}
	}
}

// TestProcessors checks that a forecast has the same bits on any number of
// processors.
func TestProcessors(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	eachLaw(t, func(name string, m forecast.Model, h hard) {
		runtime.GOMAXPROCS(1)
		one := forecastOf(t, m, h.history, h.options(3))
		runtime.GOMAXPROCS(2)
		if diff := cmp.Diff(one, forecastOf(t, m, h.history, h.options(3))); diff != "" {
			t.Errorf("%s: on two processors (-want +got):\n%s", name, diff)
		}
	})
}

// TestMoreSeenMoreToCome checks that an update never expects less of the rest of the
// day when more has been seen, and nothing else when nothing has been.
func TestMoreSeenMoreToCome(t *testing.T) {
	const hours = 12
	eachLaw(t, func(name string, m forecast.Model, h hard) {
		f := forecastOf(t, m, h.history, h.options(1))
		unknown := make([]float64, hours)
		for i := range unknown {
			unknown[i] = math.NaN()
		}
		if diff := cmp.Diff(f.Mean[hours:], updated(t, f, unknown).Mean, cmpopts.EquateApprox(1e-12, 0)); diff != "" {
			t.Errorf("%s: after an update with nothing (-before +after):\n%s", name, diff)
		}
		var last float64
		for _, factor := range []float64{.3, .8, 1, 1.2, 2, 10} {
			var total float64
			for _, mean := range updated(t, f, seenTimes(f, hours, factor)).Mean {
				total += mean
			}
			if total < last*(1-1e-12) {
				t.Errorf("%s: %v calls to come with %v times the calls seen, %v with fewer", name, total, factor, last)
			}
			last = total
		}
	})
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

// widestGamma is up to which relative standard deviation of its rate the total of a
// day is nearly a Gamma–Poisson count when its intervals are; the nearer, the less.
const widestGamma = .3

// TestTotalsOfDays checks that the totals of the days are the sums of their
// intervals, and that the sums of sample paths have the quantiles which total and
// sigma of a day give.
func TestTotalsOfDays(t *testing.T) {
	const n = 1000
	for name, f := range everyForecast(t) {
		paths := f.Paths(n, 11)
		for _, day := range f.Days[:min(2, len(f.Days))] {
			if day.Sigma > widestGamma {
				continue
			}
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
				if got, want := sums[int(p*n)], sum.Quantile(0, p); math.Abs(got-want) > (.05+day.Sigma/4)*want+2 {
					t.Errorf("%s, %v: %v of the paths lie below %v in sum, want %v", name, day.Date, p, got, want)
				}
			}
		}
	}
}
