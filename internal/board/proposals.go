package board

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"slices"
	"sync"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/plan"
	"bemanna/internal/store"
)

// proposal is a repaired plan that somebody looks at: what is accepted is what
// was shown. It is worked out once for all who report the same on the same plan.
type proposal struct {
	id    string
	made  time.Time
	marks []notice

	mu     sync.Mutex // held while it is worked out, shown or accepted
	old    *plan.Day
	result *plan.CheckInResult // nil: not worked out yet
}

// proposals are those that may still be accepted. They are in memory alone: one
// that is gone is worked out again from the fields of its form.
type proposals struct {
	mu  sync.Mutex
	all []*proposal // the oldest first
	// turns lets so many be worked out at once.
	turns chan struct{}
}

const (
	// mostProposals is how many are kept: some hundred kilobytes each.
	mostProposals = 64
	// holds is how long a proposal may be accepted. What it changes begins in the
	// quarter after it was made: much later it would change what has been.
	holds = 10 * time.Minute
	// atOnce is how many are worked out at once: each keeps a processor busy for
	// a second or so.
	atOnce = 2
)

func newProposals() proposals { return proposals{turns: make(chan struct{}, atOnce)} }

// find gives the proposal of an id; nil where it is unknown or too old.
func (ps *proposals) find(id string, now time.Time) *proposal {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	ps.all = slices.DeleteFunc(ps.all, func(p *proposal) bool { return now.Sub(p.made) > holds })
	i := slices.IndexFunc(ps.all, func(p *proposal) bool { return p.id == id })
	if i < 0 {
		return nil
	}
	return ps.all[i]
}

// at gives the proposal for marks on a version of a plan, a new one where there
// is none.
func (ps *proposals) at(date civil.Date, version int, marks []notice, now time.Time, step time.Duration) *proposal {
	sum := sha256.Sum256(fmt.Append(nil, date, version, now.Truncate(step).Unix(), marks))
	id := base64.RawURLEncoding.EncodeToString(sum[:tokenBytes])
	if p := ps.find(id, now); p != nil {
		return p
	}
	ps.mu.Lock()
	defer ps.mu.Unlock()
	p := &proposal{id: id, made: now, marks: marks}
	ps.all = append(ps.all, p)
	ps.all = slices.Delete(ps.all, 0, max(0, len(ps.all)-mostProposals))
	return p
}

// drop forgets a proposal that could not be worked out, or that is overtaken.
func (ps *proposals) drop(p *proposal) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	ps.all = slices.DeleteFunc(ps.all, func(x *proposal) bool { return x == p })
}

// work works the proposal out, once. The caller holds p.mu.
func (ps *proposals) work(ctx context.Context, p *proposal, c *centre.Centre, db *store.Store, date civil.Date) error {
	if p.result != nil {
		return nil
	}
	news, err := newsOf(p.marks)
	if err != nil {
		return err
	}
	select {
	case ps.turns <- struct{}{}:
		defer func() { <-ps.turns }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if p.old, err = plan.Stored(ctx, c, db, date); err != nil {
		return err
	}
	r, err := plan.CheckIn(ctx, c, db, plan.CheckInQuery{Date: date, Now: p.made, News: news, Seed: 1})
	if err != nil {
		return err
	}
	if r.Version != p.old.Version { // somebody was faster between the two
		return &plan.OvertakenError{Date: date, Read: p.old.Version, Newest: r.Version, At: p.made}
	}
	p.result = r
	return nil
}
