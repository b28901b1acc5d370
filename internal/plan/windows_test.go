package plan_test

import (
	"math"
	"testing"
	"time"

	"bemanna/forecast"
	"bemanna/internal/plan"
)

// TestCheapestWindows: each window in which the group is open is priced, the
// cheapest first; of its calls none is forgotten; and a unit that meets costs at
// least what closing its group does, since its people are off the telephone.
func TestCheapestWindows(t *testing.T) {
	c := smallCentre(t)
	c.Groups[1].Overflow = "bygg"
	s := newShelf(newsDay, c.Location)
	q := plan.WindowQuery{
		Group: "avfall", Length: time.Hour, From: newsDay, Until: newsDay, Now: newsDay.At(6*60, c.Location),
		Seed: 1, Model: forecast.DayLevel{}, Iterations: 10,
	}
	group, err := plan.CheapestWindows(t.Context(), c, s, q)
	if err != nil {
		t.Fatal(err)
	}
	q.Group, q.Unit = "", "u1"
	unit, err := plan.CheapestWindows(t.Context(), c, s, q)
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
		if share := w.Moved / (w.Moved + w.Lost); math.Abs(share-group.Stay) > 0.01 {
			t.Errorf("%v: %g calls moved and %g lost, want %g moved", w.Start, w.Moved, w.Lost, group.Stay)
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

func TestRefusedWindows(t *testing.T) {
	c := smallCentre(t)
	c.Groups[1].Overflow = "bygg"
	c.Groups[1].Critical = true
	day := plan.WindowQuery{Length: time.Hour, From: newsDay, Until: newsDay}
	for want, change := range map[string]func(*plan.WindowQuery){
		`group "" and unit "": want one of them`:                                     func(*plan.WindowQuery) {},
		`unknown answer group "nowhere"`:                                             func(q *plan.WindowQuery) { q.Group = "nowhere" },
		`answer group "avfall" is critical: it is never closed`:                      func(q *plan.WindowQuery) { q.Group = "avfall" },
		`answer group "bygg" has no overflow: its callers would have nowhere to go`:  func(q *plan.WindowQuery) { q.Group = "bygg" },
		`answer group "epost" cannot be closed for a window: want a telephone group`: func(q *plan.WindowQuery) { q.Group = "epost" },
		`unit "u1" has no group that could be closed: want one with an overflow`:     func(q *plan.WindowQuery) { q.Unit = "u1" },
		`length 10m0s, want a multiple of the interval of 15m0s`:                     func(q *plan.WindowQuery) { q.Length = 10 * time.Minute },
		`from 2026-11-24 to 2026-11-23, want from 1 to 62 days`:                      func(q *plan.WindowQuery) { q.Until = newsDay - 1 },
	} {
		q := day
		change(&q)
		if err := q.Check(c); err == nil || err.Error() != want {
			t.Errorf("got %v\nwant %s", err, want)
		}
	}
}
