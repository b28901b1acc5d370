package store

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"bemanna/internal/plan"
)

// TestWorkings: what was worked out comes back as it was, by the beginning of its
// name; newer writes over older; and it is forgotten with its last day.
func TestWorkings(t *testing.T) {
	s := create(t)
	day := plan.Working{Name: "day 2026-11-30", Until: 20787, Stamp: "1", Doc: []byte{0, 255}}
	other := plan.Working{Name: "temps 100%", Until: 20790, Stamp: "2", Doc: []byte("x")}
	old := day
	old.Stamp = "0"
	for _, all := range [][]plan.Working{nil, {old, other}, {day}} {
		if err := s.KeepWorkings(t.Context(), all); err != nil {
			t.Fatal(err)
		}
	}
	want := func(prefix string, all map[string]plan.Working) {
		t.Helper()
		got, err := s.Workings(t.Context(), prefix)
		if diff := cmp.Diff(all, got); err != nil || diff != "" {
			t.Errorf("%q: %v\n%s", prefix, err, diff)
		}
	}
	want("", map[string]plan.Working{day.Name: day, other.Name: other})
	want("day ", map[string]plan.Working{day.Name: day})
	want("temps %", map[string]plan.Working{})
	if n, err := s.Forget(t.Context(), day.Until+1); n != 1 || err != nil {
		t.Errorf("forgot %d, want 1: %v", n, err)
	}
	want("", map[string]plan.Working{other.Name: other})
}
