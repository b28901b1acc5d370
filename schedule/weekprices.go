package schedule

import "slices"

// weekPrices are the prices of all days, found together: everybody has a good
// week of their own at these prices.
type weekPrices struct {
	w      *weekSearch
	days   []*prices
	crew   crew
	values []float64 // of all days, one after the other
}

func newWeekPrices(w *weekSearch, tied bool) *weekPrices {
	p := &weekPrices{w: w}
	cells := 0
	for _, s := range w.days {
		cells += len(s.cells)
	}
	p.values = make([]float64, cells)
	p.crew = newCrew(len(w.weeks), cells)
	from := 0
	for _, s := range w.days {
		p.days = append(p.days, newPrices(s.state, s.agents, tied, p.values[from:from+len(s.cells)]))
		from += len(s.cells)
	}
	return p
}

// most gives the highest price that makes sense for each.
func (p *weekPrices) most() []float64 {
	var most []float64
	for _, day := range p.days {
		most = append(most, day.most()...)
	}
	return most
}

// evaluate is that of the days, but for weeks.
func (p *weekPrices) evaluate(values, excess []float64) float64 {
	return p.buy(values, excess) - p.crew.supply(excess, func(worker, a int, excess []float64) float64 {
		return p.supply(worker, a, values, excess)
	})
}

// buy is that of the days.
func (p *weekPrices) buy(values, excess []float64) float64 {
	bound := 0.0
	p.each(values, excess, func(_ int, day *prices, values, excess []float64) { bound += day.buy(values, excess) })
	return bound
}

// each calls do with the part of each day.
func (p *weekPrices) each(values, excess []float64, do func(d int, day *prices, values, excess []float64)) {
	for d, day := range p.days {
		n := len(day.values)
		do(d, day, values[:n], excess[:n])
		values, excess = values[n:], excess[n:]
	}
}

// supply takes agent a off the excess in the best week at the prices, and gives
// what that is worth.
func (p *weekPrices) supply(worker, a int, values, excess []float64) float64 {
	week := p.w.weeks[a]
	week.values = slices.Clone(week.values)
	p.each(values, excess, func(d int, day *prices, values, _ []float64) {
		if len(week.stints[d]) > 0 {
			planner := day.planners[worker]
			day.appraise(planner, a, values)
			week.values[d] = planner.netValues(p.w.full[d][a])
		}
	})
	frames, _ := week.best()
	worth, late := 0.0, 0
	p.each(values, excess, func(d int, day *prices, values, excess []float64) {
		f := frames[d]
		if f < 0 {
			return
		}
		worth += day.take(a, day.planners[worker].spend(&p.w.full[d][a].frames[f]), values, excess)
		if week.stints[d][f].late {
			late++
		}
	})
	return worth - float64(p.w.p.lateCost(a, late))
}

// netValues gives what each frame of the agent is worth, less its shift.
func (d *dayplanner) netValues(o options) []Money {
	d.fill(o.longest)
	values := make([]Money, len(o.frames))
	for i, f := range o.frames {
		values[i] = d.net(f)
	}
	return values
}
