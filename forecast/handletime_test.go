package forecast_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"gonum.org/v1/gonum/stat/distuv"

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

// TestHandleTimeByWeekday checks that a weekday whose calls take longer is expected
// to go on so.
func TestHandleTimeByWeekday(t *testing.T) {
	c := centre{start: "2026-01-05", days: 140, step: time.Hour, calls: 1000, poisson: true}
	f := forecastOf(t, forecast.DayLevel{}, handled(c.history(t), func(at time.Time, _ float64) float64 {
		if at.Weekday() == time.Monday {
			return 330
		}
		return 300
	}), c.options(7))
	for d, want := range []float64{330, 300, 300, 300, 300} {
		if got := f.HandleTime[24*d+10]; math.Abs(got-want) > 5 {
			t.Errorf("%v: %v s, want about %v s", f.Days[d].Date.Weekday(), got, want)
		}
	}
}

// TestHandleTimeFollows checks that the handle times of a small group follow a jump
// within weeks, which the calls of a day or two could not prove.
func TestHandleTimeFollows(t *testing.T) {
	c := centre{start: "2026-01-05", days: 140, step: time.Hour, calls: 60, poisson: true}
	jump := midnight(t, c.start, stockholm).AddDate(0, 0, 112)
	chance := rand.New(rand.NewPCG(4, 5))
	f := forecastOf(t, forecast.DayLevel{}, handled(c.history(t), func(at time.Time, calls float64) float64 {
		mean := 300.
		if !at.Before(jump) {
			mean = 450
		}
		return mean * distuv.Gamma{Alpha: max(calls, 1), Beta: max(calls, 1), Src: chance}.Rand()
	}), c.options(1))
	if got := f.HandleTime[10]; got < 410 || got > 490 {
		t.Errorf("%.0f s four weeks after a jump from 300 s to 450 s", got)
	}
}

// TestHandleSigma checks that the mean handle times of eight days of ten lie within
// 1.28 of their standard deviations, in a group whose days have something in common.
func TestHandleSigma(t *testing.T) {
	c := centre{start: "2026-01-05", days: 140, step: time.Hour, calls: 400, poisson: true}
	var within, n float64
	for seed := range uint64(10) {
		c.seed = seed
		chance := rand.New(rand.NewPCG(seed, 6))
		day, factor := 0, 1.
		mean := func(at time.Time, calls float64) float64 {
			if at.YearDay() != day {
				day, factor = at.YearDay(), math.Exp(.04*chance.NormFloat64())
			}
			return 300 * factor * distuv.Gamma{Alpha: max(calls, 1), Beta: max(calls, 1), Src: chance}.Rand()
		}
		whole := handled(c.history(t), mean)
		cut := len(whole.Offered.Values) - 28*24
		known := forecast.History{Offered: whole.Offered, Handled: whole.Handled}
		known.Offered.Values, known.Handled.Values = whole.Offered.Values[:cut], whole.Handled.Values[:cut]
		f := forecastOf(t, forecast.DayLevel{}, known, c.options(28))
		for d, expected := range f.Days {
			var seconds, calls, want float64
			for i := 24 * d; i < 24*d+24; i++ {
				seconds += whole.Handled.Values[cut+i]
				calls += whole.Offered.Values[cut+i]
				want += f.HandleTime[i] * whole.Offered.Values[cut+i]
			}
			if calls > 0 {
				n++
				if math.Abs(seconds/want-1) < 1.28*expected.HandleSigma {
					within++
				}
			}
		}
	}
	if within/n < .72 || within/n > .88 {
		t.Errorf("%.2f of the days lie in their 80 %% interval", within/n)
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

// TestNextToNoCalls: counts that are all but zero say nothing of handle times, and
// break nothing.
func TestNextToNoCalls(t *testing.T) {
	start := time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)
	calls := forecast.Series{Start: start, Step: time.Hour, Values: slices.Repeat([]float64{5e-306}, 10*24)}
	seconds := forecast.Series{Start: start, Step: time.Hour, Values: slices.Repeat([]float64{1e-303}, 10*24)}
	f := forecastOf(t, forecast.DayLevel{}, forecast.History{Offered: calls, Handled: seconds}, forecast.Options{Intervals: 24, HandleTime: 240})
	if got := f.HandleTime[12]; math.Abs(got-240) > 1e-6 {
		t.Errorf("handle time %v, want the 240 s that were said", got)
	}
}
