package board

import (
	"slices"

	"bemanna/internal/plan"
)

// narrowing says which part of a day is shown: a unit, or a table. Both empty
// is everything.
type narrowing struct{ unit, table string }

// narrowed reads ?unit= and ?table=, which the day must have.
func narrowed(q *request, d *plan.Day) (narrowing, error) {
	n := narrowing{q.URL.Query().Get("unit"), q.URL.Query().Get("table")}
	if n.unit != "" && !slices.ContainsFunc(d.Units, func(u plan.Unit) bool { return u.ID == n.unit }) {
		return n, notFound("board.fault_unit", n.unit)
	}
	if n.table != "" {
		i := slices.IndexFunc(d.Tables, func(t plan.Table) bool { return t.ID == n.table })
		if i < 0 {
			return n, notFound("board.fault_table", n.table)
		}
		n.unit = d.Tables[i].Unit
	}
	return n, nil
}

// name is that of the unit, and of the table.
func (n narrowing) name(d *plan.Day) string {
	var parts []string
	for _, u := range d.Units {
		if u.ID == n.unit {
			parts = append(parts, u.Name)
		}
	}
	for _, t := range d.Tables {
		if t.ID == n.table {
			parts = append(parts, t.Name)
		}
	}
	return joined(parts)
}

// of gives the part of a day that concerns the unit or the table: its people
// and tables, the groups and the e-mail of the unit and those that all units
// share, and what is said of any of them or of nothing else. Summary and Volume
// stay those of the centre.
func (n narrowing) of(d *plan.Day) *plan.Day {
	if n == (narrowing{}) {
		return d
	}
	out := *d
	ours := func(unit string) bool { return unit == n.unit || unit == "" }
	out.Groups = keep(d.Groups, func(g plan.Group) bool { return ours(g.Unit) })
	out.Email = keep(d.Email, func(e plan.EmailDay) bool { return ours(e.Unit) })
	out.Tables = keep(d.Tables, func(t plan.Table) bool { return t.Unit == n.unit && (n.table == "" || t.ID == n.table) })
	out.Agents = keep(d.Agents, func(a plan.Agent) bool {
		return a.Unit == n.unit && (n.table == "" || a.Table == n.table)
	})
	others := n.othersNames(d, &out)
	out.Remarks = keep(d.Remarks, func(r plan.Remark) bool {
		takesOver := r.Kind == plan.RemarkClosing && !others[r.Other] // the calls of another's group
		return takesOver || !others[r.Group] && !others[r.Who]
	})
	out.Actions = keep(d.Actions, func(a plan.Action) bool { return !others[a.Where] && !others[a.Who] })
	return &out
}

// othersNames are the names of what a day has and its part has not. A name that
// both have is not another's.
func (n narrowing) othersNames(whole, part *plan.Day) map[string]bool {
	others := map[string]bool{}
	for _, name := range names(whole) {
		others[name] = true
	}
	for _, u := range whole.Units {
		others[u.Name] = u.ID != n.unit
	}
	for _, name := range names(part) {
		delete(others, name)
	}
	return others
}

func names(d *plan.Day) []string {
	var out []string
	for _, g := range d.Groups {
		out = append(out, g.Name)
	}
	for _, e := range d.Email {
		out = append(out, e.Name)
	}
	for _, t := range d.Tables {
		out = append(out, t.Name)
	}
	for _, a := range d.Agents {
		out = append(out, a.Name)
	}
	return out
}

func keep[T any](all []T, wanted func(T) bool) []T {
	var out []T
	for _, x := range all {
		if wanted(x) {
			out = append(out, x)
		}
	}
	return out
}
