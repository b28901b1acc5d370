package demo

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"slices"

	"bemanna/internal/civil"
)

// booking is a line of invented-bookings.csv; the zero span is all day.
type booking struct {
	person string
	date   civil.Date
	span   civil.Span
	kind   string // shift, absent, meeting, training, coaching, other
}

// bookingsHeader has no reason of absence: nobody needs to know it.
var bookingsHeader = []string{"person", "date", "start", "end", "kind"}

func bookingsCSV(bookings []booking) []byte {
	var rows [][]string
	for _, k := range bookings {
		start, end := k.span.Open.String(), k.span.Close.String()
		if k.span == (civil.Span{}) {
			start, end = "", ""
		}
		rows = append(rows, []string{k.person, k.date.String(), start, end, k.kind})
	}
	return csvText(bookingsHeader, rows)
}

func csvText(header []string, rows [][]string) []byte {
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	_ = out.Write(header) // a buffer takes everything
	_ = out.WriteAll(rows)
	return b.Bytes()
}

// diary books people and keeps them from being in two places.
type diary struct {
	w        *world
	people   []person
	bookings []booking
	taken    map[whoWhen][]civil.Span
}

type whoWhen struct {
	person string
	date   civil.Date
}

var allDay = civil.Span{Open: 0, Close: 24 * 60}

// book invents what is fixed for people in seven weeks: the four before that of
// the given day, so that there is a past to look back on, its own, and two more.
func (w *world) book(people []person, day civil.Date) []booking {
	b := diary{w: w, people: people, taken: map[whoWhen][]civil.Span{}}
	first := day.Monday() - 28
	for monday := first; monday < first+49; monday += 7 {
		b.absences(monday)
		for d := monday; d < monday+5; d++ {
			if w.calendar.Free(d) {
				continue
			}
			b.temps(d)
			b.meetings(d)
			b.teaching(d)
			b.duties(d)
		}
	}
	slices.SortStableFunc(b.bookings, func(a, b booking) int {
		return cmp.Or(cmp.Compare(a.date, b.date), cmp.Compare(a.person, b.person), cmp.Compare(a.span.Open, b.span.Open))
	})
	return b.bookings
}

// add books somebody who is at work and has the time, and tells whether it
// could.
func (b *diary) add(p *person, d civil.Date, span civil.Span, kind string) bool {
	if !p.days.Has(d.Weekday()) || span.Open < p.earliest || span.Close > p.latest {
		return false
	}
	key := whoWhen{p.id, d}
	for _, t := range b.taken[key] {
		if span.Open < t.Close && t.Open < span.Close {
			return false
		}
	}
	b.taken[key] = append(b.taken[key], span)
	b.bookings = append(b.bookings, booking{p.id, d, span, kind})
	return true
}

// away books an absence, for a part of the day or, with the zero span, all day.
func (b *diary) away(p *person, d civil.Date, span civil.Span) {
	if !p.days.Has(d.Weekday()) || b.w.calendar.Free(d) {
		return
	}
	key := whoWhen{p.id, d}
	b.bookings = append(b.bookings, booking{p.id, d, span, "absent"})
	if span == (civil.Span{}) {
		span = allDay
	}
	b.taken[key] = append(b.taken[key], span)
}

// absences books holidays, illness known in time, and parts of days. One in
// five has a spell in a week: most often a day or two, now and then the rest of
// the week, now and then an hour or two.
func (b *diary) absences(monday civil.Date) {
	for i := range b.people {
		p := &b.people[i]
		r := b.w.stream(p.id+" absence", monday)
		if !p.permanent() || r.Float64() > .23 {
			continue
		}
		first := monday + civil.Date(r.IntN(5))
		switch form := r.Float64(); {
		case form < .50:
			for d := first; d <= min(first+civil.Date(r.IntN(2)), monday+4); d++ {
				b.away(p, d, civil.Span{})
			}
		case form < .82:
			for d := first; d < monday+5; d++ {
				b.away(p, d, civil.Span{})
			}
		default:
			at := p.earliest + civil.Clock(15*r.IntN(2))
			if r.IntN(2) == 0 {
				at = p.latest - 150
			}
			b.away(p, first, civil.Span{Open: at, Close: at + 120})
		}
	}
}

// temps books shifts of hourly temps and agency workers on days that are known
// to be busy.
func (b *diary) temps(d civil.Date) {
	a := b.w.almanac(d)
	var known, ordinary float64
	for i := range b.w.groups {
		if g := &b.w.groups[i]; !g.Email {
			known += g.known(a)
			ordinary += g.perDay
		}
	}
	excess := known/ordinary - 1
	for i := range b.people {
		p := &b.people[i]
		chance, shift := 3*(excess-.06), lasting(clock(8, 30), 7*60)
		if p.employment == "agency" {
			chance, shift = 3*(excess-.15), lasting(clock(8, 0), 8*60+30)
		}
		if !p.permanent() && b.w.stream(p.id+" shift", d).Float64() < chance {
			b.add(p, d, shift, "shift")
		}
	}
}
