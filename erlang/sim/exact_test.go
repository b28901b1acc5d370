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

// A judge is a test, a benchmark or a property.
type judge interface {
	Helper()
	Fatal(args ...any)
}

func run(j judge, m sim.Model, o sim.Options) *sim.Result {
	j.Helper()
	r, err := sim.Run(context.Background(), m, o)
	if err != nil {
		j.Fatal(err)
	}
	return r
}

// manyDays leaves a test out of those with the race detector, which makes days
// 15 times as long: what can race is in the tests of laws.
func manyDays(t *testing.T) {
	t.Helper()
	if underRace {
		t.Skip("too many days for the race detector")
	}
}

// agrees checks an estimate by about four of its standard errors, which one
// correct estimate in 16 000 misses, and 1e-5 for what is so rare that it was
// not seen.
func agrees(t *testing.T, what string, got sim.Estimate, want float64) {
	t.Helper()
	if half := got.High - got.Mean; !(math.Abs(got.Mean-want) <= 2*half+1e-5) {
		t.Errorf("%s: %v ± %.2g, want %v", what, got.Mean, half, want)
	}
}

// The formulas are of the long run: the first interval of the grid is for
// getting there, and the second is looked at.
const (
	warm   = 3600.0
	looked = 1
)

// steady is a queue with handle times of a minute.
func steady(load float64, agents int) sim.Model {
	return sim.Model{
		Step: warm, N: 2,
		Groups: []sim.Group{{
			ArrivalRate: repeat(2, load/60), HandleTime: repeat(2, 60), Threshold: 20,
		}},
		Agents: []sim.Agent{{Duties: always(0), Count: agents}},
	}
}

func TestLongRunIsErlangs(t *testing.T) {
	manyDays(t)
	const load, agents = 10, 12
	for _, c := range []struct {
		name     string
		rate     float64
		patience erlang.Patience
	}{
		{"endless", 0, nil},
		{"exponential rate", 1. / 90, nil},
		{"exponential", 0, erlang.Exponential{Mean: 90}},
		{"deterministic", 0, erlang.Deterministic{Seconds: 40}},
		{"Weibull", 0, erlang.Weibull{Mean: 60, Shape: 2}},
		{"hasty Weibull", 0, erlang.Weibull{Mean: 60, Shape: 0.6}},
		{"lognormal", 0, erlang.LogNormal{Mean: 60, CV: 1.5}},
		{"balking", 0, erlang.Balking{Share: 0.3, Then: erlang.Exponential{Mean: 60}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := steady(load, agents)
			m.Groups[0].Patience = c.patience
			if c.rate > 0 {
				m.Groups[0].AbandonRate = repeat(2, c.rate)
			}
			m.Below = 5
			calls := run(t, m, sim.Options{Replications: 300, Seed: 11})
			got := calls.At(0, looked)
			q := erlang.Queue{ArrivalRate: load / 60., ServiceRate: 1. / 60, AbandonRate: c.rate, Patience: c.patience}
			want, err := q.Performance(agents, 20)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range definitions {
				agrees(t, d.String(), got.ServiceLevel(d), want.ServiceLevel(d))
			}
			agrees(t, "abandonment", got.Abandonment(), want.Abandonment)
			agrees(t, "average wait", got.AverageWait(), want.AverageWait)
			agrees(t, "speed of answer", got.SpeedOfAnswer(), want.SpeedOfAnswer)
			agrees(t, "occupancy", calls.WorkAt(looked).Occupancy(), want.Occupancy)
		})
	}
}

var definitions = []erlang.Definition{
	erlang.OfOffered, erlang.OfAnswered, erlang.ExcludingShort, erlang.IncludingAbandoned, erlang.ExcludingBelow(5),
}

// As many lines as agents is Erlang's loss system: the share blocked depends
// on the mean of the handle time alone (Sevastyanov 1957).
func TestBlockedIsErlangBForEveryShape(t *testing.T) {
	manyDays(t)
	for name, s := range map[string]sim.Service{
		"exponential":   {},
		"deterministic": {Shape: sim.Deterministic},
		"lognormal":     {Shape: sim.Lognormal, CV: 1.4},
		"gamma":         {Shape: sim.Gamma, CV: 0.7},
		"wide gamma":    {Shape: sim.Gamma, CV: 1.5},
		"uniform":       {Shape: sim.Uniform, CV: 0.5},
	} {
		m := steady(8, 8)
		m.Groups[0].Service, m.Lines = s, 8
		r := run(t, m, sim.Options{Replications: 200, Seed: 12})
		calls, want := r.At(0, looked), erlang.B(8, 8)
		lost := calls.ServiceLevel(erlang.OfOffered)
		agrees(t, name, sim.Estimate{Mean: 1 - lost.Mean, Low: 1 - lost.High, High: 1 - lost.Low}, want)
		agrees(t, name+": blocked", calls.Blocked(), want*calls.Offered().Mean)
		agrees(t, name+": occupancy", r.WorkAt(looked).Occupancy(), 1-want)
	}
}

// When callers hang up at the rate at which agents finish, the number of calls
// in the system is Poisson, whatever the agents.
func TestHangingUpLikeFinishingIsPoisson(t *testing.T) {
	manyDays(t)
	const load, agents = 10, 9
	m := steady(load, agents)
	m.Groups[0].AbandonRate, m.Groups[0].Threshold = repeat(2, 1./60), 0
	r := run(t, m, sim.Options{Replications: 300, Seed: 13})
	free, term, busy := 0.0, math.Exp(-load), 0.0
	for k := range 200 {
		if k < agents {
			free += term
		}
		busy += min(float64(k), agents) * term
		term *= load / float64(k+1)
	}
	agrees(t, "answered at once", r.At(0, looked).ServiceLevel(erlang.OfOffered), free)
	agrees(t, "busy agents", r.WorkAt(looked).OnCalls(), busy*warm)
}

// Two groups with the same handle time and one crew, of which one goes first:
// Kella and Yechiali, "Waiting times in the non-preemptive priority M/M/c
// queue", Stochastic Models 1, 1985. With σ the load per agent of the calls
// that go before, W₁ = C/(nµ(1−σ₁)) and W₂ = C/(nµ(1−σ₁)(1−σ₂)).
func TestPriorityIsKellaAndYechialis(t *testing.T) {
	manyDays(t)
	const agents, first, second = 6, 2.0, 3.0
	delay := erlang.C(agents, first+second) * 60 / agents
	before := 1 - first/agents
	byGroup := []float64{delay / before, delay / before / (1 - (first+second)/agents)}
	for _, strict := range []bool{false, true} {
		m := steady(first, agents)
		m.Groups = append(m.Groups, m.Groups[0])
		m.Groups[1].ArrivalRate = repeat(2, second/60)
		if m.Strict = strict; strict {
			m.Agents[0].Duties = always(0, 1)
		} else {
			m.Groups[1].Priority = 1
			m.Agents[0].Duties = always(1, 0)
		}
		r := run(t, m, sim.Options{Replications: 2000, Seed: 14})
		for g, want := range byGroup {
			agrees(t, "wait", r.At(g, looked).AverageWait(), want)
		}
	}
}

// Redials long after the call are new calls to a queue.
func TestRedialsLongAfterAreErlangs(t *testing.T) {
	manyDays(t)
	const load, agents, share = 10, 9, 0.6
	m := sim.Model{
		Step: 4 * 3600, N: 2,
		Groups: []sim.Group{{
			ArrivalRate: repeat(2, load/60.), HandleTime: repeat(2, 60), AbandonRate: repeat(2, 1./60), Threshold: 20,
			Redial: sim.Redial{Share: share, Delay: 1800},
		}},
		Agents: []sim.Agent{{Duties: always(0), Count: agents}},
	}
	got := run(t, m, sim.Options{Replications: 100, Seed: 15}).At(0, looked)
	q, err := erlang.Queue{ArrivalRate: load / 60., ServiceRate: 1. / 60, AbandonRate: 1. / 60}.WithRedials(share)
	if err != nil {
		t.Fatal(err)
	}
	want, err := q.Performance(agents, 20)
	if err != nil {
		t.Fatal(err)
	}
	agrees(t, "attempts", got.Offered(), want.OfferedRate*m.Step)
	agrees(t, "abandonment", got.Abandonment(), want.Abandonment)
	agrees(t, "service level", got.ServiceLevel(erlang.OfOffered), want.ServiceLevel(erlang.OfOffered))
}

// The factor of a day has mean 1 and the coefficients that it is given: those
// of the groups multiply with that of the day.
func TestDayFactors(t *testing.T) {
	manyDays(t)
	const day, own, calls = 0.5, 0.3, 100.0
	m := steady(0, 1)
	m.DayCV = day
	m.Groups[0].ArrivalRate, m.Groups[0].CV = repeat(2, calls/(2*warm)), own
	m.Groups = append(m.Groups, m.Groups[0])
	m.Groups[1].CV = 0
	const days = 4000
	r := run(t, m, sim.Options{Replications: days, Seed: 16})
	for g, squares := range []float64{(1+day*day)*(1+own*own) - 1, day * day} {
		e := r.Group(g).Offered()
		agrees(t, "calls", e, calls)
		got := (e.High - e.Mean) / 1.96 * math.Sqrt(days)
		want := math.Sqrt(calls + calls*calls*squares)
		if math.Abs(got/want-1) > 0.05 {
			t.Errorf("standard deviation of group %d: %.1f, want %.1f", g, got, want)
		}
	}
}
