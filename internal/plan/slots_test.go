package plan_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

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

// TestSlotsThatClose: with the groups closed the slots are those without, each with
// the price of closing, by which they are ranked; callers who overflow and those who
// are lost are those of the groups. Who cannot be closed is refused.
func TestSlotsThatClose(t *testing.T) {
	h := twoDays(t)
	q := plan.SlotQuery{Unit: "barn_ungdom", Length: time.Hour}
	open, err := h.Slots(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	q.Close = true
	got, err := h.Slots(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Slots) != len(open.Slots) || len(got.Closing) == 0 || got.Stay != centre.UsualStay {
		t.Fatalf("%d slots with closing %v, %d without", len(got.Slots), got.Closing, len(open.Slots))
	}
	for i, x := range got.Slots {
		shut := x.Shut
		if x.Shut = nil; !slices.ContainsFunc(open.Slots, func(o plan.GatherTime) bool { return cmp.Equal(o, x) }) {
			t.Errorf("%+v is not among the slots without closing", x)
		}
		if shut.Lost < shut.Moved*(1-got.Stay)/got.Stay-x.Lost-1 || shut.Moved < 0 {
			t.Errorf("%v: %+v", x.Start, shut)
		}
		if i > 0 && len(got.Slots[i-1].Missing) == len(x.Missing) && shut.Late < got.Slots[i-1].Shut.Late {
			t.Errorf("%v comes after a dearer one", x.Start)
		}
		got.Slots[i].Shut = shut
	}
	if _, err := h.Slots(t.Context(), plan.SlotQuery{Unit: "nobody", Length: time.Hour, Close: true}); err == nil {
		t.Error("a unit that is not there: want an error")
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
