package schedule

import (
	"context"
	"testing"
)

// Descent ends where no agent alone can do better; sweeps by prices lead on.
func TestSweepsLeadPastWhereDescentEnds(t *testing.T) {
	w := newWeekSearch(middlingWeek(), 1)
	w.greedy()
	w.descend(context.Background())
	descended := w.total()
	w.guide(context.Background(), 20)
	w.sweep(context.Background(), 5)
	if swept := w.total(); swept >= descended {
		t.Errorf("cost %d after sweeps, want less than %d after descent", swept, descended)
	}
}

// Bad prices lead sweeps astray, but not the plan that they leave.
func TestSweepsNeverLeaveADearerPlan(t *testing.T) {
	w := newWeekSearch(middlingWeek(), 1)
	w.greedy()
	w.descend(context.Background())
	before := w.total()
	w.guide(context.Background(), 0)
	for _, s := range w.days {
		clear(s.guide.values)
	}
	w.sweep(context.Background(), 2)
	if after := w.total(); after > before {
		t.Errorf("cost %d after sweeps by no prices, want at most %d", after, before)
	}
}
