package store

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bemanna/internal/civil"
	"bemanna/internal/plan"
)

func TestPlans(t *testing.T) {
	s := create(t)
	date := civil.NewDate(2026, time.November, 24)
	at := time.Date(2026, 11, 23, 5, 0, 0, 0, time.UTC)
	if _, err := s.Plan(t.Context(), date, 0); !errors.Is(err, ErrNoPlan) || !strings.Contains(err.Error(), "2026-11-24") {
		t.Errorf("no plan yet: %v", err)
	}
	for i, doc := range []string{"first", "second"} {
		v, err := s.SavePlan(t.Context(), date, []byte(doc), "lead", at.Add(time.Duration(i)*time.Hour))
		if err != nil || v != i+1 {
			t.Fatalf("version %d, %v", v, err)
		}
	}
	if v, err := s.SavePlan(t.Context(), date+1, []byte("next day"), "cron", at); err != nil || v != 1 {
		t.Fatalf("version %d of the next day, %v", v, err)
	}
	first := plan.Saved{Date: date, Version: 1, Doc: []byte("first"), By: "lead", At: at}
	second := plan.Saved{Date: date, Version: 2, Doc: []byte("second"), By: "lead", At: at.Add(time.Hour)}
	for version, want := range map[int]plan.Saved{0: second, 1: first, 2: second} {
		got, err := s.Plan(t.Context(), date, version)
		if d := cmp.Diff(want, got); d != "" || err != nil {
			t.Errorf("version %d: %v\n%s", version, err, d)
		}
	}
	if _, err := s.Plan(t.Context(), date, 3); !errors.Is(err, ErrNoPlan) || !strings.Contains(err.Error(), "version 3") {
		t.Errorf("no version 3: %v", err)
	}
	list, err := s.PlanVersions(t.Context(), date)
	first.Doc, second.Doc = nil, nil
	if d := cmp.Diff([]plan.Saved{second, first}, list); d != "" || err != nil {
		t.Errorf("%v\n%s", err, d)
	}
	if n, err := s.Forget(t.Context(), date+1); n != 2 || err != nil {
		t.Errorf("forgot %d, %v", n, err)
	}
	if _, err := s.Plan(t.Context(), date, 0); !errors.Is(err, ErrNoPlan) {
		t.Errorf("forgotten: %v", err)
	}
	if _, err := s.Plan(t.Context(), date+1, 0); err != nil {
		t.Errorf("the next day went too: %v", err)
	}
}
