package board

import (
	"context"
	"fmt"
	"slices"
	"sync"
)

// workshop works out what takes too long for a reader to wait, one thing at a time,
// while readers look again. It keeps the newest few. The zero workshop is ready.
type workshop[T any] struct {
	mu      sync.Mutex
	known   []finished[T] // the newest last
	cancel  context.CancelFunc
	running sync.WaitGroup
	closed  bool
}

// finished is what came of a piece of work; its stamp says what it rests on.
type finished[T any] struct {
	stamp string
	value T
	err   error
}

// mostKept is how many results are kept.
const mostKept = 12

// get gives what is known by a stamp; not ready: it is being worked out, or will be
// when another thing is done and somebody asks again. The work goes on when the
// reader who asked has gone. A failure is told once; who asks again tries again.
func (ws *workshop[T]) get(ctx context.Context, stamp string, work func(context.Context) (T, error)) (value T, ready bool, err error) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	i := slices.IndexFunc(ws.known, func(f finished[T]) bool { return f.stamp == stamp })
	if i >= 0 {
		f := ws.known[i]
		if f.err != nil {
			ws.known = slices.Delete(ws.known, i, i+1)
		}
		return f.value, true, f.err
	}
	if ws.cancel == nil && !ws.closed {
		ctx, cancel := context.WithCancel(context.WithoutCancel(ctx)) //nolint:gosec // finish and close call it
		ws.cancel = cancel
		ws.running.Go(func() { ws.finish(stamp, sheltered(ctx, work)) })
	}
	return value, false, nil
}

// sheltered does work that must not end the server, whatever is wrong with it.
func sheltered[T any](ctx context.Context, work func(context.Context) (T, error)) (f finished[T]) {
	defer func() {
		if r := recover(); r != nil {
			f.err = fmt.Errorf("panic: %v", r)
		}
	}()
	f.value, f.err = work(ctx)
	return f
}

func (ws *workshop[T]) finish(stamp string, f finished[T]) {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	f.stamp = stamp
	ws.known = append(ws.known, f)
	ws.known = ws.known[max(0, len(ws.known)-mostKept):]
	ws.cancel()
	ws.cancel = nil
}

// close ends what is under way, and waits for it.
func (ws *workshop[T]) close() {
	ws.mu.Lock()
	ws.closed = true
	if ws.cancel != nil {
		ws.cancel()
	}
	ws.mu.Unlock()
	ws.running.Wait()
}
