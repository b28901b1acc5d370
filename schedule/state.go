package schedule

// state is a plan under construction: the day of each agent, and the
// assignment of all who are at work.
type state struct {
	*assignment
	days    []day
	planner *dayplanner
}

func newState(m *model) *state {
	return &state{newAssignment(m), make([]day, len(m.Agents)), newDayplanner(m)}
}

// total is the cost of the plan.
func (s *state) total() Money {
	sum := s.cost
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
func (s *state) replan(a int, guide *guide, weight float64) {
	d := s.planner
	d.begin(a)
	for t := d.reach.From; t < d.reach.To; t++ {
		for _, md := range []mode{either, onPhone, onEmail} {
			if d.worth[md][t] == never || s.tied != (md != either) {
				continue
			}
			_, worth := s.bestEntry(t, a, md)
			if weight > 0 {
				worth = Money((1-weight)*float64(worth) + weight*guide.price(a, t, md))
			}
			d.worth[md][t] = worth
		}
	}
	if best, ok := d.best(); ok {
		s.give(a, best)
	}
}
