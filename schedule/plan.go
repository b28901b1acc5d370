package schedule

import "slices"

// plan writes the state down.
func (s *state) plan() Plan {
	p := Plan{Cost: s.total(), Days: make([]AgentDay, len(s.Agents))}
	for a := range s.Agents {
		p.Days[a] = s.agentDay(a)
	}
	return p
}

func (s *state) agentDay(a int) AgentDay {
	agent, d := &s.Agents[a], &s.days[a]
	out := AgentDay{Agent: agent.ID}
	if d.frame == nil {
		return out
	}
	out.Shift = agent.Shifts[d.frame.shift].Span
	pauses := s.pauses(d)
	for t := out.Shift.From; t < out.Shift.To; t++ {
		act := Activity{Span: Span{t, t + 1}, Kind: Other}
		on := s.on[t*len(s.Agents)+a]
		pin := s.pin(a, t)
		switch {
		case pin != nil:
			act.Kind, act.Demands = pin.Kind, pin.Demands
		case pauses[t] != "":
			act.Kind = pauses[t]
		case s.bound[a][t] != "":
			act.Kind = s.bound[a][t]
		case on != none:
			act.Kind, act.Demands = s.Demands[on].Kind, []int{int(on)}
		}
		if k := len(out.Activities) - 1; k >= 0 && out.Activities[k].continues(act) {
			out.Activities[k].To++
		} else {
			out.Activities = append(out.Activities, act)
		}
	}
	whole := out.Activities[:0]
	for _, act := range out.Activities {
		if s.pin(a, act.From) == nil {
			s.addOthers(a, &act)
		}
		if k := len(whole) - 1; k >= 0 && whole[k].continues(act) {
			whole[k].To = act.To
		} else {
			whole = append(whole, act)
		}
	}
	out.Activities = whole
	return out
}

func (a Activity) continues(next Activity) bool {
	return a.Kind == next.Kind && slices.Equal(a.Demands, next.Demands)
}

// pauses lays lunch and coffee breaks on the grid.
func (s *state) pauses(d *day) []Kind {
	kinds := make([]Kind, s.Grid.N)
	lay := func(kind Kind, from, length int) {
		for t := from; from >= 0 && t < from+length; t++ {
			kinds[t] = kind
		}
	}
	for i, p := range d.frame.parts {
		r := d.rests[i]
		lay(Break, r.before, s.Rules.BreakLength)
		lay(Lunch, r.lunch, p.lunch)
		lay(Break, r.after, s.Rules.BreakLength)
	}
	return kinds
}

// addOthers puts after the counted group of a telephone activity the other
// groups that the agent can take and that are open all the while.
func (s *state) addOthers(a int, act *Activity) {
	if act.Kind != Phone {
		return
	}
	can := slices.Clone(s.Agents[a].Skills)
	for _, l := range s.Agents[a].Loans {
		if !slices.Contains(can, l.Demand) {
			can = append(can, l.Demand)
		}
	}
	for _, g := range can {
		if g == act.Demands[0] || s.Demands[g].Kind != Phone {
			continue
		}
		open := true
		for t := act.From; t < act.To; t++ {
			open = open && s.Demands[g].open(t) && s.skillsAt(a, t).has(g)
		}
		if open {
			act.Demands = append(act.Demands, g)
		}
	}
}
