package board

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
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
// was shown. It is worked out once for all who report the same at the same time.
type proposal struct {
	asked string // what it answers, whichever plan is the newest by then
	date  civil.Date
	made  time.Time
	marks []notice

	ready  chan struct{} // closed when it is worked out, or cannot be
	id     string        // these four are there when it is ready
	old    *plan.Day
	result *plan.CheckInResult
	err    error

	mu sync.Mutex // held while it is shown or accepted

	// Those who wait for it, what stops the work, and what abandons the repair of
	// the version base; proposals.mu guards them.
	readers int
	stop    context.CancelFunc
	base    int
	abandon context.CancelFunc // nil: nothing is repaired
}

// ended tells whether nothing is done for it any more, and worked whether there is
// a result.
func (p *proposal) ended() bool {
	select {
	case <-p.ready:
		return true
	default:
		return false
	}
}

func (p *proposal) worked() bool { return p.ended() && p.err == nil }

// accepted tells whether it has become the plan.
func (p *proposal) accepted() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.result.Accepted > 0
}

// proposals are those that may still be accepted. They are in memory alone: one
// that is gone is worked out again from the fields of its form.
type proposals struct {
	mu      sync.Mutex
	all     []*proposal   // the oldest first
	turn    chan struct{} // whoever works one out has it
	checkIn func(context.Context, *centre.Centre, plan.CheckInStore, plan.CheckInQuery) (*plan.CheckInResult, error)
}

const (
	// mostProposals is how many are kept: with both plans, a megabyte or so each.
	mostProposals = 32
	// holds is how long a proposal may be accepted. What it changes begins in the
	// quarter after it was made: much later it would change what has been.
	holds = 10 * time.Minute
	// mostTries is how often one is worked out because the plan moves on while it is.
	mostTries = 4
)

// newProposals lets one be worked out at a time, which keeps the processors busy for
// a second or so: of two that repair the same plan only one could be accepted.
func newProposals() proposals {
	return proposals{turn: make(chan struct{}, 1), checkIn: plan.CheckIn}
}

// find gives the proposal of an id; nil where it is unknown or too old.
func (ps *proposals) find(id string, now time.Time) *proposal {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	return ps.held(id, now)
}

// held is find for a caller who holds ps.mu.
func (ps *proposals) held(id string, now time.Time) *proposal {
	ps.all = slices.DeleteFunc(ps.all, func(p *proposal) bool { return now.Sub(p.made) > holds })
	return first(ps.all, func(p *proposal) bool { return p.worked() && p.id == id })
}

func first(all []*proposal, is func(*proposal) bool) *proposal {
	if i := slices.IndexFunc(all, is); i >= 0 {
		return all[i]
	}
	return nil
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

// on names the answer to a question on a version of the plan: it is the same for all
// who ask the same in the same interval. 0 is whichever version is the newest.
func (q question) on(version int) string {
	sum := sha256.Sum256(fmt.Append(nil, q.date, version, q.now.Truncate(q.c.Interval).Unix(), q.marks))
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
	p := ps.held(q.on(q.read), q.now)
	if p == nil {
		p = first(ps.all, func(p *proposal) bool { return p.asked == q.on(0) && !p.ended() })
	}
	if p != nil {
		p.readers++
		return p
	}
	ctx, stop := context.WithCancel(context.WithoutCancel(ctx))
	p = &proposal{asked: q.on(0), date: q.date, made: q.now, marks: q.marks, ready: make(chan struct{}), readers: 1, stop: stop}
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

// work works a proposal out when it is its turn: who came first is first. Where the
// plan moves on meanwhile it begins anew with the newest one, as the other could not
// be accepted.
func (ps *proposals) work(ctx context.Context, p *proposal, q question) error {
	news, err := newsOf(p.marks)
	if err != nil {
		return err
	}
	select {
	case ps.turn <- struct{}{}:
		defer func() { <-ps.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	for range mostTries {
		if err = ps.repair(ctx, p, q, news); !errors.Is(err, plan.ErrOvertaken) {
			break
		}
	}
	return err
}

// repair repairs the newest plan. The error is ErrOvertaken where that is another one
// in the end, and as soon as moved says so.
func (ps *proposals) repair(ctx context.Context, p *proposal, q question, news []plan.News) (err error) {
	if p.old, err = plan.Stored(ctx, q.c, q.db, q.date); err != nil {
		return err
	}
	trying, abandon := context.WithCancel(ctx)
	defer abandon()
	ps.note(p, p.old.Version, abandon)
	defer ps.note(p, 0, nil)
	p.result, err = ps.checkIn(trying, q.c, q.db, plan.CheckInQuery{Date: q.date, Now: p.made, News: news, Seed: 1})
	if err != nil && (trying.Err() == nil || ctx.Err() != nil) { // nobody abandoned it
		return err
	}
	all, listErr := q.db.PlanVersions(ctx, q.date)
	if listErr != nil || len(all) == 0 {
		return cmp.Or(listErr, plan.ErrNoPlan)
	}
	if newest := all[0]; err != nil || p.result.Version != p.old.Version || newest.Version != p.old.Version {
		return &plan.OvertakenError{Date: q.date, Read: p.old.Version, Newest: newest.Version, By: newest.By, At: newest.At}
	}
	p.id = q.on(p.old.Version)
	return nil
}

// note keeps what abandons the repair of a version.
func (ps *proposals) note(p *proposal, base int, abandon context.CancelFunc) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	p.base, p.abandon = base, abandon
}

// moved abandons the repairs of what was the plan of a day before a version.
func (ps *proposals) moved(date civil.Date, version int) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	for _, p := range ps.all {
		if p.date == date && p.base < version && p.abandon != nil {
			p.abandon()
		}
	}
}
