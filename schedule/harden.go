package schedule

import (
	"context"
	"iter"
)

// How a plan is hardened, as found by trial on days of 66 agents.
const (
	mostPasses    = 20
	softest       = 0.95 // weight of the guide in the first pass
	repairAscents = 60   // evaluations for the guide of a repair
)

// hardening shares out the iterations of a search for so many agents: how often all
// are planned anew by degrees, and the iterations that are left.
func hardening(iterations, agents int) (passes, left int) {
	passes = min(mostPasses, iterations/max(1, agents))
	return passes, iterations - passes*agents/mostAgents
}

// degrees gives the weight of the guide in each pass, and at last 0; nothing without
// passes.
func degrees(passes int) iter.Seq[float64] {
	return func(yield func(float64) bool) {
		for k := passes; passes > 0 && k >= 0; k-- {
			if !yield(softest * (float64(k) / float64(passes))) {
				return
			}
		}
	}
}

// weigh mixes what something saves now with its price in a plan as good as can be.
func weigh(saves Money, price, weight float64) Money {
	return Money(float64((1-weight)*float64(saves)) + float64(weight*price))
}

// harden plans everybody anew, pass after pass: first by the prices of the guide, at
// which many days are as good as the best and true costs only choose among them, then
// ever more by true costs. It is a homotopy from a problem in which nobody depends on
// others to the true one (Blake & Zisserman 1987, Visual Reconstruction, ch. 7:
// graduated non-convexity). The plan stays as it was if that was better. It gives the
// iterations that are left.
func (s *search) harden(ctx context.Context, iterations int) int {
	passes, left := hardening(iterations, len(s.agents))
	for weight := range degrees(passes) {
		for _, i := range s.rand.Perm(len(s.agents)) {
			if ctx.Err() != nil {
				break
			}
			s.take(s.agents[i])
			s.replan(s.agents[i], s.guide, weight)
			s.log = s.log[:0]
		}
	}
	if cost := s.total(); cost <= s.best.cost {
		s.best.take(s.state, cost)
	} else {
		s.best.restore(s.state)
	}
	return left
}

// harden is that of a search, with the prices of changes at all times.
func (r *repair) harden(ctx context.Context, iterations int) int {
	passes, left := hardening(iterations, len(r.agents))
	if passes == 0 || ctx.Err() != nil {
		return left
	}
	r.guide = newPrices(r.state, r.agents, false, make([]float64, len(r.cells)))
	r.guide.ascent().climb(ctx, r.total(), repairAscents)
	r.try(r.agents, func() {
		for weight := range degrees(passes) {
			r.weight = weight
			for _, i := range r.rand.Perm(len(r.agents)) {
				r.vacate(r.agents[i])
				r.redo(r.agents[i])
			}
		}
	})
	return left
}

// gain is what one more on demand g saves in interval t; while the plan is hardened,
// the guide has a say.
func (r *repair) gain(t, g int) Money {
	if r.weight == 0 {
		return r.cell(t, g).gain
	}
	return weigh(r.cell(t, g).gain, r.guide.values[r.cellOf(t, g)], r.weight)
}
