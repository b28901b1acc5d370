package export

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bemanna/internal/civil"
	"bemanna/internal/plan"
)

// TestAxisSpansFullHours: from 07:30 to 16:15 it is 07:00 to 17:00.
func TestAxisSpansFullHours(t *testing.T) {
	x := newAxis(someDay(t, ordinary))
	if got, want := x.time(0).Format("15:04"), "07:00"; got != want {
		t.Errorf("starts at %s, want %s", got, want)
	}
	if got, want := x.time(x.n).Format("15:04"), "17:00"; got != want {
		t.Errorf("ends at %s, want %s", got, want)
	}
	if x := newAxis(&plan.Day{IntervalSeconds: 900}); x.n != 0 {
		t.Errorf("a day without anything has %d intervals", x.n)
	}
}

// TestAxisWhenTheClocksChange: a shift from midnight to 06:00 has 5 hours of
// quarters in spring, without an hour 02, and 7 in autumn, two of them 02.
func TestAxisWhenTheClocksChange(t *testing.T) {
	for _, c := range []struct {
		date  civil.Date
		cells map[int]int // hour of the clock -> quarters
	}{
		{spring, map[int]int{0: 4, 1: 4, 3: 4, 4: 4, 5: 4}},
		{autumn, map[int]int{0: 4, 1: 4, 2: 8, 3: 4, 4: 4, 5: 4}},
	} {
		d := &plan.Day{Date: c.date, IntervalSeconds: 900, Made: c.date.Start(stockholm(t))}
		d.Agents = []plan.Agent{{Activities: activities(t, d, "00:00 phone 06:00")}}
		x := newAxis(d)
		got := map[int]int{}
		for _, h := range x.hours() {
			got[h.hour] += h.len()
		}
		if diff := cmp.Diff(c.cells, got); diff != "" {
			t.Errorf("%s: quarters of each hour (-want +got):\n%s", c.date, diff)
		}
		if b := x.blocks(d.Agents[0]); len(b) != 1 || b[0].len() != x.n {
			t.Errorf("%s: the shift is the blocks %v, want one over all %d intervals", c.date, b, x.n)
		}
	}
}

// TestBlocksAreTheActivities: whatever the day, blocks lie apart and in order,
// and have in each interval the kind that is done then.
func TestBlocksAreTheActivities(t *testing.T) {
	loc := stockholm(t)
	rapid.Check(t, func(t *rapid.T) {
		d := &plan.Day{Date: ordinary, IntervalSeconds: 900, Made: ordinary.Start(loc)}
		at := ordinary.At(7*60, loc)
		var a plan.Agent
		want := map[time.Time]string{}
		for range rapid.IntRange(1, 12).Draw(t, "activities") {
			at = at.Add(time.Duration(rapid.IntRange(0, 2).Draw(t, "gap")) * 15 * time.Minute)
			kind := rapid.SampledFrom(kinds).Draw(t, "kind")
			n := rapid.IntRange(1, 6).Draw(t, "length")
			for i := range n {
				want[at.Add(time.Duration(i)*15*time.Minute)] = kind
			}
			end := at.Add(time.Duration(n) * 15 * time.Minute)
			a.Activities = append(a.Activities, plan.Activity{Start: at, End: end, Kind: kind})
			at = end
		}
		d.Agents = []plan.Agent{a}
		x := newAxis(d)
		got := map[time.Time]string{}
		end := 0
		for i, b := range x.blocks(a) {
			if b.from < end || b.len() < 1 {
				t.Fatalf("block %d is %v, the one before ends at %d", i, b, end)
			}
			for i := b.from; i < b.to; i++ {
				got[x.time(i)] = b.kind
			}
			end = b.to
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
		busy := 0
		for _, n := range x.count(d.Agents, kinds...) {
			busy += n
		}
		if busy != len(want) {
			t.Fatalf("%d intervals of work are counted, want %d", busy, len(want))
		}
	})
}
