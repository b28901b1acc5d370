package schedule

import "slices"

// Freeze gives the problem that remains of a day from interval now on. Whoever
// has a shift in the plan keeps it, or where it is no longer among the agent's
// shifts, has those that are the same until now; whoever is off has the shifts
// that begin from now on, or before if the agent is absent until now. What the
// plan says before now is pinned, and so is a pause that has begun. Agents of
// whom the plan does not know are off in it.
//
// A plan that keeps the rules of what remains (see Check) is one that has not
// changed the past.
func Freeze(p Problem, plan Plan, now int) Problem {
	p.Agents = slices.Clone(p.Agents)
	for a := range p.Agents {
		agent := &p.Agents[a]
		day := plan.dayOf(agent.ID)
		agent.Shifts = agent.remainingShifts(day.Shift, now, p.Grid.N)
		agent.Pinned = slices.Concat(agent.Pinned, agent.past(day, now, p.Grid.N))
		for _, act := range day.Activities {
			if past := act.common(Span{0, now}); act.Kind == Absent && past.Len() > 0 {
				agent.Fixed = slices.Concat(agent.Fixed, []Block{{past, Absent}})
			}
		}
	}
	return p
}

// dayOf gives the day of an agent; without one, the agent is off.
func (p Plan) dayOf(agent string) AgentDay {
	if i := slices.IndexFunc(p.Days, func(d AgentDay) bool { return d.Agent == agent }); i >= 0 {
		return p.Days[i]
	}
	return AgentDay{Agent: agent}
}

// remainingShifts gives the shifts that an agent may be given from now on.
func (a *Agent) remainingShifts(planned Span, now, n int) []Shift {
	bound := boundKinds(a.Fixed, n)
	absent := func(t int) bool { return bound[t] == Absent }
	kept := slices.ContainsFunc(a.Shifts, func(s Shift) bool { return s.Span == planned })
	return slices.DeleteFunc(slices.Clone(a.Shifts), func(s Shift) bool {
		past := s.common(Span{0, now})
		switch {
		case kept:
			return s.Span != planned
		case planned.Len() > 0:
			return past != planned.common(Span{0, now})
		}
		return len(past.without(absent)) > 0
	})
}

// past gives what an agent has done before now, to be pinned: pauses that have
// begun are whole. What is pinned already, and what only a fixed block can be,
// is left out.
func (a *Agent) past(day AgentDay, now, n int) []Activity {
	free := func(s Span) []Span {
		return s.without(func(t int) bool {
			return slices.ContainsFunc(a.Pinned, func(b Activity) bool { return b.From <= t && t < b.To })
		})
	}
	var done []Activity
	for _, act := range day.Activities {
		if act.From >= min(now, n) {
			break
		}
		switch act.Kind {
		case Break, Lunch:
		case Phone, Email, Other:
			act.To = min(act.To, now)
		case Absent:
			continue
		default:
			act.Kind, act.To = Other, min(act.To, now) // counts if the block is fixed no longer
		}
		for _, span := range free(act.Span) {
			done = append(done, Activity{span, act.Kind, act.Demands})
		}
	}
	return done
}
