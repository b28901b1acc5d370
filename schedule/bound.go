package schedule

import (
	"context"
	"fmt"
	"math"
	"slices"
)

// Proof shows how little a problem can cost at all: anybody who knows the
// prices can compute the bound again.
type Proof struct {
	// Bound is the proof: no plan that keeps the rules costs less.
	Bound Money
	// Prices are what an agent is paid, by demand and interval, in parts of
	// 1/PriceUnit of Money; for e-mail the same all day. The bound is what
	// everything costs if each demand buys the number of agents that suits it,
	// and each agent works the day that pays best, all at these prices; rounded
	// up, as costs are whole.
	Prices [][]Money
}

// PriceUnit is the number of parts of Money in which prices are told. Whole
// money is too coarse: the bound of a day of 66 agents would be 0.1 % lower.
const PriceUnit = 64

// Gap tells how far a cost is above the bound: in money, and as a share of the
// cost; 0 where there is no cost.
func (p Proof) Gap(cost Money) (money Money, share float64) {
	money = cost - p.Bound
	if cost > 0 {
		share = float64(money) / float64(cost)
	}
	return money, share
}

// BoundOptions control how long Bound looks for prices.
type BoundOptions struct {
	// Evaluations is the number of prices that are tried; 0: evaluations, and of
	// a week weekEvaluations.
	Evaluations int
}

// evaluations come within 0.1 % of the best bound on days of 66 agents.
const evaluations = 2000

// weekEvaluations come within 0.01 % of what 1 000 prove on a week of 66 agents.
const weekEvaluations = 400

// Bound proves how much any plan of the problem costs at least, by Lagrangian
// relaxation: the tie between agents who come and agents who are needed is given
// up for prices, which Adam and the volume algorithm improve (see ascent). All is counted in whole money, so that
// the bound holds to the last unit. It is a bound on the plans that Solve looks
// among: agents who cannot be placed are off, or free of the rules that
// Plan.Unplaced names. Caps have no part in the bound.
//
// The plan gives the first prices and the length of steps; a better one gives a
// better bound. The proof depends on the arguments alone; when ctx is done, it
// is the best so far. Errors: those of Validate, and a plan of other agents.
func Bound(ctx context.Context, p Problem, plan Plan, o BoundOptions) (Proof, error) {
	if err := p.Validate(); err != nil {
		return Proof{}, err
	}
	if len(plan.Days) != len(p.Agents) {
		return Proof{}, fmt.Errorf("plan: days of %d agents, want %d", len(plan.Days), len(p.Agents))
	}
	if o.Evaluations == 0 {
		o.Evaluations = evaluations
	}
	s := newSearch(newModel(p.inPriceUnits()), 0)
	s.assignment = stateOf(s.model, plan)
	prices := newPrices(s.state, s.agents, s.tied, make([]float64, len(s.cells)))
	prices.ascent().climb(ctx, plan.Cost*PriceUnit, o.Evaluations)
	return prices.proof(), nil
}

// WeekProof shows how little a week can cost at all.
type WeekProof struct {
	Bound  Money       // no plan that keeps the rules costs less
	Prices [][][]Money // by day, demand and interval, as in Proof
}

// BoundWeek proves how much any plan of a week costs at least, as Bound does for
// a day: each agent works the week that pays best. It is a bound on the plans in
// which nobody is off more often than the rules of the week want. An evaluation is a
// pass through all agents, in batches.
func BoundWeek(ctx context.Context, p WeekProblem, plan WeekPlan, o BoundOptions) (WeekProof, error) {
	if err := p.Validate(); err != nil {
		return WeekProof{}, err
	}
	if len(plan.Days) != len(p.Days) {
		return WeekProof{}, fmt.Errorf("plan: %d days, want %d", len(plan.Days), len(p.Days))
	}
	if o.Evaluations == 0 {
		o.Evaluations = weekEvaluations
	}
	p.Days = slices.Clone(p.Days)
	p.Rules.LateCost *= PriceUnit
	for d, day := range p.Days {
		if len(plan.Days[d].Days) != len(day.Agents) {
			return WeekProof{}, fmt.Errorf("plan: day %d of %d agents, want %d", d, len(plan.Days[d].Days), len(day.Agents))
		}
		p.Days[d] = day.inPriceUnits()
	}
	w := newWeekSearch(p, 0)
	for d, s := range w.days {
		s.assignment = stateOf(s.model, plan.Days[d])
	}
	prices := newWeekPrices(w, slices.ContainsFunc(w.days, func(s *search) bool { return s.tied }))
	newBatches(prices).climb(ctx, o.Evaluations)
	return prices.proof(), nil
}

// proof rounds the prices and writes them down, with what they prove.
func (p *weekPrices) proof() WeekProof {
	var proof WeekProof
	for i, value := range p.values {
		p.values[i] = math.Round(value)
	}
	proof.Bound = wholeMoney(p.evaluate(p.values, make([]float64, len(p.values))))
	for _, day := range p.days {
		proof.Prices = append(proof.Prices, day.byDemand())
	}
	return proof
}

// inPriceUnits gives the same problem with all money in parts, without caps.
func (p Problem) inPriceUnits() Problem {
	fine := func(costs []Money) []Money {
		parts := make([]Money, len(costs))
		for i, cost := range costs {
			parts[i] = cost * PriceUnit
		}
		return parts
	}
	p.Demands = slices.Clone(p.Demands)
	for g := range p.Demands {
		d := &p.Demands[g]
		d.Backlog, d.Cost = fine(d.Backlog), slices.Clone(d.Cost)
		for t, costs := range d.Cost {
			d.Cost[t] = fine(costs)
		}
	}
	p.Agents = slices.Clone(p.Agents)
	for a := range p.Agents {
		agent := &p.Agents[a]
		agent.Shifts = slices.Clone(agent.Shifts)
		for i := range agent.Shifts {
			agent.Shifts[i].Cost *= PriceUnit
		}
		agent.Spare = fine(agent.Spare)
	}
	p.Rules.SwitchCost *= PriceUnit
	p.Rules.PhoneCost *= PriceUnit
	p.Caps = nil // who comes beyond a cap only makes a plan dearer: the bound leaves it out
	return p
}

// proof rounds the prices and writes them down, with what they prove.
func (p *prices) proof() Proof {
	for i, value := range p.values {
		p.values[i] = math.Round(value)
	}
	bound := wholeMoney(p.evaluate(p.values, make([]float64, len(p.values))))
	return Proof{Bound: bound, Prices: p.byDemand()}
}

// wholeMoney rounds up a number of parts.
func wholeMoney(parts float64) Money { return Money(math.Ceil(parts / PriceUnit)) }

// byDemand gives the prices, which are whole, by demand and interval.
func (p *prices) byDemand() [][]Money {
	prices := make([][]Money, len(p.s.Demands))
	for g := range prices {
		for t := range p.s.Grid.N {
			prices[g] = append(prices[g], Money(p.values[p.s.cellOf(t, g)]))
		}
	}
	return prices
}
