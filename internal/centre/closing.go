package centre

import (
	"fmt"

	"bemanna/internal/civil"
)

// UsualStay is the share of the callers of a closed group who wait for the group
// that its calls overflow to, where nobody says another: an assumption.
const UsualStay = 0.68

// Closing is a window in which a group is closed, for a meeting say: its callers
// are told so, and Stay of them wait for the group that it overflows to.
type Closing struct {
	Group string
	Date  civil.Date
	Span  civil.Span
	Stay  float64 // from 0 to 1
}

// Closable tells why a group cannot be closed for a while; nil: it can.
func (g Group) Closable() error {
	switch {
	case g.Channel != Phone:
		return fmt.Errorf("answer group %q cannot be closed for a window: want a telephone group", g.ID)
	case g.Critical:
		return fmt.Errorf("answer group %q is critical: it is never closed", g.ID)
	case g.Overflow == "":
		return fmt.Errorf("answer group %q has no overflow: its callers would have nowhere to go", g.ID)
	}
	return nil
}

// closingsFile reads the windows in which groups are closed.
func (r *reader) closingsFile(subject string, v *value) {
	keys := r.closingFields(new(Closing)).keys()
	for _, row := range r.csv(subject, "a CSV file", v, keys, "group", "date", "start", "end") {
		if c, ok := r.closing(row); ok {
			r.centre.Closings = append(r.centre.Closings, c)
		}
	}
}

func (r *reader) closingFields(c *Closing) fields {
	return fields{
		{"group", r.known(&c.Group, "answer group", &r.groups)},
		{"date", one(r, &c.Date, date)},
		{"start", one(r, &c.Span.Open, clock)},
		{"end", one(r, &c.Span.Close, clock)},
		{"stay", one(r, &c.Stay, share)},
	}
}

// closing reads a row; ok tells whether it is without fault.
func (r *reader) closing(v *value) (c Closing, ok bool) {
	const subject = "closing"
	before := len(r.faults)
	c.Stay = UsualStay
	r.fields(subject, v, r.closingFields(&c))
	r.need(subject, v, "group", "date", "start", "end")
	r.within(subject, v, c.Span, before)
	if len(r.faults) == before {
		r.onGrid(subject+": start", v.at("start"), c.Span.Open)
		r.onGrid(subject+": end", v.at("end"), c.Span.Close)
		if g, known := r.centre.Group(c.Group); known {
			if err := g.Closable(); err != nil {
				r.fault(v.at("group"), "%s: %v", subject, err)
			}
		}
	}
	return c, len(r.faults) == before
}
