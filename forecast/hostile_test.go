package forecast_test

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bemanna/forecast"
)

// TestWhateverHistory checks that no history and no events that are let in, however
// odd, end in a panic or in numbers that are none.
func TestWhateverHistory(t *testing.T) {
	start := midnight(t, "2026-02-02", stockholm) // the clocks change in its eighth week
	rapid.Check(t, func(rt *rapid.T) {
		step := rapid.SampledFrom([]time.Duration{time.Hour, 24 * time.Hour}).Draw(rt, "step")
		value := rapid.SampledFrom([]float64{0, 0, 1, 7, 7, 9, 1e6, 1e15, math.NaN()})
		series := func(label string) forecast.Series {
			week := rapid.SliceOfN(value, 1, 31).Draw(rt, label)
			n := rapid.SampledFrom([]int{0, 1, 5, 30, 70}).Draw(rt, label+" days") * int(24*time.Hour/step)
			s := forecast.Series{Start: start, Step: step, Values: make([]float64, n)}
			for i := range s.Values {
				s.Values[i] = week[i%len(week)]
			}
			return s
		}
		h := forecast.History{Offered: series("offered"), Handled: series("handled")}
		o := forecast.Options{Intervals: int(7 * 24 * time.Hour / step), Expected: rapid.SampledFrom([]float64{0, 50, 1e15}).Draw(rt, "expected")}
		for range rapid.IntRange(0, 3).Draw(rt, "events") {
			o.Events = append(o.Events, forecast.Event{
				Name: "event", Like: rapid.SampledFrom([]string{"", "letter"}).Draw(rt, "like"),
				Date: h.Offered.End().AddDate(0, 0, rapid.IntRange(-20, 6).Draw(rt, "on")),
				Size: rapid.SampledFrom([]float64{0, 0.001, 300, 1e4}).Draw(rt, "size"), Factor: rapid.SampledFrom([]float64{0, 1.001, 0.999}).Draw(rt, "factor"),
			})
		}
		for _, m := range models {
			f, err := m.Forecast(t.Context(), h, o)
			if err != nil {
				rt.Fatalf("%s: %v", m.Name(), err)
			}
			for i := range f.Mean {
				if sum := f.Mean[i] + f.Spread[i] + f.HandleTime[i] + f.Quantile(i, .9); !(sum >= 0 && sum <= math.MaxFloat64) {
					rt.Fatalf("%s: interval %d: mean %v, spread %v, handle time %v", m.Name(), i, f.Mean[i], f.Spread[i], f.HandleTime[i])
				}
			}
			for _, d := range f.Days {
				if sum := d.Total + d.Sigma + d.HandleSigma + d.Quantile(.9); !(sum >= 0 && sum <= math.MaxFloat64) {
					rt.Fatalf("%s: %+v", m.Name(), d)
				}
			}
			if f.Learnt != nil {
				again := o
				again.Learnt = f.Learnt
				if _, err := m.Forecast(t.Context(), h, again); err != nil {
					rt.Fatalf("%s, with what it has learnt: %v", m.Name(), err)
				}
			}
		}
	})
}
