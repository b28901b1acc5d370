package plan

import (
	"slices"
	"strings"
	"time"

	"github.com/xrash/smetrics"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/schedule"
)

// News is what is reported of a person on a day. Why is not asked.
type News struct {
	Kind   NewsKind `json:"kind"`
	Person string   `json:"who"` // an id
	// From is when the absence begins or the person comes, Until when somebody
	// who comes leaves again; 0: not said.
	From  civil.Clock `json:"from,omitzero"`
	Until civil.Clock `json:"until,omitzero"`
	// Group is the id of the group to whose calls somebody is lent.
	Group string `json:"group,omitempty"`
}

// NewsKind is a kind of news.
type NewsKind string

// The kinds of news.
const (
	NewsAbsent NewsKind = "absent" // away all day, or from From on
	NewsLate   NewsKind = "late"   // away until From
	NewsHere   NewsKind = "here"   // here after all, or called in, from From on
	NewsLend   NewsKind = "lend"   // takes calls of Group too, from From until Until
	NewsStay   NewsKind = "stay"   // stays after the shift, until Until; From is when that began
	NewsCancel NewsKind = "cancel" // meetings, training and coaching within From and Until are called off
)

// Report is news with who told it and when: the record of what changed a plan.
type Report struct {
	News
	Name string `json:"name"`
	// GroupName is the name of Group.
	GroupName string    `json:"group_name,omitempty"`
	By        string    `json:"by,omitempty"` // until it is accepted: nobody
	At        time.Time `json:"at,omitzero"`
}

// reports checks news against the plan of the day: each person is known, by id
// or by name, and named once; who is absent or late is planned, who comes is
// not here. Nobody comes before from, the first time that may change.
func reports(c *centre.Centre, d *Day, news []News, from civil.Clock) ([]Report, error) {
	var out []Report
	for _, n := range news {
		p, err := person(c, n.Person)
		if err != nil {
			return nil, err
		}
		n.Person = p.ID
		if slices.ContainsFunc(out, func(r Report) bool { return r.Person == p.ID }) {
			return nil, Refusal{Reason: RefusedTwice, Name: p.Name}.because("%s (%s): reported twice, want one of them", p.ID, p.Name)
		}
		switch n.Kind {
		case NewsHere:
			n = n.coming(c, p, from)
		case NewsLend:
			if n, err = n.lending(c, d, p, from); err != nil {
				return nil, err
			}
		case NewsStay:
			if n, err = n.staying(d, p); err != nil {
				return nil, err
			}
		default: // away, from whenever
		}
		if err := n.check(d, p, from); err != nil {
			return nil, err
		}
		g, _ := c.Group(n.Group)
		out = append(out, Report{News: n, Name: p.Name, GroupName: g.Name})
	}
	return out, nil
}

// coming settles when somebody comes: on the grid, and not before from.
func (n News) coming(c *centre.Centre, p centre.Person, from civil.Clock) News {
	if n.From == 0 {
		n.From = p.Earliest
	}
	step := civil.Clock(c.Interval / time.Minute)
	n.From = (max(n.From, from) + step - 1) / step * step
	return n
}

// check finds news that cannot be true of a person on the day of a plan, of
// which what is before now is past.
func (n News) check(d *Day, p centre.Person, now civil.Clock) error {
	i := slices.IndexFunc(d.Agents, func(a Agent) bool { return a.ID == p.ID })
	here := i >= 0 && d.Agents[i].Shift != nil
	away := here && slices.ContainsFunc(d.Agents[i].Activities, func(a Activity) bool { return a.Kind == string(schedule.Absent) })
	who := p.ID + " (" + p.Name + ")"
	no := func(why RefusalReason) Refusal {
		return Refusal{Reason: why, Name: p.Name, Date: d.Date, From: n.From, Until: n.Until}
	}
	switch {
	case n.Kind != NewsHere && i < 0:
		return no(RefusedNotPlanned).because("%s: %s, but not planned on %s", who, n.Kind, d.Date)
	case n.Kind == NewsLate && !here:
		return no(RefusedOff).because("%s: late, but off on %s: want it reported as here", who, d.Date)
	case n.Kind == NewsLate && n.From == 0:
		return no(RefusedNoTime).because("%s: late, want the time of coming", who)
	case n.Kind == NewsHere && here && !away:
		return no(RefusedHere).because("%s: here, but planned on %s already", who, d.Date)
	case n.Kind == NewsHere && n.Until > 0 && n.Until <= n.From:
		return no(RefusedEnd).because("%s: here from %s until %s, want a later end", who, n.From, n.Until)
	case n.Kind == NewsHere && i < 0 && n.Until == 0 && n.From >= p.Latest:
		n.Until = p.Latest
		return no(RefusedLatest).because("%s: here from %s, but works until %s at the latest: want until when", who, n.From, p.Latest)
	case n.Kind == NewsCancel && (n.From < now || !here || len(d.calledOff(&d.Agents[i], n.From, n.Until)) == 0):
		return no(RefusedNotBooked).because("%s: nothing that can be called off from %s until %s", who, n.From, n.Until)
	}
	return nil
}

// person finds somebody by id or by full name.
func person(c *centre.Centre, name string) (centre.Person, error) {
	if p, ok := c.Person(name); ok {
		return p, nil
	}
	var found []centre.Person
	for _, p := range c.People {
		if strings.EqualFold(p.Name, name) {
			found = append(found, p)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return centre.Person{}, Refusal{Reason: RefusedUnknown, Name: name}.because("unknown person %q%s", name, nearPeople(c, name))
	default:
		return centre.Person{}, Refusal{Reason: RefusedUnknown, Name: name}.because("%d people are called %q, want an id such as %s", len(found), name, found[0].ID)
	}
}

const (
	nearEdits  = 2 // letters that may be wrong in a name, and half of them at most
	mostNearby = 3
)

// nearPeople offers those whose id, or a part of whose name, is like name.
func nearPeople(c *centre.Centre, name string) string {
	name = strings.ToLower(name)
	like := func(s string) bool {
		d := smetrics.WagnerFischer(name, strings.ToLower(s), 1, 1, 1)
		return d <= nearEdits && 2*d < len(name)
	}
	var near []string
	for _, p := range c.People {
		if like(p.ID) || like(p.Name) || slices.ContainsFunc(strings.Fields(p.Name), like) {
			near = append(near, p.ID+" ("+p.Name+")")
		}
	}
	if len(near) == 0 {
		return ""
	}
	return ": did you mean " + strings.Join(near[:min(len(near), mostNearby)], ", ") + "?"
}

// available gives those who can be planned on a day after what has been
// reported, in the order of the centre file.
func available(c *centre.Centre, day civil.Date, reports []Report) []centre.Availability {
	known := c.Available(day)
	var out []centre.Availability
	for _, p := range c.People {
		i := slices.IndexFunc(known, func(a centre.Availability) bool { return a.Person.ID == p.ID })
		var a *centre.Availability
		if i >= 0 {
			a = &known[i]
			a.Fixed, a.Lent = slices.Clone(a.Fixed), slices.Clone(a.Lent)
		}
		for _, r := range reports {
			if r.Person == p.ID {
				a = r.apply(c, p, day, a)
			}
		}
		if a != nil {
			out = append(out, *a)
		}
	}
	return out
}

// endOfDay is the end of what lasts all day.
const endOfDay civil.Clock = 24 * 60

// apply lays the news on what is known of a person's day; nil: not here.
func (n News) apply(c *centre.Centre, p centre.Person, day civil.Date, a *centre.Availability) *centre.Availability {
	away := func(from, until civil.Clock) {
		if from < until {
			a.Fixed = append(a.Fixed, centre.Booking{Person: p.ID, Date: day, Span: civil.Span{Open: from, Close: until}, Kind: "absent"})
		}
	}
	switch {
	case a == nil && n.Kind != NewsHere:
	case n.Kind == NewsLend:
		a.Lent = append(a.Lent, centre.Loan{Group: n.Group, Span: civil.Span{Open: n.From, Close: n.Until}})
	case n.Kind == NewsStay:
		a.Span, a.Booked = civil.Span{Open: n.From, Close: n.Until}, true
	case n.Kind == NewsCancel:
		a.Fixed = slices.DeleteFunc(a.Fixed, func(b centre.Booking) bool {
			return canBeCalledOff(b.Kind) && n.From <= b.Span.Open && b.Span.Close <= n.Until
		})
	case n.Kind == NewsAbsent && n.From == 0:
		a.Absent = true
	case n.Kind == NewsAbsent:
		away(n.From, endOfDay)
	case n.Kind == NewsLate:
		away(0, n.From)
	case a == nil: // called in
		until := n.Until
		if until == 0 {
			until = min(p.Latest, n.From+civil.Clock(contractShift(c, p)/time.Minute))
		}
		a = &centre.Availability{Person: p, Span: civil.Span{Open: n.From, Close: until}, Booked: true}
	default:
		a.Absent = false
		a.Fixed = slices.DeleteFunc(a.Fixed, func(b centre.Booking) bool { return b.Kind == "absent" })
		away(0, n.From)
		if n.Until > 0 {
			away(n.Until, endOfDay)
		}
	}
	return a
}
