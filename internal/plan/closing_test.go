package plan_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/plan"
)

// calls are those expected of a group, in a plan and from an interval on to
// another.
func calls(d *plan.Day, group string, from, to civil.Clock) (sum float64, open int) {
	for _, g := range d.Groups {
		for _, x := range g.Intervals {
			if at := civil.ClockOf(x.Start); g.ID == group && from <= at && at < to {
				sum += x.Offered
				open++
			}
		}
	}
	return sum, open
}

// TestClosedGroup: in the window the group is closed and the calls of those who
// stay come to the other group, the rest is lost: no call is forgotten. The share
// of the day counts the lost ones, in the plan and in its simulation. A check-in
// keeps all that and moves nothing twice.
func TestClosedGroup(t *testing.T) {
	const from, to = 13 * 60, 14*60 + 30
	c := smallCentre(t)
	c.Groups[1].Overflow = "bygg"
	open := checkInAt(t, c, newShelf(newsDay, c.Location), newsDay, 6*60).Day
	c.Closings = []centre.Closing{
		{Group: "avfall", Date: newsDay, Span: civil.Span{Open: from, Close: to}, Stay: 0.75},
		{Group: "avfall", Date: newsDay + 1, Span: civil.Span{Open: from, Close: to}, Stay: 0.75},
	}
	s := newShelf(newsDay, c.Location)
	closed := checkInAt(t, c, s, newsDay, 6*60).Day
	before, _ := calls(open, "avfall", from, to)
	taken, _ := calls(open, "bygg", from, to)
	if _, n := calls(closed, "avfall", 0, 24*60); n != 32-6 {
		t.Errorf("open for %d quarter-hours, want 26", n)
	}
	if got, _ := calls(closed, "bygg", from, to); math.Abs(got-taken-0.75*before) > 0.1 {
		t.Errorf("%g calls in the window, want %g and three quarters of %g", got, taken, before)
	}
	if len(closed.Closings) != 1 {
		t.Fatalf("closings %+v, want that of the day", closed.Closings)
	}
	w := closed.Closings[0]
	if math.Abs(w.Moved+w.Lost-before) > 0.1 || math.Abs(w.Lost-0.25*before) > 0.1 {
		t.Errorf("%g calls moved and %g lost of %g, want a quarter lost", w.Moved, w.Lost, before)
	}
	sim, err := plan.Simulate(t.Context(), closed, plan.SimulateOptions{Days: 300, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if got := sim.ServiceLevel.Mean; math.Abs(got-closed.Summary.ServiceLevel) > 0.001 {
		t.Errorf("simulated %g, planned %g", got, closed.Summary.ServiceLevel)
	}
	if most := 1 - w.Lost/(sim.Calls.Offered+w.Lost); closed.Summary.ServiceLevel > most+0.001 {
		t.Errorf("share %g though %g calls are lost, want at most %g", closed.Summary.ServiceLevel, w.Lost, most)
	}
	c.Closings = nil // the plan knows
	again := checkInAt(t, c, s, newsDay, 7*60, absent("p8")...).Day
	if diff := cmp.Diff(closed.Closings, again.Closings); diff != "" {
		t.Error(diff)
	}
	for _, group := range []string{"bygg", "avfall"} {
		a, m := calls(closed, group, 0, 24*60)
		b, n := calls(again, group, 0, 24*60)
		if math.Abs(a-b) > 0.01 || m != n {
			t.Errorf("%s: %g calls in %d intervals, after a check-in %g in %d", group, a, m, b, n)
		}
	}
}

// TestClosedWithoutOverflow: where the other group is closed too, all is lost.
func TestClosedWithoutOverflow(t *testing.T) {
	c := smallCentre(t)
	c.Groups[1].Overflow = "bygg"
	all := civil.Span{Open: 8 * 60, Close: 16 * 60}
	c.Closings = []centre.Closing{
		{Group: "bygg", Date: newsDay, Span: all, Stay: 1},
		{Group: "avfall", Date: newsDay, Span: all, Stay: 1},
	}
	s := newShelf(newsDay, c.Location)
	d, err := plan.Make(t.Context(), c, s, plan.Query{
		Date: newsDay, Now: newsDay.At(6*60, c.Location), Seed: 1, Model: forecast.DayLevel{}, Iterations: 20,
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Groups) != 0 || len(d.Closings) != 2 || d.Closings[1].Moved != 0 || d.Closings[1].Lost == 0 {
		t.Errorf("%d groups open, closings %+v; want none open and all calls lost", len(d.Groups), d.Closings)
	}
}
