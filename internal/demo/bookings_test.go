package demo

import (
	"slices"
	"testing"

	"bemanna/internal/civil"
)

func bookings(t *testing.T) ([]person, []booking) {
	t.Helper()
	w, err := newWorld(Options{Until: sunday, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	people, err := readPeople()
	if err != nil {
		t.Fatal(err)
	}
	return people, w.book(people, sunday+1)
}

func TestBookingsAreSevenWeeks(t *testing.T) {
	_, booked := bookings(t)
	first, last := booked[0].date, booked[len(booked)-1].date
	if first != sunday-27 || last < sunday+15 || last > sunday+21 {
		t.Errorf("bookings from %v to %v, want the seven weeks from %v on", first, last, sunday-27)
	}
}

// Nobody is in two places at once, or booked when the calendar or the contract
// says free.
func TestBookingsDoNotOverlap(t *testing.T) {
	people, booked := bookings(t)
	calendar := civil.Sweden()
	for i, b := range booked {
		at := slices.IndexFunc(people, func(p person) bool { return p.id == b.person })
		if at < 0 {
			t.Fatalf("%+v: nobody has this id", b)
		}
		if p := people[at]; !p.days.Has(b.date.Weekday()) || calendar.Free(b.date) {
			t.Errorf("%+v: not a working day of %s", b, p.id)
		}
		if i > 0 && booked[i-1].person == b.person && booked[i-1].date == b.date {
			if before := booked[i-1]; before.span == (civil.Span{}) || before.span.Close > b.span.Open {
				t.Errorf("%+v overlaps %+v", b, before)
			}
		}
	}
}

func TestShareOfAbsence(t *testing.T) {
	people, booked := bookings(t)
	planned, away := 0.0, 0.0
	for d := sunday - 27; d <= sunday+21; d++ {
		for _, p := range people {
			if p.permanent() && p.days.Has(d.Weekday()) && weekday(d) < 5 {
				planned++
			}
		}
	}
	for _, b := range booked {
		switch {
		case b.kind != "absent":
		case b.span == (civil.Span{}):
			away++
		default:
			away += .25
		}
	}
	if share := away / planned; share < .05 || share > .08 {
		t.Errorf("%.3f of the person-days are booked as absence, want .05 to .08", share)
	}
}

// The units keep some of their people on the telephone during meetings.
func TestMeetingsLeaveHalfTheUnit(t *testing.T) {
	people, booked := bookings(t)
	size, unit := map[string]int{}, map[string]string{}
	for _, p := range people {
		unit[p.id] = p.unit
		if p.permanent() {
			size[p.unit]++
		}
	}
	type sitting struct {
		unit string
		date civil.Date
		at   civil.Clock
	}
	there := map[sitting]int{}
	for _, b := range booked {
		if b.kind == "meeting" {
			there[sitting{unit[b.person], b.date, b.span.Open}]++
		}
	}
	if len(there) == 0 {
		t.Fatal("no meetings")
	}
	for s, n := range there {
		if 3*n > 2*size[s.unit] {
			t.Errorf("%+v: %d of %d at the meeting", s, n, size[s.unit])
		}
	}
}
