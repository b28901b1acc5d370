package schedule

import (
	"context"
	"math"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// solveWeek plans a week and insists on a plan that keeps all rules.
func solveWeek(t interface{ Fatalf(string, ...any) }, p WeekProblem, o Options) WeekPlan {
	plan, err := SolveWeek(context.Background(), p, o)
	if err != nil {
		t.Fatalf("SolveWeek: %v", err)
	}
	if broken := CheckWeek(p, plan); len(broken) > 0 {
		t.Fatalf("the plan breaks rules: %+v", broken)
	}
	return plan
}

func smallWeek() WeekProblem {
	p := centre{seed: 1, agents: 10, units: 1, groups: 4, load: 0.68}.week()
	p.Rules = DefaultWeekRules()
	return p
}

// drawWeek makes the week of one agent whom the rules of the week bind, on days
// of 16 hours from six on.
func drawWeek(t *rapid.T) WeekProblem {
	hours := func(name string, of ...int) time.Duration {
		return time.Duration(rapid.SampledFrom(of).Draw(t, name)) * time.Hour
	}
	p := WeekProblem{
		Rules: WeekRules{
			DailyRest: hours("daily", 0, 11, 14), WeeklyRest: hours("weekly", 0, 36, 60, 90), LateAfter: hours("late", 0, 18),
			LateCost: Money(rapid.IntRange(0, 300).Draw(t, "lateCost")),
		},
		Contracts: []Contract{{
			DaysOff: rapid.IntRange(0, 3).Draw(t, "off"), Most: hours("most", 0, 20, 30),
			MostLate: rapid.IntRange(0, 2).Draw(t, "mostLate"), LateBefore: rapid.IntRange(0, 3).Draw(t, "lateBefore"),
		}},
	}
	monday := time.Date(2026, 11, 23, 6, 0, 0, 0, time.UTC)
	if rapid.Bool().Draw(t, "worked") {
		p.Contracts[0].LastEnd = monday.Add(-hours("rested", 6, 10, 20))
	}
	const n = 16
	for d := range rapid.IntRange(1, 5).Draw(t, "days") {
		day := Problem{Grid: Grid{Start: monday.AddDate(0, 0, d), Step: time.Hour, N: n}}
		phone := Demand{Kind: Phone, Cost: make([][]Money, n)}
		for i := range n {
			phone.Cost[i] = drawCosts(t, 1)
		}
		agent := Agent{ID: "a", Skills: []int{0}}
		for range rapid.IntRange(0, 3).Draw(t, "shifts") {
			agent.Shifts = append(agent.Shifts, Shift{Span: drawSpan(t, n), Cost: Money(rapid.IntRange(0, 100).Draw(t, "cost"))})
		}
		day.Demands, day.Agents = []Demand{phone}, []Agent{agent}
		p.Days = append(p.Days, day)
	}
	return p
}

// oneWeek is a week that CheckWeek accepts.
type oneWeek struct {
	cost   Money
	off    int    // days off though there are shifts
	shifts []Span // by day; empty: off
	extra  Money  // of shifts and late shifts
}

// allWeeks tries all ways to choose a shift or none for each day, and gives those
// that CheckWeek accepts and in which the agent is off least.
func allWeeks(t *rapid.T, p WeekProblem) []oneWeek {
	var weeks []oneWeek
	plan := WeekPlan{Days: make([]Plan, len(p.Days)), Unplaced: []Reason{{Agent: "a"}}}
	var choose func(d int, w oneWeek)
	choose = func(d int, w oneWeek) {
		if d == len(p.Days) {
			if accepted(p, plan) {
				c := &weekInspection{p: &p, plan: &plan}
				for n := range c.lateShifts(0) {
					w.extra += p.Rules.LateCost * Money(p.Contracts[0].LateBefore+n+1)
				}
				w.cost = w.extra
				for g, day := range plan.Days {
					w.cost += day.Cost
					w.extra += shiftCost(p.Days[g].Agents[0], day.Days[0].Shift)
				}
				w.shifts = slices.Clone(w.shifts)
				weeks = append(weeks, w)
			}
			return
		}
		day := p.Days[d]
		own := day.Agents[0]
		for i := -1; i < len(own.Shifts); i++ {
			alone, next := own, w
			alone.Shifts = nil
			if i >= 0 {
				alone.Shifts = own.Shifts[i : i+1]
			} else if len(own.Shifts) > 0 {
				next.off++
			}
			day.Agents = []Agent{alone}
			plan.Days[d] = solve(t, day, Options{Iterations: 1})
			next.shifts = append(slices.Clone(w.shifts), plan.Days[d].Days[0].Shift)
			choose(d+1, next)
		}
	}
	choose(0, oneWeek{})
	least := slices.MinFunc(weeks, func(a, b oneWeek) int { return a.off - b.off }).off
	return slices.DeleteFunc(weeks, func(w oneWeek) bool { return w.off > least })
}

// accepted tells whether nothing but the cost of a week is wrong.
func accepted(p WeekProblem, plan WeekPlan) bool {
	return !slices.ContainsFunc(CheckWeek(p, plan), func(v Violation) bool { return v.Rule != RuleWeekCost })
}

// shiftCost gives the least cost of a shift of the agent; none costs nothing.
func shiftCost(a Agent, span Span) Money {
	cost := Money(math.MaxInt64)
	for _, s := range a.Shifts {
		if s.Span == span {
			cost = min(cost, s.Cost)
		}
	}
	if cost == math.MaxInt64 {
		return 0
	}
	return cost
}

// paid is what a week earns at the prices of the one demand of each day.
func (w oneWeek) paid(p WeekProblem, prices [][][]Money) Money {
	sum := -w.extra * PriceUnit
	for d, shift := range w.shifts {
		for t := shift.From; t < shift.To; t++ {
			if p.Days[d].Demands[0].open(t) {
				sum += prices[d][0][t]
			}
		}
	}
	return sum
}

// The week of one agent is the best of all weeks that keep the rules, and the
// bound is what its prices give when it is computed anew.
func TestOneAgentGetsTheBestOfAllWeeks(t *testing.T) {
	drawn, forced := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		drawn++
		p := drawWeek(t)
		plan := solveWeek(t, p, Options{Iterations: 1})
		proof := boundedWeek(t, p, plan, 20)
		least, most, parts := Money(math.MaxInt64), Money(math.MinInt64), Money(0)
		for _, w := range allWeeks(t, p) {
			least, most = min(least, w.cost), max(most, w.paid(p, proof.Prices))
		}
		for d, day := range p.Days {
			parts += demandSide(day, proof.Prices[d])
		}
		if plan.Cost != least {
			t.Fatalf("cost %d, want %d", plan.Cost, least)
		}
		if anew := Money(math.Ceil(float64(parts-most) / PriceUnit)); proof.Bound != anew || anew > least {
			t.Fatalf("bound %d of a week that costs %d, want %d", proof.Bound, least, anew)
		}
		for _, why := range plan.Unplaced {
			forced++
			if !slices.Contains([]string{RuleDailyRest, RuleWeeklyRest, RuleHours, RuleLate}, why.Rule) {
				t.Fatalf("off more often because of %q", why.Rule)
			}
		}
	})
	seen(t, drawn, forced, "the rules force a day off")
}

func TestEveryWeekKeepsTheRules(t *testing.T) {
	p := smallWeek()
	for seed := range uint64(2) {
		p.Rules.WeeklyRest = time.Duration(36+36*seed) * time.Hour
		p.Contracts[seed].Most = 20 * time.Hour
		plan := solveWeek(t, p, Options{Seed: seed, Iterations: 15})
		money, _ := Proof{Bound: boundedWeek(t, p, plan, 10).Bound}.Gap(plan.Cost)
		if money < 0 {
			t.Errorf("seed %d: cost %d is below the bound by %d", seed, plan.Cost, -money)
		}
	}
}

func boundedWeek(t interface{ Fatalf(string, ...any) }, p WeekProblem, plan WeekPlan, evaluations int) WeekProof {
	proof, err := BoundWeek(context.Background(), p, plan, BoundOptions{Evaluations: evaluations})
	if err != nil {
		t.Fatalf("BoundWeek: %v", err)
	}
	return proof
}

// Late shifts that cost more with each one are shared: nobody has many while
// others who could have none.
func TestLateShiftsAreShared(t *testing.T) {
	p := smallWeek()
	most := func(cost Money) int {
		p.Rules.LateCost = cost
		for a := range p.Contracts {
			p.Contracts[a].MostLate = 0
		}
		plan := solveWeek(t, p, Options{Iterations: 20})
		c, n := &weekInspection{p: &p, plan: &plan}, 0
		for a := range p.Contracts {
			n = max(n, c.lateShifts(a))
		}
		return n
	}
	if alone, shared := most(0), most(2000); shared >= alone {
		t.Errorf("up to %d late shifts each when shared, want fewer than %d", shared, alone)
	}
}

func TestSameSeedSameWeek(t *testing.T) {
	for name, p := range map[string]WeekProblem{"small": smallWeek(), "with several agents in a batch": middlingWeek()} {
		t.Run(name, func(t *testing.T) {
			first := solveWeek(t, p, Options{Seed: 7, Iterations: 10})
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
			if diff := cmp.Diff(first, solveWeek(t, p, Options{Seed: 7, Iterations: 10})); diff != "" {
				t.Errorf("another plan on one core (-many +one):\n%s", diff)
			}
		})
	}
}

func TestAWeekIsGivenThoughTimeIsUp(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	p := smallWeek()
	plan, err := SolveWeek(ctx, p, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if broken := CheckWeek(p, plan); len(broken) > 0 {
		t.Error(broken)
	}
}

func TestInvalidWeekIsRefused(t *testing.T) {
	for name, spoil := range map[string]func(*WeekProblem){
		"no days":        func(p *WeekProblem) { p.Days = nil },
		"order":          func(p *WeekProblem) { p.Days[0], p.Days[1] = p.Days[1], p.Days[0] },
		"eighth day":     func(p *WeekProblem) { p.Days[4].Grid.Start = p.Days[4].Grid.Start.AddDate(0, 0, 4) },
		"contracts":      func(p *WeekProblem) { p.Contracts = p.Contracts[1:] },
		"other agents":   func(p *WeekProblem) { p.Days[2].Agents[3].ID = "x" },
		"negative":       func(p *WeekProblem) { p.Contracts[0].DaysOff = -1 },
		"rules":          func(p *WeekProblem) { p.Rules.DailyRest = -1 },
		"an invalid day": func(p *WeekProblem) { p.Days[1].Grid.N = 0 },
	} {
		p := smallWeek()
		spoil(&p)
		if _, err := SolveWeek(t.Context(), p, Options{Iterations: 1}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// weekBreaches breaks each hard rule of the week.
var weekBreaches = map[string]func(p *WeekProblem, plan *WeekPlan){
	RuleDays:       func(_ *WeekProblem, plan *WeekPlan) { plan.Days = plan.Days[1:] },
	RuleDaysOff:    func(p *WeekProblem, _ *WeekPlan) { p.Contracts[0].DaysOff = 5 },
	RuleDailyRest:  func(p *WeekProblem, _ *WeekPlan) { p.Rules.DailyRest = 20 * time.Hour },
	RuleWeeklyRest: func(p *WeekProblem, _ *WeekPlan) { p.Rules.WeeklyRest = 100 * time.Hour },
	RuleHours:      func(p *WeekProblem, _ *WeekPlan) { p.Contracts[0].Most = 10 * time.Hour },
	RuleLate: func(p *WeekProblem, _ *WeekPlan) {
		p.Rules.LateAfter = 10 * time.Hour
		p.Contracts[0].MostLate = 1
	},
	RuleWeekCost: func(_ *WeekProblem, plan *WeekPlan) { plan.Cost++ },
}

func TestEveryRuleOfTheWeekIsChecked(t *testing.T) {
	free := func() WeekProblem {
		p := smallWeek()
		p.Contracts[0].MostLate, p.Contracts[0].DaysOff = 0, 0
		return p
	}
	good := solveWeek(t, free(), Options{Iterations: 10})
	for _, rule := range WeekCatalogue() {
		breaks := weekBreaches[rule.Name]
		if rule.Text == "" || rule.Source == "" || rule.Hard != (breaks != nil) {
			t.Errorf("rule %q: text %q, source %q, hard %v with a breach: %v", rule.Name, rule.Text, rule.Source, rule.Hard, breaks != nil)
			continue
		}
		if breaks == nil {
			continue // see TestLateShiftsAreShared
		}
		p, plan := free(), good
		breaks(&p, &plan)
		if found := CheckWeek(p, plan); !slices.ContainsFunc(found, func(v Violation) bool { return v.Rule == rule.Name && v.Text != "" }) {
			t.Errorf("%s: not found, only %+v", rule.Name, found)
		}
	}
}

func BenchmarkSolveWeek(b *testing.B) {
	p := centre{seed: 1, agents: 66, units: 3, groups: 14, load: 0.68}.week()
	var plan WeekPlan
	for b.Loop() {
		plan = solveWeek(b, p, Options{Seed: 1})
	}
	b.ReportMetric(float64(plan.Cost)/1000, "cost")
}
