package forecast

import (
	"context"
	"runtime"
	"sync"
)

// workers do numbered jobs and tell how many of all are done.
type workers struct {
	done, total int
	progress    func(done, total int)
}

// do does the jobs with at most so many at a time. It gives the error of the first
// job, in their order, that failed.
func (w *workers) do(ctx context.Context, atOnce int, jobs []int, do func(context.Context, int) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	errs := make([]error, len(jobs))
	next := 0
	var mu sync.Mutex
	take := func() int { mu.Lock(); defer mu.Unlock(); next++; return next - 1 }
	var running sync.WaitGroup
	for range min(len(jobs), atOnce) {
		running.Go(func() {
			for k := take(); k < len(jobs); k = take() {
				if errs[k] = do(ctx, jobs[k]); errs[k] != nil {
					cancel()
					return
				}
				mu.Lock()
				w.done++
				if w.progress != nil {
					w.progress(w.done, w.total)
				}
				mu.Unlock()
			}
		})
	}
	running.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}

// inParallel does jobs 0 to n−1, as many at a time as there are processors. It
// gives the error of the first job, in their order, that failed.
func inParallel(ctx context.Context, n int, do func(context.Context, int) error) error {
	jobs := make([]int, n)
	for i := range jobs {
		jobs[i] = i
	}
	w := workers{total: n}
	return w.do(ctx, runtime.GOMAXPROCS(0), jobs, do)
}
