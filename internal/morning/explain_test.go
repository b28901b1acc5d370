package morning

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"bemanna/internal/civil"
	"bemanna/internal/daemon"
	"bemanna/internal/plan"
	"bemanna/internal/store"
)

// full is a store with no room for what is worked out.
type full struct{ *store.Store }

func (full) KeepWorkings(context.Context, []plan.Working) error {
	return errors.New("the disk is full")
}

// TestTheRunExplainsYesterday: the day after a plan, the run keeps why it went as it
// did. Where it cannot, that is logged, and the plan is published as ever.
func TestTheRunExplainsYesterday(t *testing.T) {
	loc := stockholm(t)
	tuesday := civil.NewDate(2026, 11, 24)
	dir := newCentre(t, tuesday-70, tuesday-1)
	db := openStore(t, dir)
	defer closeStore(t, db)
	var now time.Time
	var log strings.Builder
	run := func(day civil.Date, s Store) {
		t.Helper()
		now = day.At(2*60+40, loc)
		m := Morning{CentrePath: dir, Store: s, Clock: func() time.Time { return now }, Log: slog.New(slog.NewTextHandler(&log, nil)), Seed: 1, Iterations: 20}
		if out := m.Run(t.Context(), now); out.Status != daemon.OK && out.Status != daemon.Warned {
			t.Fatalf("%s: %+v", day, out)
		}
		m.Prepare(t.Context(), now)
		checkPublished(t, dir, db, day)
	}
	kept := func() int {
		t.Helper()
		all, err := db.Workings(t.Context(), "why "+tuesday.String())
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	run(tuesday, db)
	if kept() != 0 {
		t.Error("a day that has not begun is explained")
	}
	drop(t, dir, "tuesday.csv", header+dayRows(tuesday))
	run(tuesday+1, full{db})
	if kept() != 0 || !strings.Contains(log.String(), "the disk is full") {
		t.Errorf("%d kept on a full disk; the log:\n%s", kept(), &log)
	}
	run(tuesday+1, db)
	if kept() != 1 {
		t.Errorf("%d kept of the day before, want it; the log:\n%s", kept(), &log)
	}
}
