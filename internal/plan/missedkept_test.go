package plan_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bemanna/forecast"
	"bemanna/internal/plan"
)

// TestExplainedDaysAreKept: a day with a stored plan is worked out once, with the
// same answer; one whose plan was made afterwards is worked out each time, and not by
// those who only see to what is kept.
func TestExplainedDaysAreKept(t *testing.T) {
	c, s, d := explainable(t)
	q := plan.ExplainQuery{From: d.Date - 1, To: d.Date + 1, Seed: 1, Model: forecast.DayLevel{}, Iterations: 20}
	days, err := plan.KeepExplained(t.Context(), c, s, q)
	if name := "why " + d.Date.String(); err != nil || days != 1 || !slices.Equal(slices.Collect(maps.Keys(s.kept)), []string{name}) {
		t.Fatalf("%d days kept, %v, %v, want %s", days, slices.Collect(maps.Keys(s.kept)), err, name)
	}
	first := explain(t, c, s, d.Date, d.Date)
	kept := maps.Clone(s.kept)
	clear(s.kept)
	if diff := cmp.Diff(first, explain(t, c, s, d.Date, d.Date)); diff != "" {
		t.Errorf("kept and worked out:\n%s", diff)
	}
	for name, w := range kept {
		if diff := cmp.Diff(w, s.kept[name]); diff != "" {
			t.Errorf("kept before and now:\n%s", diff)
		}
	}
}

// TestWhatIsKeptGivesWay: other attendance, another plan and other calls are looked
// at, and so is a kept day that cannot be read.
func TestWhatIsKeptGivesWay(t *testing.T) {
	c, s, d := explainable(t)
	name := "why " + d.Date.String()
	explain(t, c, s, d.Date, d.Date)
	for what, change := range map[string]func(){
		"attendance": func() { c.Attendance[1].LoggedIn /= 2 },
		"plan":       func() { later := *d; later.Made = d.Groups[0].Intervals[4].Start; save(t, s.shelf, &later) },
		"calls": func() {
			s.Store = otherwise{s.Store, d.Date.At(12*60, c.Location)}
		},
	} {
		before := s.kept[name]
		change()
		explain(t, c, s, d.Date, d.Date)
		if s.kept[name].Stamp == before.Stamp {
			t.Errorf("other %s: the day is taken from what is kept", what)
		}
	}
	want := explain(t, c, s, d.Date, d.Date)
	broken := s.kept[name]
	broken.Doc = broken.Doc[:len(broken.Doc)/2]
	s.kept[name] = broken
	if diff := cmp.Diff(want, explain(t, c, s, d.Date, d.Date)); diff != "" {
		t.Errorf("what was kept cannot be read:\n%s", diff)
	}
}
