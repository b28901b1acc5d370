package schedule

// guide holds prices of agents by demand and interval, smoothed over the plans
// that the search has seen: what an agent is worth in good plans in general,
// not only beside the present days of the others.
type guide struct {
	m      *model
	prices []float64 // [t·demands+g]
}

// learning is the weight of the newest plan in the prices.
const learning = 0.02

func newGuide(s *state) *guide {
	g := &guide{s.model, make([]float64, len(s.n))}
	g.learn(s, 1)
	return g
}

// learn moves the prices towards the marginal values of a plan: the mean of
// what one agent more saves and one less costs.
func (g *guide) learn(s *state, weight float64) {
	for t := range s.Grid.N {
		for k := range s.Demands {
			if !s.Demands[k].open(t) {
				continue
			}
			i := t*len(s.Demands) + k
			value := s.gain(t, k)
			if s.n[i] > 0 {
				value = (value + s.loss(t, k)) / 2
			}
			g.prices[i] += weight * (float64(value) - g.prices[i])
		}
	}
}

// price is the highest price among what agent a can do in the mode.
func (g *guide) price(a, t int, md mode) float64 {
	highest := 0.0
	for k := range g.m.skills[a].both(g.m.open[md][t]) {
		highest = max(highest, g.prices[t*len(g.m.Demands)+k])
	}
	return highest
}
