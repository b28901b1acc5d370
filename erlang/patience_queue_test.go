package erlang_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bemanna/erlang"
)

// named is a distribution by its name in the reference vectors.
func named(t *testing.T, name string, mean float64) erlang.Patience {
	t.Helper()
	switch {
	case name == "exp":
		return erlang.Weibull{Shape: 1, Mean: mean} // not the formulas of Erlang A
	case name == "erlang2":
		return erlang.Gamma{Shape: 2, Mean: mean}
	case strings.HasPrefix(name, "weibull k=0.6"):
		return erlang.Weibull{Shape: 0.6, Mean: mean}
	case name == "lognormal cv=1.5":
		return erlang.LogNormal{Mean: mean, CV: 1.5}
	}
	t.Fatalf("no distribution is called %q", name)
	return nil
}

func TestReferenceGeneralPatience(t *testing.T) {
	for i, r := range vectors(t, "general_patience.csv") {
		handle := r.number(t, "AHT_s")
		q := erlang.Queue{
			ArrivalRate: r.number(t, "load_erl") / handle, ServiceRate: 1 / handle,
			Patience: named(t, r["patience_dist"], r.number(t, "mean_patience_s")),
		}
		p := perform(t, q, r.number(t, "n"), r.number(t, "T_s"))
		name := fmt.Sprintf("row %d ", i+2)
		relative(t, name+"delay", p.Delay, r.number(t, "Pw"), 5e-15)
		relative(t, name+"abandonment", p.Abandonment, r.number(t, "P_ab"), 5e-15)
		relative(t, name+"wait", p.AverageWait, r.number(t, "EW_all_s"), 5e-15)
		relative(t, name+"queue", p.QueueLength, r.number(t, "EQ"), 5e-15)
		absolute(t, name+"level", p.ServiceLevel(erlang.OfOffered), r.number(t, "SL_offered"), 2e-15)
	}
}

// TestShapeOfPatience: the same mean patience, and levels from 37 % to 92 %.
func TestShapeOfPatience(t *testing.T) {
	for _, c := range []struct {
		patience erlang.Patience
		level    float64
	}{
		{erlang.Exponential{Mean: 300}, 0.801},
		{erlang.Deterministic{Seconds: 300}, 0.367},
		{erlang.Weibull{Shape: 2, Mean: 300}, 0.567},
		{erlang.Weibull{Shape: 0.6, Mean: 300}, 0.923},
	} {
		q := erlang.Queue{ArrivalRate: 98.0 / 240, ServiceRate: 1.0 / 240, Patience: c.patience}
		absolute(t, fmt.Sprintf("%+v", c.patience), perform(t, q, 100, 20).ServiceLevel(erlang.OfOffered), c.level, 5e-4)
	}
}

// equal checks every number of two performances: probabilities by the absolute
// error, and waits by the relative one.
func equal(t rapid.TB, what string, got, want erlang.Performance, tolerance float64) {
	t.Helper()
	for _, c := range []struct {
		field     string
		got, want float64
	}{
		{"Delay", got.Delay, want.Delay},
		{"Abandonment", got.Abandonment, want.Abandonment},
		{"AbandonedWithin", got.AbandonedWithin, want.AbandonedWithin},
		{"AnsweredWithin", got.AnsweredWithin, want.AnsweredWithin},
		{"AnsweredLate", got.AnsweredLate, want.AnsweredLate},
		{"Occupancy", got.Occupancy, want.Occupancy},
		{"OfferedRate", got.OfferedRate, want.OfferedRate},
		{"AverageWait/want", got.AverageWait / want.AverageWait, 1},
		{"SpeedOfAnswer/want", 0.01*got.SpeedOfAnswer/want.SpeedOfAnswer + 0.99, 1}, // Erlang A has two digits less of it
		{"QueueLength/want", got.QueueLength / want.QueueLength, 1},
	} {
		if math.Abs(c.got-c.want) > tolerance {
			t.Errorf("%s: %s %v, want %v", what, c.field, c.got, c.want)
		}
	}
}

// TestExponentialPatienceIsErlangA: the walk over the offered wait and the
// sums of Erlang A have nothing in common but 1/B.
func TestExponentialPatienceIsErlangA(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q, threshold := drawQueue(t), drawThreshold(t)
		n := drawAgents(t, q)
		want := perform(t, q, n, threshold)
		mean := 1 / q.AbandonRate
		for _, patience := range []erlang.Patience{
			erlang.Weibull{Shape: 1, Mean: mean},
			erlang.Gamma{Shape: 1, Mean: mean},
			erlang.HyperExponential{Mean: mean, CV: 1},
			&erlang.Empirical{TailRate: q.AbandonRate},
			erlang.Balking{Then: erlang.Exponential{Mean: mean}},
			&erlang.Mixture{Parts: []erlang.Part{{2, erlang.Exponential{Mean: mean}}, {1, erlang.Exponential{Mean: mean}}}},
			own{erlang.Exponential{Mean: mean}},
		} {
			q.Patience = patience
			equal(t, fmt.Sprintf("%+v of %v agents with %+v", q, n, patience), perform(t, q, n, threshold), want, 1e-11)
		}
		q.Patience, q.AbandonRate = erlang.Exponential{Mean: mean}, 77 // which does not count
		if got := perform(t, q, n, threshold); got.Delay != want.Delay || got.AnsweredWithin != want.AnsweredWithin {
			equal(t, "Exponential", got, want, 1e-15)
		}
	})
}

// TestPatienceThatOutlastsTheQueueIsErlangC takes callers who hang up after a
// week, or not at all.
func TestPatienceThatOutlastsTheQueueIsErlangC(t *testing.T) {
	q := hour(250, 240, inf)
	want := perform(t, q, 18, 20)
	for _, patience := range []erlang.Patience{
		erlang.Deterministic{Seconds: 7 * 86400},
		erlang.Balking{},
		&erlang.Empirical{},
		erlang.Exponential{Mean: inf},
		own{erlang.Exponential{Mean: inf}},
	} {
		q.Patience = patience
		equal(t, fmt.Sprintf("%+v", patience), perform(t, q, 18, 20), want, 1e-13)
		if few := perform(t, q, 16, 20); !math.IsInf(few.AverageWait, 1) && patience != (erlang.Deterministic{Seconds: 7 * 86400}) {
			t.Errorf("%+v: wait of %v s with less agents than erlangs, want +Inf", patience, few.AverageWait)
		}
	}
}

// TestNoPatienceIsErlangB: who must wait is lost.
func TestNoPatienceIsErlangB(t *testing.T) {
	for _, n := range []float64{0.5, 3, 16.7, 40} {
		for _, patience := range []erlang.Patience{
			erlang.Deterministic{},
			erlang.Balking{Share: 1},
			erlang.Balking{Share: 1, Then: erlang.Weibull{Shape: 2, Mean: 9}},
			&erlang.Empirical{Steps: []erlang.Step{{Seconds: 0, Survival: 0}}},
		} {
			q := erlang.Queue{ArrivalRate: 17, ServiceRate: 1, Patience: patience}
			p := perform(t, q, n, 20)
			name := fmt.Sprintf("%v agents, %+v: ", n, patience)
			relative(t, name+"delay", p.Delay, erlang.B(n, 17), 1e-14)
			relative(t, name+"abandonment", p.Abandonment, erlang.B(n, 17), 1e-14)
			relative(t, name+"answered", p.ServiceLevel(erlang.OfOffered), 1-erlang.B(n, 17), 1e-14)
			absolute(t, name+"wait", p.AverageWait, 0, 0)
			absolute(t, name+"wait with a threshold of ages", perform(t, q, n, 1e300).AverageWait, 0, 0)
		}
	}
}

// TestCallersWhoNeverHangUpFillTheQueue: with more such callers than the agents
// can take, everybody else hangs up.
func TestCallersWhoNeverHangUpFillTheQueue(t *testing.T) {
	calm := erlang.Balking{Share: 0.25} // 15 of 20 erlangs stay for ever
	q := erlang.Queue{ArrivalRate: 20, ServiceRate: 1, Patience: calm}
	p := perform(t, q, 15, 20)
	if p.Abandonment != 0.25 || !math.IsInf(p.AverageWait, 1) || p.AnsweredLate != 0.75 || p.Delay != 1 {
		t.Errorf("15 agents: %+v, want an endless queue that a quarter leaves", p)
	}
	if n, err := q.Agents(erlang.Target{Share: 0.01, Threshold: 20}); n != 16 || err != nil {
		t.Errorf("%d agents, %v; want 16", n, err)
	}
	if p := perform(t, q, 16, 20); !(p.AverageWait < 10) {
		t.Errorf("16 agents: %+v, want a queue that settles", p)
	}
}

func TestNobodyAnswers(t *testing.T) {
	q := erlang.Queue{ArrivalRate: 0.1, ServiceRate: 0.01, Patience: erlang.Gamma{Shape: 2, Mean: 50}}
	want := erlang.Performance{
		Delay: 1, Abandonment: 1, AbandonedWithin: 1 - 3*math.Exp(-2), AverageWait: 50,
		SpeedOfAnswer: inf, QueueLength: 5, Occupancy: 1, OfferedRate: 0.1,
	}
	equal(t, "no agents", perform(t, q, 0, 50), want, 1e-14)
	hardly := perform(t, q, 1e-9, 50)
	want.SpeedOfAnswer, want.Occupancy = hardly.SpeedOfAnswer, hardly.Occupancy // of next to no calls
	equal(t, "hardly an agent", hardly, want, 1e-8)
}

// TestLevelsAgainstCalls sends calls through a queue one by one. Nothing but
// the model is shared with the formulas.
func TestLevelsAgainstCalls(t *testing.T) {
	for i, patience := range []erlang.Patience{
		erlang.Deterministic{Seconds: 80},
		erlang.Weibull{Shape: 0.6, Mean: 120},
		erlang.LogNormal{Mean: 120, CV: 1.5},
		erlang.Balking{Share: 0.2, Then: erlang.Gamma{Shape: 3, Mean: 90}},
		&erlang.Empirical{Steps: []erlang.Step{{5, 0.9, 0}, {40, 0.6, 0}, {100, 0.3, 0}}, TailRate: 0.01},
	} {
		q := erlang.Queue{ArrivalRate: 6.0 / 180, ServiceRate: 1.0 / 180, Patience: patience}
		const n, threshold, calls = 6, 40, 200_000
		random := rand.New(rand.NewPCG(8, uint64(i)))
		var free [n]float64 // when each agent is free next
		clock, answered, abandoned, waited := 0.0, 0.0, 0.0, 0.0
		for range calls {
			clock += random.ExpFloat64() / q.ArrivalRate
			next := 0
			for k := range free {
				if free[k] < free[next] {
					next = k
				}
			}
			offered, willing := max(0, free[next]-clock), patience.Quantile(random.Float64())
			if offered > 0 && willing <= offered {
				abandoned++
				waited += willing
				continue
			}
			waited += offered
			if offered <= threshold {
				answered++
			}
			free[next] = clock + offered + random.ExpFloat64()/q.ServiceRate
		}
		p := perform(t, q, n, threshold)
		name := fmt.Sprintf("%+v: ", patience)
		absolute(t, name+"answered in time", p.AnsweredWithin, answered/calls, 0.006)
		absolute(t, name+"abandoned", p.Abandonment, abandoned/calls, 0.006)
		relative(t, name+"wait", p.AverageWait, waited/calls, 0.02)
	}
}

func TestPatienceDoesNotAllocate(t *testing.T) {
	queues := make([]erlang.Queue, 0, 12)
	for _, p := range smooth(300) {
		queues = append(queues, erlang.Queue{ArrivalRate: 0.3, ServiceRate: 0.01, Patience: p})
	}
	if allocations := testing.AllocsPerRun(10, func() {
		for _, q := range queues {
			if _, err := q.Performance(31, 20); err != nil {
				t.Error(err)
			}
		}
	}); allocations != 0 {
		t.Errorf("%v allocations, want none", allocations)
	}
}

// TestQueuesWithPatienceCompare states what == says.
func TestQueuesWithPatienceCompare(t *testing.T) {
	q := erlang.Queue{ArrivalRate: 1, ServiceRate: 1, Patience: erlang.Weibull{Shape: 2, Mean: 60}}
	other := q
	if q != other {
		t.Error("a queue is not equal to its copy")
	}
	other.Patience = &erlang.Mixture{Parts: []erlang.Part{{1, q.Patience}}}
	if again := other; q == other || again != other {
		t.Error("a mixture is equal to itself, and to nothing else")
	}
}
