package board

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// bench is a workbench with work that takes a minute, and counts itself.
type bench struct {
	*workbench[string]
	begun, ended, stopped atomic.Int32
	under, most           atomic.Int32 // at once
}

func newBench(turn chan struct{}) *bench {
	return &bench{workbench: newWorkbench[string](turn, time.Now)}
}

// find answers after a minute, unless it is stopped.
func (b *bench) find(answer string) func(context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		b.begun.Add(1)
		b.most.Store(max(b.most.Load(), b.under.Add(1)))
		defer b.under.Add(-1)
		select {
		case <-time.After(time.Minute):
			b.ended.Add(1)
			return answer, nil
		case <-ctx.Done():
			b.stopped.Add(1)
			return "", ctx.Err()
		}
	}
}

// poll asks as a page does until there is an answer.
func (b *bench) poll(t *testing.T, key, stamp, answer string) reply[string] {
	t.Helper()
	for range 200 {
		r, err := b.ask(t.Context(), key, stamp, b.find(answer))
		if err != nil {
			t.Fatal(err)
		}
		if !r.Pending {
			return r
		}
		time.Sleep(comesBack)
	}
	t.Fatalf("%s: no answer", key)
	return reply[string]{}
}

// TestWorkIsDoneOnce: whoever asks the same gets the same answer, worked out once,
// and other questions wait for their turn.
func TestWorkIsDoneOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(make(chan struct{}, 1))
		defer b.shut()
		began := time.Now()
		for _, key := range []string{"a", "b", "a", "c", "a"} {
			go func() {
				if r := b.poll(t, key, "1", "answer "+key); r.Answer != "answer "+key {
					t.Errorf("%s: %q", key, r.Answer)
				}
			}()
		}
		time.Sleep(4 * time.Minute)
		if r := b.poll(t, "b", "1", "other"); r.Answer != "answer b" || r.Made.Sub(began) > 3*time.Minute+time.Second {
			t.Errorf("%+v: want the answer that is there", r)
		}
		if b.begun.Load() != 3 || b.most.Load() != 1 {
			t.Errorf("%d begun, %d at once; want 3, 1", b.begun.Load(), b.most.Load())
		}
	})
}

// TestWorkNeedsSomebody: work goes on as long as somebody comes back for it, and
// stops when nobody does; a reader who goes is not waited for.
func TestWorkNeedsSomebody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(make(chan struct{}, 1))
		defer b.shut()
		gone, leave := context.WithCancel(t.Context())
		leave()
		if _, err := b.ask(gone, "a", "1", b.find("x")); !errors.Is(err, context.Canceled) {
			t.Errorf("a reader who has gone: %v", err)
		}
		time.Sleep(waits + time.Second)
		if b.stopped.Load() != 1 || b.ended.Load() != 0 {
			t.Errorf("%d stopped, %d ended; want 1, 0", b.stopped.Load(), b.ended.Load())
		}
		if r := b.poll(t, "a", "1", "x"); r.Answer != "x" || b.begun.Load() != 2 {
			t.Errorf("%+v after %d: want it worked out again", r, b.begun.Load())
		}
	})
}

// TestLastKnownAnswer: while a newer answer is worked out the last one is shown,
// with its time; what is taken from older data is stopped.
func TestLastKnownAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(make(chan struct{}, 1))
		defer b.shut()
		old := b.poll(t, "a", "1", "old")
		for _, stamp := range []string{"2", "3"} {
			r, err := b.ask(t.Context(), "a", stamp, b.find("new"))
			if err != nil || !r.Pending || r.Answer != "old" || !r.Made.Equal(old.Made) {
				t.Errorf("%s: %+v, %v; want the old one", stamp, r, err)
			}
		}
		if r := b.poll(t, "a", "3", "new"); r.Answer != "new" || !r.Made.After(old.Made) || b.stopped.Load() != 1 {
			t.Errorf("%+v, %d stopped", r, b.stopped.Load())
		}
	})
}

// TestFaultyWork: an error is told once, whether it was returned or thrown, and
// the next one who asks starts it again.
func TestFaultyWork(t *testing.T) {
	b := newWorkbench[string](make(chan struct{}, 1), time.Now)
	b.patience = time.Minute
	defer b.shut()
	for _, find := range []func(context.Context) (string, error){
		func(context.Context) (string, error) { return "", errTest },
		func(context.Context) (string, error) { panic(errTest) },
	} {
		if _, err := b.ask(t.Context(), "a", "1", find); err == nil || !strings.Contains(err.Error(), errTest.Error()) {
			t.Errorf("%v: want %v", err, errTest)
		}
	}
	r, err := b.ask(t.Context(), "a", "1", func(context.Context) (string, error) { return "well", nil })
	if err != nil || r.Answer != "well" {
		t.Errorf("%+v, %v", r, err)
	}
}

// TestWorkIsBounded: of many questions the newest are kept; the work on others is
// stopped, and all of it when the bench is shut.
func TestWorkIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(make(chan struct{}, 1))
		for i := range mostTasks + 5 {
			if _, err := b.ask(t.Context(), strconv.Itoa(i), "1", b.find("x")); err != nil {
				t.Error(err)
			}
		}
		if len(b.all) != mostTasks {
			t.Errorf("%d questions are kept, want %d", len(b.all), mostTasks)
		}
		b.shut()
		synctest.Wait()
		if b.under.Load() != 0 || b.ended.Load() != 0 {
			t.Errorf("%d under way, %d ended; want none", b.under.Load(), b.ended.Load())
		}
	})
}
