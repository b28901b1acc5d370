package sim

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// Options say how much to simulate.
type Options struct {
	// Replications is the number of independent days, 1 or more. Confidence
	// intervals need two.
	Replications int
	// Seed chooses the days. Two models with the same groups and e-mail meet the
	// same calls, patiences and handle times, whatever their agents, so that their
	// results differ by the agents and not by luck.
	Seed uint64
	// Workers is the number of days simulated at the same time; 0 means
	// GOMAXPROCS. The result is the same, bit for bit, for any number.
	Workers int
	// Parts are stretches of the day, such as its hours, that the result shall
	// tell of as it does of the day.
	Parts []Part
}

// A Part is the intervals of the grid from From up to, not with, To.
type Part struct{ From, To int }

// Run simulates replications of a day. The error is an [*erlang.InputError]
// that names the input that is out of range, or that of the context, which is
// looked at all the time.
func Run(ctx context.Context, m Model, o Options) (*Result, error) {
	if err := m.check(); err != nil {
		return nil, err
	}
	if err := o.check(m.N); err != nil {
		return nil, err
	}
	workers := o.Workers
	if workers == 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	workers = min(workers, o.Replications)
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)

	roster := newRoster(&m)
	sum := newResult(&m, o)
	turn := newTurnstile()
	var next atomic.Int64
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			d := newDay(&m, roster)
			for {
				r := int(next.Add(1)) - 1
				if r >= o.Replications {
					return
				}
				err := d.run(ctx, o.Seed, r)
				turn.wait(r)
				if err == nil {
					sum.add(d)
				}
				turn.leave()
				if err != nil {
					cancel(err)
					return
				}
			}
		})
	}
	wg.Wait()
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	return sum, nil
}

// A turnstile lets replications through one by one and in order, so that sums
// do not depend on which worker was first.
type turnstile struct {
	mu     sync.Mutex
	turned *sync.Cond
	next   int
}

func newTurnstile() *turnstile {
	t := &turnstile{}
	t.turned = sync.NewCond(&t.mu)
	return t
}

func (t *turnstile) wait(replication int) {
	t.mu.Lock()
	for t.next != replication {
		t.turned.Wait()
	}
}

func (t *turnstile) leave() {
	t.next++
	t.turned.Broadcast()
	t.mu.Unlock()
}
