package schedule

import "context"

// How the plan is hardened, as found by trial on days of 66 agents.
const (
	mostPasses = 20
	softest    = 0.95 // weight of the guide in the first pass
)

// passes gives how often harden plans everybody anew in a search of some iterations
// for so many agents: less often where little is tried.
func passes(iterations, agents int) int { return min(mostPasses, 2*iterations/(5*agents)) }

// harden plans everybody anew, pass after pass: first by the prices of the guide, at
// which many days are as good as the best and what demands really cost only chooses
// among them, then ever more by what they cost. It is a homotopy from a problem that
// is easy, as nobody depends on others there, to the true one (Blake & Zisserman 1987,
// Visual Reconstruction, ch. 7: graduated non-convexity). What it ends with is taken as
// the best plan if it is, and left if not.
func (s *search) harden(ctx context.Context, passes int) {
	for k := range passes {
		weight := softest * float64(passes-k) / float64(passes)
		for _, i := range s.rand.Perm(len(s.agents)) {
			if ctx.Err() != nil {
				break
			}
			a := s.agents[i]
			s.take(a)
			s.replan(a, s.guide, weight)
			s.log = s.log[:0]
		}
	}
	if cost := s.total(); cost <= s.best.cost {
		s.best.take(s.state, cost)
	} else {
		s.best.restore(s.state)
	}
}
