package plan

import (
	"math"
	"testing"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
)

// attended is a centre of which more are away on Mondays for a year and a half.
func attended() *centre.Centre {
	c := &centre.Centre{LoginRate: .92, Shrinkage: .06}
	for d := civil.NewDate(2025, time.March, 3); d < civil.NewDate(2026, time.November, 23); d++ {
		away := .05
		if w := d.Weekday(); w == time.Saturday || w == time.Sunday {
			continue
		} else if w == time.Monday {
			away = .1
		}
		away *= 1 + .1*math.Sin(float64(7*d)) // chance
		c.Attendance = append(c.Attendance, centre.Attendance{Date: d, Planned: 400, Absent: 400 * away, Phone: 250, LoggedIn: 215})
	}
	return c
}

// TestTurnout: the rates of a day are those of its weekday; without attendance,
// or before it, they are those of the centre file; and the day itself and later
// ones are not looked at.
func TestTurnout(t *testing.T) {
	c := attended()
	monday := civil.NewDate(2026, time.November, 23)
	for d, want := range map[civil.Date]float64{monday: .1, monday + 1: .05} {
		got, err := turnout(c, d)
		if err != nil || math.Abs(got.Absence-want) > .006 || math.Abs(got.LoginRate-.86) > .006 {
			t.Errorf("%s: %+v, %v, want %g away and .86 logged in", d, got, err, want)
		}
	}
	file := Turnout{LoginRate: .92, Absence: .06}
	if got, err := turnout(&centre.Centre{LoginRate: .92, Shrinkage: .06}, monday); err != nil || got != file {
		t.Errorf("without attendance %+v, %v, want %+v", got, err, file)
	}
	if got, err := turnout(c, c.Attendance[0].Date); err != nil || got != file {
		t.Errorf("before it %+v, %v, want %+v", got, err, file)
	}
	before, err := turnout(c, monday)
	if err != nil {
		t.Fatal(err)
	}
	c.Attendance = append(c.Attendance, centre.Attendance{Date: monday, Planned: 400, Absent: 400, Phone: 1})
	if after, err := turnout(c, monday); err != nil || after != before {
		t.Errorf("knowing the day itself %+v, %v, want %+v", after, err, before)
	}
}

// TestHeads: of a hundred planned, six away and the rest logged in for 92 %.
func TestHeads(t *testing.T) {
	if got := (Turnout{LoginRate: .92, Absence: .06}).Heads(.92 * .94 * 100); math.Abs(got-100) > 1e-9 {
		t.Errorf("%v heads, want 100", got)
	}
}
