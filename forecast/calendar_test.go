package forecast

import (
	"testing"
	"time"

	"bemanna/internal/civil"
)

// TestAlmanac walks through Easter and the beginning of May 2026 in Sweden:
// Good Friday is April 3, Easter Monday April 6, and May 1 is a Friday.
// Ascension Day is Thursday May 14.
func TestAlmanac(t *testing.T) {
	red := map[string]bool{"2026-04-03": true, "2026-04-05": true, "2026-04-06": true, "2026-05-01": true, "2026-05-14": true}
	a := newAlmanac(func(t time.Time) (DayKind, string) {
		if red[t.Format(time.DateOnly)] {
			return Holiday, "röd dag"
		}
		return Ordinary, ""
	}, time.UTC)
	for _, test := range []struct {
		day                            string
		working, after, before, bridge bool
		fromStart, toEnd               int
	}{
		{"2026-04-01", true, false, false, false, 0, 19},
		{"2026-04-02", true, false, true, false, 1, 18},
		{"2026-04-03", false, false, false, false, 2, 18},
		{"2026-04-07", true, true, false, false, 2, 17},
		{"2026-04-30", true, false, true, false, 19, 0},
		{"2026-05-04", true, true, false, false, 0, 18},
		{"2026-05-11", true, false, false, false, 5, 13},
		{"2026-05-15", true, true, false, true, 8, 10},
		{"2026-05-18", true, false, false, false, 9, 9},
	} {
		d, err := civil.ParseDate(test.day)
		if err != nil {
			t.Fatal(err)
		}
		f := a.facts(d)
		if a.working(d) != test.working || f.after != test.after || f.before != test.before || f.bridge != test.bridge {
			t.Errorf("%s: working %v, after %v, before %v, bridge %v", test.day, a.working(d), f.after, f.before, f.bridge)
		}
		if f.fromStart != test.fromStart || f.toEnd != test.toEnd {
			t.Errorf("%s: %d business days before and %d after in the month, want %d and %d", test.day, f.fromStart, f.toEnd, test.fromStart, test.toEnd)
		}
	}
}
