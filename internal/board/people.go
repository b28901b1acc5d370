package board

import (
	"slices"
	"strconv"
	"strings"

	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// peopleView is the first step of the meeting: who is here.
type peopleView struct {
	Units []unitRow
	Away  string // names, never why
	Leads []leadView
}

// unitRow counts the people of a unit; Phone and Email are hours.
type unitRow struct{ Name, Here, Away, Temps, Phone, Email string }

// leadView is a table and who leads it.
type leadView struct {
	Table, Name, Deputy string
	StandIn             bool // instead of the lead of the week
	None                bool // nobody leads
}

// people counts those of a part of a day. Who leads may be of another part: names
// are those of the whole.
func people(d *plan.Day, names map[string]string, w *i18n.Words) peopleView {
	var v peopleView
	for _, u := range append(append([]plan.Unit{}, d.Units...), plan.Unit{Name: w.Say("page.no_unit")}) {
		if row, used := unitOf(d, u, w); used {
			v.Units = append(v.Units, row)
		}
	}
	var away []string
	for _, a := range d.Agents {
		if a.Absent {
			away = append(away, a.Name)
		}
	}
	v.Away = strings.Join(away, ", ")
	for _, t := range d.Tables {
		v.Leads = append(v.Leads, leadView{t.Name, names[t.Lead], names[t.Deputy], t.StandIn, t.Lead == ""})
	}
	return v
}

func unitOf(d *plan.Day, u plan.Unit, w *i18n.Words) (row unitRow, used bool) {
	var here, away, temps int
	var phone, email float64
	for _, a := range d.Agents {
		switch {
		case a.Unit != u.ID:
			continue
		case a.Shift == nil:
			away++
			continue
		case a.Employment != "permanent":
			temps++
		}
		here++
		for _, act := range a.Activities {
			switch act.Kind {
			case "phone":
				phone += act.End.Sub(act.Start).Hours()
			case "email":
				email += act.End.Sub(act.Start).Hours()
			}
		}
	}
	return unitRow{
		u.Name, strconv.Itoa(here), strconv.Itoa(away), strconv.Itoa(temps), w.Number(phone, 0), w.Number(email, 0),
	}, here+away > 0
}

// nameOf gives the names of people by their ids.
func nameOf(d *plan.Day) map[string]string {
	names := map[string]string{}
	for _, a := range d.Agents {
		names[a.ID] = a.Name
	}
	return names
}

// tableView is a table in the third step of the meeting: who does what.
type tableView struct {
	Name   string
	Ticks  []tick
	People []personRow
}

// personRow is a person's day in one line, and what it opens to.
type personRow struct {
	ID, Name string
	Lead     bool
	Star     bool // instead of the lead of the week
	Temp     string
	Off      string // why there is no strip
	Strip    stripView
	Times    []activityRow
}

// activityRow is what somebody does for a while, in words.
type activityRow struct{ Clock, Kind, What, Groups string }

// tables lists the tables of a day with their people, and last those without
// one.
func tables(d *plan.Day, w *i18n.Words) []tableView {
	s := working(d.Agents)
	group := groupNames(d)
	var out []tableView
	for _, t := range append(append([]plan.Table{}, d.Tables...), plan.Table{Name: w.Say("board.no_table")}) {
		v := tableView{Name: t.Name, Ticks: s.ticks()}
		for _, a := range d.Agents {
			if a.Table != t.ID {
				continue
			}
			row := person(a, s, group, w)
			row.Lead = t.Lead == a.ID
			row.Star = row.Lead && t.StandIn
			v.People = append(v.People, row)
		}
		if len(v.People) > 0 {
			out = append(out, v)
		}
	}
	return out
}

// columns parts tables into two columns of about the same height. They are fixed:
// to open a person moves nobody from one to the other.
func columns(all []tableView) [][]tableView {
	height := func(t tableView) int { return len(t.People) + 2 } // the table has a name and an axis
	total := 0
	for _, t := range all {
		total += height(t)
	}
	first, n := 0, 0
	for n < len(all) && 2*first+height(all[n]) <= total {
		first += height(all[n])
		n++
	}
	return slices.DeleteFunc([][]tableView{all[:n], all[n:]}, func(c []tableView) bool { return len(c) == 0 })
}

func person(a plan.Agent, s span, group map[string]string, w *i18n.Words) personRow {
	row := personRow{ID: a.ID, Name: a.Name}
	switch {
	case a.Absent:
		row.Off = w.Say("board.absent")
	case a.Shift == nil:
		row.Off = w.Say("board.off")
	default:
		row.Strip, row.Times = strip(a, s, w), times(a, group, w)
	}
	if a.Employment != "permanent" && a.Employment != "" {
		row.Temp = w.Say("board.extra")
	}
	return row
}

// times puts the day of a person into words.
func times(a plan.Agent, group map[string]string, w *i18n.Words) []activityRow {
	var out []activityRow
	for _, act := range a.Activities {
		var groups []string
		for _, id := range act.Groups {
			groups = append(groups, group[id])
		}
		out = append(out, activityRow{clocks(act.Start, act.End), act.Kind, w.Say("kind." + act.Kind), strings.Join(groups, ", ")})
	}
	return out
}

// groupNames gives the names of groups and of e-mail by their ids.
func groupNames(d *plan.Day) map[string]string {
	names := map[string]string{}
	for _, g := range d.Groups {
		names[g.ID] = g.Name
	}
	for _, e := range d.Email {
		names[e.ID] = e.Name
	}
	return names
}

func joined(parts []string) string { return strings.Join(parts, ", ") }
