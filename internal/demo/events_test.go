package demo

import (
	"math"
	"testing"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
)

// TestEventsAreTheMailings checks that each event lies on a day on which the
// hidden facts have a mailing, and that some lie ahead.
func TestEventsAreTheMailings(t *testing.T) {
	c, err := centre.Load(made(t).dir)
	if err != nil {
		t.Fatal(err)
	}
	w, err := newWorld(Options{Until: sunday, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	future := 0
	for _, e := range c.Events {
		if e.Date > sunday {
			future++
		}
		a, b := w.almanac(e.Date), w.almanac(w.workdayAfter(e.Date))
		for _, id := range e.Groups {
			for i := range w.groups {
				g := &w.groups[i]
				if g.ID != id {
					continue
				}
				before, after := 1.0, 1.0
				for _, m := range g.mailings {
					before, after = before*m.at(a), after*m.at(b)
				}
				if after <= before {
					t.Errorf("%s, %s on %s: factor %.2f on its day and %.2f on the next, want more", id, e.Name, e.Date, before, after)
				}
			}
		}
	}
	if len(c.Events) < 60 || future < 5 {
		t.Errorf("%d events, %d of them ahead, want some 70 and 5 or more", len(c.Events), future)
	}
}

func (w *world) workdayAfter(d civil.Date) civil.Date {
	for d++; w.calendar.Free(d); d++ {
	}
	return d
}

// TestAttendance checks the shares that the document of the demo tells of, and that
// the units make up the centre.
func TestAttendance(t *testing.T) {
	c, err := centre.Load(made(t).dir)
	if err != nil {
		t.Fatal(err)
	}
	var planned, absent, phone, in float64
	for _, a := range c.Attendance {
		planned, absent = planned+a.Planned, absent+a.Absent
		phone, in = phone+a.Phone, in+a.LoggedIn
		units := 0.0
		for _, u := range a.Units {
			units += u.LoggedIn
		}
		if len(a.Units) != len(c.Units) || math.Abs(units-a.LoggedIn) > .1*float64(len(c.Units)) {
			t.Errorf("%s: %g h logged in, and %g in %d units, want the same in %d", a.Date, a.LoggedIn, units, len(a.Units), len(c.Units))
		}
	}
	if share := absent / planned; math.Abs(share-.062) > .01 {
		t.Errorf("%.3f of the planned hours absent, want about .062", share)
	}
	if share := in / phone; math.Abs(share-.916) > .005 {
		t.Errorf("%.3f of the telephone time logged in, want about .916", share)
	}
}
