package export

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"bemanna/internal/civil"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// TempsView says what of an order of temps is shown.
type TempsView struct {
	Days   bool // by day, with the shifts, rather than by week
	People bool // who can be called in
}

// Temps writes the order of temps for a unit manager: the conclusion, what
// happens if nothing is ordered, need and order by week or day, and what further
// hours buy. It fits into 80 columns.
func Temps(w io.Writer, t *plan.Temps, view TempsView, words *i18n.Words) error {
	p := &tempsPage{page: page{w: bufio.NewWriter(w), words: words}, t: t}
	p.head()
	p.line()
	p.sums(view.Days)
	p.wrapped(words.Say("temps.legend"), 0)
	p.losses(view.Days)
	if view.Days {
		p.orders()
		p.shifts()
	}
	p.curve()
	p.missing()
	if view.People {
		p.people()
	}
	if p.err != nil {
		return p.err
	}
	return p.w.Flush()
}

type tempsPage struct {
	page
	t *plan.Temps
}

func (p *tempsPage) head() {
	t := p.t
	where := t.Centre
	if t.UnitName != "" {
		where = t.UnitName
	}
	p.wrapped(p.words.Say("temps.title", i18n.Args{"From": p.words.Day(t.From), "Until": p.words.Day(t.Until), "Where": where}), 2)
	p.line(strings.Repeat("-", pageWidth))
	p.wrapped(p.conclusion(), 2)
	p.wrapped(p.words.Say("temps.nothing", i18n.Args{
		"Level": p.level(t.Total.Before), "Hard": p.words.Share(t.Total.Before.Hard, 0), "Lost": p.number(t.Total.Before.Lost),
	})+" "+p.words.Say("temps_lost."+priced(t.Total.Before), p.worth(t.Total.Before)), 2)
	if reserve, cost := p.reserve(t.Total); reserve > 0 {
		p.wrapped(p.words.Say("temps.reserve", i18n.Args{"Hours": p.number(reserve), "Cost": p.number(cost)}), 2)
	}
	if t.Base != nil {
		p.wrapped(p.words.Say("temps.base", i18n.Args{
			"Before": p.words.Share(t.Base.Before.ServiceLevel, 1), "Hours": p.number(t.Base.Hourly.P50 + t.Base.Agency.P50),
			"Cost": p.number(t.Base.Cost.P50), "Missing": p.number(t.Base.Missing.P50), "Now": p.number(t.Total.Missing.P50),
		}), 2)
	}
	for _, d := range t.Drift {
		p.wrapped("! "+p.words.Say("temps.drift", i18n.Args{"Group": d.Name, "Off": withSign(p.number(100 * d.Off()))}), 2)
	}
	if u := t.Unbooked; u != nil {
		_, week := u.From.ISOWeek()
		p.wrapped(p.words.Say("temps.unbooked", i18n.Args{"Week": week, "Share": p.words.Share(u.Share, 0)}), 2)
	}
}

// conclusion says what to order, and what that gives.
func (p *tempsPage) conclusion() string {
	s := p.t.Total
	args := i18n.Args{
		"Hourly": p.number(s.Hourly.P50), "Agency": p.number(s.Agency.P50), "Cost": p.number(s.Cost.P50),
		"Before": p.words.Share(s.Before.ServiceLevel, 1), "After": p.words.Share(s.After.ServiceLevel, 1),
		"Target": p.words.Share(p.t.Target.Share, 0), "Within": p.t.Target.Within,
		"Short": s.Short, "Days": s.Days, "Saved": p.number(s.Before.Lost - s.After.Lost),
	}
	hours := s.Hourly.P50 + s.Agency.P50
	switch {
	case s.Days == 0:
		return p.words.Say("temps.closed")
	case hours == 0 && p.t.Reached:
		return p.words.Say("temps.enough", args)
	case p.t.Reached:
		return p.words.Say("temps.order", args) + " " + p.saved(s)
	case p.t.Budget != nil:
		args["Budget"] = p.number(*p.t.Budget)
		return p.words.Say("temps.budget", args) + " " + p.saved(s)
	case hours == 0:
		return p.words.Say("temps.nobody", args)
	default:
		return p.words.Say("temps.short", args) + " " + p.saved(s)
	}
}

// worth is what some lost calls come to.
func (p *tempsPage) worth(l plan.TempsLevel) i18n.Args {
	again := 1 - p.t.Redial
	return i18n.Args{
		"Kronor": p.number(l.LostKronor), "Redial": p.words.Share(p.t.Redial, 0),
		"Cases": p.number(again * l.Lost), "Unpriced": p.number(again * l.Unpriced),
	}
}

// priced tells what lost calls are counted in: kronor, cases where these have no
// price, or both.
func priced(l plan.TempsLevel) string {
	switch {
	case l.Unpriced == 0:
		return "kronor"
	case l.LostKronor == 0:
		return "cases"
	default:
		return "both"
	}
}

func (p *tempsPage) saved(s plan.TempsSum) string {
	return p.words.Say("temps_saved."+priced(avoided(s)), p.worth(avoided(s)))
}

// avoided is what the order saves of the calls that would be lost.
func avoided(s plan.TempsSum) plan.TempsLevel {
	return plan.TempsLevel{
		Lost: s.Before.Lost - s.After.Lost, LostKronor: s.Before.LostKronor - s.After.LostKronor,
		Unpriced: s.Before.Unpriced - s.After.Unpriced,
	}
}

// losses says by week or day what is lost if nothing is ordered, what the order saves
// of that, and where there is room for other things.
func (p *tempsPage) losses(days bool) {
	rows, first := p.t.Weeks, "temps_col.week"
	if days {
		rows, first = p.t.Days, "temps_col.day"
	}
	header := []string{p.words.Say(first)}
	for _, id := range []string{"lost", "cost", "avoided", "cost", "room", "p90"} {
		header = append(header, p.words.Say("temps_col."+id))
	}
	var lines [][]string
	for _, s := range append(slices.Clone(rows), p.t.Total) {
		name := p.words.Say("col.total")
		if len(lines) < len(rows) {
			name = p.when(s, days)
		}
		saved := avoided(s)
		lines = append(lines, []string{
			name, p.number(s.Before.Lost), p.some(s.Before.LostKronor), p.some(saved.Lost), p.some(saved.LostKronor),
			p.some(s.Room.P50), p.some(s.Room.P90),
		})
	}
	p.line()
	p.line(strings.ToUpper(p.words.Say("temps.losses")))
	p.table(header, lines)
	p.wrapped(p.words.Say("temps.losses_legend"), 0)
}

// when names a week or a day.
func (p *tempsPage) when(s plan.TempsSum, days bool) string {
	if days {
		return p.day(s.From)
	}
	_, week := s.From.ISOWeek()
	return strconv.Itoa(week)
}

// reserve is what is to be held in reserve for a day at P90, in hours and kronor.
func (p *tempsPage) reserve(s plan.TempsSum) (hours, cost float64) {
	if s.Cost.P90 == nil {
		return 0, 0
	}
	return *s.Hourly.P90 + *s.Agency.P90 - s.Hourly.P50 - s.Agency.P50, *s.Cost.P90 - s.Cost.P50
}

func (p *tempsPage) number(x float64) string { return p.words.Number(x, 0) }

// level is a share with its uncertainty.
func (p *tempsPage) level(l plan.TempsLevel) string {
	return p.words.Share(l.ServiceLevel, 1) + " ±" + p.words.Number(100*l.Margin, 1)
}

// sums is a line for each week or day.
func (p *tempsPage) sums(days bool) {
	rows, first := p.t.Weeks, "temps_col.week"
	if days {
		rows, first = p.t.Days, "temps_col.day"
	}
	header := []string{p.words.Say(first), p.words.Say("col.calls")}
	for _, id := range []string{"need", "p90", "own", "missing", "p90", "hourly", "agency", "reserve", "cost", "gives"} {
		header = append(header, p.words.Say("temps_col."+id))
	}
	var lines [][]string
	for _, s := range append(slices.Clone(rows), p.t.Total) {
		name := p.words.Say("col.total")
		if len(lines) < len(rows) {
			name = p.when(s, days)
		}
		reserve, _ := p.reserve(s)
		gives := p.words.Number(100*s.Before.ServiceLevel, 0) + ">" + p.words.Share(s.After.ServiceLevel, 0)
		if s.Short > 0 {
			gives = "!" + gives
		}
		if s.Days == 0 {
			gives = ""
		}
		lines = append(lines, []string{
			name, p.number(s.Calls), p.number(s.Need.P50), p.number(s.Need.P90), p.number(s.Own),
			p.number(s.Missing.P50), p.number(s.Missing.P90), p.some(s.Hourly.P50), p.some(s.Agency.P50), p.some(reserve),
			p.some(s.Cost.P50), gives,
		})
	}
	p.table(header, lines)
}

// some writes a number, or a dash for none.
func (p *tempsPage) some(x float64) string {
	if x == 0 {
		return "-"
	}
	return p.number(x)
}

// day writes a day without its year.
func (p *tempsPage) day(d civil.Date) string {
	_, m, day := d.Civil()
	return fmt.Sprintf("%s %d %s", p.words.Weekday(d), day, p.words.Month(m))
}

// orders lists the hours to order by day, group and source.
func (p *tempsPage) orders() {
	if len(p.t.Orders) == 0 {
		return
	}
	p.line()
	p.line(strings.ToUpper(p.words.Say("temps.orders")))
	var rows [][]string
	for _, o := range p.t.Orders {
		row := []string{fmt.Sprintf("%-10s %s, %s", p.day(o.Date), clip(o.Name, 40), p.words.Say("source."+o.Source)), p.some(o.Hours.P50), "-"}
		if o.Hours.P90 != nil {
			row[2] = p.some(*o.Hours.P90)
		}
		rows = append(rows, row)
	}
	p.table([]string{p.words.Say("temps_col.day"), p.words.Say("temps_col.hours"), p.words.Say("temps_col.p90")}, rows)
}

// shifts lists who is to be asked.
func (p *tempsPage) shifts() {
	if len(p.t.Shifts) == 0 {
		return
	}
	p.line()
	p.line(strings.ToUpper(p.words.Say("temps.shifts")))
	var rows [][]string
	for _, s := range p.t.Shifts {
		mark := ""
		if s.At == plan.P90 {
			mark = p.words.Say("temps.in_reserve")
		}
		rows = append(rows, []string{
			p.day(s.Date), civil.ClockOf(s.Start).String() + "-" + civil.EndClock(s.End).String(), clip(s.Name, 18),
			p.words.Say("source." + s.Source), clip(s.Where, 18), p.some(s.Cost), mark,
		})
	}
	header := []string{p.words.Say("temps_col.day"), p.words.Say("temps_col.time"), p.words.Say("temps_col.who"), "", p.words.Say("temps_col.for"), p.words.Say("temps_col.cost"), ""}
	if err := writeColumns(p.w, header, rows); p.err == nil {
		p.err = err
	}
}

// curve says what further hours buy, and from where on they cost more than they
// save.
func (p *tempsPage) curve() {
	if len(p.t.Curve) == 0 {
		return
	}
	p.line()
	p.line(strings.ToUpper(p.words.Say("temps.curve")))
	header := []string{p.words.Say("temps_col.hours")}
	for _, id := range []string{"cost", "in_time", "points", "saved", "kronor"} {
		header = append(header, p.words.Say("temps_col."+id))
	}
	var rows [][]string
	last := plan.TempsPoint{ServiceLevel: p.t.Total.Before.ServiceLevel}
	for _, x := range p.t.Curve {
		points := 100 * (x.ServiceLevel - last.ServiceLevel) / (x.Hours - last.Hours) * 10
		mark := ""
		if p.t.Total.Before.LostKronor > 0 && x.Cost-last.Cost > x.SavedKronor-last.SavedKronor {
			mark = " *"
		}
		rows = append(rows, []string{
			p.number(x.Hours), p.number(x.Cost), p.words.Share(x.ServiceLevel, 1), signedPoints(points, p.words),
			p.number(x.Saved), p.some(x.SavedKronor) + mark,
		})
		last = x
	}
	p.table(header, rows)
	p.wrapped(p.words.Say("temps.curve_legend"), 0)
}

// missing names the days that miss the target, and for which work.
func (p *tempsPage) missing() {
	if len(p.t.Missing) == 0 {
		return
	}
	p.line()
	p.line(strings.ToUpper(p.words.Say("temps.missing")))
	for i := 0; i < len(p.t.Missing); {
		day := p.t.Missing[i].Date
		var parts []string
		for ; i < len(p.t.Missing) && p.t.Missing[i].Date == day; i++ {
			m := p.t.Missing[i]
			parts = append(parts, m.Name+" "+p.words.Number(m.Hours, 1)+" h")
		}
		p.wrapped("! "+p.day(day)+": "+strings.Join(parts, ", "), 2)
	}
}

// people lists who can be called in.
func (p *tempsPage) people() {
	p.line()
	p.line(strings.ToUpper(p.words.Say("temps.people")))
	header := []string{p.words.Say("temps_col.who"), "", p.words.Say("temps_col.rate"), p.words.Say("temps_col.notice"), p.words.Say("temps_col.left"), p.words.Say("temps_col.skills")}
	var rows [][]string
	for _, x := range p.t.People {
		var left []string
		for _, w := range x.Weeks {
			left = append(left, p.number(w.Left))
		}
		rows = append(rows, []string{
			clip(x.Name, 16), p.words.Say("source." + x.Source), p.some(x.Cost), p.words.Say("temps.days", i18n.Args{"Days": x.Notice}),
			strings.Join(left, " "), clip(strings.Join(x.Skills, " "), 28),
		})
	}
	if err := writeColumns(p.w, header, rows); p.err == nil {
		p.err = err
	}
}

// signedPoints writes percentage points with their sign.
func signedPoints(points float64, words *i18n.Words) string {
	return withSign(words.Number(points, 2))
}

func withSign(s string) string {
	if strings.HasPrefix(s, "-") {
		return s
	}
	return "+" + s
}
