package board

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
	"time"
)

// workbench finds answers that take seconds: in the background, and only as long
// as somebody waits for them. The answers to the newest few questions are kept.
type workbench[T any] struct {
	turn     chan struct{} // shared by workbenches: one answer is worked out at a time
	clock    func() time.Time
	patience time.Duration // that a request waits before it is told to come back
	busy     sync.WaitGroup

	mu   sync.Mutex
	all  []*task[T] // the one that was asked for last is the last
	over bool       // nothing is begun any more
}

// task is a question, with the newest answer to it and the newest work on it.
type task[T any] struct {
	key  string
	last reply[T]
	work *errand // nil: none
}

// errand is the search for an answer.
type errand struct {
	stamp string // of what the answer is taken from
	stop  context.CancelFunc
	lease *time.Timer   // stops it, unless somebody asks again
	done  chan struct{} // closed at the end
	err   error         // when it is done
}

// reply is what is known of a question.
type reply[T any] struct {
	Answer  T
	Made    time.Time // of the answer; zero: there is none yet
	Pending bool      // a newer answer is on its way
}

const (
	// mostTasks is how many questions are kept: an answer is some ten kilobytes,
	// and a reader moves a slider a few times.
	mostTasks = 16
	// waits is how long work goes on when nobody asks for it any more: the page
	// asks every comesBack.
	waits     = 20 * time.Second
	comesBack = 2 * time.Second
	// soonEnough is how long a page may be on its way before it is better to
	// say that the answer is being worked out.
	soonEnough = 800 * time.Millisecond
)

func newWorkbench[T any](turn chan struct{}, clock func() time.Time) *workbench[T] {
	return &workbench[T]{turn: turn, clock: clock, patience: soonEnough}
}

// shut stops all work and waits for its end.
func (b *workbench[T]) shut() {
	b.mu.Lock()
	b.over = true
	for _, t := range b.all {
		t.drop()
	}
	b.mu.Unlock()
	b.busy.Wait()
}

// ask gives what is known of a question. Where that is nothing, or stems from
// another stamp, find looks for the answer; ask waits a little for it. An error of
// find is given once; whoever asks after that starts it again.
func (b *workbench[T]) ask(ctx context.Context, key, stamp string, find func(context.Context) (T, error)) (reply[T], error) {
	t, w := b.begin(key, stamp, find)
	patience := time.NewTimer(b.patience)
	defer patience.Stop()
	select {
	case <-w.done:
	case <-patience.C:
	case <-ctx.Done():
		return reply[T]{}, ctx.Err()
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	known := t.last
	if !w.ended() {
		known.Pending = true
		return known, nil
	}
	if w.err != nil && t.work == w {
		t.work = nil
	}
	if errors.Is(w.err, context.Canceled) { // others asked so much meanwhile that it was dropped
		known.Pending = true
		return known, nil
	}
	return known, w.err
}

// begin gives the work on a question, which goes on for a while from now on.
func (b *workbench[T]) begin(key, stamp string, find func(context.Context) (T, error)) (*task[T], *errand) {
	b.mu.Lock()
	defer b.mu.Unlock()
	t := &task[T]{key: key}
	if i := slices.IndexFunc(b.all, func(t *task[T]) bool { return t.key == key }); i >= 0 {
		t = b.all[i]
		b.all = slices.Delete(b.all, i, i+1)
	}
	b.all = append(b.all, t)
	if len(b.all) > mostTasks {
		b.all[0].drop()
		b.all = slices.Delete(b.all, 0, 1)
	}
	if t.work != nil && t.work.stamp == stamp {
		t.work.lease.Reset(waits)
		return t, t.work
	}
	t.drop()
	ctx, stop := context.WithCancel(context.Background())
	if b.over {
		stop()
	}
	w := &errand{stamp: stamp, stop: stop, lease: time.AfterFunc(waits, stop), done: make(chan struct{})}
	t.work = w
	b.busy.Go(func() { b.run(ctx, t, w, find) })
	return t, w
}

// run looks for an answer when it is its turn.
func (b *workbench[T]) run(ctx context.Context, t *task[T], w *errand, find func(context.Context) (T, error)) {
	answer, err := b.inTurn(ctx, find)
	b.mu.Lock()
	defer b.mu.Unlock()
	w.err = err
	switch {
	case t.work != w: // another has taken its place
	case err == nil:
		t.last = reply[T]{Answer: answer, Made: b.clock()}
	case errors.Is(err, context.Canceled):
		t.work = nil
	}
	w.lease.Stop()
	w.stop()
	close(w.done)
}

// inTurn calls find when nothing else is worked out. A panic becomes an error:
// nobody stands around a goroutine to catch it.
func (b *workbench[T]) inTurn(ctx context.Context, find func(context.Context) (T, error)) (answer T, err error) {
	defer func() {
		if x := recover(); x != nil {
			err = fmt.Errorf("panic: %v\n%s", x, debug.Stack())
		}
	}()
	select {
	case b.turn <- struct{}{}:
		defer func() { <-b.turn }()
	case <-ctx.Done():
		return answer, ctx.Err()
	}
	if err := ctx.Err(); err != nil { // both were so
		return answer, err
	}
	return find(ctx)
}

// drop stops the work on a question.
func (t *task[T]) drop() {
	if t.work != nil {
		t.work.stop()
	}
}

func (w *errand) ended() bool {
	select {
	case <-w.done:
		return true
	default:
		return false
	}
}
