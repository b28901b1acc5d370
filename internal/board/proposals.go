package board

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"runtime/debug"
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

	ready  chan struct{} // closed when it is worked out, or cannot be
	old    *plan.Day     // these three are there when it is ready
	result *plan.CheckInResult
	err    error

	mu sync.Mutex // held while it is shown or accepted

	// Those who wait for it, and what stops the work; proposals.mu guards them.
	readers int
	stop    context.CancelFunc
}

// worked tells whether there is a result.
func (p *proposal) worked() bool {
	select {
	case <-p.ready:
		return p.err == nil
	default:
		return false
	}
}

// accepted tells whether it has become the plan.
func (p *proposal) accepted() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.result.Accepted > 0
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
	return ps.held(id, now)
}

// held is find for a caller who holds ps.mu.
func (ps *proposals) held(id string, now time.Time) *proposal {
	ps.all = slices.DeleteFunc(ps.all, func(p *proposal) bool { return now.Sub(p.made) > holds })
	i := slices.IndexFunc(ps.all, func(p *proposal) bool { return p.id == id })
	if i < 0 {
		return nil
	}
	return ps.all[i]
}

// question is what a proposal answers.
type question struct {
	c     *centre.Centre
	db    *store.Store
	date  civil.Date
	read  int // the version of the plan that is repaired
	marks []notice
	now   time.Time
}

// id is the same for all who ask the same in the same interval.
func (q question) id() string {
	sum := sha256.Sum256(fmt.Append(nil, q.date, q.read, q.now.Truncate(q.c.Interval).Unix(), q.marks))
	return base64.RawURLEncoding.EncodeToString(sum[:tokenBytes])
}

// ask gives the proposal that answers a question, when it is worked out. Whoever
// asks what somebody waits for waits for the same; when nobody waits any more, the
// work is stopped. The error is that of the work, or of a reader who is gone.
func (ps *proposals) ask(ctx context.Context, q question) (*proposal, error) {
	p := ps.join(ctx, q)
	defer ps.leave(p)
	select {
	case <-p.ready:
		return p, p.err
	case <-ctx.Done():
		return p, ctx.Err()
	}
}

// join counts a reader in, and begins the work for the first one.
func (ps *proposals) join(ctx context.Context, q question) *proposal {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	id := q.id()
	if p := ps.held(id, q.now); p != nil {
		p.readers++
		return p
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(ctx))
	p := &proposal{id: id, made: q.now, marks: q.marks, ready: make(chan struct{}), readers: 1, stop: stop}
	ps.all = append(ps.all, p)
	ps.all = slices.Delete(ps.all, 0, max(0, len(ps.all)-mostProposals))
	go func() {
		defer stop()
		defer close(p.ready)
		defer func() {
			if x := recover(); x != nil {
				p.err = fmt.Errorf("panic: %v\n%s", x, debug.Stack())
			}
		}()
		p.err = ps.work(ctx, p, q)
	}()
	return p
}

// leave counts a reader out. What nobody waits for is stopped and forgotten, and
// so is what could not be worked out.
func (ps *proposals) leave(p *proposal) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	p.readers--
	if p.readers == 0 && !p.worked() {
		p.stop()
		ps.forget(p)
	}
}

// drop forgets a proposal that is overtaken.
func (ps *proposals) drop(p *proposal) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	ps.forget(p)
}

// forget takes a proposal out. The caller holds ps.mu.
func (ps *proposals) forget(p *proposal) {
	ps.all = slices.DeleteFunc(ps.all, func(x *proposal) bool { return x == p })
}

// work works a proposal out when it is its turn: who came first is first.
func (ps *proposals) work(ctx context.Context, p *proposal, q question) error {
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
	if p.old, err = plan.Stored(ctx, q.c, q.db, q.date); err != nil {
		return err
	}
	p.result, err = plan.CheckIn(ctx, q.c, q.db, plan.CheckInQuery{Date: q.date, Now: p.made, News: news, Seed: 1})
	if err == nil && p.result.Version != p.old.Version { // somebody was faster between the two
		return &plan.OvertakenError{Date: q.date, Read: p.old.Version, Newest: p.result.Version, At: p.made}
	}
	return err
}
