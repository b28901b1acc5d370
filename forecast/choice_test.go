package forecast_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"bemanna/forecast"
)

func hasNote(f forecast.Forecast, kind forecast.NoteKind) bool {
	return slices.ContainsFunc(f.Notes, func(n forecast.Note) bool { return n.Kind == kind })
}

// TestBaselineIsMixedIn checks that a group on which a baseline has been better
// gets it mixed in, and is told: one whose days have been turned round, busy in
// the afternoon instead of the morning, since five weeks. The profile of the
// model still remembers the morning.
func TestBaselineIsMixedIn(t *testing.T) {
	c := typicalCentre
	c.calls = 4000
	h, o := c.history(t), c.options(7)
	old := slices.Clone(h.Offered.Values)
	turned := func(i int) (int, bool) { // the hours from 8 to 16 in the opposite order
		hour := h.Offered.Time(i).Hour()
		return i + 24 - 2*hour, hour >= 8 && hour <= 16
	}
	for i := range old {
		if j, ok := turned(i); ok && i >= (c.days-35)*24 {
			h.Offered.Values[i] = old[j]
		}
	}
	f := forecastOf(t, forecast.DayLevel{}, h, o)
	if !hasNote(f, forecast.NoteBaseline) {
		t.Fatalf("notes %v, want one of a baseline", f.Notes)
	}
	var miss, calls float64
	for i, got := range f.Mean {
		if j, ok := turned(len(old) + i); ok {
			want := c.rate(h.Offered.Time(j))
			miss += math.Abs(got - want)
			calls += want
		}
	}
	if miss > .12*calls {
		t.Errorf("missed by %.2f, want hardly more than the noise of the days", miss/calls)
	}
}

// TestNoBaseline checks that no baseline is mixed in where the model is better.
func TestNoBaseline(t *testing.T) {
	drift := typicalCentre
	drift.effect = func(day time.Time) float64 { return 1 + float64(day.YearDay())/200 }
	for name, c := range map[string]centre{"as always": typicalCentre, "drift": drift} {
		if f := forecastOf(t, forecast.DayLevel{}, c.history(t), c.options(7)); hasNote(f, forecast.NoteBaseline) {
			t.Errorf("%s: notes %v, want none of a baseline", name, f.Notes)
		}
	}
}
