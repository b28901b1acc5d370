package export

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"bemanna/internal/civil"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

const (
	// wholeShifts is the most days of which start and end of a shift fit beside each
	// other into the page's width.
	wholeShifts = 5
	mostChanges = 40 // changes that are listed; the JSON has all

	// Widths of columns: a name, a shift as 0730-1615, a time as 0730, hours of the
	// contract, late shifts. With five shifts or seven times a row has at most 79 letters.
	nameWidth, shiftWidth, clockWidth, hoursWidth, lateWidth = 14, 10, 7, 10, 5
)

type rosterPage struct {
	page
	r *plan.Roster
}

func (p *rosterPage) head() {
	r := p.r
	p.wrapped(rosterTitle(r, p.words), 2)
	if r.Version == 0 {
		p.line(p.words.Say("roster.draft"))
	} else {
		p.line(p.words.Say("roster.published", i18n.Args{"Version": r.Version, "At": p.words.Stamp(r.Made)}))
	}
	p.line(strings.Repeat("-", pageWidth))
	p.wrapped(p.outlook(), 2)
	if r.ShortNotice > 0 {
		p.wrapped("! "+p.words.Say("roster.short_notice", i18n.Args{"Days": r.ShortNotice}), 2)
	}
	if u := r.Unbooked; u != nil {
		_, week := u.From.ISOWeek()
		p.wrapped(p.words.Say("roster.unbooked", i18n.Args{"Week": week, "Share": p.words.Share(u.Share, 0)}), 2)
	}
}

// rosterTitle says whose roster it is, and of which weeks.
func rosterTitle(r *plan.Roster, words *i18n.Words) string {
	return words.Say("roster.title", i18n.Args{"From": words.Day(r.From), "Until": words.Day(r.Until - 1), "Centre": r.Centre})
}

// outlook says how many days reach the target, and how steady people's weeks are.
func (p *rosterPage) outlook() string {
	open, reached, spread, people := 0, 0, 0.0, 0
	for _, w := range p.r.Weeks {
		for _, d := range w.Days {
			if d.Open {
				open++
				if !d.Missed(p.r.Target) {
					reached++
				}
			}
		}
		for _, x := range w.People {
			if slices.ContainsFunc(x.Days, func(s plan.RosterShift) bool { return s.Shift != nil }) {
				people++
				spread += x.Spread
			}
		}
	}
	return p.words.Say("roster.outlook", i18n.Args{
		"Reached": reached, "Open": open, "Target": p.words.Share(p.r.Target.Share, 0), "Within": p.r.Target.Within,
		"Minutes": p.words.Number(spread/float64(max(1, people)), 0),
	})
}

// changes lists the shifts that become others than people have been told.
func (p *rosterPage) changes() {
	all := p.r.Changes
	if len(all) == 0 {
		return
	}
	p.line()
	p.line(strings.ToUpper(p.words.Say("roster.changes", i18n.Args{"Changes": len(all)})))
	if n := p.r.Consent(); n > 0 {
		p.wrapped("! "+p.words.Say("roster.consent", i18n.Args{"Changes": n, "Days": plan.RosterNotice}), 2)
	}
	for _, c := range all[:min(len(all), mostChanges)] {
		mark := " "
		if c.Near {
			mark = "!"
		}
		p.line(fmt.Sprintf("%s %-8s %-24s %s → %s", mark, weekdayHead(c.Date, p.words), clip(c.Name, 24), p.shift(c.Was), p.shift(c.Is)))
	}
	if more := len(all) - mostChanges; more > 0 {
		p.line(p.words.Say("roster.more", i18n.Args{"Changes": more}))
	}
}

func (p *rosterPage) shift(s *plan.Period) string {
	if s == nil {
		return p.words.Say("roster.off")
	}
	return clocks(s)
}

// week writes what the days of a week are worth, and who works when.
func (p *rosterPage) week(w *plan.RosterWeek) {
	_, week := w.Monday.ISOWeek()
	days := workdays(w)
	p.line()
	p.line(strings.ToUpper(p.words.Say("roster.week", i18n.Args{"Week": week})))
	if len(days) == 0 {
		p.line(p.words.Say("roster.closed"))
		return
	}
	p.days(w, days)
	p.line()
	p.people(w, days)
	for _, r := range w.Remarks {
		text := Remark(r, p.words)
		if !r.Start.IsZero() {
			text = weekdayHead(civil.DateOf(r.Start), p.words) + ": " + text
		}
		p.wrapped("- "+text, 2)
	}
}

func (p *rosterPage) days(w *plan.RosterWeek, days []int) {
	header := []string{""}
	rows := make([][]string, 4)
	for i, id := range []string{"roster.calls", "roster.people", "col.phone_hours", "roster.in_time"} {
		rows[i] = []string{p.words.Say(id)}
	}
	for _, i := range days {
		d := w.Days[i]
		header = append(header, weekdayHead(d.Date, p.words))
		share := p.words.Share(d.Share, 0)
		if d.Missed(p.r.Target) {
			share = "! " + share
		}
		for k, cell := range []string{p.words.Number(d.Offered, 0), strconv.Itoa(d.People), p.words.Number(d.PhoneHours, 0), share} {
			rows[k] = append(rows[k], cell)
		}
	}
	p.table(header, rows)
	for _, i := range days {
		if d := w.Days[i]; len(d.Short) > 0 {
			p.wrapped(weekdayHead(d.Date, p.words)+": "+Remark(d.Short[0], p.words), 2)
		}
	}
}

// people is a row for each person; of weeks with more than five days two: when the
// shifts begin, and when they end.
func (p *rosterPage) people(w *plan.RosterWeek, days []int) {
	width := shiftWidth
	if len(days) > wholeShifts {
		width = clockWidth
	}
	var heads []string
	for _, i := range days {
		heads = append(heads, weekdayHead(w.Days[i].Date, p.words))
	}
	p.row(width, "", heads, p.words.Say("roster.hours"), p.words.Say("roster.late"))
	for _, t := range rosterTables(p.r, w, p.words) {
		p.line(clip(t.heading(), pageWidth))
		for _, x := range t.people {
			p.person(x, days, width)
		}
	}
}

// person writes the week of one person.
func (p *rosterPage) person(x *plan.RosterPerson, days []int, width int) {
	var first, second []string
	for _, i := range days {
		begin, end := "·", ""
		switch at := x.Days[i]; {
		case at.Shift != nil:
			begin, end = at.Shift.Start.Format("1504"), at.Shift.End.Format("1504")
			if width == shiftWidth {
				begin += "-" + end
			}
		case at.Away:
			begin = p.words.Say("roster.away")
		}
		first, second = append(first, begin), append(second, end)
	}
	hours := compact(x.Hours, p.words)
	if x.Contract > 0 {
		hours += "/" + compact(x.Contract, p.words)
	}
	late := ""
	if x.Late > 0 {
		late = strconv.Itoa(x.Late)
	}
	p.row(width, " "+clip(shortName(x.Name), nameWidth-2), first, hours, late)
	if width == clockWidth {
		p.row(width, "", second, "", "")
	}
}

// row writes cells in columns of fixed widths, all but the first on the right.
func (p *rosterPage) row(width int, name string, cells []string, hours, late string) {
	var b strings.Builder
	fmt.Fprintf(&b, "%-*s", nameWidth, name)
	for _, c := range cells {
		fmt.Fprintf(&b, "%*s", width, c)
	}
	fmt.Fprintf(&b, "%*s%*s", hoursWidth, hours, lateWidth, late)
	p.line(strings.TrimRight(b.String(), " "))
}
