package board

import (
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// weeksQuestion is what the manager asks of the weeks ahead: an order of temps
// for a unit, and what if. It stands in the address, so that it can be passed on.
type weeksQuestion struct {
	Unit   string // id; "": all
	Sick   *int   // per cent of the planned people; nil: as expected
	Volume int    // per cent more calls
	Of     string // the group of Volume; "": all
	Budget *int   // most kronor; nil: what the target needs
	More   string // id of the unit or group that gets one person more; "": none
	Close  *plan.Closure
}

// The reach of the sliders, in per cent, and the greatest budget, in kronor.
const (
	mostSick    = 30
	leastVolume = -30
	mostVolume  = 50
	mostBudget  = 10_000_000
)

// readWeeks reads a question from an address. The error is for the reader.
func readWeeks(values url.Values, c *centre.Centre, from, until civil.Date, w *i18n.Words) (weeksQuestion, error) {
	q := weeksQuestion{Unit: values.Get("unit"), Of: values.Get("of"), More: values.Get("more")}
	if q.Unit != "" && !knownUnit(c, q.Unit) {
		return q, badRequest("weeks.fault_unit", q.Unit)
	}
	var err error
	if q.Sick, err = wholeNumber(values, "sick", "weeks.sick", 0, mostSick, w); err != nil {
		return q, err
	}
	if q.Budget, err = wholeNumber(values, "budget", "weeks.budget", 0, mostBudget, w); err != nil {
		return q, err
	}
	volume, err := wholeNumber(values, "volume", "weeks.volume", leastVolume, mostVolume, w)
	if err != nil {
		return q, err
	}
	if volume != nil {
		q.Volume = *volume
	}
	if q.Of != "" && !slices.Contains(phoneGroups(c), q.Of) {
		return q, badRequest("board.fault_group", q.Of)
	}
	if q.More != "" {
		if _, err := plan.Newcomer(c, q.More); err != nil {
			return q, badRequest("weeks.fault_more", q.More)
		}
	}
	q.Close, err = readClosure(values, c, from, until, w)
	return q, err
}

// wholeNumber reads a whole number of an address; nil where it has none. The
// message what is what it is called.
func wholeNumber(values url.Values, name, what string, least, most int, w *i18n.Words) (*int, error) {
	text := values.Get(name)
	if text == "" {
		return nil, nil //nolint:nilnil // nothing is asked
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < least || n > most {
		return nil, fault{Status: http.StatusBadRequest, Key: "weeks.fault_range", Args: i18n.Args{
			"Value": text, "What": w.Say(what), "From": w.Number(float64(least), 0), "To": w.Number(float64(most), 0),
		}}
	}
	return &n, nil
}

// readClosure reads the window in which a group is closed; nil where there is none.
func readClosure(values url.Values, c *centre.Centre, from, until civil.Date, w *i18n.Words) (*plan.Closure, error) {
	if values.Get("close") == "" {
		return nil, nil //nolint:nilnil // nothing is asked
	}
	x := &plan.Closure{Group: values.Get("close")}
	if g, known := c.Group(x.Group); !known || g.Closable() != nil {
		return nil, badRequest("weeks.fault_close", x.Group)
	}
	var err error
	if x.Date, err = readDay(values.Get("day"), from, until, w); err != nil {
		return nil, err
	}
	begin, end := values.Get("begin"), values.Get("end")
	if begin == "" && end == "" {
		return x, nil
	}
	if x.Span, err = civil.ParseSpan(begin + "-" + end); err != nil {
		return nil, badRequest("weeks.fault_span", begin+"–"+end)
	}
	return x, nil
}

// readDay reads a day that must lie between two others.
func readDay(text string, from, until civil.Date, w *i18n.Words) (civil.Date, error) {
	d, err := civil.ParseDate(text)
	if err != nil {
		return 0, badRequest("board.fault_date", text)
	}
	if d < from || d > until {
		return 0, fault{Status: http.StatusBadRequest, Key: "weeks.fault_day", Args: i18n.Args{
			"Value": w.Day(d), "From": w.Day(from), "To": w.Day(until),
		}}
	}
	return d, nil
}

func knownUnit(c *centre.Centre, id string) bool {
	return slices.ContainsFunc(c.Units, func(u centre.Unit) bool { return u.ID == id })
}

// base is the question without what-if: the same unit as things stand.
func (q weeksQuestion) base() weeksQuestion { return weeksQuestion{Unit: q.Unit} }

// settled leaves out what is as it is anyway, where so large a share is expected
// to be away.
func (q weeksQuestion) settled(away float64) weeksQuestion {
	if q.Sick != nil && *q.Sick == percentOf(away) {
		q.Sick = nil
	}
	if q.Volume == 0 {
		q.Of = ""
	}
	return q
}

func percentOf(share float64) int { return int(math.Round(100 * share)) }

// values writes the question as an address has it; equal questions are written
// equally.
func (q weeksQuestion) values() url.Values {
	out := url.Values{}
	set := func(name, value string) {
		if value != "" {
			out.Set(name, value)
		}
	}
	number := func(name string, n *int) {
		if n != nil {
			out.Set(name, strconv.Itoa(*n))
		}
	}
	set("unit", q.Unit)
	number("sick", q.Sick)
	if q.Volume != 0 {
		number("volume", &q.Volume)
		set("of", q.Of)
	}
	number("budget", q.Budget)
	set("more", q.More)
	if x := q.Close; x != nil {
		set("close", x.Group)
		set("day", x.Date.String())
		if x.Span != (civil.Span{}) {
			set("begin", x.Span.Open.String())
			set("end", x.Span.Close.String())
		}
	}
	return out
}

// whatIf and options say the question in the terms of the spine.
func (q weeksQuestion) whatIf(c *centre.Centre) plan.WhatIf {
	var w plan.WhatIf
	if q.Sick != nil {
		share := float64(*q.Sick) / 100
		w.Absence = &share
	}
	if q.Volume != 0 {
		w.Volume = []plan.VolumeChange{{Group: q.Of, Factor: 1 + float64(q.Volume)/100}}
	}
	if q.More != "" {
		p, _ := plan.Newcomer(c, q.More) // checked when it was read
		w.More = append(w.More, p)
	}
	if q.Close != nil {
		w.Close = []plan.Closure{*q.Close}
	}
	return w
}

func (q weeksQuestion) options(c *centre.Centre) plan.TempsOptions {
	o := plan.UsualTemps(c, q.Unit)
	if q.Budget != nil {
		budget := float64(*q.Budget)
		o.Budget = &budget
	}
	return o
}

// words say what is otherwise, a part for each thing.
func (q weeksQuestion) words(c *centre.Centre, w *i18n.Words) []string {
	var out []string
	add := func(id string, args i18n.Args) { out = append(out, w.Say(id, args)) }
	if q.Sick != nil {
		add("weeks.asked_sick", i18n.Args{"Share": w.Share(float64(*q.Sick)/100, 0)})
	}
	if q.Volume != 0 {
		of := w.Say("weeks.all_groups")
		if q.Of != "" {
			of = c.GroupName(q.Of)
		}
		add("weeks.asked_volume", i18n.Args{"Change": w.Change(1 + float64(q.Volume)/100), "Of": of})
	}
	if q.Budget != nil {
		add("weeks.asked_budget", i18n.Args{"Kronor": w.Number(float64(*q.Budget), 0)})
	}
	if q.More != "" {
		add("weeks.asked_more", i18n.Args{"In": placeName(c, q.More)})
	}
	if x := q.Close; x != nil {
		when := w.Day(x.Date)
		if x.Span != (civil.Span{}) {
			when += " " + x.Span.Open.String() + "–" + x.Span.Close.String()
		}
		add("weeks.asked_close", i18n.Args{"Group": c.GroupName(x.Group), "When": when})
	}
	return out
}

// placeName is the name of a unit or a group.
func placeName(c *centre.Centre, id string) string {
	for _, u := range c.Units {
		if u.ID == id {
			return u.Name
		}
	}
	return c.GroupName(id)
}
