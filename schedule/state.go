package schedule

import "slices"

// state is a plan under construction: the day of each agent, and the
// assignment of all who are at work.
type state struct {
	*assignment
	days    []day
	crowds  []crowd // one for each cap
	planner *dayplanner
}

func newState(m *model) *state {
	return &state{newAssignment(m), make([]day, len(m.Agents)), m.newCrowds(), newDayplanner(m, m.tied)}
}

// total is the cost of the plan.
func (s *state) total() Money {
	sum := s.cost + s.crowded()
	for i := range s.days {
		sum += s.days[i].cost
	}
	return sum
}

// take sends agent a home.
func (s *state) take(a int) {
	for t, md := range s.days[a].modes {
		if md != away {
			s.remove(t, a)
		}
	}
	s.days[a] = day{}
}

// give lets agent a, who is off, work a day.
func (s *state) give(a int, d day) {
	for t, md := range d.modes {
		if md != away {
			s.insert(t, a, md)
		}
	}
	s.days[a] = d
}

// replan gives agent a, who is off, the best day if all others keep theirs.
// With a weight above 0 the guide has a say in what an interval is worth.
func (s *state) replan(a int, guide *prices, weight float64) {
	s.appraise(a, guide, weight)
	d, ok := s.planner.best()
	if !ok {
		return
	}
	s.settleFor(a, d, weight)
}

// settleFor gives agent a, who is off, the best day d that was found at a weight
// of the guide, or a better one if there was none.
func (s *state) settleFor(a int, d day, weight float64) {
	if s.tied && weight == 0 {
		d = s.afford(a, d)
	}
	s.give(a, d)
}

// appraise tells the planner what agent a is worth in each interval.
func (s *state) appraise(a int, guide *prices, weight float64) {
	d := s.planner
	d.begin(a)
	d.crowding = s.crowding(a)
	for t := d.reach.From; t < d.reach.To; t++ {
		for _, md := range d.modes(t) {
			if d.worth[md][t] == never {
				continue
			}
			_, worth := s.bestEntry(t, a, md)
			if weight > 0 {
				worth = weigh(worth, guide.of(a, t, md), weight)
			}
			d.worth[md][t] = worth - s.spare(a, t, md)
		}
	}
}

// afford looks for a better day than d. The planner takes the present price of
// e-mail for the whole day, though a pool pays less the more is worked. So it
// looks for the number of intervals that is worth the price of the last of
// them, by bisection, and takes the day that really saves most.
func (s *state) afford(a int, d day) day {
	prices := s.emailPrices(a, d.count(onEmail))
	low, high := 0, len(prices)
	if high == 0 || prices[high-1] == prices[0] {
		return d
	}
	best, most := d, s.saved(a, d)
	first := slices.Clone(s.planner.worth[onEmail])
	for high-low > 1 {
		middle := (low + high) / 2
		for t, worth := range first {
			s.planner.worth[onEmail][t] = min(worth, prices[middle])
		}
		d, _ = s.planner.best()
		if saved := s.saved(a, d); saved > most {
			best, most = d, saved
		}
		if d.count(onEmail) > middle {
			low = middle
		} else {
			high = middle
		}
	}
	return best
}

// emailPrices gives what each of the next n intervals of e-mail would save if
// agent a works them, in the pools that pay best.
func (s *state) emailPrices(a, n int) []Money {
	var prices []Money
	for _, g := range s.Agents[a].Skills {
		if c := s.cell(0, g); s.Demands[g].Kind == Email {
			for i := c.n + 1; i < min(c.n+n+1, len(c.costs)); i++ {
				prices = append(prices, c.costs[i-1]-c.costs[i])
			}
		}
	}
	prices = append(prices, make([]Money, n)...) // beyond the backlogs
	slices.Sort(prices)
	slices.Reverse(prices)
	return prices[:n]
}

// saved is what it saves if agent a, who is off, works a day.
func (s *state) saved(a int, d day) Money {
	before, keep := s.cost, len(s.log)
	s.give(a, d)
	saved := before - s.cost - d.cost - s.planner.crowding.of(d)
	s.undo(keep)
	s.days[a] = day{}
	return saved
}
