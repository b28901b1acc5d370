package schedule

// staff puts agent a, who is off all work, to a day, and in each interval to the
// demand that saves most, each stretch of work that is not the former one at a
// price: an exact dynamic programme over what the agent is on, in which doing as
// was planned is a state of its own. A pool of e-mail has its price of the
// moment. Where the agent was to pause, any work is as good as planned.
func (r *repair) staff(a int, d day, changeCost Money) {
	f := &r.former[a]
	asPlanned := len(r.Demands)
	value := make([]Money, asPlanned+1)
	for g := range value[:asPlanned] {
		value[g] = never
	}
	came := make([][]int32, r.Grid.N) // by interval and state: the state before
	for t, md := range d.modes {
		if md == away || !f.works(t) {
			continue
		}
		best := greatest(value)
		next, from := make([]Money, asPlanned+1), make([]int32, asPlanned+1)
		for g := range next {
			next[g] = never
		}
		for g := range r.skillsAt(a, t).both(r.open[md][t]) {
			gain := r.gain(t, g)
			switch {
			case f.on[t] == int32(g):
				next[asPlanned], from[asPlanned] = value[best]+gain, int32(best)
			case value[g] >= value[best]-changeCost:
				next[g], from[g] = value[g]+gain, int32(g)
			default:
				next[g], from[g] = value[best]-changeCost+gain, int32(best)
			}
		}
		value, came[t] = next, from
	}
	state := int32(greatest(value))
	for t := r.Grid.N - 1; t >= 0; t-- {
		switch md := d.modes[t]; {
		case md == away:
		case !f.works(t):
			r.set(t, a, md, r.directBest(a, t, md))
		case state == int32(asPlanned):
			r.set(t, a, md, f.on[t])
			state = came[t][state]
		default:
			r.set(t, a, md, state)
			state = came[t][state]
		}
	}
	r.days[a] = d
	r.moves[a] = r.countMoves(a)
}

// greatest gives the first of the greatest values.
func greatest(values []Money) int {
	best := 0
	for i, v := range values {
		if v > values[best] {
			best = i
		}
	}
	return best
}

// directBest gives the demand on which agent a saves most in interval t if
// nobody else moves.
func (r *repair) directBest(a, t int, md mode) int32 {
	best, most := none, Money(-1)
	for g := range r.skillsAt(a, t).both(r.open[md][t]) {
		if gain := r.gain(t, g); gain > most {
			best, most = int32(g), gain
		}
	}
	return best
}

// countMoves counts the changes of agent a: pauses that begin where none of
// their kind did, and stretches of other work, on which pauses have no bearing.
func (r *repair) countMoves(a int) int {
	f, d := &r.former[a], &r.days[a]
	if r.isNew(a) || d.frame == nil {
		return 0
	}
	n := 0
	for _, rest := range d.rests {
		if rest.before >= 0 && !f.begins(Break, rest.before) {
			n++
		}
		if rest.lunch >= 0 && !f.begins(Lunch, rest.lunch) {
			n++
		}
		if rest.after >= 0 && !f.begins(Break, rest.after) {
			n++
		}
	}
	other := none // the work, other than planned, that goes on
	for t, md := range d.modes {
		if md == away || !f.works(t) {
			continue
		}
		on := r.on[t*len(r.Agents)+a]
		switch {
		case on == f.on[t]:
			other = none
		case on != other:
			n++
			other = on
		}
	}
	return n
}

// dayCost is what a day costs by itself: its shift, the soft rules, and what the
// agent is not spared.
func (m *model) dayCost(a int, d day) Money {
	cost := m.Agents[a].Shifts[d.frame.shift].Cost + m.softCost(a, d.modes)
	for t, md := range d.modes {
		cost += m.spare(a, t, md)
	}
	return cost
}

// softCost is the price of the soft rules for the modes of a day, with what is
// pinned.
func (m *model) softCost(a int, modes []mode) Money {
	if !m.tied {
		return 0
	}
	at := func(t int) mode {
		switch m.bound[a][t] {
		case Phone:
			return onPhone
		case Email:
			return onEmail
		case "":
			return modes[t]
		default:
			return away
		}
	}
	sum := Money(0)
	for _, work := range (Span{0, m.Grid.N}).without(func(t int) bool { return at(t) == away }) {
		for from := work.From; from < work.To; {
			to := from + 1
			for to < work.To && at(to) == at(from) {
				to++
			}
			if from == work.From && to == work.To {
				sum += m.soft[at(from)].alone[to-from]
			} else {
				sum += m.soft[at(from)].beside[to-from]
			}
			from = to
		}
	}
	return sum
}
