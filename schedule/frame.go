package schedule

import "slices"

// frame is one shift of an agent with what the rules ask of it: the parts of
// the day in which the agent is here, each with the pauses that are due in it.
type frame struct {
	shift int // index of Agent.Shifts
	parts []part
}

// part is a stretch of presence between absences.
type part struct {
	Span
	lunch  int  // length of the lunch that is due; 0: none
	coffee bool // coffee breaks are due: one on each side of lunch, or one
}

// waiver says which rules are set aside for somebody whose fixed blocks leave
// no room for them.
type waiver struct{ coffee, lunch, stretch bool }

// waivers are tried in this order.
var waivers = []waiver{
	{coffee: true},
	{lunch: true},
	{coffee: true, lunch: true},
	{stretch: true},
	{lunch: true, stretch: true},
	{coffee: true, lunch: true, stretch: true},
}

// framesOf gives the given shifts of agent a, cut at absences and at a lunch that
// is pinned.
func (m *model) framesOf(a int, shifts []int, w waiver) []frame {
	var frames []frame
	absent := func(t int) bool { return m.bound[a][t] == Absent }
	lunch := func(t int) bool { return m.bound[a][t] == Lunch }
	for _, i := range shifts {
		s := m.Agents[a].Shifts[i]
		f := frame{shift: i}
		for _, here := range s.without(absent) {
			pieces := here.without(lunch)
			if len(pieces) == 1 && pieces[0] == here {
				f.parts = append(f.parts, m.Rules.part(s, here, w))
				continue
			}
			for _, piece := range pieces { // lunch is pinned, so that no other is due
				f.parts = append(f.parts, m.Rules.part(Shift{Span: s.Span}, piece, w))
			}
		}
		frames = append(frames, f)
	}
	return frames
}

// without gives the runs of intervals of the span that are not out.
func (s Span) without(out func(t int) bool) []Span {
	var runs []Span
	for from := s.From; from < s.To; {
		to := from
		for to < s.To && !out(to) {
			to++
		}
		if to > from {
			runs = append(runs, Span{from, to})
		}
		from = to + 1
	}
	return runs
}

// part says which pauses are due in a stretch of presence within a shift. The
// lunch of a whole shift is always due, that of a part where there is room.
func (r Rules) part(s Shift, span Span, w waiver) part {
	side := r.BreakLength + 2*r.BreakDistance // of lunch, with a break
	if r.BreakLength == 0 {
		side = 0
	}
	p := part{Span: span, coffee: r.BreakLength > 0 && !w.coffee}
	if s.Lunch > 0 && !w.lunch && (span == s.Span || span.Len() >= max(r.LunchFrom, side)+s.Lunch+side) {
		p.lunch = s.Lunch
	} else if span.Len() < side {
		p.coffee = false
	}
	return p
}

// options are the ways in which an agent may spend the day.
type options struct {
	frames  []frame
	longest int // the longest stretch of work
}

// fitAll sets the options of all agents and gives the reasons why not all
// rules can be kept.
func (m *model) fitAll() []Reason {
	var unplaced []Reason
	m.options = make([]options, len(m.Agents))
	d := newDayplanner(m, false)
	for a := range m.Agents {
		var why []Reason
		m.options[a], why = m.fit(d, a)
		unplaced = append(unplaced, why...)
		if len(m.options[a].frames) == 0 {
			m.pins[a] = nil // who is off does nothing
		}
	}
	return unplaced
}

// fit finds the shifts of agent a that keep the rules. If there is none
// because of fixed blocks, it gives those that keep all but a few rules, and
// says which; if fixed blocks are not the cause, none.
func (m *model) fit(d *dayplanner, a int) (options, []Reason) {
	agent := m.Agents[a]
	d.begin(a)
	shifts, reasons := m.shiftsFor(a)
	if len(shifts) == 0 {
		return options{}, nil // not here today
	}
	all := m.framesOf(a, shifts, waiver{})
	if o := m.feasible(d, all, waiver{}); len(o.frames) > 0 {
		return o, reasons
	}
	where := agent.Shifts[all[0].shift].Span
	for _, w := range waivers {
		o := m.feasible(d, m.framesOf(a, shifts, w), w)
		if len(o.frames) == 0 {
			continue
		}
		for _, rule := range w.rules() {
			reasons = append(reasons, Reason{Agent: agent.ID, Rule: rule, Span: where, With: m.obstacle(a, where)})
		}
		if len(agent.Fixed)+len(agent.Pinned) == 0 {
			return options{}, reasons
		}
		return o, reasons
	}
	panic("schedule: a shift without any rule does not fit") // the last waiver asks for nothing
}

// shiftsFor gives the shifts of agent a that hold all fixed blocks but absences
// and those that give way, and of these the shifts that hold all that is pinned;
// or else those that hold most, with the reasons.
func (m *model) shiftsFor(a int) (shifts []int, reasons []Reason) {
	absent := func(t int) bool { return m.bound[a][t] == Absent }
	for i, s := range m.Agents[a].Shifts {
		if len(s.without(absent)) > 0 {
			shifts = append(shifts, i)
		}
	}
	shifts, missed := m.covering(a, shifts, func(t int) bool {
		kind := m.bound[a][t]
		return kind != "" && kind != Absent && !kind.givesWay() && m.pin(a, t) == nil
	})
	if missed != (Span{}) {
		reasons = append(reasons, Reason{m.Agents[a].ID, RuleFixed, missed, m.bound[a][missed.From]})
	}
	shifts, missed = m.covering(a, shifts, func(t int) bool { return m.pin(a, t) != nil })
	if missed != (Span{}) {
		reasons = append(reasons, Reason{m.Agents[a].ID, RulePinned, missed, m.bound[a][missed.From]})
		shifts = m.release(a, shifts)
	}
	return shifts, reasons
}

// obstacle gives what fills most of a span: the kind of the longest fixed or
// pinned block of agent a in it that does not give way; "": there is none.
func (m *model) obstacle(a int, where Span) Kind {
	kind, longest := Kind(""), 0
	for t, run := where.From, 0; t < where.To; t++ {
		k := m.bound[a][t]
		if t == where.From || k != m.bound[a][t-1] {
			run = 0
		}
		run++
		if stays := k != "" && (!k.givesWay() || m.pin(a, t) != nil); stays && run > longest {
			kind, longest = k, run
		}
	}
	return kind
}

func (w waiver) rules() []string {
	var names []string
	if w.coffee {
		names = append(names, RuleCoffee)
	}
	if w.lunch {
		names = append(names, RuleLunch)
	}
	if w.stretch {
		names = append(names, RuleStretch)
	}
	return names
}

// covering gives those of the shifts of agent a that hold most of the intervals
// that a shift must hold, with the first stretch that is not held.
func (m *model) covering(a int, shifts []int, must func(t int) bool) (held []int, missed Span) {
	least := m.Grid.N + 1
	for _, i := range shifts {
		s := m.Agents[a].Shifts[i]
		outside, first := 0, Span{}
		for t := range m.Grid.N {
			if !must(t) || s.From <= t && t < s.To {
				continue
			}
			if outside == 0 {
				first.From = t
			}
			if outside == 0 || first.To == t {
				first.To = t + 1
			}
			outside++
		}
		if outside < least {
			least, held, missed = outside, nil, first
		}
		if outside == least {
			held = append(held, i)
		}
	}
	return held, missed
}

// release lets go of what is pinned outside the first of the shifts, and gives
// those of them that hold the same of it.
func (m *model) release(a int, shifts []int) []int {
	own := m.Agents[a].Shifts
	first := own[shifts[0]]
	shifts = slices.DeleteFunc(shifts, func(i int) bool {
		return slices.ContainsFunc(m.Agents[a].Pinned, func(act Activity) bool {
			return own[i].common(act.Span) != first.common(act.Span)
		})
	})
	fixed := boundKinds(m.Agents[a].Fixed, m.Grid.N)
	for t := range m.pins[a] {
		if m.pins[a][t] != nil && (t < first.From || t >= first.To) {
			m.pins[a][t], m.bound[a][t] = nil, fixed[t]
		}
	}
	return shifts
}

// common gives the intervals that two spans share; the zero Span: none.
func (s Span) common(o Span) Span {
	if both := (Span{max(s.From, o.From), min(s.To, o.To)}); both.Len() > 0 {
		return both
	}
	return Span{}
}

// feasible gives those of the frames for which there is a day plan at all; the
// dayplanner has begun with the agent.
func (m *model) feasible(d *dayplanner, frames []frame, w waiver) options {
	o := options{longest: m.Rules.LongestStretch}
	if o.longest == 0 || w.stretch {
		o.longest = m.Grid.N
	}
	d.fill(o.longest)
	for _, f := range frames {
		if value := d.frame(f); value > never/2 {
			o.frames = append(o.frames, f)
		}
	}
	return o
}
