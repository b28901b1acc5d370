package plan

import (
	"slices"

	"bemanna/schedule"
)

// standIns gives the tables of a plan after news: where the lead is away, the
// deputy leads, or the next who is here; where a deputy is away or leads, the
// next follows. Tables that the news do not touch stay as they are, and whoever
// stands in leads for the rest of the day.
func (d *draft) standIns(tables []Table, now int) []Table {
	out := slices.Clone(tables)
	leads := func(id string) bool { return d.present(id, now) && (d.meeting().From < now || d.able(id)) }
	taken := map[string]bool{}
	for i := range out {
		t := &out[i]
		if !d.present(t.Deputy, now) {
			t.Deputy = ""
		}
		if !leads(t.Lead) {
			t.Lead = ""
		}
		taken[t.Lead], taken[t.Deputy] = true, true
	}
	// next is the first of the candidates at table i who is free.
	next := func(i int, candidates []string, able func(string) bool) string {
		all := slices.Concat(candidates, successors(d.c, out[i], Duty{Lead: tables[i].Lead}))
		if k := slices.IndexFunc(all, func(id string) bool { return id != "" && able(id) && (!taken[id] || id == out[i].Deputy) }); k >= 0 {
			taken[all[k]] = true
			return all[k]
		}
		return ""
	}
	for i := range out {
		t := &out[i]
		if t.Lead != "" {
			continue
		}
		t.Lead = next(i, []string{t.Deputy}, leads)
		t.StandIn = t.Lead != ""
		if t.Lead == t.Deputy {
			t.Deputy = ""
		}
	}
	for i := range out {
		if t := &out[i]; t.Deputy == "" && tables[i].Deputy != "" {
			t.Deputy = next(i, nil, func(id string) bool { return d.present(id, now) })
		}
	}
	return out
}

// present tells whether somebody is at work at any time from interval now on.
func (d *draft) present(id string, now int) bool {
	i := d.agent(id)
	return i >= 0 && slices.ContainsFunc(d.problem.Agents[i].Shifts, func(s schedule.Shift) bool {
		for t := max(s.From, now); t < s.To; t++ {
			if !d.away(i, t) {
				return true
			}
		}
		return false
	})
}

// bindMet fixes the meeting for those who were at it, when it has begun.
func (d *draft) bindMet(day *Day) {
	for i := range d.problem.Agents {
		a := &d.problem.Agents[i]
		for _, act := range d.formerDay(i, day).Activities {
			if act.Kind == schedule.Lead {
				a.Fixed = append(a.Fixed, schedule.Block{Span: act.Span, Kind: schedule.Lead})
			}
		}
	}
}
