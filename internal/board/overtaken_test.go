package board

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/plan"
)

// repairs counts repairs, and lets something happen while one is worked out.
type repairs struct {
	bases  []int // the versions that were repaired
	during func(ctx context.Context, n int) error
}

func (r *repairs) checkIn(ctx context.Context, c *centre.Centre, s plan.CheckInStore, q plan.CheckInQuery) (*plan.CheckInResult, error) {
	d, err := plan.Stored(ctx, c, s, q.Date)
	if err != nil {
		return nil, err
	}
	r.bases = append(r.bases, d.Version)
	if err := r.during(ctx, len(r.bases)); err != nil {
		return nil, err
	}
	return &plan.CheckInResult{Date: q.Date, Version: d.Version, Now: q.Now}, nil
}

// TestAbandoned: a repair of a plan that is not the newest any more is stopped at
// once, and the newest one is repaired in its place; also where the other came from
// another process, as far as that is seen.
func TestAbandoned(t *testing.T) {
	f := newFixture(t)
	s := f.store(t)
	d := madeDay(monday, f.c.Location, 8, 16)
	save(t, s, d)
	ps := newProposals()
	r := &repairs{during: func(ctx context.Context, n int) error {
		switch n {
		case 1: // a lead accepts
			save(t, s, d)
			ps.moved(monday-1, 2)
			ps.moved(monday, 1)
			if ctx.Err() != nil {
				t.Error("the repair is stopped by what does not concern it")
			}
			ps.moved(monday, 2)
			if ctx.Err() == nil {
				t.Error("the repair goes on")
			}
			return ctx.Err()
		case 2: // the daemon has made its plan
			save(t, s, d)
		}
		return ctx.Err()
	}}
	ps.checkIn = r.checkIn
	p, err := ps.ask(t.Context(), question{f.c, s, monday, 1, []notice{{Person: "p1", Kind: markAbsent}}, f.now})
	if err != nil || p.result.Version != 3 || p.old.Version != 3 || len(r.bases) != 3 {
		t.Fatalf("%v, repaired %v, want 1, 2 and 3 to be shown", err, r.bases)
	}
	again, err := ps.ask(t.Context(), question{f.c, s, monday, 3, p.marks, f.now})
	if err != nil || again != p {
		t.Errorf("who asks the same of the newest plan gets another answer: %v", err)
	}
	ps.moved(monday, 4)
	if ps.find(p.id, f.now) != p {
		t.Error("an answer is gone because the plan has moved on")
	}
}

// TestOvertakenTimeAndAgain: who gets no answer because the others are always faster
// is told what they did, and keeps the marks.
func TestOvertakenTimeAndAgain(t *testing.T) {
	f := newFixture(t)
	s := f.store(t)
	d := madeDay(monday, f.c.Location, 8, 16)
	save(t, s, d)
	r := &repairs{during: func(context.Context, int) error { save(t, s, d); return nil }}
	f.proposals.checkIn = r.checkIn
	w := f.send(mondayPath+"/checkin", away("a1"))
	if w.Code != http.StatusConflict || len(r.bases) != mostTries || !strings.Contains(w.Body.String(), `value="absent" checked="checked"`) {
		t.Errorf("%d after repairs of %v\n%s", w.Code, r.bases, w.Body)
	}
	checkPage(t, "overtaken", w.Body.String())
}

// TestSameOfTwoPlans: who asks on the newest plan what somebody waits for who has
// read an older one waits for the same answer.
func TestSameOfTwoPlans(t *testing.T) {
	f := newFixture(t)
	s := f.store(t)
	save(t, s, madeDay(monday, f.c.Location, 8, 16))
	ps := newProposals()
	r := &repairs{during: func(context.Context, int) error { return nil }}
	ps.checkIn = r.checkIn
	free := busy(&ps)
	marks := []notice{{Person: "p1", Kind: markAbsent}}
	answers := make(chan error, 2)
	ask := func(read int) {
		p, err := ps.ask(t.Context(), question{f.c, s, monday, read, marks, f.now})
		if err == nil && p.result.Version != 2 {
			err = errors.New("not the newest plan")
		}
		answers <- err
	}
	readers := func() int {
		ps.mu.Lock()
		defer ps.mu.Unlock()
		n := 0
		for _, p := range ps.all {
			n += p.readers
		}
		return n
	}
	go ask(1)
	for readers() < 1 {
		time.Sleep(time.Millisecond)
	}
	save(t, s, madeDay(monday, f.c.Location, 8, 16))
	go ask(2)
	for readers() < 2 {
		time.Sleep(time.Millisecond)
	}
	free()
	for range 2 {
		if err := <-answers; err != nil {
			t.Error(err)
		}
	}
	if len(r.bases) != 1 || r.bases[0] != 2 {
		t.Errorf("repaired %v, want the newest plan once", r.bases)
	}
}
