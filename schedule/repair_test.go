package schedule

import (
	"context"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// mended repairs a plan and insists that the repair keeps the rules and does not
// change the past.
func mended(t interface{ Fatalf(string, ...any) }, p Problem, plan Plan, o RepairOptions) Repaired {
	r, err := Repair(context.Background(), p, plan, o)
	if err != nil {
		t.Fatalf("Repair: %v", err)
	}
	if broken := Check(r.Problem, r.Plan); len(broken) > 0 {
		t.Fatalf("the repair breaks rules: %+v\nproblem: %+v\nplan: %+v", broken, r.Problem, r.Plan)
	}
	return r
}

// burdenOf is what a repair minimizes.
func burdenOf(r Repaired, changeCost Money) Money {
	return r.Plan.Cost + changeCost*Money(len(slices.DeleteFunc(slices.Clone(r.Changes), func(c Change) bool { return c.Was.Kind == "" })))
}

// sick makes agents absent from interval from on.
func sick(p Problem, from int, agents ...int) Problem {
	p.Agents = slices.Clone(p.Agents)
	for _, a := range agents {
		p.Agents[a].Fixed = slices.Concat(p.Agents[a].Fixed, []Block{{Span{from, p.Grid.N}, Absent}})
	}
	return p
}

// atWork picks n of those who have a shift in the plan.
func atWork(plan Plan, n int, seed uint64) []int {
	var agents []int
	for _, a := range rand.New(rand.NewPCG(seed, 0)).Perm(len(plan.Days)) {
		if plan.Days[a].Shift.Len() > 0 && len(agents) < n {
			agents = append(agents, a)
		}
	}
	return agents
}

// Whatever happens, the repair keeps the rules, the past and what is pinned, and
// says what it costs: Check finds nothing wrong with it.
func TestRepairKeepsTheRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		plan := solve(t, p, Options{Iterations: 20})
		now := rapid.IntRange(0, p.Grid.N).Draw(t, "now")
		for a := range p.Agents {
			agent := &p.Agents[a]
			switch rapid.IntRange(0, 6).Draw(t, "news") {
			case 0:
				agent.Fixed = append(agent.Fixed, Block{drawSpan(t, p.Grid.N), Absent})
			case 1:
				agent.Fixed = append(agent.Fixed, Block{drawSpan(t, p.Grid.N), Meeting})
			case 2:
				agent.Skills = indexes(rapid.IntRange(0, len(p.Demands)).Draw(t, "lent"))
			case 3:
				agent.Fixed = nil
			case 4:
				agent.Shifts = nil
			}
		}
		for g := range p.Demands {
			if rapid.IntRange(0, 3).Draw(t, "changed") == 0 {
				for i := now; i < len(p.Demands[g].Cost); i++ {
					p.Demands[g].Cost[i] = drawCosts(t, 4)
				}
			}
		}
		o := RepairOptions{Now: now, Iterations: 20, ChangeCost: Money(rapid.SampledFrom([]int{0, 100}).Draw(t, "price"))}
		r := mended(t, p, plan, o)
		for _, c := range r.Changes {
			if c.begin() < now {
				t.Fatalf("change %+v before interval %d", c, now)
			}
		}
	})
}

// The past stays as it was, unless somebody was not there.
func TestRepairLeavesThePast(t *testing.T) {
	p := smallDay()
	plan := solve(t, p, Options{Iterations: 100})
	const now = 20
	absent := atWork(plan, 4, 2)
	r := mended(t, sick(p, now-2, absent...), plan, RepairOptions{Now: now})
	for a, d := range plan.Days {
		past := now
		if slices.Contains(absent, a) {
			past = now - 2
		}
		before, after := formerOf(d, past), formerOf(r.Plan.Days[a], past)
		if !slices.Equal(before.kinds, after.kinds) || !slices.Equal(before.on, after.on) {
			t.Errorf("agent %d until %d: %v on %v, want %v on %v", a, past, after.kinds, after.on, before.kinds, before.on)
		}
	}
}

// At a price that nothing is worth, only what the news force upon people
// changes, and the day costs no more than unrepaired: less, where those who must do
// something else may choose what.
func TestDearChangesAreNotMade(t *testing.T) {
	p := smallDay()
	plan := solve(t, p, Options{Iterations: 100})
	absent := atWork(plan, 4, 3)
	p = sick(p, 0, absent[:2]...)
	p.Agents[absent[2]].Fixed = []Block{{Span{0, 16}, Absent}} // late
	p.Agents[absent[3]].Skills = p.Agents[absent[3]].Skills[:1]
	r := mended(t, p, plan, RepairOptions{ChangeCost: 1 << 40})
	for _, c := range r.Changes {
		if !c.Forced {
			t.Errorf("change %+v, want none that is not forced", c)
		}
	}
	if r.Plan.Cost > r.Unrepaired {
		t.Errorf("cost %d, want at most %d as unrepaired", r.Plan.Cost, r.Unrepaired)
	}
}

// The dearer changes are, the fewer there are; and what they save pays for them.
func TestChangesPay(t *testing.T) {
	p := smallDay()
	plan := solve(t, p, Options{Iterations: 100})
	p = sick(p, 0, atWork(plan, 3, 4)...)
	last := 1 << 30
	for _, price := range []Money{50, 400, 2000} {
		r := mended(t, p, plan, RepairOptions{Now: 4, ChangeCost: price})
		n := len(r.Changes)
		if saved := r.Unrepaired - r.Plan.Cost; n > last || saved < Money(n)*price {
			t.Errorf("price %d: %d changes save %d, want at most %d that save their price each", price, n, saved, last)
		}
		last = n
	}
}

// One more who is there never costs more, changes included.
func TestOneMoreHereNeverCostsMore(t *testing.T) {
	p := tinyDay()
	plan := solve(t, p, Options{Iterations: 100})
	for seed := range uint64(6) {
		absent := atWork(plan, 4, seed)
		for _, price := range []Money{0, 200} {
			o := RepairOptions{Now: 4, ChangeCost: price, Iterations: 150}
			fewer := mended(t, sick(p, 0, absent...), plan, o)
			more := mended(t, sick(p, 0, absent[1:]...), plan, o)
			if burdenOf(more, price) > burdenOf(fewer, price) {
				t.Errorf("seed %d, price %d: %d with one more, %d without", seed, price, burdenOf(more, price), burdenOf(fewer, price))
			}
		}
	}
}

// Somebody who is back gets a shift, and the change says what that saves.
func TestWhoIsBackIsPlanned(t *testing.T) {
	p := smallDay()
	back := slices.IndexFunc(p.Agents, func(a Agent) bool { return len(a.Shifts) > 0 })
	plan := solve(t, sick(p, 0, back), Options{Iterations: 100})
	r := mended(t, p, plan, RepairOptions{Now: 3, ChangeCost: 1 << 40})
	if r.Plan.Days[back].Shift.From < 3 || len(r.Changes) != 1 || r.Changes[0].Gain != r.Unrepaired-r.Plan.Cost {
		t.Errorf("shift %v, changes %+v, want one from 3 on that gains %d", r.Plan.Days[back].Shift, r.Changes, r.Unrepaired-r.Plan.Cost)
	}
}

// What an offer promises is what it brings if it is taken and nobody moves.
func TestOffersKeepTheirPromise(t *testing.T) {
	p := smallDay()
	meeting := Block{Span{20, 24}, Meeting}
	for a := range 3 {
		p.Agents[a].Fixed = []Block{meeting}
	}
	plan := solve(t, p, Options{Iterations: 100})
	worker := atWork(plan, 1, 1)[0]
	temp := Agent{ID: "temp", Skills: []int{0, 1, 2}, Shifts: []Shift{{Span{8, 24}, 0, 300}, {Span{24, 40}, 0, 300}}}
	o := RepairOptions{Now: 6, ChangeCost: 1 << 40, Wider: Remedies{
		CallIns:       []Agent{temp},
		Overtime:      []Overtime{{worker, 8, 10}},
		Cancellations: []Cancellation{{[]int{0, 1, 2}, meeting, 50}},
	}}
	base := mended(t, p, plan, o)
	taken := map[OfferKind]func(q *Problem, of Offer){
		OfferCallIn: func(q *Problem, _ Offer) { q.Agents = append(q.Agents, temp) },
		OfferOvertime: func(q *Problem, of Offer) {
			q.Agents[worker].Shifts = []Shift{{Span{plan.Days[worker].Shift.From, of.Span.To}, 3, 0}}
		},
		OfferCancel: func(q *Problem, _ Offer) {
			for a := range 3 {
				q.Agents[a].Fixed = nil
			}
		},
	}
	net := Money(1 << 40)
	for _, of := range base.Offers {
		q := p
		q.Agents = slices.Clone(p.Agents)
		taken[of.Kind](&q, of)
		got := base.Plan.Cost - mended(t, q, plan, RepairOptions{Now: 6, ChangeCost: 1 << 40}).Plan.Cost
		if of.Kind == OfferCallIn {
			got += of.Price // a part of the plan's cost
		}
		if of.Gain <= 0 || got < of.Gain {
			t.Errorf("%s promises %d and saves %d", of.Kind, of.Gain, got)
		}
		if of.Gain-of.Price > net {
			t.Errorf("%s nets %d, more than the one before, %d", of.Kind, of.Gain-of.Price, net)
		}
		net = of.Gain - of.Price
	}
	if len(base.Offers) != 3 {
		t.Errorf("%d offers, want 3: %+v", len(base.Offers), base.Offers)
	}
}

func TestRepairRefusesWhatIsWrong(t *testing.T) {
	p := smallDay()
	plan := solve(t, p, Options{Iterations: 1})
	for name, o := range map[string]RepairOptions{
		"now":          {Now: p.Grid.N + 1},
		"call-in":      {Wider: Remedies{CallIns: []Agent{{Skills: []int{99}}}}},
		"overtime":     {Wider: Remedies{Overtime: []Overtime{{Agent: -1}}}},
		"cancellation": {Wider: Remedies{Cancellations: []Cancellation{{Agents: []int{99}}}}},
	} {
		if _, err := Repair(t.Context(), p, plan, o); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func BenchmarkRepair(b *testing.B) {
	hard := centre{seed: 1, agents: 66, units: 3, groups: 14, load: 0.68}.day(3)
	soft := hard
	soft.Rules = DefaultRules(soft.Grid.Step)
	for _, bench := range []struct {
		name    string
		problem Problem
		sick    int
	}{{"hard/2", hard, 2}, {"hard/5", hard, 5}, {"hard/8", hard, 8}, {"soft/5", soft, 5}} {
		b.Run(bench.name, func(b *testing.B) {
			plan := solve(b, bench.problem, Options{Seed: 1})
			p := sick(bench.problem, 0, atWork(plan, bench.sick, 1)...)
			var r Repaired
			for b.Loop() {
				r = mended(b, p, plan, RepairOptions{Now: 4, ChangeCost: 250})
			}
			b.ReportMetric(float64(r.Plan.Cost)/1000, "cost")
			b.ReportMetric(float64(len(r.Changes)), "changes")
		})
	}
}

func TestRepairIsRepeatable(t *testing.T) {
	p := tinyDay()
	p.Rules = DefaultRules(p.Grid.Step)
	plan := solve(t, p, Options{Iterations: 100})
	p = sick(p, 0, atWork(plan, 3, 1)...)
	first := mended(t, p, plan, RepairOptions{Seed: 7, Now: 6, ChangeCost: 100})
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if diff := cmp.Diff(first, mended(t, p, plan, RepairOptions{Seed: 7, Now: 6, ChangeCost: 100})); diff != "" {
		t.Errorf("another repair on one core (-many +one):\n%s", diff)
	}
}
