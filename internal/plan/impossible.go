package plan

import (
	"slices"

	"bemanna/schedule"
)

// impossible says what no plan of the day could do, whatever it costs: nobody is
// there, nobody masters a group, somebody has no shift or nothing to do.
func (d *draft) impossible() []Remark {
	var out []Remark
	if len(d.avail) == 0 {
		return []Remark{{Kind: RemarkNoPeople}}
	}
	if !slices.ContainsFunc(d.problem.Agents, func(a schedule.Agent) bool { return len(a.Shifts) > 0 }) && d.allAbsent() {
		return []Remark{{Kind: RemarkAllAway}}
	}
	for g := range d.r.Groups {
		if d.nobodyFor(g) {
			out = append(out, Remark{Kind: RemarkNoMaster, Group: d.r.Groups[g].Group.Name})
		}
	}
	for i, a := range d.avail {
		switch {
		case a.Absent:
		case len(a.Person.Skills)+len(a.Lent) == 0:
			out = append(out, Remark{Kind: RemarkUnskilled, Who: a.Person.Name})
		case len(d.problem.Agents[i].Shifts) == 0 && !d.isRestless(a.Person.Name) && !slices.Contains(d.off, a.Person.ID):
			out = append(out, Remark{Kind: RemarkUnplaced, Who: a.Person.Name, Rule: schedule.RuleShift})
		}
	}
	return out
}

func (d *draft) allAbsent() bool {
	for _, a := range d.avail {
		if !a.Absent {
			return false
		}
	}
	return true
}

// nobodyFor tells whether calls of a group are expected, and nobody who has a
// shift masters it then.
func (d *draft) nobodyFor(g int) bool {
	n, expected := &d.r.Groups[g], false
	for t, open := range n.Open {
		if !open || n.Forecast.Mean[t] == 0 {
			continue
		}
		expected = true
		for i := range d.avail {
			if len(d.problem.Agents[i].Shifts) > 0 && slices.Contains(d.mastered(i, t), g) {
				return false
			}
		}
	}
	return expected
}

func (d *draft) isRestless(who string) bool {
	return slices.ContainsFunc(d.restless, func(r Remark) bool { return r.Who == who })
}
