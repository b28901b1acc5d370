package board

import (
	"slices"
	"strings"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// openedWeek is a week of an order by day and group, with whom to ask.
type openedWeek struct {
	ID, Title, Facts string
	Days             []sumRow
	Groups           []groupHours
	Shifts           []shiftRow
	Others           string   // who can be asked beside those
	Missing          []string // what is missing all the same
}

// groupHours are the hours to order on a day for a pool of groups.
type groupHours struct{ Day, Group, Unit, Source, Hours, Reserve string }

// shiftRow is a shift for which somebody is to be asked.
type shiftRow struct {
	Day, Time, Who, Source, Where, Cost string
	Reserve                             bool
}

// openWeek works out a week from its sum.
func openWeek(c *centre.Centre, t *plan.Temps, s plan.TempsSum, row sumRow, w *i18n.Words) openedWeek {
	v := openedWeek{
		ID: row.ID, Title: w.Say("weeks.week", i18n.Args{"Week": row.Name, "Dates": row.Dates}),
		Facts: w.Say("weeks.facts", i18n.Args{
			"Calls": row.Calls, "Need": row.Need, "Own": row.Own, "Missing": row.Missing, "Lost": w.Number(s.Before.Lost, 0),
			"Note": lostNote(s.Before, t.Redial, w),
		}),
		Others: others(t, s, w),
	}
	for _, d := range t.Days {
		if falls(d.From, s) {
			day := sumOf(t, d, w)
			day.Name = datedWeekday(d.From, w)
			v.Days = append(v.Days, day)
		}
	}
	for _, o := range t.Orders {
		if falls(o.Date, s) {
			v.Groups = append(v.Groups, groupOf(c, o, w))
		}
	}
	for _, x := range t.Shifts {
		if falls(x.Date, s) {
			v.Shifts = append(v.Shifts, shiftRow{
				Day: datedWeekday(x.Date, w), Time: clocks(x.Start, x.End), Who: x.Name,
				Source: w.Say("source." + x.Source), Where: x.Where, Cost: w.Number(x.Cost, 0), Reserve: x.At == plan.P90,
			})
		}
	}
	for _, m := range t.Missing {
		if falls(m.Date, s) {
			v.Missing = append(v.Missing, w.Say("weeks.missing", i18n.Args{
				"Day": datedWeekday(m.Date, w), "Group": m.Name, "Hours": w.Number(m.Hours, 1),
			}))
		}
	}
	return v
}

// datedWeekday writes tis 24 nov.
func datedWeekday(d civil.Date, w *i18n.Words) string { return w.Weekday(d) + " " + shortDay(d, w) }

func groupOf(c *centre.Centre, o plan.TempsHours, w *i18n.Words) groupHours {
	h := groupHours{
		Day: datedWeekday(o.Date, w), Group: o.Name, Unit: poolUnit(c, o.Pool, w), Source: w.Say("source." + o.Source),
		Hours: w.Number(o.Hours.P50, 0), Reserve: "–",
	}
	if p90 := o.Hours.P90; p90 != nil {
		h.Reserve = w.Number(*p90-o.Hours.P50, 0)
	}
	return h
}

// poolUnit is the name of the unit of a pool, which is named after the unit or
// after its first group.
func poolUnit(c *centre.Centre, pool string, w *i18n.Words) string {
	g, _ := c.Group(pool)
	for _, u := range c.Units {
		if u.ID == pool || u.ID == g.Unit {
			return u.Name
		}
	}
	return w.Say("weeks.all_together")
}

// others names those who can be asked in a week and are not, with the hours that
// they have left.
func others(t *plan.Temps, s plan.TempsSum, w *i18n.Words) string {
	var names []string
	for _, p := range t.People {
		asked := slices.ContainsFunc(t.Shifts, func(x plan.TempsShift) bool { return x.Person == p.ID && falls(x.Date, s) })
		i := slices.IndexFunc(p.Weeks, func(x plan.TempsWeekly) bool { return x.Monday == s.From.Monday() })
		if !asked && i >= 0 && p.Weeks[i].Left > 0 {
			names = append(names, w.Say("weeks.left", i18n.Args{"Name": p.Name, "Hours": w.Number(p.Weeks[i].Left, 0)}))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return w.Say("weeks.others", i18n.Args{"Names": strings.Join(names, ", ")})
}

// sharesView is the hours to order by week and unit.
type sharesView struct {
	Units []string // none: they would say nothing
	Rows  []sharesRow
}

type sharesRow struct {
	Name  string
	Cells []string
}

// sharesOf parts an order by the unit that its shifts help most. An order of one
// unit is not parted.
func sharesOf(c *centre.Centre, t *plan.Temps, w *i18n.Words) sharesView {
	var v sharesView
	if t.Unit != "" || len(t.Orders) == 0 {
		return v
	}
	names := []string{w.Say("weeks.all_together")}
	for _, u := range c.Units {
		names = append(names, u.Name)
	}
	v.Units = keep(names, func(name string) bool {
		return slices.ContainsFunc(t.Orders, func(o plan.TempsHours) bool { return poolUnit(c, o.Pool, w) == name })
	})
	for _, s := range t.Weeks {
		row := sharesRow{Name: weekNumber(s.From)}
		for _, unit := range v.Units {
			var hours, more float64
			for _, o := range t.Orders {
				if !falls(o.Date, s) || poolUnit(c, o.Pool, w) != unit {
					continue
				}
				hours += o.Hours.P50
				if o.Hours.P90 != nil {
					more += *o.Hours.P90 - o.Hours.P50
				}
			}
			row.Cells = append(row.Cells, share(hours, more, w))
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}

// share writes hours to order with those in reserve: 12 (+8) h.
func share(hours, reserve float64, w *i18n.Words) string {
	switch {
	case hours == 0 && reserve == 0:
		return "–"
	case reserve == 0:
		return w.Say("weeks.hours", i18n.Args{"Hours": w.Number(hours, 0)})
	default:
		return w.Say("weeks.hours_more", i18n.Args{"Hours": w.Number(hours, 0), "More": w.Number(reserve, 0)})
	}
}
