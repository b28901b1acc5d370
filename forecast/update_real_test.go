package forecast_test

import (
	"math"
	"os"
	"slices"
	"testing"
	"time"

	"bemanna/forecast"
)

// TestMeasureUpdate prints how much better the rest of a day is known once
// shares of it have been seen. Run it with BEMANNA_MEASURE=1.
func TestMeasureUpdate(t *testing.T) {
	if os.Getenv("BEMANNA_MEASURE") == "" {
		t.Skip("prints scores: set BEMANNA_MEASURE=1 to measure")
	}
	var halves []float64
	var all rest
	for _, d := range datasets {
		runs := d.days(t, 100)
		for _, share := range []float64{.15, .3, .5, .7} {
			var left, updated rest
			for _, run := range runs {
				left.add(t, run, share, false)
				updated.add(t, run, share, true)
			}
			gain := 1 - updated.absolute/left.absolute
			all.join(updated)
			if share == .5 {
				halves = append(halves, gain)
			}
			t.Logf("%-26s %2.0f %% seen: WAPE of the rest %6.2f -> %6.2f (gain %5.1f %%, of the sum %5.1f %%), pinball %6.3f -> %6.3f, in 80 %% %5.1f -> %5.1f, in 95 %% %5.1f -> %5.1f, sum in 80 %% %5.1f",
				d.series, 100*share, 100*left.absolute/left.calls, 100*updated.absolute/updated.calls, 100*gain, 100*(1-updated.missed/left.missed),
				left.pinball/left.n, updated.pinball/updated.n, 100*left.within80/left.n, 100*updated.within80/updated.n,
				100*left.within95/left.n, 100*updated.within95/updated.n, 100*updated.sum80/updated.days)
		}
	}
	slices.Sort(halves)
	t.Logf("all: in 80 %% %.1f, in 95 %% %.1f, sum in 80 %% %.1f, sum in 95 %% %.1f",
		100*all.within80/all.n, 100*all.within95/all.n, 100*all.sum80/all.days, 100*all.sum95/all.days)
	t.Logf("gain at half the day: median %.1f %%, least %.1f %%", 100*halves[len(halves)/2], 100*halves[0])
}

// days forecasts n days, each from the midnight before it, from the first origin
// of the dataset to its end.
func (d dataset) days(tb testing.TB, n int) []forecast.BacktestRun {
	tb.Helper()
	g := d.load(tb)
	first := midnight(tb, d.origins[0], g.History.Offered.Start.Location())
	whole := int(g.History.Offered.End().Sub(first)/(24*time.Hour)) - 1
	o := forecast.BacktestOptions{Groups: []forecast.BacktestGroup{g}, Models: []forecast.Model{forecast.DayLevel{}}, Days: 1}
	for k := range n {
		o.Origins = append(o.Origins, first.AddDate(0, 0, k*whole/(n-1)))
	}
	r, err := forecast.Backtest(tb.Context(), o)
	if err != nil {
		tb.Fatal(err)
	}
	return r.Runs
}

// rest is how well the rests of days were forecast.
type rest struct {
	n, calls, absolute, pinball, within80, within95 float64 // by interval
	days, missed, sum80, sum95                      float64 // by day
}

// join adds what was scored elsewhere of the intervals and of the days.
func (r *rest) join(o rest) {
	r.n, r.within80, r.within95 = r.n+o.n, r.within80+o.within80, r.within95+o.within95
	r.days, r.sum80, r.sum95 = r.days+o.days, r.sum80+o.sum80, r.sum95+o.sum95
}

// leastCalls is the calls of a day, expected and come, from which it tells
// something: a day with none was not counted.
const leastCalls = 20

// add scores a run once a share of its day has been seen, with the update or
// without.
func (r *rest) add(tb testing.TB, run forecast.BacktestRun, share float64, update bool) {
	tb.Helper()
	f := run.Forecast
	var came float64
	for _, row := range run.Rows {
		if row.Actual > 0 {
			came += row.Actual
		}
	}
	if min(came, f.Days[0].Total) < leastCalls {
		return
	}
	var seen []float64
	for i, expected := 0, 0.; expected < share*f.Days[0].Total; i++ {
		expected += f.Mean[i]
		seen = append(seen, run.Rows[i].Actual)
	}
	n := len(seen)
	at := n
	if update {
		var err error
		if f, err = f.Update(seen); err != nil {
			tb.Fatal(err)
		}
		at = 0
	}
	var calls, expected float64
	for i, row := range run.Rows[n:] {
		if row.Scored {
			r.addInterval(f, at+i, row.Actual)
			calls += row.Actual
			expected += f.Mean[at+i]
		}
	}
	if expected > 0 {
		r.days++
		r.missed += math.Abs(calls - expected)
		sum := forecast.Forecast{Mean: []float64{expected}, Spread: []float64{f.Days[0].Sigma}}
		r.sum80 += inside(sum, 0, .8, calls)
		r.sum95 += inside(sum, 0, .95, calls)
	}
}

func (r *rest) addInterval(f forecast.Forecast, i int, calls float64) {
	r.n++
	r.calls += calls
	r.absolute += math.Abs(calls - f.Mean[i])
	for _, p := range []float64{.1, .5, .9} {
		q := f.Quantile(i, p)
		r.pinball += max(p*(calls-q), (p-1)*(calls-q)) / 3
	}
	r.within80 += inside(f, i, .8, calls)
	r.within95 += inside(f, i, .95, calls)
}

// inside gives 1 for calls in the middle interval of probability p, else 0.
func inside(f forecast.Forecast, i int, p, calls float64) float64 {
	if f.Quantile(i, (1-p)/2) <= calls && calls <= f.Quantile(i, (1+p)/2) {
		return 1
	}
	return 0
}
