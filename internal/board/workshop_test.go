package board

import (
	"context"
	"errors"
	"strconv"
	"testing"
)

// TestWorkshop: work is done once, one thing at a time, and its failure is told once.
func TestWorkshop(t *testing.T) {
	var ws workshop[int]
	t.Cleanup(ws.close)
	runs, hold := 0, make(chan struct{})
	work := func(context.Context) (int, error) {
		runs++
		<-hold
		return runs, nil
	}
	for range 3 {
		if _, ready, _ := ws.get(t.Context(), "a", work); ready {
			t.Fatal("ready before it is done")
		}
	}
	if _, ready, _ := ws.get(t.Context(), "b", work); ready {
		t.Fatal("another thing is ready")
	}
	close(hold)
	ws.running.Wait()
	if v, ready, err := ws.get(t.Context(), "a", work); v != 1 || !ready || err != nil || runs != 1 {
		t.Errorf("%d, ready %v, %v after %d runs, want 1 after one", v, ready, err, runs)
	}
	broken := errors.New("broken")
	for name, fail := range map[string]func(context.Context) (int, error){
		"error": func(context.Context) (int, error) { return 0, broken },
		"panic": func(context.Context) (int, error) { panic("wrong") },
	} {
		ws.get(t.Context(), name, fail) //nolint:errcheck // not known yet
		ws.running.Wait()
		if _, ready, err := ws.get(t.Context(), name, fail); !ready || err == nil {
			t.Errorf("%s: ready %v, %v", name, ready, err)
		}
		if _, ready, err := ws.get(t.Context(), name, work); ready || err != nil {
			t.Errorf("%s: told twice: ready %v, %v", name, ready, err)
		}
		ws.running.Wait()
	}
	for i := range 2 * mostKept {
		ws.get(t.Context(), strconv.Itoa(i), work) //nolint:errcheck // not known yet
		ws.running.Wait()
	}
	if len(ws.known) != mostKept {
		t.Errorf("%d results are kept, want %d", len(ws.known), mostKept)
	}
}

// TestWorkshopEnds: closing ends what is under way and lets nothing new begin.
func TestWorkshopEnds(t *testing.T) {
	var ws workshop[int]
	until := func(ctx context.Context) (int, error) {
		<-ctx.Done()
		return 0, ctx.Err()
	}
	ws.get(t.Context(), "a", until) //nolint:errcheck // not known yet
	ws.close()
	ws.get(t.Context(), "b", until) //nolint:errcheck // not known yet
	ws.running.Wait()
	if len(ws.known) != 1 {
		t.Errorf("%d things were begun, want one", len(ws.known))
	}
}
