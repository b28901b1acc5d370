package export

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"bemanna/internal/civil"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// Words puts the remarks and the actions of a day into a language: the texts
// of the published JSON.
func Words(d *plan.Day, words *i18n.Words) {
	d.Notes = []string{}
	for _, r := range d.Remarks {
		d.Notes = append(d.Notes, Remark(r, words))
	}
	for i := range d.Actions {
		d.Actions[i].Text = Action(d.Actions[i], words)
	}
}

// title is the first line of every page of a day.
func title(d *plan.Day, w *i18n.Words) string {
	_, week := d.Date.ISOWeek()
	return w.Say("page.title", i18n.Args{"Day": w.Day(d.Date), "Week": week, "Centre": d.Centre})
}

// version says which plan it is, and what it knew.
func version(d *plan.Day, w *i18n.Words) string {
	return w.Say("page.version", i18n.Args{"Version": d.Version, "Made": w.Stamp(d.Made), "Data": dataUntil(d.DataUntil, d.Date, w)})
}

// longAgo is how many days before a day data end whose year has to be said.
const longAgo = 180

// dataUntil says when the data end that a page of a day rests on; the zero time
// stands for no data.
func dataUntil(until time.Time, day civil.Date, w *i18n.Words) string {
	switch last := civil.DateOf(until); {
	case until.IsZero():
		return w.Say("page.no_data")
	case day-last > longAgo:
		return w.Say("page.data_until", i18n.Args{"At": w.Day(last) + " " + civil.ClockOf(until).String()})
	default:
		return w.Say("page.data_until", i18n.Args{"At": w.Stamp(until)})
	}
}

// away names those who are absent all day; "" when nobody is.
func away(d *plan.Day, w *i18n.Words) string {
	var names []string
	for _, a := range d.Agents {
		if a.Absent {
			names = append(names, a.Name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return w.Say("page.away", i18n.Args{"Names": strings.Join(names, ", ")})
}

// leads names the leads and deputies of the tables; "" without tables. They may
// be people of any table.
func leads(tables []plan.Table, people []plan.Agent, w *i18n.Words) string {
	names := map[string]string{}
	for _, a := range people {
		names[a.ID] = a.Name
	}
	var all []string
	for _, t := range tables {
		lead, mark := names[t.Lead], ""
		if t.StandIn {
			mark = "*"
		}
		if lead == "" {
			lead = "–"
		}
		if deputy := names[t.Deputy]; deputy != "" {
			mark += " (" + deputy + ")"
		}
		all = append(all, t.ID+" "+lead+mark)
	}
	if len(all) == 0 {
		return ""
	}
	return w.Say("page.leads", i18n.Args{"Leads": strings.Join(all, " · ")})
}

// hardHours says how the tables share the hard hours of the week; "" while nobody
// has had any.
func hardHours(d *plan.Day, w *i18n.Words) string {
	var all []string
	for _, t := range d.Tables {
		if t.HardHours > 0 {
			all = append(all, t.ID+" "+w.Number(t.HardHours, 1))
		}
	}
	if len(all) == 0 {
		return ""
	}
	_, week := d.Date.ISOWeek()
	return w.Say("page.hard_hours", i18n.Args{"Week": week, "Tables": strings.Join(all, " · ")})
}

// leadMark marks somebody who leads a table, with a star where it is instead of
// the lead of the week, and with the table where it is not the own one; "" for
// everybody else.
func leadMark(d *plan.Day, a plan.Agent, w *i18n.Words) string {
	for _, t := range d.Tables {
		if t.Lead != a.ID || a.ID == "" {
			continue
		}
		mark := w.Say("lead.mark")
		if t.StandIn {
			mark += "*"
		}
		if t.ID != a.Table {
			mark += " " + t.ID
		}
		return mark
	}
	return ""
}

// alarms are the loud remarks and what would help, a line each.
func alarms(d *plan.Day, w *i18n.Words) []string {
	var lines []string
	for _, r := range d.Remarks {
		if Loud(r) {
			lines = append(lines, "! "+Remark(r, w))
		}
	}
	for _, a := range d.Actions {
		lines = append(lines, "> "+Action(a, w))
	}
	return lines
}

// emails says how much e-mail there is, a line for each pool.
func emails(d *plan.Day, w *i18n.Words) []string {
	var lines []string
	for _, e := range d.Email {
		lines = append(lines, w.Say("page.email", i18n.Args{
			"Name": e.Name, "Expected": w.Number(e.Expected, 0),
			"Due": w.Number(e.Due, 1), "Planned": w.Number(e.Planned, 1),
		}))
	}
	return lines
}

// Today says in one sentence how the day differs from a usual one.
func Today(d *plan.Day, w *i18n.Words) string {
	args := i18n.Args{"Calls": w.Number(d.Volume.Offered, 0), "Weekday": w.LongWeekday(d.Date)}
	if d.Volume.Usual == 0 {
		return w.Say("today.calls", args)
	}
	change := d.Volume.Offered / d.Volume.Usual
	if math.Abs(change-1) < 0.005 {
		return w.Say("today.usual", args)
	}
	args["Change"] = w.Change(change)
	var reasons []string
	for _, t := range d.Volume.Terms {
		reasons = append(reasons, Reason(t, w))
	}
	if len(reasons) == 0 {
		return w.Say("today.change", args)
	}
	args["Reasons"] = strings.Join(reasons, "; ")
	return w.Say("today.reasons", args)
}

// Reason says why the calls of a day differ, and by how much.
func Reason(t plan.Term, w *i18n.Words) string {
	s := why(t, w)
	if t.Group != "" {
		s += " (" + t.Group + ")"
	}
	return s + " " + w.Change(t.Factor)
}

// outlook is the two numbers that head every plan.
func outlook(d *plan.Day, w *i18n.Words) string {
	return w.Say("today.outlook", i18n.Args{
		"Share": w.Share(d.Summary.ServiceLevel, 0), "Within": d.Target.Within,
		"Definition": w.Say("definition." + d.Target.Definition),
		"Chance":     w.Chance(d.Summary.Probability), "Target": w.Share(d.Target.Share, 0),
	})
}

// meeting says when the leads meet, and what it costs.
func meeting(m *plan.Meeting, w *i18n.Words) string {
	return w.Say("page.meeting", i18n.Args{
		"From": civil.ClockOf(m.Start), "To": civil.EndClock(m.End), "Leads": m.Leads,
		"Cost": w.Number(100*m.Cost, 2),
	})
}

// Action says what would help, and how much.
func Action(a plan.Action, w *i18n.Words) string {
	args := i18n.Args{
		"Where": a.Where, "Who": a.Who, "People": a.People,
		"From": civil.ClockOf(a.Start), "To": civil.EndClock(a.End),
		"Gain": w.Number(100*a.Gain, 1),
	}
	if a.What != "" {
		args["What"] = w.Say("kind." + a.What)
	}
	id := "action." + string(a.Kind)
	if a.Kind == plan.ActionMove && a.Who != "" {
		id = "action.move_one"
	}
	return w.Say(id, args)
}

// loudKinds are the remarks that belong at the head of a page.
var loudKinds = []plan.RemarkKind{
	plan.RemarkHard, plan.RemarkMissed, plan.RemarkStale, plan.RemarkUncover, plan.RemarkLate, plan.RemarkNoPeople,
	plan.RemarkClosed, plan.RemarkUnknown, plan.RemarkRest,
	plan.RemarkOff, plan.RemarkLateShift, plan.RemarkOvertime, plan.RemarkAllAway, plan.RemarkNoMaster,
	plan.RemarkRoster,
}

// Loud tells whether a remark belongs at the head of a page.
func Loud(r plan.Remark) bool { return slices.Contains(loudKinds, r.Kind) }

// Remark puts what readers of a plan should know into words.
func Remark(r plan.Remark, w *i18n.Words) string {
	args := i18n.Args{
		"Group": r.Group, "Other": r.Other, "Who": r.Who, "Value": w.Number(r.Value, 0), "Plan": w.Number(r.Plan, 1), "Most": w.Number(r.Plan, 0),
		"Need": w.Number(r.Value, 1), "Points": w.Number(100*r.Value, 1), "Factor": w.Number(r.Value, 1),
	}
	if r.Rule != "" {
		args["Rule"] = w.Say("rule." + r.Rule)
	}
	if !r.Start.IsZero() {
		from, to := civil.DateOf(r.Start), civil.DateOf(r.End)
		args["From"], args["To"] = civil.ClockOf(r.Start), civil.EndClock(r.End)
		args["Date"], args["At"] = w.Day(from), w.Stamp(r.Start)
		args["Days"] = w.Day(from)
		if to > from+1 {
			args["Days"] = w.Day(from) + " – " + w.Day(to-1)
		}
	}
	kind := string(r.Kind)
	if r.Kind == plan.RemarkUncover && r.Value == 1 {
		kind += "_alone" // not fewer than one, but nobody
	}
	return w.Say("remark."+kind, args)
}

// wrap breaks text between words into lines of at most width letters.
func wrap(text string, width int) []string {
	var lines []string
	line, n := "", 0
	for word := range strings.SplitSeq(text, " ") {
		k := len([]rune(word))
		if n > 0 && n+1+k > width {
			lines = append(lines, line)
			line, n = "", 0
		}
		if n > 0 {
			line += " "
			n++
		}
		line += word
		n += k
	}
	return append(lines, line)
}

// clip shortens a name to at most n letters.
func clip(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}

// counted lists texts in order, each once, with how often it occurs: 09:15×2.
func counted(all []string) string {
	slices.Sort(all)
	var parts []string
	for i := 0; i < len(all); {
		j := i
		for j < len(all) && all[j] == all[i] {
			j++
		}
		part := all[i]
		if j-i > 1 {
			part += fmt.Sprintf("×%d", j-i)
		}
		parts = append(parts, part)
		i = j
	}
	if len(parts) == 0 {
		return "–"
	}
	return strings.Join(parts, " ")
}
