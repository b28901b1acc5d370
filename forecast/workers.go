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

// do does the jobs with at most so many at a time, and begins none after one has
// failed. It gives the error of the first job, in their order, that failed: those
// before it are under way when it fails, and are waited for.
func (w *workers) do(ctx context.Context, atOnce int, jobs []int, do func(context.Context, int) error) error {
	errs := make([]error, len(jobs))
	var mu sync.Mutex
	next := 0
	take := func() int { mu.Lock(); defer mu.Unlock(); next++; return next - 1 }
	finish := func(k int, err error) {
		mu.Lock()
		defer mu.Unlock()
		if errs[k] = err; err != nil {
			next = len(jobs)
			return
		}
		w.done++
		if w.progress != nil {
			w.progress(w.done, w.total)
		}
	}
	var running sync.WaitGroup
	for range min(len(jobs), atOnce) {
		running.Go(func() {
			for k := take(); k < len(jobs); k = take() {
				finish(k, do(ctx, jobs[k]))
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
