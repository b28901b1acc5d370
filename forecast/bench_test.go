package forecast_test

import (
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
	h, o := c.history(b), c.options(28)
	for b.Loop() {
		o.Learnt = forecastOf(b, forecast.DayLevel{}, h, o).Learnt
	}
}

func benchmark(b *testing.B, c centre) {
	b.Helper()
	h, o := c.history(b), c.options(28)
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
	c := centre{start: "2026-01-01", days: 100, step: 15 * time.Minute, calls: 500, noise: .05, poisson: true}
	f, err := forecast.DayLevel{}.Forecast(b.Context(), c.history(b), c.options(1))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		f.Paths(1000, 1)
	}
}

func always(time.Time) bool { return true }
