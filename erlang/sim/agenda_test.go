package sim

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// The agenda against a list that is sorted anew each time.
func TestAgendaIsInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var a agenda
		var list []event
		for range rapid.IntRange(0, 200).Draw(t, "steps") {
			if rapid.IntRange(0, 2).Draw(t, "what") > 0 {
				at := rapid.OneOf(rapid.Float64Range(0, 1e6), rapid.SampledFrom([]float64{0, 1, 2})).Draw(t, "at")
				e := newEvent(at, kind(rapid.IntRange(0, 6).Draw(t, "kind")), int32(rapid.IntRange(0, 9).Draw(t, "whom")))
				a.add(e)
				list = append(list, e)
				continue
			}
			e, ok := a.first()
			if ok != (len(list) > 0) {
				t.Fatalf("an event: %v, though %d are to come", ok, len(list))
			}
			if !ok {
				continue
			}
			slices.SortFunc(list, func(x, y event) int {
				return cmp.Or(cmp.Compare(x.at(), y.at()), cmp.Compare(x.kind(), y.kind()), cmp.Compare(x.whom(), y.whom()))
			})
			if e != list[0] {
				t.Fatalf("first %v %v %v, want %v %v %v", e.at(), e.kind(), e.whom(), list[0].at(), list[0].kind(), list[0].whom())
			}
			a.take()
			list = list[1:]
		}
	})
}
