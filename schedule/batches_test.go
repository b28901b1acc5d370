package schedule

import (
	"context"
	"runtime"
	"slices"
	"testing"
)

// middlingWeek has several agents in each batch.
func middlingWeek() WeekProblem {
	return centre{seed: 1, agents: 40, units: 2, groups: 6, load: 0.68}.week()
}

// greedyPrices begins with the prices of a greedy plan.
func greedyPrices(p WeekProblem) *weekPrices {
	w := newWeekSearch(p, 1)
	w.greedy()
	return newWeekPrices(w, false)
}

// proves gives the bound at the prices.
func (p *weekPrices) proves() float64 { return p.evaluate(p.values, make([]float64, len(p.values))) }

// A pass takes the agents as often as an evaluation of the bound does, but brings
// the prices further, even than the volume algorithm after it.
func TestBatchesProveMoreThanEvaluations(t *testing.T) {
	const passes = 25
	p := middlingWeek()
	inBatches := greedyPrices(p)
	begun := inBatches.proves()
	newBatches(inBatches).climb(context.Background(), passes)
	whole := greedyPrices(p)
	v := newAscent(whole.values, whole.most(), slices.Repeat([]float64{1}, len(whole.values)), whole.evaluate)
	v.climb(context.Background(), whole.w.total(), passes)
	if got := inBatches.proves(); got <= v.bound || v.bound <= begun {
		t.Errorf("bound %.0f in batches, want more than %.0f of as many evaluations, and that more than %.0f at first", got, v.bound, begun)
	}
}

// Few passes may lead the prices astray; then the first ones stay.
func TestBatchesNeverProveLess(t *testing.T) {
	for passes := range 4 {
		p := greedyPrices(middlingWeek())
		before := p.proves()
		newBatches(p).climb(context.Background(), passes)
		if after := p.proves(); after < before {
			t.Errorf("%d passes: bound %.0f, want at least %.0f as before", passes, after, before)
		}
	}
}

func TestBatchesFindTheSamePricesOnOneCore(t *testing.T) {
	find := func() []float64 {
		p := greedyPrices(middlingWeek())
		newBatches(p).climb(context.Background(), 10)
		return p.values
	}
	many := find()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if one := find(); !slices.Equal(many, one) {
		t.Error("other prices on one core than on many")
	}
}
