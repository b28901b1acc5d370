package export

import (
	"maps"
	"slices"

	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// units lists the units that have people on the day, or, when nobody can be
// planned, those that have groups. Units that the plan does not name are last.
func units(d *plan.Day, words *i18n.Words) []plan.Unit {
	used := map[string]bool{}
	var ids []string
	for _, u := range d.Units {
		ids = append(ids, u.ID)
	}
	for _, a := range d.Agents {
		used[a.Unit], ids = true, append(ids, a.Unit)
	}
	if len(d.Agents) == 0 {
		for _, g := range d.Groups {
			used[g.Unit], ids = true, append(ids, g.Unit)
		}
	}
	var out []plan.Unit
	for _, id := range ids {
		if used[id] {
			used[id] = false
			out = append(out, plan.Unit{ID: id, Name: unitName(d, id, words)})
		}
	}
	return out
}

func unitName(d *plan.Day, id string, words *i18n.Words) string {
	for _, u := range d.Units {
		if u.ID == id && u.Name != "" {
			return u.Name
		}
	}
	if id == "" {
		return words.Say("page.no_unit")
	}
	return id
}

// ofUnit is the part of a day that concerns a unit: its groups, people and
// tables, and what is said of any of them or of none of any unit. Summary and Volume stay those
// of the centre.
func ofUnit(d *plan.Day, unit string) *plan.Day {
	out := *d
	out.Groups = filter(d.Groups, func(g plan.Group) bool { return g.Unit == unit })
	out.Email = filter(d.Email, func(e plan.EmailDay) bool { return e.Unit == unit })
	out.Agents = filter(d.Agents, func(a plan.Agent) bool { return a.Unit == unit })
	out.Tables = filter(d.Tables, func(t plan.Table) bool { return t.Unit == unit })
	ours := map[string]bool{} // by name: known, and whether it is of the unit
	for thing := range unitNames(d) {
		ours[thing.name] = ours[thing.name] || thing.unit == unit
	}
	concerns := func(names ...string) bool {
		others := false
		for _, name := range names {
			own, known := ours[name]
			if own {
				return true
			}
			others = others || known
		}
		return !others
	}
	out.Remarks = filter(d.Remarks, func(r plan.Remark) bool { return concerns(r.Group, r.Who) })
	out.Actions = filter(d.Actions, func(a plan.Action) bool { return concerns(a.Where, a.Who) })
	return &out
}

// shared are the groups of no unit of which somebody of the given people is
// master.
func shared(d *plan.Day, people []plan.Agent) []plan.Group {
	return filter(d.Groups, func(g plan.Group) bool {
		return g.Unit == "" && slices.ContainsFunc(people, func(a plan.Agent) bool { return slices.Contains(a.Skills, g.ID) })
	})
}

type unitThing struct{ unit, name string }

// unitNames are the names by which remarks and actions call what belongs to a
// unit.
func unitNames(d *plan.Day) map[unitThing]bool {
	out := map[unitThing]bool{}
	for _, u := range d.Units {
		out[unitThing{u.ID, u.Name}] = true
	}
	for _, g := range d.Groups {
		out[unitThing{g.Unit, g.Name}] = true
	}
	for _, e := range d.Email {
		out[unitThing{e.Unit, e.Name}] = true
	}
	for _, t := range d.Tables {
		out[unitThing{t.Unit, t.Name}] = true
	}
	for _, a := range d.Agents {
		out[unitThing{a.Unit, a.Name}] = true
	}
	maps.DeleteFunc(out, func(t unitThing, _ bool) bool { return t.name == "" })
	return out
}

func filter[T any](all []T, keep func(T) bool) []T {
	var out []T
	for _, x := range all {
		if keep(x) {
			out = append(out, x)
		}
	}
	return out
}
