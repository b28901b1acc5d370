package centre

import (
	"slices"
	"strings"
	"time"

	"bemanna/internal/civil"
)

// newGroup is an answer group of which the file says nothing but its channel.
func newGroup(c Channel, t Target) Group {
	g := Group{Channel: c, Priority: 2}
	if c == Email {
		g.HandleTime, g.Deadline = 9*time.Minute, 24*time.Hour
	} else {
		g.HandleTime, g.Target, g.Patience = 5*time.Minute, t, 4*time.Minute
	}
	return g
}

func (r *reader) group(_ string, v *value, i int) {
	g := newGroup(Phone, r.centre.Target)
	if c := v.under("channel"); c != nil && c.text == string(Email) {
		g = newGroup(Email, r.centre.Target)
	}
	subject := v.subject("answer group", i)
	const day = 24 * time.Hour
	r.fields(subject, v, fields{
		{"id", r.groupID(&g)},
		{"name", one(r, &g.Name, line)},
		{"unit", r.known(&g.Unit, "unit", &r.units)},
		{"channel", one(r, &g.Channel, oneOf(Phone, Email))},
		{"hours", each(r, func(_ string, v *value, _ int) { r.opening(subject, &g.Hours, v) })},
		{"target", r.target(&g.Target)},
		{"patience", one(r, &g.Patience, length(0, day))},
		{"handle_time", one(r, &g.HandleTime, length(time.Second, day))},
		{"price", one(r, &g.Price, amount)},
		{"priority", one(r, &g.Priority, count(1, 99))},
		{"critical", one(r, &g.Critical, flag)},
		{"min_staff", one(r, &g.MinStaff, count(0, 999))},
		{"overflow", one(r, &g.Overflow, id)},
		{"expected", one(r, &g.Expected, amount)},
		{"deadline", one(r, &g.Deadline, length(time.Minute, 60*day))},
		{"history", each(r, func(subject string, v *value, _ int) { r.queue(subject, &g, v) })},
		{"from", one(r, &g.From, date)},
		{"until", one(r, &g.Until, date)},
	})
	r.need(subject, v, "id", "hours")
	r.inOrder(subject, v, g.From, g.Until)
	r.overlapping(subject, g.Hours, v.under("hours"))
	if g.Channel == Email {
		r.without(subject, v, "on an e-mail group, which has a deadline", "target", "patience", "overflow")
	} else {
		r.without(subject, v, "on a telephone group, which has a target", "deadline")
	}
	g.Name = nameOr(g.Name, g.ID)
	r.centre.Groups = append(r.centre.Groups, g)
}

// without faults keys that mean nothing for this kind of group.
func (r *reader) without(subject string, v *value, why string, keys ...string) {
	for _, key := range keys {
		if v.under(key) != nil {
			r.fault(v.at(key), "%s: %s %s, want it left out", subject, key, why)
		}
	}
}

// inOrder faults a first day after the last.
func (r *reader) inOrder(subject string, v *value, from, until civil.Date) {
	if from != 0 && until != 0 && from > until {
		r.fault(v.at("until"), "%s: until %s, want a day from %s on", subject, until, from)
	}
}

// opening reads a line of opening hours.
func (r *reader) opening(subject string, hours *civil.Hours, v *value) {
	var o civil.Opening
	subject = join(subject, "hours")
	r.fields(subject, v, fields{
		{"days", r.days(&o.Days)},
		{"open", one(r, &o.Span, span)},
		{"from", one(r, &o.From, date)},
		{"until", one(r, &o.Until, date)},
		{"red_days", one(r, &o.RedDays, flag)},
		{"eves", one(r, &o.Eves, flag)},
		{"short_days", one(r, &o.ShortClose, clock)},
	})
	r.need(subject, v, "days", "open")
	r.inOrder(subject, v, o.From, o.Until)
	r.onGrid(subject+": open", v.at("open"), o.Span.Open, o.Span.Close)
	r.onGrid(subject+": short_days", v.at("short_days"), o.ShortClose)
	*hours = append(*hours, o)
}

// days reads mon-fri, or a list of such.
func (r *reader) days(dst *civil.Weekdays) func(string, *value) {
	return func(subject string, v *value) {
		items := v.items
		if v.kind != list {
			items = []*value{v}
		}
		*dst = 0
		for _, item := range items {
			var some civil.Weekdays
			one(r, &some, weekdays)(subject, item)
			*dst |= some
		}
	}
}

// onGrid faults times that are not the start of an interval.
func (r *reader) onGrid(subject string, p place, times ...civil.Clock) {
	step := civil.Clock(r.centre.Interval / time.Minute)
	for _, c := range times {
		if c%step != 0 {
			r.fault(p, "%s %s, want a multiple of the interval of %s", subject, c, brief(r.centre.Interval))
		}
	}
}

// overlapping faults lines of opening hours that say the same twice.
func (r *reader) overlapping(subject string, hours civil.Hours, v *value) {
	for i, a := range hours {
		for _, b := range hours[:i] {
			apart := a.Days&b.Days == 0 ||
				a.Until != 0 && b.From > a.Until || b.Until != 0 && a.From > b.Until ||
				a.Span.Close <= b.Span.Open || b.Span.Close <= a.Span.Open
			if !apart {
				r.fault(v.items[i].place, "%s: hours %s %s overlap those of %s %s, want lines that are valid at different times",
					subject, a.Days, a.Span, b.Days, b.Span)
			}
		}
	}
}

// overflows sees that each overflow leads to another telephone group and that
// none comes back to where it began.
func (r *reader) overflows(v *value) {
	next := map[string]string{}
	email := map[string]bool{}
	for _, g := range r.centre.Groups {
		next[g.ID] = g.Overflow
		email[g.ID] = g.Channel == Email
	}
	closed := map[string]bool{} // groups on a circle that has been told of
	for i, g := range r.centre.Groups {
		if g.Overflow == "" {
			continue
		}
		p := v.items[i].at("overflow")
		subject := join(v.items[i].subject("answer group", i), "overflow")
		if r.leads(subject, p, g.Overflow, "answer group", &r.groups); email[g.Overflow] {
			r.fault(p, "%s %s is an e-mail group, want a telephone group", subject, g.Overflow)
		}
		circle := []string{g.ID}
		for to := g.Overflow; to != "" && !slices.Contains(circle, to); to = next[to] {
			circle = append(circle, to)
		}
		if next[circle[len(circle)-1]] == g.ID && !closed[g.ID] {
			r.fault(p, "%s %s goes round: %s, want an end", subject, g.Overflow,
				strings.Join(append(circle, g.ID), " > "))
			for _, on := range circle {
				closed[on] = true
			}
		}
	}
}
