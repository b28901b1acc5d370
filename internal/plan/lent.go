package plan

import (
	"cmp"
	"slices"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/schedule"
)

// lending settles to which group somebody is lent and when: on the grid, and not
// before from.
func (n News) lending(c *centre.Centre, d *Day, p centre.Person, from civil.Clock) (News, error) {
	who := p.ID + " (" + p.Name + ")"
	g, known := c.Group(n.Group)
	i := slices.IndexFunc(d.Agents, func(a Agent) bool { return a.ID == p.ID && a.Shift != nil })
	n = n.coming(c, p, from)
	if n.Until == 0 {
		n.Until = endOfDay
	}
	step := civil.Clock(c.Interval.Minutes())
	n.Until = min(endOfDay, (n.Until+step-1)/step*step)
	no := func(why RefusalReason) Refusal {
		return Refusal{Reason: why, Name: p.Name, Group: cmp.Or(g.Name, n.Group), Date: d.Date, From: n.From, Until: n.Until}
	}
	switch {
	case i < 0:
		return n, no(RefusedNotPlanned).because("%s: lent, but not planned on %s", who, d.Date)
	case !known || g.Channel != centre.Phone:
		return n, no(RefusedGroup).because("%s: lent to %q, want a telephone group of the centre", who, n.Group)
	case !slices.ContainsFunc(d.Groups, func(open Group) bool { return open.ID == g.ID }):
		return n, no(RefusedGroup).because("%s: lent to %s, which is closed on %s", who, g.ID, d.Date)
	case slices.ContainsFunc(p.Skills, func(s centre.Skill) bool { return s.Group == g.ID }):
		return n, no(RefusedMaster).because("%s: lent to %s, but masters it: takes its calls anyway", who, g.ID)
	case n.Until <= n.From:
		return n, no(RefusedEnd).because("%s: lent from %s until %s, want a later end", who, n.From, n.Until)
	}
	return n, nil
}

// loans puts what somebody is lent to into the schedule engine's terms. What
// serves a pool that the person is in anyway needs none.
func loans(grid civil.Grid, lent []centre.Loan, skills []int, work demands) []schedule.Loan {
	var out []schedule.Loan
	for _, l := range lent {
		if d, ok := work.of[l.Group]; ok && !slices.Contains(skills, d) {
			out = append(out, schedule.Loan{Span: span(grid, l.Span), Demand: d})
		}
	}
	return out
}

// personAt is an agent's person as they are in interval t: with the skills that
// they are lent with, last.
func (d *draft) personAt(agent, t int) centre.Person {
	a := &d.avail[agent]
	p := a.Person
	for _, l := range a.Lent {
		if s := span(d.r.Grid, l.Span); s.From <= t && t < s.To {
			p.Skills = append(slices.Clip(p.Skills), centre.Skill{Group: l.Group, Level: 1})
		}
	}
	return p
}
