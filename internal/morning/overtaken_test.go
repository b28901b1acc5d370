package morning

import (
	"context"
	"log/slog"
	"slices"
	"testing"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/daemon"
	"bemanna/internal/plan"
	"bemanna/internal/store"
)

// hurried is a store in which somebody is faster than the run: between the
// reading and the storing of a plan people are reported away, one each time.
type hurried struct {
	*store.Store
	t    *testing.T
	c    *centre.Centre
	away []string
}

func (h *hurried) SavePlanAfter(ctx context.Context, day civil.Date, read int, doc []byte, by string, at time.Time) (int, error) {
	if len(h.away) > 0 {
		news := []plan.News{{Kind: plan.NewsAbsent, Person: h.away[0]}}
		h.away = h.away[1:]
		r, err := plan.CheckIn(ctx, h.c, h.Store, plan.CheckInQuery{Date: day, Now: at, News: news, Seed: 1})
		if err != nil {
			h.t.Fatal(err)
		}
		if _, err := plan.Accept(ctx, h.c, h.Store, r, plan.Acceptance{All: true, By: "ann", At: at}); err != nil {
			h.t.Fatal(err)
		}
	}
	return h.Store.SavePlanAfter(ctx, day, read, doc, by, at)
}

// TestOvertaken: what is reported while the plan is being made is in the plan that
// is published; who reports all the time keeps the plan that they have accepted.
func TestOvertaken(t *testing.T) {
	for _, c := range []struct {
		away   []string
		status daemon.Status
	}{
		{[]string{"p1", "p8"}, daemon.Warned},
		{[]string{"p1", "p2", "p4", "p5", "p7"}, daemon.Failed}, // as often as it is tried
	} {
		loc := stockholm(t)
		today := civil.NewDate(2026, 11, 24)
		now := today.At(6*60, loc)
		dir := newCentre(t, today-70, today-1)
		s := openStore(t, dir)
		defer closeStore(t, s)
		ctr, err := centre.Load(dir)
		if err != nil {
			t.Fatal(err)
		}
		m := Morning{
			CentrePath: dir, Store: s, Clock: func() time.Time { return now },
			Log: slog.New(slog.DiscardHandler), Seed: 1, Iterations: 20,
		}
		if out := m.Run(t.Context(), now); out.Status == daemon.Failed {
			t.Fatal(out.Message)
		}
		m.Store = &hurried{s, t, ctr, c.away}
		if out := m.Run(t.Context(), now); out.Status != c.status {
			t.Errorf("%d reports meanwhile: %+v, want %s", len(c.away), out, c.status)
		}
		d, err := plan.Stored(t.Context(), ctr, s, today)
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range c.away {
			reported := slices.ContainsFunc(d.Reports, func(r plan.Report) bool { return r.Person == id })
			i := slices.IndexFunc(d.Agents, func(a plan.Agent) bool { return a.ID == id })
			if !reported || d.Agents[i].Shift != nil {
				t.Errorf("%s was reported away, and the newest plan, version %d, does not say so", id, d.Version)
			}
		}
	}
}
