package schedule

import (
	"context"
	"math"
)

// Products are converted to float64 before they are added, which keeps the
// compiler from fusing the two: the same bits on every machine.

// prices says what an agent is worth on each demand in each interval, [cell],
// in a plan as good as can be: the multipliers of a Lagrangian relaxation in
// which everybody has a good day of their own at these prices and each demand
// buys as many agents as pay. The search looks at them so as to leave work to
// those who will be planned after.
type prices struct {
	s       *state
	agents  []int
	planner *dayplanner
	values  []float64
	volume  struct{ trial, excess, mean []float64 }
}

// Parameters of the volume algorithm, from Barahona & Anbil but for the numbers.
const (
	ascents       = 300 // evaluations at most; 600 prove better bounds but guide no better
	firstStep     = 0.1
	mostBlend     = 0.1  // weight of the newest excess in the mean
	patience      = 10   // evaluations without a better bound until steps are cut
	stepCut       = 0.75 // then
	blendCut      = 0.9
	stepGrowth    = 1.1 // when a better bound is found and the way is still up
	aimAtDistance = 0.5 // how far from the bound to the plan's cost a step aims
)

// newPrices begins with what agents are worth in the plan of the state. Prices
// that are not tied leave the soft rules aside: what they prove is a bound too,
// if a lower one, and sooner found.
func newPrices(s *state, agents []int, tied bool) *prices {
	p := &prices{s: s, agents: agents, planner: newDayplanner(s.model, tied), values: make([]float64, len(s.cells))}
	p.volume.trial = make([]float64, len(s.cells))
	p.volume.excess = make([]float64, len(s.cells))
	p.volume.mean = make([]float64, len(s.cells))
	for i := range s.cells {
		c := &s.cells[i]
		p.values[i] = float64(c.gain)
		if c.n > 0 {
			p.values[i] = float64(c.gain+c.loss) / 2
		}
	}
	return p
}

// ascend improves the prices by the volume algorithm (Barahona & Anbil 2000,
// Mathematical Programming 87:385–399): a subgradient method that steps along
// a running mean of the excess demand, from the best prices so far. cost is
// that of a plan.
func (p *prices) ascend(ctx context.Context, cost Money, evaluations int) {
	v := &p.volume
	bound := p.evaluate(p.values, v.mean)
	step, blend := firstStep, mostBlend
	for waited := 0; evaluations > 0 && ctx.Err() == nil; evaluations-- {
		norm := 1e-9
		for i, e := range v.mean {
			norm += float64(e * e * p.scale(i))
		}
		length := step * aimAtDistance * max(float64(cost)-bound, 1) / norm
		for i, e := range v.mean {
			v.trial[i] = max(0, p.values[i]+float64(length*p.scale(i)*e))
		}
		found := p.evaluate(v.trial, v.excess)
		up := p.blend(blend)
		if found <= bound {
			if waited++; waited == patience {
				step, blend, waited = step*stepCut, max(blend*blendCut, 1e-3), 0
			}
			continue
		}
		bound, waited = found, 0
		copy(p.values, v.trial)
		if up > 0 {
			step = min(2, step*stepGrowth)
		}
	}
}

// scale makes steps in the price of an e-mail pool, which holds all day, as
// small as the excess of a whole day is large.
func (p *prices) scale(cell int) float64 {
	if cell < len(p.s.stride) && p.s.stride[cell] == 0 {
		return 1 / float64(p.s.Grid.N)
	}
	return 1
}

// blend mixes the newest excess into the mean so that it becomes as short as
// possible, within limits, and tells whether both still point the same way.
func (p *prices) blend(most float64) float64 {
	v := &p.volume
	var mm, mx, xx float64
	for i, m := range v.mean {
		x := v.excess[i]
		mm += float64(m * m)
		mx += float64(m * x)
		xx += float64(x * x)
	}
	weight := most
	if d := mm - float64(2*mx) + xx; d > 0 {
		weight = min(most, max(most/10, (mm-mx)/d))
	}
	for i := range v.mean {
		v.mean[i] += float64(weight * (v.excess[i] - v.mean[i]))
	}
	return mx
}

// evaluate gives the bound at some prices: what everything costs if all agents
// and all demands do what is best for them. It is exact if the prices are whole,
// and else rounds them for the days of the agents. It writes down the excess, by which
// demands want more agents than come.
func (p *prices) evaluate(values, excess []float64) float64 {
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
	return bound - p.supply(values, excess)
}

// supply takes the agents off the excess, each where the best day puts them at
// the prices, and gives what those days are worth.
func (p *prices) supply(values, excess []float64) float64 {
	worth := 0.0
	for _, a := range p.agents {
		p.planner.begin(a)
		for t := p.planner.reach.From; t < p.planner.reach.To; t++ {
			for _, md := range p.planner.modes(t) {
				if p.planner.worth[md][t] != never {
					_, price := p.dearest(values, a, t, md)
					p.planner.worth[md][t] = Money(math.Round(price))
				}
			}
		}
		for t, pin := range p.s.pins[a] {
			if pin != nil && len(pin.Demands) > 0 {
				cell := p.s.cellOf(t, pin.Demands[0])
				excess[cell]--
				worth += values[cell]
			}
		}
		d, _ := p.planner.best()
		worth -= float64(d.cost)
		for t, md := range d.modes {
			if md != away {
				cell, price := p.dearest(values, a, t, md)
				excess[cell]--
				worth += price
			}
		}
	}
	return worth
}

// dearest finds the highest price among what agent a can do in the mode.
func (p *prices) dearest(values []float64, a, t int, md mode) (cell int, price float64) {
	price = -1
	for g := range p.s.skills[a].both(p.s.open[md][t]) {
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
