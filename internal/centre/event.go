package centre

import (
	"strconv"

	"bemanna/internal/civil"
)

// Event is something that moves the calls of answer groups: a mailing, a
// decision, a campaign, news.
type Event struct {
	Name   string
	Date   civil.Date // the first day on which it tells
	Groups []string   // nil: all groups
	// Like is what events of the same effect have in common ("fee letter"); "":
	// there is none like it.
	Like string
	// Size compares it to those like it, in letters sent or whatever there is; 0:
	// not said.
	Size float64
	// Factor is what is expected on its strongest day, 1.18 for +18 %; 0: nobody
	// has said.
	Factor float64
	// Lag is how the effect falls on the open days from Date on, relative to the
	// strongest; nil: not said.
	Lag []float64
}

// Override is what people put in the place of the forecast of a group on some
// days. Exactly one of Factor and Calls is given.
type Override struct {
	Group       string
	From, Until civil.Date // first and last day
	Span        civil.Span // on each of them; zero: all day
	Factor      float64    // on the calls; 0: none
	Calls       float64    // on each of the days; 0: none
	Name        string     // why
}

// eventsFile reads what is known to move the calls.
func (r *reader) eventsFile(subject string, v *value) {
	keys := r.eventFields(new(Event)).keys()
	for _, row := range r.csv(subject, "a CSV file", v, keys, "date", "name") {
		var e Event
		row.split("group", "lag")
		before := len(r.faults)
		r.fields("event", row, r.eventFields(&e))
		r.need("event", row, "date", "name")
		if len(r.faults) == before {
			r.centre.Events = append(r.centre.Events, e)
		}
	}
}

func (r *reader) eventFields(e *Event) fields {
	return fields{
		{"date", one(r, &e.Date, date)},
		{"name", one(r, &e.Name, line)},
		{"group", each(r, func(subject string, v *value, _ int) {
			var g string
			if r.known(&g, "answer group", &r.groups)(subject, v); g != "" {
				e.Groups = append(e.Groups, g)
			}
		})},
		{"like", one(r, &e.Like, line)},
		{"size", one(r, &e.Size, positive)},
		{"factor", one(r, &e.Factor, positive)},
		{"lag", many(r, &e.Lag, lag)},
	}
}

// lag is the part of an effect that falls on a day.
var lag = scalar[float64]{"a share from -1 to 1 such as 0.5", func(s string) (float64, bool) {
	x, err := strconv.ParseFloat(s, 64)
	return x, err == nil && -1 <= x && x <= 1
}}

// positive is a number above 0.
var positive = scalar[float64]{"a number above 0 such as 1.18", func(s string) (float64, bool) {
	x, ok := decimal(s)
	return x, ok && x > 0
}}

// overridesFile reads what people have put in the place of the forecast.
func (r *reader) overridesFile(subject string, v *value) {
	keys := r.overrideFields(new(Override)).keys()
	for _, row := range r.csv(subject, "a CSV file", v, keys, "group", "from", "name") {
		if o, ok := r.override(row); ok {
			r.centre.Overrides = append(r.centre.Overrides, o)
		}
	}
}

func (r *reader) overrideFields(o *Override) fields {
	return fields{
		{"group", r.known(&o.Group, "answer group", &r.groups)},
		{"from", one(r, &o.From, date)},
		{"until", one(r, &o.Until, date)},
		{"start", one(r, &o.Span.Open, clock)},
		{"end", one(r, &o.Span.Close, clock)},
		{"factor", one(r, &o.Factor, positive)},
		{"calls", one(r, &o.Calls, positive)},
		{"name", one(r, &o.Name, line)},
	}
}

// override reads a row; ok tells whether it is without fault.
func (r *reader) override(v *value) (o Override, ok bool) {
	const subject = "override"
	before := len(r.faults)
	r.fields(subject, v, r.overrideFields(&o))
	r.need(subject, v, "group", "from", "name")
	r.inOrder(subject, v, o.From, o.Until)
	if (v.under("factor") == nil) == (v.under("calls") == nil) {
		r.fault(v.at("calls", "factor"), "%s: want either factor or calls", subject)
	}
	r.within(subject, v, o.Span, before)
	if o.Until == 0 {
		o.Until = o.From
	}
	return o, len(r.faults) == before
}
