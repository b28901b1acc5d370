package board

import (
	"strconv"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// weeksForm asks what would be otherwise. It holds the question that is shown.
type weeksForm struct {
	Action      string
	Kept        []field // of the address, that are not asked here
	Sliders     []slider
	Of          []choice // groups whose calls change
	Budget      string
	MostBudget  string
	More        []choices
	Close       []choice
	Day         string
	First, Last string // days that can be chosen
	Begin, End  string
	AsItIs      link // to the page without what-if; no address: it is that
}

// slider is a number to choose, with the words at its stops.
type slider struct {
	Name, Label, Shown, Value, Least, Most string
	Stops                                  []string
}

// choices are some that belong together, under a heading.
type choices struct {
	Name string
	All  []choice
}

// weeksFormOf is the form for a question, where so large a share is expected to be
// away.
func weeksFormOf(q *request, c *centre.Centre, x weeksQuestion, away float64, from, until civil.Date) *weeksForm {
	w := q.words
	sick := percentOf(away)
	if x.Sick != nil {
		sick = *x.Sick
	}
	f := &weeksForm{
		Action: "/weeks", Kept: kept(q, x.Unit), MostBudget: strconv.Itoa(mostBudget),
		First: from.String(), Last: until.String(), Day: from.String(),
		Sliders: []slider{
			{
				"sick", w.Say("weeks.sick"), w.Say("weeks.sick_shown", i18n.Args{"Share": w.Share(float64(sick)/100, 0), "Usual": w.Share(away, 0)}),
				strconv.Itoa(sick), "0", strconv.Itoa(mostSick), stops(0, mostSick, 10, w.Share),
			},
			{
				"volume", w.Say("weeks.volume"), change(x.Volume, w), strconv.Itoa(x.Volume), strconv.Itoa(leastVolume), strconv.Itoa(mostVolume),
				stops(leastVolume, mostVolume, 20, func(s float64, _ int) string { return change(percentOf(s), w) }),
			},
		},
		Of:    []choice{{"", w.Say("weeks.all_groups"), x.Of == ""}},
		Close: []choice{{"", w.Say("weeks.none_closed"), x.Close == nil}},
	}
	if x.Budget != nil {
		f.Budget = strconv.Itoa(*x.Budget)
	}
	if x != x.base() {
		f.AsItIs = link{Text: w.Say("weeks.as_it_is"), URL: weeksURL(q, x.base())}
	}
	units, groups := choices{Name: w.Say("weeks.units")}, choices{Name: w.Say("weeks.groups")}
	for _, u := range c.Units {
		if _, err := plan.Newcomer(c, u.ID); err == nil {
			units.All = append(units.All, choice{u.ID, u.Name, x.More == u.ID})
		}
	}
	for _, g := range c.Groups {
		if g.Channel != centre.Phone {
			continue
		}
		f.Of = append(f.Of, choice{g.ID, g.Name, x.Of == g.ID})
		groups.All = append(groups.All, choice{g.ID, g.Name, x.More == g.ID})
		if g.Closable() == nil {
			f.Close = append(f.Close, choice{g.ID, g.Name, x.Close != nil && x.Close.Group == g.ID})
		}
	}
	f.More = []choices{units, groups}
	if k := x.Close; k != nil {
		f.Day = k.Date.String()
		if k.Span != (civil.Span{}) {
			f.Begin, f.End = k.Span.Open.String(), k.Span.Close.String()
		}
	}
	return f
}

// stops are the words along a slider, from per cent to per cent.
func stops(least, most, step int, write func(float64, int) string) []string {
	var out []string
	for at := least; at <= most; at += step {
		out = append(out, write(float64(at)/100, 0))
	}
	return out
}

// change writes per cent more or fewer; none as ±0.
func change(percent int, w *i18n.Words) string {
	if percent == 0 {
		return "±" + w.Share(0, 0)
	}
	return w.Change(1 + float64(percent)/100)
}

// kept are the fields of a form that carry the language and the unit on.
func kept(q *request, unit string) []field {
	var out []field
	if lang := q.URL.Query().Get("lang"); lang != "" {
		out = append(out, field{"lang", lang})
	}
	if unit != "" {
		out = append(out, field{"unit", unit})
	}
	return out
}

// weeksURL is the address of a question, in the language of the reader.
func weeksURL(q *request, x weeksQuestion) string {
	values := x.values()
	if lang := q.URL.Query().Get("lang"); lang != "" {
		values.Set("lang", lang)
	}
	return address("/weeks", values)
}
