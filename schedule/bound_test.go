package schedule

import (
	"context"
	"math"
	"testing"

	"pgregory.net/rapid"
)

// bounded plans a problem and proves how good the plan is.
func bounded(t interface{ Fatalf(string, ...any) }, p Problem, plan Plan, evaluations int) Proof {
	proof, err := Bound(context.Background(), p, plan, BoundOptions{Evaluations: evaluations})
	if err != nil {
		t.Fatalf("Bound: %v", err)
	}
	return proof
}

// demandSide is what demands cost at the prices if each buys what suits it.
func demandSide(p Problem, prices [][]Money) Money {
	sum := Money(0)
	buy := func(costs []Money, price Money) {
		least := Money(math.MaxInt64)
		for n, cost := range costs {
			least = min(least, cost*PriceUnit+price*Money(n))
		}
		if len(costs) > 0 {
			sum += least
		}
	}
	for g, d := range p.Demands {
		for t := range d.Cost {
			buy(d.Cost[t], prices[g][t])
		}
		if d.Kind == Email {
			buy(d.Backlog, prices[g][0])
		}
	}
	return sum
}

// The bound is computed again from its prices alone: demands by trying all
// numbers, agents by trying all days that Check accepts.
func TestProofHoldsWhenComputedAnew(t *testing.T) {
	for seed := range 150 {
		p := twoAgents.Example(seed)
		if p.Grid.N > 6 { // too many days
			continue
		}
		plan := solve(t, p, Options{Iterations: 50})
		if len(plan.Unplaced) > 0 {
			continue
		}
		proof := bounded(t, p, plan, 50)
		parts := demandSide(p, proof.Prices)
		for a := range p.Agents {
			parts -= bestPaid(p, a, proof.Prices)
		}
		anew := Money(math.Ceil(float64(parts) / PriceUnit))
		if proof.Bound != anew || proof.Bound > plan.Cost {
			t.Errorf("seed %d: bound %d of a plan that costs %d, want %d", seed, proof.Bound, plan.Cost, anew)
		}
	}
}

// bestPaid is what agent a earns at most, less what the day costs.
func bestPaid(p Problem, a int, prices [][]Money) Money {
	p.Agents = p.Agents[a : a+1]
	most := Money(math.MinInt64)
	for _, d := range allDays(p, 0) {
		c := planInspection{problem: &p, plan: &Plan{Days: []AgentDay{d}}}
		c.inspect(0)
		earned := -c.soft * PriceUnit
		for _, act := range d.Activities {
			for t := act.From; t < act.To && len(act.Demands) > 0; t++ {
				earned += prices[act.Demands[0]][t]
			}
		}
		most = max(most, earned)
	}
	return most
}

func TestBoundIsNeverAboveTheCost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		plan := solve(t, p, Options{Iterations: 20})
		proof := bounded(t, p, plan, 20)
		if money, share := proof.Gap(plan.Cost); money < 0 || share < 0 {
			t.Fatalf("bound %d of a plan that costs %d: gap %d, %v", proof.Bound, plan.Cost, money, share)
		}
	})
}

// The bound rises from that of the first plan's marginal values to near its
// cost, with soft rules and without.
func TestBoundComesClose(t *testing.T) {
	p := tinyDay()
	for _, rules := range []Rules{p.Rules, DefaultRules(p.Grid.Step)} {
		p.Rules = rules
		plan := solve(t, p, Options{Iterations: 100})
		_, first := bounded(t, p, plan, 1).Gap(plan.Cost)
		_, last := bounded(t, p, plan, 300).Gap(plan.Cost)
		if first < 0.1 || last > 0.03 {
			t.Errorf("gap %.4f at first and %.4f at last, want more than 0.1 and less than 0.03", first, last)
		}
	}
}

func TestBoundRefusesAnotherPlan(t *testing.T) {
	if _, err := Bound(t.Context(), smallDay(), Plan{}, BoundOptions{}); err == nil {
		t.Error("no error for a plan without days")
	}
	if _, err := Bound(t.Context(), Problem{}, Plan{}, BoundOptions{}); err == nil {
		t.Error("no error for a grid without intervals")
	}
}

func BenchmarkBound(b *testing.B) {
	for _, bench := range benchmarkDays() {
		b.Run(bench.name, func(b *testing.B) {
			plan := solve(b, bench.problem, Options{Seed: 1})
			var proof Proof
			for b.Loop() {
				proof = bounded(b, bench.problem, plan, 0)
			}
			_, gap := proof.Gap(plan.Cost)
			b.ReportMetric(float64(proof.Bound)/1000, "bound")
			b.ReportMetric(100*gap, "%gap")
		})
	}
}
