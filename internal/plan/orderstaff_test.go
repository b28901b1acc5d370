package plan

import (
	"errors"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"bemanna/internal/civil"
)

// TestWhatIsKnownHolds calls people in, gives them other shifts and sends them home
// again, in any order: what the day says then is what a day says that knows nothing
// of it.
func TestWhatIsKnownHolds(t *testing.T) {
	c, empty, _ := littleDay(t, [2]float64{2, 3}, [][]int{{0}, {1}, {0, 1}, {0}}, []float64{200, 200, 300, 250})
	rapid.Check(t, func(rt *rapid.T) {
		all := (&Horizon{c: c}).callables("")
		d, err := newOrderDay(empty.scene, "")
		if err != nil {
			rt.Fatal(err)
		}
		for range rapid.IntRange(1, 6).Draw(rt, "moves") {
			k := rapid.SampledFrom(all).Draw(rt, "who")
			shift := rapid.SampledFrom(k.candidates(c, civil.Span{})).Draw(rt, "shift")
			if i := d.callOf(k); i >= 0 && rapid.Bool().Draw(rt, "home") {
				k.drop(d.date, d.called[i].work)
				d.called = slices.Delete(slices.Clone(d.called), i, i+1)
				if err := d.refresh(0, len(d.now)); err != nil {
					rt.Fatal(err)
				}
			} else if err := errors.Join(d.callIn(t.Context(), c, k, shift), d.refresh(0, len(d.now))); err != nil {
				rt.Fatal(err)
			}
		}
		fresh, err := newOrderDay(d.scene, "")
		if err != nil {
			rt.Fatal(err)
		}
		fresh.called = d.called
		if err := fresh.refresh(0, len(fresh.now)); err != nil {
			rt.Fatal(err)
		}
		for at, want := range fresh.now {
			if got := d.now[at]; math.Abs(got.inTime-want.inTime)+math.Abs(got.lost-want.lost) > 1e-9 {
				rt.Fatalf("interval %d, with %d called in: %+v, want %+v", at, len(d.called), got, want)
			}
		}
		for _, k := range all {
			groups := d.groupsOf(k.Person)
			got, err := d.gainsOf(groups)
			want, wrong := fresh.gainsOf(groups)
			if err := errors.Join(err, wrong); err != nil {
				rt.Fatal(err)
			}
			for at := range want {
				if math.Abs(got[at]-want[at]) > 1e-9 {
					rt.Fatalf("interval %d: one more of %v wins %v, want %v", at, groups, got[at], want[at])
				}
			}
		}
	})
}
