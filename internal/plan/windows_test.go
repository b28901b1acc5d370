package plan_test

import (
	"context"
	"math"
	"testing"
	"time"

	"bemanna/forecast"
	"bemanna/internal/plan"
)

// TestCheapestWindows: each window in which the group is open is priced, the
// cheapest first; those of its four calls a quarter-hour who stay overflow; and a unit that meets costs at
// least what closing its group does, since its people are off the telephone.
func TestCheapestWindows(t *testing.T) {
	c := smallCentre(t)
	c.Groups[1].Overflow = "bygg"
	h, err := plan.Ahead(t.Context(), c, forgetful{newShelf(newsDay, c.Location)}, plan.HorizonQuery{
		From: newsDay, Until: newsDay, Today: newsDay, Model: forecast.DayLevel{}, Seed: 1,
	})
	if err != nil {
		t.Fatal(err)
	}
	group, err := h.Windows(t.Context(), plan.WindowQuery{Group: "avfall", Length: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	unit, err := h.Windows(t.Context(), plan.WindowQuery{Unit: "u1", Length: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	if len(group.Windows) != 29 || len(unit.Windows) != 29 {
		t.Fatalf("%d and %d windows of an hour from 08:00 to 16:00, want 29", len(group.Windows), len(unit.Windows))
	}
	costs := map[time.Time]float64{}
	for i, w := range group.Windows {
		costs[w.Start] = w.Late
		if i > 0 && w.Late < group.Windows[i-1].Late {
			t.Errorf("window %d costs %g, the one before %g", i, w.Late, group.Windows[i-1].Late)
		}
		if want := group.Stay * 16; math.Abs(w.Moved-want) > 0.1 || w.Lost > 16-want+0.1 {
			t.Errorf("%v: %g calls moved and %g lost, want %g moved, and no more lost than the others", w.Start, w.Moved, w.Lost, want)
		}
	}
	for _, w := range unit.Windows {
		if w.Late < costs[w.Start]-0.05 {
			t.Errorf("%v: the unit's meeting costs %g, closing alone %g", w.Start, w.Late, costs[w.Start])
		}
	}
	if len(unit.Open) != 1 || unit.Open[0] != "Bygglov" {
		t.Errorf("open %v, want Bygglov, which has no overflow", unit.Open)
	}
}

// forgetful is a store that keeps nothing of the days ahead.
type forgetful struct{ plan.Store }

func (forgetful) KeepWorkings(context.Context, []plan.Working) error { return nil }

func (forgetful) Workings(context.Context, string) (map[string]plan.Working, error) { return nil, nil }

func TestRefusedWindows(t *testing.T) {
	c := smallCentre(t)
	c.Groups[1].Overflow = "bygg"
	c.Groups[1].Critical = true
	day := plan.WindowQuery{Length: time.Hour}
	for want, change := range map[string]func(*plan.WindowQuery){
		`group "" and unit "": want one of them`:                                     func(*plan.WindowQuery) {},
		`unknown answer group "nowhere"`:                                             func(q *plan.WindowQuery) { q.Group = "nowhere" },
		`answer group "avfall" is critical: it is never closed`:                      func(q *plan.WindowQuery) { q.Group = "avfall" },
		`answer group "bygg" has no overflow: its callers would have nowhere to go`:  func(q *plan.WindowQuery) { q.Group = "bygg" },
		`answer group "epost" cannot be closed for a window: want a telephone group`: func(q *plan.WindowQuery) { q.Group = "epost" },
		`unit "u1" has no group that could be closed: want one with an overflow`:     func(q *plan.WindowQuery) { q.Unit = "u1" },
		`length 10m0s, want a multiple of the interval of 15m0s`:                     func(q *plan.WindowQuery) { q.Length = 10 * time.Minute },
	} {
		q := day
		change(&q)
		if err := q.Check(c); err == nil || err.Error() != want {
			t.Errorf("got %v\nwant %s", err, want)
		}
	}
}
