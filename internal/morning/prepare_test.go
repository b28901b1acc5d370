package morning

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/robfig/cron/v3"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/daemon"
	"bemanna/internal/plan"
	"bemanna/internal/store"
)

// TestWeeksAreWorkedOutAhead lets the daemon make a morning under a fake clock, and
// then asks what the page of the coming weeks asks: all of it is in the store. It is
// the same if somebody moves the folder of the centre meanwhile.
func TestWeeksAreWorkedOutAhead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		loc := stockholm(t)
		today := civil.NewDate(2000, 5, 15)
		dir := newCentre(t, today-70, today-1)
		s := openStore(t, dir)
		defer closeStore(t, s)
		m := Morning{CentrePath: dir, Store: s, Clock: time.Now, Log: slog.New(slog.DiscardHandler), Seed: 1, Iterations: 20}
		time.Sleep(time.Until(today.At(60, loc)))
		ctx, cancel := context.WithDeadline(t.Context(), today.At(5*60, loc))
		defer cancel()
		schedule, err := daemon.ParseSchedule("40 2 * * *", loc)
		if err != nil {
			t.Fatal(err)
		}
		if err := daemon.Run(ctx, daemon.Options{
			Jobs:   []daemon.Job{{Name: Job, Schedules: []cron.Schedule{schedule}, Run: m.Run, Then: m.Prepare}},
			Ledger: Ledger{Store: s}, Clock: time.Now, Location: loc, CatchUp: time.Hour,
		}); err != nil {
			t.Fatal(err)
		}
		checkPublished(t, dir, s, today)

		moved := filepath.Join(t.TempDir(), "moved")
		if err := os.CopyFS(moved, os.DirFS(dir)); err != nil {
			t.Fatal(err)
		}
		c, err := centre.Load(moved)
		if err != nil {
			t.Fatal(err)
		}
		h, err := plan.Ahead(t.Context(), c, finished{s, t}, plan.ComingWeeks(today, plan.WeeksAhead))
		if err != nil {
			t.Fatal(err)
		}
		for _, unit := range []string{"", "u1"} {
			out, err := h.TempsKept(t.Context(), finished{s, t}, plan.WhatIf{}, plan.UsualTemps(c, unit))
			if err != nil || len(out.Weeks) != plan.WeeksAhead || out.Total.Calls == 0 {
				t.Errorf("unit %q: %d weeks, %v calls, %v", unit, len(out.Weeks), out.Total.Calls, err)
			}
		}
	})
}

// finished is a store in which all is worked out.
type finished struct {
	*store.Store
	t *testing.T
}

func (f finished) KeepWorkings(_ context.Context, all []plan.Working) error {
	for _, w := range all {
		f.t.Errorf("%q is worked out again", w.Name)
	}
	return nil
}

// TestWhatFailsAheadHarmsNothing: the plan is published, and the run is well.
func TestWhatFailsAheadHarmsNothing(t *testing.T) {
	loc := stockholm(t)
	today := civil.NewDate(2026, 11, 24)
	now := today.At(6*60, loc)
	dir := newCentre(t, today-70, today-1)
	s := openStore(t, dir)
	defer closeStore(t, s)
	m := Morning{
		CentrePath: dir, Store: worn{s}, Clock: func() time.Time { return now },
		Log: slog.New(slog.DiscardHandler), Seed: 1, Iterations: 20,
	}
	if out := m.Run(t.Context(), now); out.Status != daemon.OK && out.Status != daemon.Warned {
		t.Fatalf("%+v", out)
	}
	if out := m.Prepare(t.Context(), now); out.Status != daemon.Failed || !strings.Contains(out.Message, "bad sector") {
		t.Errorf("%+v, want the disk to be worn", out)
	}
	checkPublished(t, dir, s, today)
	var status Status
	text, err := os.ReadFile(filepath.Join(dir, "publish", statusFile))
	if err := errors.Join(err, json.Unmarshal(text, &status)); err != nil || status.Status == daemon.Failed {
		t.Errorf("status %+v, %v", status, err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if out := m.Prepare(gone, now); out.Status != daemon.Interrupted {
		t.Errorf("told to stop: %+v", out)
	}
}

// worn is a store on a disk that can no longer be read by the time the weeks are
// worked out.
type worn struct{ *store.Store }

func (worn) Workings(context.Context, string) (map[string]plan.Working, error) {
	return nil, errors.New("bad sector")
}
