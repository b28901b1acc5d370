package plan_test

import (
	"slices"
	"testing"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/plan"
)

// TestSlotsAreWhatTheyPromise: the slots come by who is missing and then by price,
// and whoever is not missing is neither absent nor bound then.
func TestSlotsAreWhatTheyPromise(t *testing.T) {
	c, _ := openDemo(t)
	got, err := twoDays(t).Slots(t.Context(), plan.SlotQuery{Unit: "tekniska", Length: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Slots) < 20 {
		t.Fatalf("%d slots of two days", len(got.Slots))
	}
	for i, x := range got.Slots {
		if x.End.Sub(x.Start) != time.Hour || x.Cost < 0 || len(x.Missing) >= len(got.People) {
			t.Errorf("%+v", x)
		}
		if i > 0 {
			last := got.Slots[i-1]
			if len(x.Missing) < len(last.Missing) || len(x.Missing) == len(last.Missing) && x.Price < last.Price {
				t.Errorf("%+v comes after %+v", x, last)
			}
		}
		for _, p := range got.People {
			if !slices.Contains(x.Missing, p.ID) && bound(c, p.ID, x) {
				t.Errorf("%s is bound on %v", p.ID, x)
			}
		}
	}
}

// bound tells whether bookings keep somebody from coming.
func bound(c *centre.Centre, person string, x plan.GatherTime) bool {
	from, to := civil.ClockOf(x.Start), civil.ClockOf(x.End)
	return slices.ContainsFunc(c.Bookings, func(b centre.Booking) bool {
		return b.Person == person && b.Date == x.Date && b.Kind != "other" && b.Kind != "shift" &&
			(b.Span == (civil.Span{}) || b.Span.Open < to && from < b.Span.Close)
	})
}
