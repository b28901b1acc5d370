package schedule

import (
	"context"
	"math/rand/v2"
)

// Options control the search. Zero values are sensible.
type Options struct {
	Seed uint64
	// Iterations is the number of times that the days of a few agents are
	// planned anew; 0: iterationsPerAgent for each agent of the problem.
	Iterations int
}

// iterationsPerAgent brings days of 66 agents close to what more would find.
const iterationsPerAgent = 100

// Solve plans the day: greedily agent by agent, then by descent, then from prices
// to costs by degrees (see harden), then by price-guided large-neighbourhood
// search, which takes a few related agents out and plans their days anew, each
// exactly (Shaw 1998, Using constraint programming and local search methods to
// solve vehicle routing problems, CP98, pp. 417–431, with the shift and break rules
// as the exact part).
//
// The plan depends on the problem and the options alone. When ctx is done, the
// best plan so far is returned, without error; everybody has a day in it.
// Errors: those of Validate.
func Solve(ctx context.Context, p Problem, o Options) (Plan, error) {
	if err := p.Validate(); err != nil {
		return Plan{}, err
	}
	if o.Iterations == 0 {
		o.Iterations = iterationsPerAgent * len(p.Agents)
	}
	s := newSearch(newModel(p), o.Seed)
	s.greedy()
	s.descend(ctx)
	s.explore(ctx, o.Iterations)
	s.best.restore(s.state)
	s.settle()
	s.tidy()
	plan := s.plan()
	plan.Unplaced = s.unplaced
	return plan, nil
}

// search is a state with what the search needs beside it.
type search struct {
	*state
	rand     *rand.Rand
	agents   []int    // who can be planned
	unplaced []Reason // why not all can, or not by all rules
	guide    *prices
	best     snapshot
}

// snapshot is a plan that can be restored.
type snapshot struct {
	cost Money
	days []day
	on   []int32
}

func newSearch(m *model, seed uint64) *search {
	unplaced := m.fitAll()
	s := &search{
		state:    newState(m),
		rand:     rand.New(rand.NewPCG(seed, 0)), //nolint:gosec // seeded by the caller: a plan must be repeatable
		unplaced: unplaced,
	}
	for a := range m.Agents {
		if len(m.options[a].frames) > 0 {
			s.agents = append(s.agents, a)
		}
	}
	return s
}

func (b *snapshot) take(s *state, cost Money) {
	b.cost = cost
	b.days = append(b.days[:0], s.days...)
	b.on = append(b.on[:0], s.on...)
}

func (b *snapshot) restore(s *state) {
	fresh := newAssignment(s.model)
	for a, d := range b.days {
		for t, md := range d.modes {
			if md != away {
				fresh.put(t, a, md, b.on[t*len(s.Agents)+a])
			}
		}
	}
	s.assignment = fresh
	copy(s.days, b.days)
}

// greedy gives everybody a day, one after the other in random order.
func (s *search) greedy() {
	for _, i := range s.rand.Perm(len(s.agents)) {
		s.replan(s.agents[i], nil, 0)
	}
	s.log = s.log[:0]
	s.best.take(s.state, s.total())
}

// descend plans one agent anew after the other until no plan improves.
func (s *search) descend(ctx context.Context) {
	for before := s.total() + 1; s.total() < before && ctx.Err() == nil; {
		before = s.total()
		for _, i := range s.rand.Perm(len(s.agents)) {
			if ctx.Err() == nil {
				s.attempt(s.agents[i:i+1], 0, s.total())
			}
		}
	}
	s.best.take(s.state, s.total())
}

// The large-neighbourhood search, as found by trial on days of 66 agents.
const (
	mostAgents = 3      // taken out at once; two at least
	warmth     = 0.0001 // how much dearer a plan may be at first and still be gone on with, as a share of the cost
	strangers  = 0.1    // chance of taking out an agent who shares no demand with the first
)

// explore hardens the plan, then takes a few agents out at a time and plans them
// anew. A plan that is a little dearer may be accepted, at first more often than
// towards the end.
func (s *search) explore(ctx context.Context, iterations int) {
	if len(s.agents) < 2 {
		return
	}
	if s.guide == nil {
		s.guide = newPrices(s.state, s.agents, false, make([]float64, len(s.cells)))
		s.guide.ascent().climb(ctx, s.best.cost, min(ascents, iterations))
	}
	iterations = s.harden(ctx, iterations)
	current := s.best.cost
	for i := range iterations {
		if ctx.Err() != nil {
			return
		}
		left := 1 - float64(i)/float64(iterations)
		limit := current + Money(warmth*left*s.rand.ExpFloat64()*float64(s.best.cost))
		if !s.attempt(s.related(), s.rand.Float64(), limit) {
			continue
		}
		if current = s.total(); current < s.best.cost {
			s.best.take(s.state, current)
		}
	}
}

// attempt plans the days of a few agents anew, the first under the guide and
// the last without. It keeps the new plan if it costs at most limit.
func (s *search) attempt(agents []int, weight float64, limit Money) bool {
	old := make([]day, len(agents))
	for i, a := range agents {
		old[i] = s.days[a]
		s.take(a)
	}
	for i, a := range agents {
		s.replan(a, s.guide, weight*float64(len(agents)-1-i)/float64(max(1, len(agents)-1)))
	}
	accepted := s.total() <= limit
	if !accepted {
		s.undo(0)
		for i, a := range agents {
			s.days[a] = old[i]
		}
	}
	s.log = s.log[:0]
	return accepted
}

// related picks some agents, in random order, of whom most share a demand with
// the first.
func (s *search) related() []int {
	first := s.agents[s.rand.IntN(len(s.agents))]
	agents := []int{first}
	want := min(2+s.rand.IntN(mostAgents-1), len(s.agents))
	for _, i := range s.rand.Perm(len(s.agents)) {
		a := s.agents[i]
		if a == first || !s.skills[a].meets(s.skills[first]) && s.rand.Float64() >= strangers {
			continue
		}
		if agents = append(agents, a); len(agents) == want {
			break
		}
	}
	s.rand.Shuffle(len(agents), func(i, j int) { agents[i], agents[j] = agents[j], agents[i] })
	return agents
}
