package sim_test

import (
	"context"
	"math"
	"testing"

	"bemanna/erlang"
	"bemanna/erlang/sim"
)

// always is to be on duty all day, until the last caller has gone.
func always(groups ...int) []sim.Duty {
	return []sim.Duty{{From: 0, To: math.Inf(1), Groups: groups}}
}

func run(tb testing.TB, m sim.Model, o sim.Options) *sim.Result {
	tb.Helper()
	r, err := sim.Run(context.Background(), m, o)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

func TestErlangA(t *testing.T) {
	m := sim.Model{
		Step: 3600, N: 2, Groups: []sim.Group{{
			ArrivalRate: []float64{.16, .16}, HandleTime: []float64{300, 300}, AbandonRate: []float64{1. / 120, 1. / 120}, Threshold: 20,
		}},
		Agents: []sim.Agent{{Duties: always(0), Count: 50}},
	}
	r := run(t, m, sim.Options{Replications: 400, Seed: 1})
	q := erlang.Queue{ArrivalRate: 0.16, ServiceRate: 1. / 300, AbandonRate: 1. / 120}
	p, err := q.Performance(50, 20)
	if err != nil {
		t.Fatal(err)
	}
	got := r.At(0, 1).Abandonment()
	if !(got.Low <= p.Abandonment && p.Abandonment <= got.High) {
		t.Errorf("abandonment of the second hour %v, want %v", got, p.Abandonment)
	}
}
