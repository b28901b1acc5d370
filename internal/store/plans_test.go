package store

import (
	"errors"
	"strings"
	"sync"
	"sync/atomic"
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
	if _, err := s.Plan(t.Context(), date, 0); !errors.Is(err, plan.ErrNoPlan) || !strings.Contains(err.Error(), "2026-11-24") {
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
	if _, err := s.Plan(t.Context(), date, 3); !errors.Is(err, plan.ErrNoPlan) || !strings.Contains(err.Error(), "version 3") {
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
	if _, err := s.Plan(t.Context(), date, 0); !errors.Is(err, plan.ErrNoPlan) {
		t.Errorf("forgotten: %v", err)
	}
	if _, err := s.Plan(t.Context(), date+1, 0); err != nil {
		t.Errorf("the next day went too: %v", err)
	}
}

// Of those who have read the same version, one saves; the others are told.
func TestSavePlanAfter(t *testing.T) {
	s := create(t)
	date := civil.NewDate(2026, time.November, 24)
	save := func(read int) (int, error) {
		return s.SavePlanAfter(t.Context(), date, read, []byte("doc"), "lead", time.Unix(0, 0))
	}
	if _, err := save(1); !errors.Is(err, plan.ErrOvertaken) {
		t.Errorf("after a version that there is not: %v, want ErrOvertaken", err)
	}
	if v, err := save(0); v != 1 || err != nil {
		t.Fatalf("version %d, %v: want the first", v, err)
	}
	var saved, overtaken atomic.Int32
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			switch v, err := save(1); {
			case err == nil && v == 2:
				saved.Add(1)
			case errors.Is(err, plan.ErrOvertaken):
				overtaken.Add(1)
			default:
				t.Errorf("version %d, %v", v, err)
			}
		})
	}
	wg.Wait()
	if saved.Load() != 1 || overtaken.Load() != 3 {
		t.Errorf("%d saved and %d overtaken, want 1 and 3", saved.Load(), overtaken.Load())
	}
}
