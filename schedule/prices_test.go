package schedule

import (
	"testing"

	"pgregory.net/rapid"
)

// At any prices the sum of what is best for everybody alone costs no more than
// any plan.
func TestNoPricesBoundMoreThanAPlanCosts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		problem := drawProblem(t)
		plan := solve(t, problem, Options{Iterations: 20})
		s := newSearch(newModel(problem), 0)
		p := newPrices(s.state, s.agents, rapid.Bool().Draw(t, "tied") && s.tied, make([]float64, len(s.cells)))
		for i := range p.values {
			p.values[i] = float64(rapid.IntRange(0, 1200).Draw(t, "price"))
		}
		if bound := p.evaluate(p.values, make([]float64, len(p.values))); bound > float64(plan.Cost) {
			t.Fatalf("bound %v, want at most %d", bound, plan.Cost)
		}
	})
}
