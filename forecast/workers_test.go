package forecast

import (
	"context"
	"errors"
	"testing"
	"time"
)

var errNoDay = errors.New("no such day")

// TestWorkersTellWhatFailed: a job that is under way when another fails is not
// stopped, so that its word is not that of the failure.
func TestWorkersTellWhatFailed(t *testing.T) {
	failing := make(chan struct{})
	var w workers
	err := w.do(t.Context(), 2, []int{0, 1}, func(ctx context.Context, k int) error {
		if k == 1 {
			close(failing)
			return errNoDay
		}
		<-failing
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
			return nil
		}
	})
	if !errors.Is(err, errNoDay) {
		t.Errorf("error %v, want %v", err, errNoDay)
	}
}

func TestWorkersBeginNothingAfterAFailure(t *testing.T) {
	var begun []int
	w := workers{progress: func(done, _ int) { t.Errorf("%d jobs are done", done) }}
	err := w.do(t.Context(), 1, []int{7, 8}, func(_ context.Context, k int) error {
		begun = append(begun, k)
		return errNoDay
	})
	if !errors.Is(err, errNoDay) || len(begun) != 1 {
		t.Errorf("jobs %v, error %v, want the first alone, and %v", begun, err, errNoDay)
	}
}
