package sim_test

import (
	"math"
	"testing"

	"bemanna/erlang"
	"bemanna/erlang/sim"
)

// TestKnownCalls: as many calls come as are known, on every day and whatever the
// spread.
func TestKnownCalls(t *testing.T) {
	m := evenDay(16./300, 300, 20)
	m.DayCV, m.Groups[0].CV = 0.5, 0.5
	m.Groups[0].Calls = make([]int, m.N)
	for i := range m.Groups[0].Calls {
		m.Groups[0].Calls[i] = 7 * (i % 3)
	}
	r := run(t, m, sim.Options{Replications: 20, Seed: 1})
	for i, calls := range m.Groups[0].Calls {
		if got := r.At(0, i).Offered(); got.Mean != float64(calls) || got.Low != got.High {
			t.Errorf("interval %d: %v calls, want always %d", i, got, calls)
		}
	}
	if got := r.Group(0).Offered(); got.Low != got.High {
		t.Errorf("the day has %v calls, want the same on all days", got)
	}
}

// TestKnownCallsComeAtAnyTime: one call an interval and a queue that is open all
// day with one agent: a call is delayed if and only if it comes during one of the
// calls before it, which happens as often as uniform times say.
func TestKnownCallsComeAtAnyTime(t *testing.T) {
	m := evenDay(0, 100, 1)
	m.Groups[0].Service = sim.Service{Shape: sim.Deterministic}
	m.Groups[0].Calls = make([]int, m.N)
	m.Groups[0].Calls[0] = 2 // of 100 s each in one interval
	m.Groups[0].Threshold = 0
	const days = 4000
	r := run(t, m, sim.Options{Replications: days, Seed: 2})
	// Two uniform times on [0, T) lie closer than s with chance 1-(1-s/T)².
	apart := 1 - 100/m.Step
	want := 1 - (1-apart*apart)/2 // of the calls, the second is late then
	got := r.Day().ServiceLevel(erlang.OfOffered).Mean
	if se := math.Sqrt(want*(1-want)/(2*days)) * math.Sqrt2; math.Abs(got-want) > 4*se {
		t.Errorf("%.4f of the calls need not wait, want %.4f", got, want)
	}
}
