package centre

import "bemanna/internal/civil"

// bookingsFile reads what is fixed for people on days. Why somebody is absent
// has no column: it is never stored.
func (r *reader) bookingsFile(subject string, v *value) {
	keys := r.bookingFields(new(Booking)).keys()
	earlier := map[personDay][]placed{}
	for _, row := range r.csv(subject, "a CSV file", v, keys, "person", "date", "kind") {
		if b, ok := r.booking(row); ok {
			day := personDay{b.Person, b.Date}
			r.collides(b, row.place, earlier[day])
			earlier[day] = append(earlier[day], placed{b, row.place})
			r.centre.Bookings = append(r.centre.Bookings, b)
		}
	}
}

func (r *reader) bookingFields(b *Booking) fields {
	return fields{
		{"person", r.known(&b.Person, "person", &r.people)},
		{"date", one(r, &b.Date, date)},
		{"start", one(r, &b.Span.Open, clock)},
		{"end", one(r, &b.Span.Close, clock)},
		{"kind", one(r, &b.Kind, oneOf("shift", "absent", "meeting", "training", "coaching", "other"))},
	}
}

// booking reads a row; ok tells whether it is without fault.
func (r *reader) booking(v *value) (b Booking, ok bool) {
	before := len(r.faults)
	r.fields("booking", v, r.bookingFields(&b))
	r.need("booking", v, "person", "date", "kind")
	r.within("booking", v, b.Span, before)
	return b, len(r.faults) == before
}

// within faults a span of a day of which only one end is given, or that ends
// before it begins; before is the number of faults before its row.
func (r *reader) within(subject string, v *value, s civil.Span, before int) {
	switch start, end := v.under("start"), v.under("end"); {
	case (start == nil) != (end == nil):
		r.fault(v.place, "%s: start or end alone, want both, or neither for all day", subject)
	case start != nil && len(r.faults) == before && s.Open >= s.Close:
		r.fault(end.place, "%s: end %s, want a time after start %s", subject, s.Close, s.Open)
	}
}

type personDay struct {
	person string
	date   civil.Date
}

type placed struct {
	Booking
	at place
}

// collides faults a second shift on one day, and two things to do at one time.
// Absence and a shift may lie over anything.
func (r *reader) collides(b Booking, p place, earlier []placed) {
	for _, e := range earlier {
		if b.Kind == "absent" || e.Kind == "absent" || (b.Kind == "shift") != (e.Kind == "shift") {
			continue
		}
		apart := b.Span != (civil.Span{}) && e.Span != (civil.Span{}) &&
			(b.Span.Close <= e.Span.Open || e.Span.Close <= b.Span.Open)
		if b.Kind == "shift" || !apart {
			r.fault(p, "booking: %s of %s on %s collides with the %s at %s, want one of them",
				b.Kind, b.Person, b.Date, e.Kind, e.at)
		}
	}
}
