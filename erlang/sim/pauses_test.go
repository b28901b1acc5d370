package sim_test

import (
	"context"
	"math"
	"testing"

	"bemanna/erlang"
	"bemanna/erlang/sim"
)

// evenDay is a day of one group with an even rate of calls.
func evenDay(rate, handle float64, agents int) sim.Model {
	const n = 32
	g := sim.Group{Threshold: 60}
	for range n {
		g.ArrivalRate, g.HandleTime = append(g.ArrivalRate, rate), append(g.HandleTime, handle)
		g.AbandonRate = append(g.AbandonRate, 1./240)
	}
	duty := []sim.Duty{{From: 0, To: n * 900, Groups: []int{0}}}
	return sim.Model{Step: 900, N: n, Groups: []sim.Group{g}, Agents: []sim.Agent{{Duties: duty, Count: agents}}}
}

// Those who pause are on duty for one minus the share, however busy they are
// and however often their duties change.
func TestPausesTakeTheirShare(t *testing.T) {
	manyDays(t)
	for _, load := range []float64{0.2, 0.9, 1.5} {
		m := evenDay(load*10/300, 300, 10)
		m.Agents[0].Duties = nil
		for hour := range 8 {
			from := float64(hour) * 3600
			m.Agents[0].Duties = append(m.Agents[0].Duties, sim.Duty{From: from, To: from + 3000, Groups: []int{0}})
		}
		planned := 10 * 8 * 3000.0
		m.Agents[0].Pauses = sim.Pauses{Share: 0.1, Length: 180}
		r := run(t, m, sim.Options{Replications: 200, Seed: 1})
		there := r.Work().OnPhoneDuty().Mean
		overrun := run(t, unpaused(m), sim.Options{Replications: 200, Seed: 1}).Work().OnPhoneDuty().Mean - planned
		if share := 1 - (there-overrun)/planned; math.Abs(share-0.1) > 0.012 {
			t.Errorf("load %v: pauses took %.4f of the time on duty, want 0.1", load, share)
		}
	}
}

// unpaused is a model without pauses.
func unpaused(m sim.Model) sim.Model {
	m.Agents = []sim.Agent{{Duties: m.Agents[0].Duties, Count: m.Agents[0].Count}}
	return m
}

// Agents who are there for 90 % of the time answer at least as many in time as
// 90 % of them all the time, who are fewer at once, less the chance that many
// pause together.
func TestPausesCostAboutTheirShare(t *testing.T) {
	manyDays(t)
	m := evenDay(16./300, 300, 20)
	m.Agents[0].Pauses = sim.Pauses{Share: 0.1, Length: 180}
	got := run(t, m, sim.Options{Replications: 400, Seed: 2}).Day().ServiceLevel(erlang.OfOffered).Mean
	q := erlang.Queue{ArrivalRate: 16. / 300, ServiceRate: 1. / 300, AbandonRate: 1. / 240}
	fewer, err := q.Performance(18, 60)
	if err != nil {
		t.Fatal(err)
	}
	if want := fewer.ServiceLevel(erlang.OfOffered); math.Abs(got-want) > 0.04 {
		t.Errorf("20 agents with pauses of 10 %%: %.3f in time; 18 agents: %.3f", got, want)
	}
}

// Noise is that of the intervals: the variance of a count is Poisson's and the
// squared noise, and the neighbours do not know of each other.
func TestNoise(t *testing.T) {
	manyDays(t)
	const cv = 0.3
	m := evenDay(0.1, 1, 1)
	m.Groups[0].Noise = make([]float64, m.N)
	for i := range m.Groups[0].Noise {
		m.Groups[0].Noise[i] = cv
	}
	const days = 1500
	r := run(t, m, sim.Options{Replications: days, Seed: 3})
	mean := 0.1 * m.Step
	want := math.Sqrt(mean + cv*cv*mean*mean)
	for _, i := range []int{0, 7, 31} {
		e := r.At(0, i).Offered()
		sd := (e.High - e.Low) / (2 * 1.96) * math.Sqrt(days)
		if math.Abs(e.Mean/mean-1) > 0.025 || math.Abs(sd/want-1) > 0.06 {
			t.Errorf("interval %d: mean %.2f, sd %.2f, want %.2f and %.2f", i, e.Mean, sd, mean, want)
		}
	}
	day := r.Day().Offered()
	sd := (day.High - day.Low) / (2 * 1.96) * math.Sqrt(days)
	if want := want * math.Sqrt(float64(m.N)); math.Abs(sd/want-1) > 0.06 {
		t.Errorf("the day: sd %.2f, want %.2f of independent intervals", sd, want)
	}
}

func TestPartsAreTheDay(t *testing.T) {
	m := evenDay(16./300, 300, 16)
	m.Groups = append(m.Groups, m.Groups[0])
	m.Agents[0].Duties[0].Groups = []int{0, 1}
	m.Agents[0].Count = 32
	r := run(t, m, sim.Options{Replications: 50, Seed: 4, Parts: []sim.Part{{0, m.N}, {0, 4}, {4, m.N}}})
	if got, want := r.Part(0).Quantile(erlang.OfOffered, 0.3), r.Day().Quantile(erlang.OfOffered, 0.3); got != want {
		t.Errorf("the whole day as a part: 30 %% quantile %v, the day's %v", got, want)
	}
	if got, want := r.WorkIn(0).Occupancy(), r.Work().Occupancy(); got != want {
		t.Errorf("the whole day as a part: occupancy %v, the day's %v", got, want)
	}
	for g := range m.Groups {
		sum := r.GroupPart(g, 1).Counts().Plus(r.GroupPart(g, 2).Counts())
		if got, want := sum.Answered, r.Group(g).Counts().Answered; math.Abs(got-want) > 1e-9*want {
			t.Errorf("group %d: %v answered in the parts, %v on the day", g, got, want)
		}
	}
	for _, bad := range []sim.Part{{-1, 2}, {3, 3}, {0, m.N + 1}} {
		if _, err := sim.Run(context.Background(), m, sim.Options{Replications: 1, Parts: []sim.Part{bad}}); err == nil {
			t.Errorf("part %v: no error", bad)
		}
	}
}

// Who stays after closing is on duty for as long as somebody has to be
// answered, and not until the end of the grid.
func TestOccupancyEndsWithTheCalls(t *testing.T) {
	m := evenDay(16./300, 300, 18)
	m.Groups[0].Open = make([]bool, m.N)
	for i := range m.N / 2 {
		m.Groups[0].Open[i] = true
	}
	m.Agents[0].Pauses = sim.Pauses{Share: 0.1, Length: 180}
	closing := float64(m.N/2) * m.Step
	of := func(until float64) sim.Work {
		m.Agents[0].Duties = []sim.Duty{{From: 0, To: until, Groups: []int{0}}}
		return run(t, m, sim.Options{Replications: 200, Seed: 6}).Work()
	}
	home, stay := of(closing), of(math.Inf(1))
	if stay.OnCalls().Mean <= home.OnCalls().Mean {
		t.Errorf("those who stay talk for %.0f s, those who go home for %.0f s", stay.OnCalls().Mean, home.OnCalls().Mean)
	}
	if diff := stay.Occupancy().Mean - home.Occupancy().Mean; math.Abs(diff) > 0.002 {
		t.Errorf("busy for %.4f of the time when all stay, %.4f when all go home", stay.Occupancy().Mean, home.Occupancy().Mean)
	}
	more := stay.OnPhoneDuty().Mean - home.OnPhoneDuty().Mean
	if calls := stay.OnCalls().Mean - home.OnCalls().Mean; math.Abs(more-calls) > 0.002*home.OnPhoneDuty().Mean {
		t.Errorf("%.0f s more on duty for %.0f s more of calls", more, calls)
	}
}
