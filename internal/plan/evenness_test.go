package plan_test

import (
	"math"
	"os"
	"testing"
	"time"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/plan"
)

// hardDay stores a plan of a day of the small centre with eight intervals, of which
// the fourth and the last ask for more than there are people. Each has the telephone
// for the given intervals.
func hardDay(t *testing.T, c *centre.Centre, s plan.Plans, day civil.Date, phones map[string][]int) {
	t.Helper()
	at := func(i int) time.Time { return day.At(9*60, c.Location).Add(time.Duration(i) * c.Interval) }
	group := plan.Group{ID: "bygg", Unit: "u1"}
	for i, need := range []float64{4, 5, 6, 9, 6, 5, 7, 8} {
		group.Intervals = append(group.Intervals, plan.Interval{Start: at(i), Need: need, Staffed: 7})
	}
	d := plan.Day{Date: day, IntervalSeconds: 900, Units: []plan.Unit{{ID: "u1"}}, Groups: []plan.Group{group}}
	for _, p := range c.People {
		on, works := phones[p.ID]
		if !works {
			continue
		}
		a := plan.Agent{ID: p.ID, Unit: p.Unit, Shift: &plan.Period{Start: at(0), End: at(8)}}
		for i := range 8 {
			a.Activities = append(a.Activities, plan.Activity{Start: at(i), End: at(i + 1), Kind: "email"})
		}
		for _, i := range on {
			a.Activities[i].Kind = "phone"
		}
		d.Agents = append(d.Agents, a)
	}
	if err := plan.Save(t.Context(), s, &d, "test"); err != nil {
		t.Fatal(err)
	}
}

// TestHardHoursAreCounted: two of eight intervals are hard, and who is on the
// telephone in them has hard hours.
func TestHardHoursAreCounted(t *testing.T) {
	c := smallCentre(t)
	s := newShelf(newsDay, c.Location)
	hardDay(t, c, s, newsDay-1, map[string][]int{"p1": {3, 7}, "p2": {0, 1, 2, 3}, "p4": {6}, "p5": {}})
	week, err := plan.WorkAround(t.Context(), c, s, newsDay)
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]float64{"p1": 0.5, "p2": 0.25, "p4": 0, "p5": 0} {
		if got := week[id][0]; got.Hard != want || got.Hours != 2 {
			t.Errorf("%s: %v hard of %v hours, want %v of 2", id, got.Hard, got.Hours, want)
		}
	}
}

// hardHoursOf is what a plan of the day of news gives somebody, by the plans after it.
func hardHoursOf(t *testing.T, c *centre.Centre, d *plan.Day, id string) float64 {
	t.Helper()
	s := newShelf(newsDay, c.Location)
	if err := plan.Save(t.Context(), s, d, "test"); err != nil {
		t.Fatal(err)
	}
	week, err := plan.WorkAround(t.Context(), c, s, newsDay+1)
	if err != nil {
		t.Fatal(err)
	}
	return week[id][0].Hard
}

// TestHardHoursAreSharedOut: who has had them all is spared some, and the page has
// those of the week by table.
func TestHardHoursAreSharedOut(t *testing.T) {
	c := smallCentre(t)
	before := hardHoursOf(t, c, planAmong(t, c, newShelf(newsDay, c.Location)), "p8")
	s := newShelf(newsDay, c.Location)
	for ago := civil.Date(1); ago <= 20; ago++ {
		hardDay(t, c, s, newsDay-ago, map[string][]int{"p8": {3, 7}, "p1": {}, "p4": {}, "p5": {}, "p6": {}, "p7": {}})
	}
	d := planAmong(t, c, s)
	if after := hardHoursOf(t, c, d, "p8"); after >= before {
		t.Errorf("%v hard hours after many, %v after none: want fewer", after, before)
	}
	for _, table := range d.Tables {
		sum := 0.0
		for _, id := range table.Members {
			if ofPeople(d)[id].Shift != nil {
				sum += hardHoursOf(t, c, d, id)
			}
			if id == "p8" {
				sum += 0.5 // on Monday
			}
		}
		if table.HardHours == 0 || table.HardHours > sum {
			t.Errorf("table %s: %v hard hours of each, want some of %v in all", table.ID, table.HardHours, sum)
		}
	}
}

// evenness is how hard hours are shared out: by how many hours people are off what
// they would have by their hours of work, on average of squares and at most.
type evenness struct{ spread, worst float64 }

func evennessOf(c *centre.Centre, w plan.Week) evenness {
	hard, worked := map[string]float64{}, map[string]float64{}
	for _, p := range c.People {
		for _, s := range w[p.ID] {
			hard[p.Unit] += s.Hard
			worked[p.Unit] += s.Hours
		}
	}
	var out evenness
	people := 0
	for _, p := range c.People {
		off := 0.0
		for _, s := range w[p.ID] {
			off += s.Hard - s.Hours*hard[p.Unit]/worked[p.Unit]
		}
		if len(w[p.ID]) > 0 {
			out.spread += off * off
			out.worst = max(out.worst, math.Abs(off))
			people++
		}
	}
	out.spread = math.Sqrt(out.spread / float64(people))
	return out
}

// rowOfDays plans the open days of four weeks of the demo, one after the other. Where
// hard hours are not shared out, the plans do not know of those before.
func rowOfDays(t *testing.T, iterations int, shared bool) (evenness, float64) {
	t.Helper()
	c, store := openDemo(t)
	s := &shelf{store, map[civil.Date][]plan.Saved{}}
	calls, inTime := 0.0, 0.0
	for day := lastDay + 1; day <= lastDay+28; day++ {
		week, err := plan.WorkAround(t.Context(), c, s, day)
		if err != nil {
			t.Fatal(err)
		}
		for _, stints := range week {
			for i := range stints {
				if !shared {
					stints[i].Hard = 0
				}
			}
		}
		d, err := plan.Make(t.Context(), c, s, plan.Query{
			Date: day, Now: (lastDay + 1).At(2*60+40, c.Location), Seed: 1, Model: forecast.DayLevel{}, Iterations: iterations, Week: week,
		})
		if err != nil {
			t.Fatal(err)
		}
		if len(d.Groups) == 0 {
			continue
		}
		calls += d.Volume.Offered
		inTime += d.Volume.Offered * d.Summary.ServiceLevel
		t.Logf("%s, shared out %v: %.4f answered in time, %.1f h on the telephone", day, shared, d.Summary.ServiceLevel, d.Summary.PhoneHours)
		if err := plan.Save(t.Context(), s, d, "test"); err != nil {
			t.Fatal(err)
		}
	}
	week, err := plan.WorkAround(t.Context(), c, s, lastDay+28)
	if err != nil {
		t.Fatal(err)
	}
	return evennessOf(c, week), inTime / calls
}

// TestMeasureHardHours prints how hard hours are shared out over the open days of
// four weeks, by plans that share them out and by plans that do not.
func TestMeasureHardHours(t *testing.T) {
	if os.Getenv("BEMANNA_MEASURE") == "" {
		t.Skip("prints how even hard hours are: set BEMANNA_MEASURE=1 to measure")
	}
	for _, shared := range []bool{false, true} {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			even, share := rowOfDays(t, 400, shared)
			t.Logf("shared out %v: spread %.2f h, worst %.2f h, %.2f %% answered in time", shared, even.spread, even.worst, 100*share)
		})
	}
}
