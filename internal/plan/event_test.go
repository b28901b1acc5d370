package plan

import (
	"math"
	"testing"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
)

// TestEventSizes: sizes are relative to the mean of those alike, and what people
// expect of an event of its size is what the engine is told of size 1.
func TestEventSizes(t *testing.T) {
	day := civil.NewDate(2026, time.November, 19)
	c := &centre.Centre{Location: time.UTC, Events: []centre.Event{
		{Name: "a", Date: day - 365, Groups: []string{"g"}, Like: "letter", Size: 10000},
		{Name: "b", Date: day, Groups: []string{"g", "h"}, Like: "letter", Size: 30000, Factor: 1.4},
		{Name: "c", Date: day, Groups: []string{"h"}, Like: "letter"},
		{Name: "d", Date: day, Size: 7, Factor: 2},
	}}
	got := events(c, centre.Group{ID: "g"})
	if len(got) != 3 {
		t.Fatalf("%d events of g, want a, b and d", len(got))
	}
	for i, want := range []struct{ size, factor float64 }{{.5, 0}, {1.5, math.Pow(1.4, 1/1.5)}, {1, 2}} {
		if math.Abs(got[i].Size-want.size) > 1e-12 || math.Abs(got[i].Factor-want.factor) > 1e-12 {
			t.Errorf("event %s: size %v, factor %v, want %v and %v", got[i].Name, got[i].Size, got[i].Factor, want.size, want.factor)
		}
	}
}

// TestEventOfNextToNothing: a tiny event beside great ones, of which people expect
// much or little, is an event that the engine takes.
func TestEventOfNextToNothing(t *testing.T) {
	day := civil.NewDate(2026, time.November, 19)
	for _, factor := range []float64{0.1, 3} {
		c := &centre.Centre{Location: time.UTC, Events: []centre.Event{
			{Name: "great", Date: day - 365, Like: "letter", Size: 20000},
			{Name: "tiny", Date: day, Like: "letter", Size: 1, Factor: factor},
		}}
		e := events(c, centre.Group{ID: "g"})[1]
		if e.Factor == 0 || math.IsInf(e.Factor, 0) || (e.Factor > 1) != (factor > 1) {
			t.Errorf("factor %v of size %v is told as %v", factor, e.Size, e.Factor)
		}
	}
}
