package forecast_test

import (
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"bemanna/forecast"
)

// BenchmarkForecast makes a forecast of 28 days from nothing but 400 days of
// 48 slots, open around the clock, and its intervals.
func BenchmarkForecast(b *testing.B) {
	c := centre{start: "2025-09-01", days: 400, step: 30 * time.Minute, calls: 1500, noise: .05, poisson: true, open: always}
	benchmark(b, c)
}

// BenchmarkForecastFine is the same with 288 slots a day.
func BenchmarkForecastFine(b *testing.B) {
	c := centre{start: "2025-09-01", days: 400, step: 5 * time.Minute, calls: 1500, noise: .05, poisson: true, open: always}
	benchmark(b, c)
}

// BenchmarkForecastWarm is BenchmarkForecast with what was learnt before.
func BenchmarkForecastWarm(b *testing.B) {
	c := centre{start: "2025-09-01", days: 400, step: 30 * time.Minute, calls: 1500, noise: .05, poisson: true, open: always}
	h, o := handled(c.history(b), func(time.Time, float64) float64 { return 300 }), c.options(28)
	for b.Loop() {
		o.Learnt = forecastOf(b, forecast.DayLevel{}, h, o).Learnt
	}
}

func benchmark(b *testing.B, c centre) {
	b.Helper()
	h, o := handled(c.history(b), func(time.Time, float64) float64 { return 300 }), c.options(28)
	for b.Loop() {
		f, err := forecast.DayLevel{}.Forecast(b.Context(), h, o)
		if err != nil {
			b.Fatal(err)
		}
		for i := range f.Mean {
			f.Quantile(i, .1)
			f.Quantile(i, .9)
		}
	}
}

// BenchmarkCentre makes the forecasts of 30 groups from three years of
// quarter-hours, one after the other, and tells the memory that the process has
// had from the system, the histories counted in. Run it alone.
func BenchmarkCentre(b *testing.B) {
	c := centre{start: "2023-09-01", days: 3 * 365, step: 15 * time.Minute, calls: 500, noise: .05, poisson: true}
	histories := make([]forecast.History, 30)
	for g := range histories {
		c.seed = uint64(g)
		histories[g] = c.history(b)
	}
	for b.Loop() {
		for _, h := range histories {
			forecastOf(b, forecast.DayLevel{}, h, c.options(28))
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.Sys)/1e6, "MB")
}

// BenchmarkCentreFine forecasts 30 groups of 5-minute intervals 28 days ahead from 400
// days of history, as many at a time as there are processors.
func BenchmarkCentreFine(b *testing.B) {
	c := centre{start: "2025-01-01", days: 400, step: 5 * time.Minute, calls: 500, noise: .05, poisson: true}
	histories := make([]forecast.History, 30)
	for g := range histories {
		c.seed = uint64(g)
		histories[g] = c.history(b)
	}
	for b.Loop() {
		var next atomic.Int32
		var workers sync.WaitGroup
		for range runtime.GOMAXPROCS(0) {
			workers.Go(func() {
				for g := next.Add(1); int(g) <= len(histories); g = next.Add(1) {
					if _, err := (forecast.DayLevel{}).Forecast(b.Context(), histories[g-1], c.options(28)); err != nil {
						b.Error(err)
					}
				}
			})
		}
		workers.Wait()
	}
}

func BenchmarkQuantile(b *testing.B) {
	f := forecast.Forecast{Mean: []float64{2, 80}, Spread: []float64{.1, .1}}
	for name, i := range map[string]int{"mean=2": 0, "mean=80": 1} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				f.Quantile(i, .9)
			}
		})
	}
}

func BenchmarkPaths(b *testing.B) {
	c := centre{start: "2026-01-01", days: 100, step: 15 * time.Minute, calls: 500, noise: .05, poisson: true, open: always}
	f, err := forecast.DayLevel{}.Forecast(b.Context(), c.history(b), c.options(1))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		f.Paths(1000, 1)
	}
}

func always(time.Time) bool { return true }

// BenchmarkDayCorrelation finds the correlation of the errors of ten groups of 400
// days × 48 slots, from nothing, and tells the time for each group.
func BenchmarkDayCorrelation(b *testing.B) {
	c := centre{start: "2025-01-06", days: 400, step: 30 * time.Minute, calls: 500, noise: .05, poisson: true}
	groups := make([]forecast.Group, 10)
	for g := range groups {
		c.seed = uint64(g)
		groups[g] = forecast.Group{Name: "g", History: c.history(b)}
	}
	for b.Loop() {
		if _, err := forecast.DayCorrelation(b.Context(), groups); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/1e3/float64(b.N*len(groups)), "ms/group")
}
