package plan_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/plan"
)

// roughly explains a day from few draws.
func roughly(t *testing.T, c *centre.Centre, s plan.PastStore, day civil.Date) *plan.Explanation {
	t.Helper()
	e, err := plan.Explain(t.Context(), c, s, plan.ExplainQuery{From: day, To: day, Draws: 12, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// TestExplainedDaysAreKept: a day with a stored plan is worked out once, with the
// same answer; one whose plan was made afterwards is worked out each time, and not by
// those who only see to what is kept.
func TestExplainedDaysAreKept(t *testing.T) {
	c, s, d := explainable(t)
	q := plan.ExplainQuery{From: d.Date - 1, To: d.Date + 1, Draws: 12, Seed: 1}
	days, err := plan.KeepExplained(t.Context(), c, s, q)
	if name := "why " + d.Date.String(); err != nil || days != 1 || !slices.Equal(slices.Collect(maps.Keys(s.kept)), []string{name}) {
		t.Fatalf("%d days kept, %v, %v, want %s", days, slices.Collect(maps.Keys(s.kept)), err, name)
	}
	kept := maps.Clone(s.kept)
	first := roughly(t, c, s, d.Date)
	if diff := cmp.Diff(kept, s.kept); diff != "" {
		t.Errorf("a kept day is worked out again:\n%s", diff)
	}
	clear(s.kept)
	if diff := cmp.Diff(first, roughly(t, c, s, d.Date)); diff != "" {
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
	roughly(t, c, s, d.Date)
	for what, change := range map[string]func(){
		"attendance": func() { c.Attendance[1].LoggedIn /= 2 },
		"plan":       func() { later := *d; later.Made = d.Groups[0].Intervals[4].Start; save(t, s.shelf, &later) },
		"calls": func() {
			s.Store = otherwise{s.Store, d.Date.At(12*60, c.Location)}
		},
	} {
		before := s.kept[name]
		change()
		roughly(t, c, s, d.Date)
		if s.kept[name].Stamp == before.Stamp {
			t.Errorf("other %s: the day is taken from what is kept", what)
		}
	}
	want := roughly(t, c, s, d.Date)
	broken := s.kept[name]
	broken.Doc = broken.Doc[:len(broken.Doc)/2]
	s.kept[name] = broken
	if diff := cmp.Diff(want, roughly(t, c, s, d.Date)); diff != "" {
		t.Errorf("what was kept cannot be read:\n%s", diff)
	}
}
