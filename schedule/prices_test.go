package schedule

import (
	"testing"

	"pgregory.net/rapid"
)

// At any prices the sum of what is best for everybody alone costs no more than
// any plan. Prices are rounded to whole money for the day plans, by half a
// thousandth in each interval at most.
func TestNoPricesBoundMoreThanAPlanCosts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		problem := drawProblem(t)
		plan := solve(t, problem, Options{Iterations: 20})
		s := newSearch(newModel(problem), 0)
		p := newPrices(s.state, s.agents)
		for i := range p.values {
			p.values[i] = rapid.Float64Range(0, 1200).Draw(t, "price")
		}
		rounding := float64(len(s.agents) * problem.Grid.N)
		if bound := p.evaluate(p.values, p.volume.excess); bound > float64(plan.Cost)+rounding {
			t.Fatalf("bound %v, want at most %d", bound, plan.Cost)
		}
	})
}

// The bound that the prices prove rises from that of the marginal values of the
// first plan to near its cost.
func TestPricesBecomeGood(t *testing.T) {
	s := newSearch(newModel(smallDay()), 1)
	s.greedy()
	p := newPrices(s.state, s.agents)
	first := p.evaluate(p.values, p.volume.excess) / float64(s.total())
	p.ascend(t.Context(), s.total(), 600)
	last := p.evaluate(p.values, p.volume.excess) / float64(s.total())
	if first > 0.8 || last < 0.95 {
		t.Errorf("bound %.3f of the cost at first and %.3f at last, want less than 0.8 and more than 0.95", first, last)
	}
}
