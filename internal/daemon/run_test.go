package daemon

import (
	"context"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestFailedRunIsTriedAgain(t *testing.T) {
	for failures, want := range [][]string{
		0: {"01-01 05:45 at 01-01 05:45 ok"},
		1: {"01-01 05:45 at 01-01 05:45 failed", "01-01 05:45 at 01-01 05:50 ok"},
		2: {"01-01 05:45 at 01-01 05:45 failed", "01-01 05:45 at 01-01 05:50 failed", "01-01 05:45 at 01-01 05:55 ok"},
		3: {"01-01 05:45 at 01-01 05:45 failed", "01-01 05:45 at 01-01 05:50 failed", "01-01 05:45 at 01-01 05:55 failed"},
	} {
		synctest.Test(t, func(t *testing.T) {
			left := failures
			b := newBench(t, "Europe/Stockholm", func(context.Context, time.Time) Outcome {
				if left--; left >= 0 {
					return Outcome{Failed, "no file"}
				}
				return Outcome{Status: OK}
			}, "45 5 * * *")
			b.Wake, b.CatchUp, b.Retries = time.Hour, time.Hour, 2
			b.runFor(t, 12*time.Hour)
			b.check(t, want...)
		})
	}
}

func TestNewerTimeEndsTheRetries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "Europe/Stockholm", func(_ context.Context, due time.Time) Outcome {
			if due.Minute() == 0 {
				return Outcome{Failed, "no file"}
			}
			return Outcome{Status: Warned}
		}, "0 2 * * *", "7 2 * * *")
		b.CatchUp, b.Retries = time.Minute, 9
		b.runFor(t, 12*time.Hour)
		b.check(t, "01-01 02:00 at 01-01 02:00 failed", "01-01 02:00 at 01-01 02:05 failed", "01-01 02:07 at 01-01 02:07 warned")
	})
}

func TestFailedRunIsTriedAgainAtTheNextStart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out := Outcome{Failed, "no file"}
		b := newBench(t, "Europe/Stockholm", func(context.Context, time.Time) Outcome { return out }, "45 5 * * *")
		b.CatchUp = time.Hour
		b.runFor(t, 5*time.Hour)
		out = Outcome{Status: OK}
		b.runFor(t, 5*time.Minute)
		b.runFor(t, 5*time.Minute)
		b.check(t, "01-01 05:45 at 01-01 05:45 failed", "01-01 05:45 at 01-01 06:00 ok")
	})
}

// Whatever a job does, it is in the ledger, and the next morning comes.
func TestUnrulyJobs(t *testing.T) {
	for name, c := range map[string]struct {
		work    func(context.Context, time.Time) Outcome
		message string
	}{
		"panics":          {func(context.Context, time.Time) Outcome { panic("index out of range") }, "panic: index out of range"},
		"panics an error": {func(context.Context, time.Time) Outcome { panic(io.ErrUnexpectedEOF) }, "panic: unexpected EOF"},
		"ends itself":     {func(context.Context, time.Time) Outcome { runtime.Goexit(); return Outcome{} }, "ended without an outcome"},
		"says nothing":    {func(context.Context, time.Time) Outcome { return Outcome{} }, ""},
		"says nonsense":   {func(context.Context, time.Time) Outcome { return Outcome{"fine", "x"} }, "x"},
		"says it stopped": {func(context.Context, time.Time) Outcome { return Outcome{Interrupted, "x"} }, "x"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, "Europe/Stockholm", c.work, "45 5 * * *")
				b.CatchUp, b.Retries = time.Minute, 1
				b.runFor(t, 2*day24)
				b.check(t,
					"01-01 05:45 at 01-01 05:45 failed", "01-01 05:45 at 01-01 05:50 failed",
					"01-02 05:45 at 01-02 05:45 failed", "01-02 05:45 at 01-02 05:50 failed")
				for _, r := range b.ledger.runs {
					if r.message != c.message {
						t.Errorf("message %q, want %q", r.message, c.message)
					}
				}
			})
		})
	}
}

func TestStopInTheMiddle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "Europe/Stockholm", taking(time.Hour), "0 2 * * *")
		b.CatchUp, b.Retries = day24, 2
		b.ledger.runs = []entry{{job: "plan", due: time.Now().Add(-23 * time.Hour), status: OK}}
		b.runFor(t, 90*time.Minute) // to 02:30
		time.Sleep(time.Hour)
		b.runFor(t, 3*time.Hour)
		b.check(t, b.report()[0], "01-01 02:00 at 01-01 02:00 interrupted", "01-01 02:00 at 01-01 03:30 ok")
		if r := b.ledger.runs[1]; r.message != "context canceled" || !r.end.Equal(r.begin.Add(30*time.Minute)) {
			t.Errorf("interrupted run %+v", r)
		}
	})
}

func TestDoneThoughToldToStop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "Europe/Stockholm", func(context.Context, time.Time) Outcome {
			time.Sleep(20 * time.Second)
			return Outcome{Status: OK}
		}, "0 2 * * *")
		b.CatchUp = time.Minute
		b.runFor(t, time.Hour+10*time.Second)
		b.check(t, "01-01 02:00 at 01-01 02:00 ok")
	})
}

func TestJobThatDoesNotStop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "Europe/Stockholm", func(context.Context, time.Time) Outcome {
			time.Sleep(3 * time.Hour)
			return Outcome{Status: OK}
		}, "0 2 * * *")
		b.CatchUp = time.Minute
		stop := b.start(t)
		time.Sleep(time.Hour + time.Second)
		stopped := time.Now()
		err := stop()
		if err == nil || !strings.Contains(err.Error(), `job "plan": still running`) {
			t.Errorf("error %v", err)
		}
		if took := time.Since(stopped); took != 30*time.Second {
			t.Errorf("stopping took %v, want the grace of 30s", took)
		}
		b.check(t, "01-01 02:00 at 01-01 02:00 interrupted")
		time.Sleep(3 * time.Hour) // the job ends at last
	})
}

// TestWhatFollows: it follows the runs that are done, when the ledger says so, and
// however it ends the next run comes.
func TestWhatFollows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		status := map[int]Status{1: OK, 2: Failed, 3: Warned, 4: OK}
		b := newBench(t, "Europe/Stockholm", func(_ context.Context, due time.Time) Outcome { return Outcome{Status: status[due.Day()]} }, "0 2 * * *")
		b.CatchUp = time.Hour
		var followed []int
		b.Jobs[0].Then = func(ctx context.Context, due time.Time) Outcome {
			if done, err := b.ledger.Done(ctx, "plan", due); !done || err != nil {
				t.Errorf("%v: follows a run that is not done, %v", due, err)
			}
			followed = append(followed, due.Day())
			if due.Day() == 3 {
				panic("out of memory")
			}
			return Outcome{Status: Failed}
		}
		b.runFor(t, 4*day24)
		b.check(t, "01-01 02:00 at 01-01 02:00 ok", "01-02 02:00 at 01-02 02:00 failed", "01-03 02:00 at 01-03 02:00 warned", "01-04 02:00 at 01-04 02:00 ok")
		if want := []int{1, 3, 4}; !slices.Equal(followed, want) {
			t.Errorf("followed the runs of the days %v, want %v", followed, want)
		}
	})
}
