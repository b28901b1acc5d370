package forecast_test

import (
	"math"
	"testing"
	"time"

	"bemanna/forecast"
)

// handled adds to a history the seconds of handling of its calls.
func handled(h forecast.History, mean func(at time.Time, calls float64) float64) forecast.History {
	h.Handled = h.Offered
	h.Handled.Values = make([]float64, len(h.Offered.Values))
	for i, calls := range h.Offered.Values {
		h.Handled.Values[i] = calls * mean(h.Offered.Time(i), calls)
	}
	return h
}

// TestHandleTimeIsWeighted checks that calls are averaged and not intervals:
// handle times that depend on how many calls there are come out by call.
func TestHandleTimeIsWeighted(t *testing.T) {
	h := handled(typicalCentre.history(t), func(_ time.Time, calls float64) float64 {
		if calls < 50 {
			return 600
		}
		return 200
	})
	var seconds, calls float64
	for i, v := range h.Offered.Values {
		seconds += h.Handled.Values[i]
		calls += v
	}
	f := forecastOf(t, forecast.DayLevel{}, h, typicalCentre.options(28))
	var got, weight float64
	for i, m := range f.Mean {
		got += m * f.HandleTime[i]
		weight += m
	}
	if got, want := got/weight, seconds/calls; math.Abs(got-want) > .03*want {
		t.Errorf("mean handle time %v s, want %v s", got, want)
	}
}

// TestHandleTimeBySlot checks that what differs by the time of day is learned,
// shrunk where there are few calls, and that the level follows a change.
func TestHandleTimeBySlot(t *testing.T) {
	big := centre{start: "2026-01-05", days: 140, step: time.Hour, calls: 3000, poisson: true}
	byHour := func(at time.Time, _ float64) float64 {
		if at.Hour() < 12 {
			return 200
		}
		return 300
	}
	f := forecastOf(t, forecast.DayLevel{}, handled(big.history(t), byHour), big.options(1))
	if got := f.HandleTime[10]; math.Abs(got-200) > 3 {
		t.Errorf("at ten: %v s, want about 200 s", got)
	}
	if got := f.HandleTime[14]; math.Abs(got-300) > 3 {
		t.Errorf("at two: %v s, want about 300 s", got)
	}
	small := big
	small.calls = 10
	f = forecastOf(t, forecast.DayLevel{}, handled(small.history(t), byHour), small.options(1))
	if morning, afternoon := f.HandleTime[10], f.HandleTime[14]; !(morning < afternoon && morning > 215 && afternoon < 285) {
		t.Errorf("of few calls: %v s and %v s, want them drawn towards each other", morning, afternoon)
	}
	change := midnight(t, "2026-03-16", stockholm) // ten weeks before the end
	stepped := handled(big.history(t), func(at time.Time, _ float64) float64 {
		if at.Before(change) {
			return 200
		}
		return 300
	})
	f = forecastOf(t, forecast.DayLevel{}, stepped, big.options(1))
	if got := f.HandleTime[10]; got < 285 {
		t.Errorf("ten weeks after a change from 200 s to 300 s: %v s", got)
	}
}

// TestHandleTimeAssumed checks what Options.HandleTime does.
func TestHandleTimeAssumed(t *testing.T) {
	h := typicalCentre.history(t)
	o := typicalCentre.options(1)
	for i, got := range forecastOf(t, forecast.DayLevel{}, h, o).HandleTime {
		if got != 0 {
			t.Fatalf("interval %d: %v s out of nothing, want 0", i, got)
		}
	}
	o.HandleTime = 240
	for i, got := range forecastOf(t, forecast.DayLevel{}, h, o).HandleTime {
		if math.Abs(got-240) > 1e-9 {
			t.Fatalf("interval %d: %v s, want the 240 s that were assumed", i, got)
		}
	}
	h = handled(h, func(time.Time, float64) float64 { return 400 })
	if got := forecastOf(t, forecast.DayLevel{}, h, o).HandleTime[20]; got < 390 || got > 400 {
		t.Errorf("%v s where thousands of calls say 400 s", got)
	}
}
