package erlang_test

import (
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"bemanna/erlang"
)

var (
	nan = math.NaN()
	inf = math.Inf(1)
)

func TestSpecialValuesOfBAndC(t *testing.T) {
	for _, c := range []struct{ n, a, b, c float64 }{
		{0, 5, 1, 1},
		{0, 0, 1, 1},
		{3, 0, 0, 0},
		{0.5, 0, 0, 0},
		{5, 5, 625.0 / 2194, 1},
		{1e300, 5, 0, 0},
		{1, 1e10, 1, 1},
		{nan, 1, nan, nan},
		{1, nan, nan, nan},
		{-1, 1, nan, nan},
		{1, -1, nan, nan},
		{inf, 1, nan, nan},
		{1, inf, nan, nan},
		{1, 2e10, nan, nan},
	} {
		for _, f := range []struct {
			name      string
			got, want float64
		}{{"B", erlang.B(c.n, c.a), c.b}, {"C", erlang.C(c.n, c.a), c.c}} {
			if !cmp.Equal(f.got, f.want, cmpopts.EquateNaNs(), cmpopts.EquateApprox(0, 1e-9)) {
				t.Errorf("%s(%v, %v) = %v, want %v", f.name, c.n, c.a, f.got, f.want)
			}
		}
	}
}

func TestSpecialPerformances(t *testing.T) {
	patient := erlang.Queue{ArrivalRate: 0.1, ServiceRate: 0.01}
	impatient := patient
	impatient.AbandonRate = 0.02
	idle := impatient
	idle.ArrivalRate = 0
	for _, c := range []struct {
		name   string
		queue  erlang.Queue
		agents float64
		want   erlang.Performance
		level  float64
	}{
		{"no calls", idle, 3, erlang.Performance{AnsweredWithin: 1}, 1},
		{"no calls, no agents", idle, 0, erlang.Performance{AnsweredWithin: 1}, 1},
		{
			"no agents", impatient, 0,
			erlang.Performance{
				Delay: 1, Abandonment: 1, AbandonedWithin: 1 - math.Exp(-1), AverageWait: 50,
				SpeedOfAnswer: inf, QueueLength: 5, Occupancy: 1, OfferedRate: 0.1,
			},
			0,
		},
		{
			"no agents, endless patience", patient, 0,
			erlang.Performance{
				Delay: 1, AnsweredLate: 1, AverageWait: inf,
				SpeedOfAnswer: inf, QueueLength: inf, Occupancy: 1, OfferedRate: 0.1,
			},
			0,
		},
		{
			"as many agents as erlangs", patient, 10,
			erlang.Performance{
				Delay: 1, AnsweredLate: 1, AverageWait: inf,
				SpeedOfAnswer: inf, QueueLength: inf, Occupancy: 1, OfferedRate: 0.1,
			},
			0,
		},
		{"far too many agents", impatient, 1e5, erlang.Performance{AnsweredWithin: 1, Occupancy: 1e-4, OfferedRate: 0.1}, 1},
	} {
		got := perform(t, c.queue, c.agents, 50)
		options := cmp.Options{cmpopts.IgnoreUnexported(erlang.Performance{}), cmpopts.EquateApprox(1e-15, 0)}
		if diff := cmp.Diff(c.want, got, options); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
		for _, d := range definitions {
			if level := got.ServiceLevel(d); level != c.level {
				t.Errorf("%s: level %v %v, want %v", c.name, d, level, c.level)
			}
		}
	}
}

// TestFaultsNameTheField breaks one input at a time.
func TestFaultsNameTheField(t *testing.T) {
	good := erlang.Queue{ArrivalRate: 0.1, ServiceRate: 0.01, AbandonRate: 0.02}
	target := erlang.Target{Share: 0.8, Threshold: 20}
	breakQueue := func(field string, set func(*erlang.Queue, float64), values ...float64) {
		t.Helper()
		for _, x := range values {
			q := good
			set(&q, x)
			_, performance := q.Performance(10, 20)
			_, agents := q.Agents(target)
			_, agentsReal := q.AgentsReal(target)
			_, redials := q.WithRedials(q.RedialShare)
			for _, err := range []error{performance, agents, agentsReal, redials} {
				wantField(t, err, field)
			}
		}
	}
	breakQueue("Queue.ArrivalRate", func(q *erlang.Queue, x float64) { q.ArrivalRate = x }, nan, inf, -1, 1e9)
	breakQueue("Queue.ServiceRate", func(q *erlang.Queue, x float64) { q.ServiceRate = x }, nan, inf, -1, 0)
	breakQueue("Queue.AbandonRate", func(q *erlang.Queue, x float64) { q.AbandonRate = x }, nan, inf, -1, 1e-300)
	breakQueue("Queue.RedialShare", func(q *erlang.Queue, x float64) { q.RedialShare = x }, nan, inf, -1, 1)

	breakTarget := func(field string, set func(*erlang.Target, float64), values ...float64) {
		t.Helper()
		for _, x := range values {
			broken := target
			set(&broken, x)
			_, err := good.Agents(broken)
			wantField(t, err, field)
			_, err = good.AgentsReal(broken)
			wantField(t, err, field)
		}
	}
	breakTarget("Target.Share", func(g *erlang.Target, x float64) { g.Share = x }, nan, inf, -1, 1)
	breakTarget("Target.Threshold", func(g *erlang.Target, x float64) { g.Threshold = x }, nan, inf, -1)
	breakTarget("Target.MaxOccupancy", func(g *erlang.Target, x float64) { g.MaxOccupancy = x }, nan, inf, -1, 1.1, 1e-300)
	breakTarget("Target.MaxAbandonment", func(g *erlang.Target, x float64) { g.MaxAbandonment = x }, nan, inf, -1, 1.1)
	breakTarget("Target.MaxSpeedOfAnswer", func(g *erlang.Target, x float64) { g.MaxSpeedOfAnswer = x }, nan, inf, -1)
	breakTarget("Target.MinAgents", func(g *erlang.Target, x float64) { g.MinAgents = int(x) }, -1, 2e12)
	breakTarget("Definition.Below", func(g *erlang.Target, x float64) { g.Definition = erlang.ExcludingBelow(x) }, nan, inf, -1)

	for _, x := range []float64{nan, inf, -1} {
		_, err := good.Performance(x, 20)
		wantField(t, err, "agents")
		_, err = good.Performance(10, x)
		wantField(t, err, "threshold")
	}
}

func wantField(t *testing.T, err error, field string) {
	t.Helper()
	var input *erlang.InputError
	if !errors.As(err, &input) || input.Field != field {
		t.Errorf("error %v, want one that names %s", err, field)
	}
}

func TestPerformanceDoesNotAllocate(t *testing.T) {
	impatient := erlang.Queue{ArrivalRate: 0.1, ServiceRate: 0.01, AbandonRate: 0.02}
	patient := erlang.Queue{ArrivalRate: 0.1, ServiceRate: 0.01}
	var sum float64
	allocations := testing.AllocsPerRun(100, func() {
		for _, agents := range []float64{3, 9.5, 12} {
			sum += erlang.B(agents, 9) + erlang.C(agents, 9)
			a, _ := impatient.Performance(agents, 20)
			c, _ := patient.Performance(agents, 20)
			sum += a.ServiceLevel(erlang.ExcludingBelow(5)) + c.ServiceLevel(erlang.OfOffered)
		}
	})
	if allocations != 0 {
		t.Errorf("%v allocations, want none", allocations)
	}
}

func FuzzPerformance(f *testing.F) {
	f.Add(0.1, 0.01, 0.02, 0.5, 10.0, 20.0)
	f.Add(1e3, 1e-6, 1e-6, 0.0, 1e9, 0.0)
	f.Add(5e-324, 1e300, 1e300, 0.99, 1e-300, 1e300)
	f.Add(1.0, 1e-9, 0.5, 0.0, 0.5, 3.0)
	f.Add(44.0, 1e300, 6e300, 0.99, 1e-300, 7.0) // less than one call in 1e16 is answered
	f.Fuzz(func(t *testing.T, arrival, service, abandon, redial, agents, threshold float64) {
		q := erlang.Queue{ArrivalRate: arrival, ServiceRate: service, AbandonRate: abandon, RedialShare: redial}
		if p, err := q.Performance(agents, threshold); err == nil {
			wantSensible(t, fmt.Sprintf("%+v with %v agents", q, agents), p)
		}
	})
}

// wantSensible checks that every field can be what it says.
func wantSensible(t *testing.T, what string, p erlang.Performance) {
	t.Helper()
	for field, x := range map[string]float64{
		"delay": p.Delay, "abandonment": p.Abandonment, "abandoned within": p.AbandonedWithin,
		"answered within": p.AnsweredWithin, "answered late": p.AnsweredLate, "occupancy": p.Occupancy,
	} {
		if !(x >= 0 && x <= 1+1e-9) {
			t.Errorf("%s: %s %v, want a probability", what, field, x)
		}
	}
	for _, d := range definitions {
		if level := p.ServiceLevel(d); !(level >= 0 && level <= 1) {
			t.Errorf("%s: level %v %v, want a share", what, d, level)
		}
	}
	for field, x := range map[string]float64{
		"average wait": p.AverageWait, "speed of answer": p.SpeedOfAnswer, "queue": p.QueueLength,
	} {
		if !(x >= 0) {
			t.Errorf("%s: %s %v, want 0 or more", what, field, x)
		}
	}
}

// FuzzPatience has every distribution, alone, with some who balk, and with as
// many who all hang up after the threshold.
func FuzzPatience(f *testing.F) {
	f.Add(0.1, 0.01, 2.0, 300.0, 0.1, 10.0, 20.0)
	f.Add(40.0, 0.01, 0.06, 1e-9, 0.0, 1e9, 0.0)
	f.Add(1e6, 1e-3, 900.0, 1e300, 1.0, 0.5, 1e300)
	f.Add(5e-324, 1e300, 1.0, 5e-324, nan, 1e-300, 3.0)
	f.Add(1.0, 1.0, 1.5, inf, -1.0, 0.0, inf)
	f.Fuzz(func(t *testing.T, arrival, service, shape, mean, share, agents, threshold float64) {
		if arrival/service > 1e7 {
			return // right but slow
		}
		for _, patience := range []erlang.Patience{
			erlang.Exponential{Mean: mean},
			erlang.Weibull{Shape: shape, Mean: mean},
			erlang.Gamma{Shape: shape, Mean: mean},
			erlang.LogNormal{Mean: mean, CV: shape},
			erlang.HyperExponential{Mean: mean, CV: shape},
			erlang.Deterministic{Seconds: mean},
			&erlang.Empirical{Steps: []erlang.Step{{Seconds: mean, Survival: share}}, TailRate: shape},
		} {
			for _, patience := range []erlang.Patience{
				patience,
				erlang.Balking{Share: share, Then: patience},
				&erlang.Mixture{Parts: []erlang.Part{{1, patience}, {1, erlang.Deterministic{Seconds: threshold}}}},
			} {
				q := erlang.Queue{ArrivalRate: arrival, ServiceRate: service, Patience: patience}
				if p, err := q.Performance(agents, threshold); err == nil {
					wantSensible(t, fmt.Sprintf("%+v with %v agents", q, agents), p)
				}
			}
		}
	})
}

func FuzzAgents(f *testing.F) {
	f.Add(0.1, 0.01, 0.02, 0.8, 20.0, 0.9, 0.05, 30.0)
	f.Add(0.1, 0.01, 0.0, 0.999999, 0.0, 0.0, 0.0, 0.0)
	f.Add(1e-9, 1.0, 1e3, 0.5, 1e9, 1e-9, 1e-9, 1e-9)
	f.Fuzz(func(t *testing.T, arrival, service, abandon, share, threshold, occupancy, abandonment, answer float64) {
		q := erlang.Queue{ArrivalRate: arrival, ServiceRate: service, AbandonRate: abandon}
		target := erlang.Target{
			Share: share, Threshold: threshold,
			MaxOccupancy: occupancy, MaxAbandonment: abandonment, MaxSpeedOfAnswer: answer,
		}
		if arrival/service > 1e6 || abandon > 0 && arrival/abandon > 1e6 {
			return // right but slow: a million steps for each number of agents
		}
		n, err := q.Agents(target)
		if err != nil || n == 0 {
			return
		}
		if !target.MetBy(perform(t, q, float64(n), threshold)) {
			t.Errorf("%+v %+v: %d agents do not meet the target", q, target, n)
		}
		x, err := q.AgentsReal(target)
		if err != nil || x <= 0 || x > float64(n) {
			t.Errorf("%+v %+v: %v real agents, %v, against %d whole ones", q, target, x, err, n)
		}
	})
}
