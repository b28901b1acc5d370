package schedule

import "slices"

// Change is one difference between a repaired plan and the one before.
type Change struct {
	Agent string
	// Was and Is are what is done instead: a pause at another time, or work in a
	// stretch, where Was is that of its beginning. Was is empty for the whole day
	// of somebody who is new, and Is for a pause that is no longer due.
	Was, Is Activity
	// Gain is what the day would cost more if this change alone were not made
	// and nobody else moved.
	Gain Money
	// Serves is the demand that gains most; -1: none.
	Serves int
	// Forced tells that the news leave no choice: the plan before cannot be kept
	// here.
	Forced bool
}

// begin is where the change begins.
func (c *Change) begin() int {
	if c.Is.Len() > 0 {
		return c.Is.From
	}
	return c.Was.From
}

// changes lists what differs, by agent and time.
func (r *repair) changes() []Change {
	var all []Change
	for _, a := range r.agents {
		var own []Change
		if r.isNew(a) {
			own = []Change{r.arrival(a)}
		} else {
			own = slices.Concat(r.pauseChanges(a, Break), r.pauseChanges(a, Lunch), r.workChanges(a))
		}
		slices.SortStableFunc(own, func(c, d Change) int { return c.begin() - d.begin() })
		all = append(all, own...)
	}
	return all
}

// effect is how a trial changes costs: together, and by demand.
type effect struct {
	cost    Money
	demands []Money
}

// trial gives the effect of a change, of which agent a's day may be a part, and
// takes it back.
func (r *repair) trial(a int, change func()) effect {
	day, total, costs := r.days[a], r.total(), r.costs()
	change()
	e := effect{r.total() - total, r.costs()}
	for g := range e.demands {
		e.demands[g] -= costs[g]
	}
	r.undo(0)
	r.days[a] = day
	return e
}

// dearest gives the demand that costs most more; -1: none does.
func (e effect) dearest() int {
	if g := greatest(e.demands); e.demands[g] > 0 {
		return g
	}
	return -1
}

// undone gives what the plan costs more after a change of agent a's day, and the
// demand where most of that is.
func (r *repair) undone(a int, change func()) (gain Money, serves int) {
	e := r.trial(a, change)
	return e.cost, e.dearest()
}

// costs gives what each demand costs.
func (r *repair) costs() []Money {
	costs := make([]Money, len(r.Demands))
	for g, d := range r.Demands {
		for t := range max(len(d.Cost), 1) {
			if c := r.cell(t, g); len(c.costs) > 0 {
				costs[g] += c.costs[min(c.n, len(c.costs)-1)]
			}
		}
	}
	return costs
}

// arrival is the change that somebody new has a day.
func (r *repair) arrival(a int) Change {
	shift := r.Agents[a].Shifts[r.days[a].frame.shift]
	here := shift.without(func(t int) bool { return r.bound[a][t] == Absent })
	c := Change{Agent: r.Agents[a].ID, Is: Activity{Span: Span{here[0].From, here[len(here)-1].To}}}
	c.Gain, c.Serves = r.undone(a, func() {
		r.vacate(a)
		r.days[a] = day{}
	})
	return c
}

// pauseChanges lists the pauses of a kind that have moved or are gone, but for
// those that were to be when the agent is away or bound.
func (r *repair) pauseChanges(a int, kind Kind) []Change {
	was := r.former[a].pauses(kind)
	was = slices.DeleteFunc(was, func(s Span) bool {
		return r.bound[a][s.From] != "" && !r.bound[a][s.From].givesWay() || r.pin(a, s.From) != nil
	})
	is := r.days[a].pauses(kind, r.Rules.BreakLength)
	kept := r.kept[a].pauses(kind, r.Rules.BreakLength)
	gone, come := apart(was, is), apart(is, was)
	var out []Change
	for i, old := range gone {
		c := Change{Agent: r.Agents[a].ID, Was: Activity{Span: old, Kind: kind}, Serves: -1}
		c.Forced = len(apart([]Span{old}, kept)) > 0
		if i < len(come) {
			c.Is = Activity{Span: come[i], Kind: kind}
			c.Gain, c.Serves = r.undone(a, func() { r.movePause(a, come[i], old) })
		}
		out = append(out, c)
	}
	for _, s := range come[min(len(gone), len(come)):] { // one more is due
		out = append(out, Change{Agent: r.Agents[a].ID, Is: Activity{Span: s, Kind: kind}, Serves: -1, Forced: true})
	}
	return out
}

// apart gives those of the spans that begin where none of the others does.
func apart(spans, others []Span) []Span {
	return slices.DeleteFunc(slices.Clone(spans), func(s Span) bool {
		return slices.ContainsFunc(others, func(o Span) bool { return o.From == s.From })
	})
}

// pauses gives the pauses of a kind that were planned.
func (f *former) pauses(kind Kind) []Span {
	return Span{0, len(f.kinds)}.without(func(t int) bool { return f.kinds[t] != kind })
}

// pauses gives the pauses of a kind, in order of time, but for those pinned.
func (d *day) pauses(kind Kind, breakLength int) []Span {
	var spans []Span
	add := func(from, length int) {
		if from >= 0 {
			spans = append(spans, Span{from, from + length})
		}
	}
	for i, rest := range d.rests {
		if kind == Lunch {
			add(rest.lunch, d.frame.parts[i].lunch)
		} else {
			add(rest.before, breakLength)
			add(rest.after, breakLength)
		}
	}
	return spans
}

// movePause lets agent a pause at another time, and work as was planned, or as
// is best, where the pause is now.
func (r *repair) movePause(a int, from, to Span) {
	modes := slices.Clone(r.days[a].modes)
	for t := from.From; t < from.To; t++ {
		if r.bound[a][t] == "" && r.canWork(a, t, either) {
			modes[t] = r.resume(a, t)
		}
	}
	for t := to.From; t < to.To; t++ {
		r.set(t, a, away, none)
		modes[t] = away
	}
	r.days[a].modes = modes
	r.days[a].cost = r.dayCost(a, r.days[a])
}

// resume puts agent a to work in interval t, and gives the mode.
func (r *repair) resume(a, t int) mode {
	on := r.former[a].on[t]
	if on == none || !r.couldKeep(a, t, either) {
		on = r.directBest(a, t, either)
	}
	md := r.modeFor(on)
	r.set(t, a, md, on)
	return md
}

// modeFor gives the mode in which somebody works on a demand.
func (r *repair) modeFor(g int32) mode {
	switch {
	case !r.tied:
		return either
	case r.Demands[g].Kind == Email:
		return onEmail
	}
	return onPhone
}

// workChanges lists the stretches in which agent a works on something else than
// was planned.
func (r *repair) workChanges(a int) []Change {
	f := &r.former[a]
	var out []Change
	var times [][]int
	other := none
	for t, md := range r.days[a].modes {
		if md == away || !f.works(t) {
			continue
		}
		on := r.on[t*len(r.Agents)+a]
		switch {
		case on == f.on[t]:
			other = none
			continue
		case on != other:
			was := Activity{Span: Span{t, t + 1}, Kind: f.kinds[t]}
			if f.on[t] != none {
				was.Demands = []int{int(f.on[t])}
			}
			is := Activity{Span: Span{t, t + 1}, Kind: r.Demands[on].Kind, Demands: []int{int(on)}}
			out = append(out, Change{Agent: r.Agents[a].ID, Was: was, Is: is})
			times = append(times, nil)
			other = on
		}
		c := &out[len(out)-1]
		c.Was.To, c.Is.To = t+1, t+1
		c.Forced = c.Forced || f.on[t] == none || !r.couldKeep(a, t, either)
		times[len(times)-1] = append(times[len(times)-1], t)
	}
	for i := range out {
		out[i].Gain, out[i].Serves = r.undone(a, func() { r.revert(a, times[i]) })
	}
	return out
}

// revert puts agent a back to what was planned at some times, or to nothing
// where that cannot be.
func (r *repair) revert(a int, times []int) {
	modes := slices.Clone(r.days[a].modes)
	for _, t := range times {
		on := r.former[a].on[t]
		if on == none || !r.couldKeep(a, t, either) {
			modes[t] = away
			r.set(t, a, away, none)
			continue
		}
		modes[t] = r.modeFor(on)
		r.set(t, a, modes[t], on)
	}
	r.days[a].modes = modes
	r.days[a].cost = r.dayCost(a, r.days[a])
}
