package centre

import "bemanna/internal/civil"

// Availability says when somebody can work on one day.
type Availability struct {
	Person Person
	Span   civil.Span // the shift lies within it
	Booked bool       // Span is the shift itself
	Absent bool       // all day: planned for, but away
	// Fixed is what is booked besides the shift; what is booked for all day has
	// the span of the person's day.
	Fixed []Booking
	// Lent are groups of others whose calls the person takes for a while.
	Lent []Loan
}

// Loan is time for which somebody takes calls of a group that is not among the
// person's skills.
type Loan struct {
	Group string
	Span  civil.Span
}

// Available gives those who can be planned on day d, in the order of the file.
// Permanent people are there on their days unless the calendar calls d red or an
// eve; a booking of kind shift brings anybody in on any day, and nothing else
// brings in hourly temps and agency workers. Those who are absent all day on
// which they would have worked are among them, marked.
func (c *Centre) Available(d civil.Date) []Availability {
	booked := map[string][]Booking{}
	for _, b := range c.Bookings {
		if b.Date == d {
			booked[b.Person] = append(booked[b.Person], b)
		}
	}
	kind := c.Calendar.On(d).Kind
	closed := kind == civil.Red || kind == civil.Eve
	var out []Availability
	for _, p := range c.People {
		if p.From != 0 && d < p.From || p.Until != 0 && d > p.Until {
			continue
		}
		expected := p.Employment == Permanent && p.Days.Has(d.Weekday()) && !closed
		if a, ok := availability(p, expected, booked[p.ID]); ok {
			out = append(out, a)
		}
	}
	return out
}

// availability lays the bookings of a day on the hours of p; ok is false where p
// is neither expected nor booked for a shift.
func availability(p Person, expected bool, bookings []Booking) (a Availability, ok bool) {
	a = Availability{Person: p, Span: civil.Span{Open: p.Earliest, Close: p.Latest}}
	for _, b := range bookings {
		if b.Kind == "shift" {
			expected = true
			if a.Booked = b.Span != (civil.Span{}); a.Booked {
				a.Span = b.Span
			}
		}
	}
	for _, b := range bookings {
		allDay := b.Span == (civil.Span{})
		switch {
		case b.Kind == "shift":
		case b.Kind == "absent" && allDay:
			a.Absent = true
		default:
			if allDay {
				b.Span = a.Span
			}
			a.Fixed = append(a.Fixed, b)
		}
	}
	return a, expected
}
