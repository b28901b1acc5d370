package schedule

import "math"

// prices says what an agent is worth on each demand in each interval, [cell],
// in a plan as good as can be: the multipliers of a Lagrangian relaxation in
// which everybody has a good day of their own at these prices and each demand
// buys as many agents as pay. The search looks at them so as to leave work to
// those who will be planned after.
type prices struct {
	s        *state
	agents   []int
	planners []*dayplanner // one for each worker
	crew     crew
	values   []float64
}

// newPrices begins with what agents are worth in the plan of the state, and
// writes the prices into values. Prices that are not tied leave the soft rules
// aside: what they prove is a bound too, if a lower one, and sooner found.
func newPrices(s *state, agents []int, tied bool, values []float64) *prices {
	p := &prices{s: s, agents: agents, crew: newCrew(len(agents), len(s.cells)), values: values}
	for range p.crew.workers() {
		p.planners = append(p.planners, newDayplanner(s.model, tied))
	}
	for i := range s.cells {
		c := &s.cells[i]
		p.values[i] = float64(c.gain)
		if c.n > 0 {
			p.values[i] = float64(c.gain+c.loss) / 2
		}
	}
	return p
}

// ascent looks for better prices, which it writes into values.
func (p *prices) ascent() *ascent { return newAscent(p.values, p.most(), p.scale(), p.evaluate) }

// most gives what the first agent saves: at a higher price nobody is bought.
func (p *prices) most() []float64 {
	most := make([]float64, len(p.s.cells))
	for i := range most {
		if costs := p.s.cells[i].costs; len(costs) > 1 {
			most[i] = float64(costs[0] - costs[1])
		}
	}
	return most
}

// scale makes steps in the price of an e-mail pool, which holds all day, as
// small as the excess of a whole day is large.
func (p *prices) scale() []float64 {
	scale := make([]float64, len(p.s.cells))
	for i := range scale {
		scale[i] = 1
		if i < len(p.s.stride) && p.s.stride[i] == 0 {
			scale[i] = 1 / float64(p.s.Grid.N)
		}
	}
	return scale
}

// evaluate gives the bound at some prices: what everything costs if all agents
// and all demands do what is best for them. It is exact if the prices are whole,
// and else rounds them for the days of the agents. It writes down the excess, by which
// demands want more agents than come.
func (p *prices) evaluate(values, excess []float64) float64 {
	return p.buy(values, excess) - p.supply(values, excess)
}

// buy gives what the demands cost if each buys the agents that pay, and writes
// their numbers down.
func (p *prices) buy(values, excess []float64) float64 {
	s := p.s
	bound := 0.0
	for i := range s.cells {
		costs := s.cells[i].costs
		n := 0
		for n+1 < len(costs) && float64(costs[n]-costs[n+1]) > values[i] {
			n++
		}
		if len(costs) > 0 {
			bound += float64(costs[n]) + float64(values[i]*float64(n))
		}
		excess[i] = float64(n)
	}
	return bound
}

// supply takes the agents off the excess, each where the best day puts them at
// the prices, and gives what those days are worth.
func (p *prices) supply(values, excess []float64) float64 {
	return p.crew.supply(excess, func(worker, i int, excess []float64) float64 {
		a, planner := p.agents[i], p.planners[worker]
		p.appraise(planner, a, values)
		d, _ := planner.best()
		return p.take(a, d, values, excess)
	})
}

// appraise tells a planner what agent a is worth at the prices.
func (p *prices) appraise(planner *dayplanner, a int, values []float64) {
	planner.begin(a)
	for t := planner.reach.From; t < planner.reach.To; t++ {
		for _, md := range planner.modes(t) {
			if planner.worth[md][t] != never {
				_, price := p.dearest(values, a, t, md)
				planner.worth[md][t] = Money(math.Round(price)) - p.s.spare(a, t, md)
			}
		}
	}
}

// take takes agent a off the excess for a day, and gives what it is worth.
func (p *prices) take(a int, d day, values, excess []float64) float64 {
	worth := -float64(d.cost)
	for t, pin := range p.s.pins[a] {
		if pin != nil && len(pin.Demands) > 0 {
			cell := p.s.cellOf(t, pin.Demands[0])
			excess[cell]--
			worth += values[cell]
		}
	}
	for t, md := range d.modes {
		if md != away {
			cell, price := p.dearest(values, a, t, md)
			excess[cell]--
			worth += price
		}
	}
	return worth
}

// dearest finds the highest price among what agent a can do in the mode.
func (p *prices) dearest(values []float64, a, t int, md mode) (cell int, price float64) {
	price = -1
	for g := range p.s.skillsAt(a, t).both(p.s.open[md][t]) {
		if i := t*p.s.stride[g] + g; values[i] > price {
			cell, price = i, values[i]
		}
	}
	return cell, price
}

// of gives the price of agent a in interval t.
func (p *prices) of(a, t int, md mode) float64 {
	_, price := p.dearest(p.values, a, t, md)
	return price
}
