package schedule

import "slices"

// mode is what an agent who is at work and free may be used for in an interval.
type mode uint8

const (
	away    mode = iota // nothing: off, pausing, bound to a fixed block, or nothing is open
	either              // telephone or e-mail, whatever is worth more
	onPhone             // telephone
	onEmail             // e-mail
	modes
)

// model is a problem prepared for the search.
type model struct {
	Problem
	skills  []set         // by agent
	lent    [][]set       // by agent and interval: the skills with those of loans; no intervals: no loans
	open    [modes][]set  // by interval: the demands that a mode may serve
	bound   [][]Kind      // by agent and interval: the kind of what is fixed or pinned there, "": nothing
	pins    [][]*Activity // by agent and interval: what is pinned there; no intervals: nothing at all
	options []options     // by agent, set by fitAll
	soft    [modes]runCosts
	// tied: the soft rules, or what agents are spared, have a say, so that the days say who is on the
	// telephone and who on e-mail. Otherwise the assignment is free to choose,
	// interval by interval.
	tied bool
}

func newModel(p Problem) *model {
	m := &model{Problem: p, tied: p.Rules.hasSoft() || slices.ContainsFunc(p.Agents, func(a Agent) bool { return len(a.Spare) > 0 })}
	for _, md := range []mode{onPhone, onEmail} {
		m.soft[md] = p.Rules.runCosts(md, p.Grid.N)
	}
	words := setWords(len(p.Demands))
	for md := range m.open {
		m.open[md] = make([]set, p.Grid.N)
		for t := range m.open[md] {
			m.open[md][t] = make(set, words)
		}
	}
	for g, d := range p.Demands {
		own := onPhone
		if d.Kind == Email {
			own = onEmail
		}
		for t := range p.Grid.N {
			if d.open(t) {
				m.open[own][t].add(g)
				m.open[either][t].add(g)
			}
		}
	}
	for _, agent := range p.Agents {
		skills := make(set, words)
		for _, g := range agent.Skills {
			skills.add(g)
		}
		m.skills = append(m.skills, skills)
		m.lent = append(m.lent, lentSkills(skills, agent.Loans, p.Grid.N))
		m.bound = append(m.bound, boundKinds(agent.Fixed, p.Grid.N))
		m.pins = append(m.pins, nil)
		m.hold(len(m.pins) - 1)
	}
	return m
}

// lentSkills gives the skills of an agent with loans in each of n intervals; nil
// without loans.
func lentSkills(own set, loans []Loan, n int) []set {
	if len(loans) == 0 {
		return nil
	}
	sets := make([]set, n)
	for t := range sets {
		sets[t] = slices.Clone(own)
		for _, l := range loans {
			if l.From <= t && t < l.To {
				sets[t].add(l.Demand)
			}
		}
	}
	return sets
}

// skillsAt gives the demands that agent a can take in interval t.
func (m *model) skillsAt(a, t int) set {
	if len(m.lent[a]) == 0 {
		return m.skills[a]
	}
	return m.lent[a][t]
}

// open tells whether somebody may work on the demand in interval t.
func (d Demand) open(t int) bool {
	if d.Kind == Phone {
		return len(d.Cost[t]) > 0
	}
	return len(d.Backlog) > 1 && (d.Window == Span{} || d.Window.From <= t && t < d.Window.To)
}

// givesWay tells whether pauses may be laid on fixed blocks of this kind, and
// shifts leave them out: nobody else waits for what the agent does alone.
func (k Kind) givesWay() bool { return k == Other }

// boundKinds lays the fixed blocks on the grid. Where they overlap, an absence
// counts first and own work last, else the block that comes first.
func boundKinds(fixed []Block, n int) []Kind {
	kinds := make([]Kind, n)
	for _, b := range fixed {
		for t := b.From; t < b.To; t++ {
			if kinds[t] == "" || b.Kind == Absent || kinds[t].givesWay() && !b.Kind.givesWay() {
				kinds[t] = b.Kind
			}
		}
	}
	return kinds
}

// hold lays what is pinned for agent a on the grid, where no fixed block but
// own work lies.
func (m *model) hold(a int) {
	pinned := m.Agents[a].Pinned
	if len(pinned) == 0 {
		return
	}
	m.pins[a] = make([]*Activity, m.Grid.N)
	for i := range pinned {
		for t := pinned[i].From; t < pinned[i].To; t++ {
			if kind := m.bound[a][t]; kind == "" || kind.givesWay() {
				m.pins[a][t], m.bound[a][t] = &pinned[i], pinned[i].Kind
			}
		}
	}
}

// pin gives what is pinned for agent a in interval t; nil: nothing.
func (m *model) pin(a, t int) *Activity {
	if len(m.pins[a]) == 0 {
		return nil
	}
	return m.pins[a][t]
}

// pause tells whether a break or lunch of agent a is pinned in interval t.
func (m *model) pause(a, t int) bool {
	pin := m.pin(a, t)
	return pin != nil && (pin.Kind == Break || pin.Kind == Lunch)
}

// spare is what it costs, at least, that agent a is in the mode in interval t.
func (m *model) spare(a, t int, md mode) Money {
	spare := m.Agents[a].Spare
	switch {
	case len(spare) == 0:
		return 0
	case md == onPhone:
		return spare[t]
	case md == either:
		return min(0, spare[t])
	}
	return 0
}

// canWork tells whether agent a could work in the mode in interval t.
func (m *model) canWork(a, t int, md mode) bool { return m.skillsAt(a, t).meets(m.open[md][t]) }
