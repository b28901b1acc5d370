package schedule

import (
	"cmp"
	"context"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestDegreesFallToNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		iterations, agents := rapid.IntRange(0, 20_000).Draw(t, "iterations"), rapid.IntRange(1, 300).Draw(t, "agents")
		passes, left := hardening(iterations, agents)
		if left < 0 || left > iterations || (passes == 0) != (iterations < agents) {
			t.Fatalf("%d passes and %d iterations left of %d for %d agents", passes, left, iterations, agents)
		}
		weights := slices.Collect(degrees(passes))
		falling := slices.IsSortedFunc(weights, func(v, w float64) int { return cmp.Compare(w, v) })
		if passes > 0 && (len(weights) != passes+1 || weights[0] != softest || weights[passes] != 0 || !falling) {
			t.Fatalf("%d passes with weights %v, want them to fall from %v to 0", passes, weights, softest)
		}
	})
}

// A plan is never dearer once it is hardened, and it is the one that is gone on with.
func TestHardenedPlansCostNoMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := newSearch(newModel(drawProblem(t)), rapid.Uint64().Draw(t, "seed"))
		if len(s.agents) < 2 {
			return
		}
		s.greedy()
		before := s.total()
		s.guide = newPrices(s.state, s.agents, false, make([]float64, len(s.cells)))
		s.guide.ascent().climb(context.Background(), before, 20)
		s.harden(context.Background(), 10*len(s.agents))
		if now := s.total(); now > before || now != s.best.cost || now != s.plan().Cost {
			t.Fatalf("cost %d, best %d, want the same and at most %d as before", now, s.best.cost, before)
		}
	})
}

// The repair of a tight day after eight sick is within half a per cent of the bound
// with shifts fixed.
func TestARepairCloseToItsBound(t *testing.T) {
	p := centre{seed: 1, agents: 66, units: 3, groups: 14, load: 0.68}.day(2)
	plan := solve(t, p, Options{Seed: 1, Iterations: 400})
	r := mended(t, sick(p, 0, atWork(plan, 8, 1)...), plan, RepairOptions{Now: 4})
	if bound := bounded(t, r.Problem, r.Plan, 300).Bound; r.Plan.Cost > bound*1005/1000 {
		t.Errorf("cost %d, want at most 0.5 %% above the bound of %d", r.Plan.Cost, bound)
	}
}
