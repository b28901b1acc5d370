package schedule

// Staffed counts the agents whom the plan counts on: by demand and interval,
// telephone and e-mail alike.
func (p Problem) Staffed(plan Plan) [][]int {
	staffed := make([][]int, len(p.Demands))
	for g := range staffed {
		staffed[g] = make([]int, p.Grid.N)
	}
	for _, d := range plan.Days {
		for _, act := range d.Activities {
			if len(act.Demands) == 0 {
				continue
			}
			for t := act.From; t < act.To; t++ {
				staffed[act.Demands[0]][t]++
			}
		}
	}
	return staffed
}

// Marginals gives, by demand and interval, what one more agent there would
// save. The newcomer may relieve somebody who is then worth more elsewhere,
// and so on along a chain of those who are on the telephone, or on e-mail, at
// the time; nobody's shift, pauses or kind of work changes. Where the demand is
// closed: 0. The problem and the plan must be valid.
func Marginals(p Problem, plan Plan) [][]Money {
	s := stateOf(newModel(p), plan)
	saved := make([][]Money, len(p.Demands))
	for g := range saved {
		saved[g] = make([]Money, p.Grid.N)
		for t := range saved[g] {
			if p.Demands[g].open(t) {
				_, saved[g][t] = s.bestChain(t, int32(g))
			}
		}
	}
	return saved
}

// stateOf puts the agents of a plan to their work.
func stateOf(m *model, plan Plan) *assignment {
	for a, d := range plan.Days {
		if d.Shift.Len() == 0 {
			m.pins[a] = nil
		}
	}
	s := newAssignment(m)
	for a, d := range plan.Days {
		for _, act := range d.Activities {
			if len(act.Demands) == 0 {
				continue
			}
			md := onPhone
			if act.Kind == Email {
				md = onEmail
			}
			for t := act.From; t < act.To; t++ {
				if m.pin(a, t) == nil {
					s.put(t, a, md, int32(act.Demands[0]))
				}
			}
		}
	}
	return s
}
