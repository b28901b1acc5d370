package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bemanna/forecast"
	"bemanna/internal/plan"
)

// TestLearnt: what was learnt comes back as it was, and newer writes over older.
func TestLearnt(t *testing.T) {
	s := create(t)
	until := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	a := plan.Learnt{Group: "a", Stamp: "1", Learnt: forecast.Learnt{
		Level: forecast.LearntLevel{Until: until, Calendar: .1 + .2, FastSpan: 3, Noise: 1e-9},
		Kin:   forecast.LearntKin{Until: until, Effects: []float64{0, -1.0 / 3}},
	}}
	b := plan.Learnt{Group: "b", Stamp: "2"}
	if err := s.KeepLearnt(t.Context(), []plan.Learnt{{Group: "a", Stamp: "0"}, b}); err != nil {
		t.Fatal(err)
	}
	if err := s.KeepLearnt(t.Context(), []plan.Learnt{a}); err != nil {
		t.Fatal(err)
	}
	got, err := s.Learnt(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(map[string]plan.Learnt{"a": a, "b": b}, got); d != "" {
		t.Error(d)
	}
}
