package daemon

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/robfig/cron/v3"
	"pgregory.net/rapid"
)

func TestFirstStartMakesTheNewest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "Europe/Stockholm", ok, "45 5 * * *")
		b.runFor(t, time.Hour)
		b.check(t, "12-31 05:45 at 01-01 01:00 ok")
	})
}

func TestThreeDaysStoppedAreOneRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "Europe/Stockholm", ok, "45 5 * * *")
		b.CatchUp = 2 * day24
		b.runFor(t, 32*time.Hour) // to 01-02 09:00
		time.Sleep(3 * day24)
		b.runFor(t, time.Hour)
		b.runFor(t, 23*time.Hour)
		b.check(t,
			"12-31 05:45 at 01-01 01:00 ok", "01-01 05:45 at 01-01 05:45 ok", "01-02 05:45 at 01-02 05:45 ok",
			"01-05 05:45 at 01-05 09:00 ok", "01-06 05:45 at 01-06 05:45 ok")
	})
}

func TestTooOldIsLetGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "Europe/Stockholm", ok, "45 5 * * SAT")
		b.CatchUp = 2 * day24
		b.runFor(t, day24)
		time.Sleep(10 * day24) // over Saturday 01-08, to Wednesday
		b.runFor(t, 4*day24)
		b.check(t, "01-01 05:45 at 01-01 05:45 ok", "01-15 05:45 at 01-15 05:45 ok")
	})
}

// After the run of 05:45 the hour is moved to 05:30: that is no time missed.
func TestAnEarlierScheduleMissedNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "Europe/Stockholm", ok, "45 5 * * *")
		b.CatchUp = time.Minute
		b.runFor(t, 9*time.Hour)
		b.CatchUp = 7 * day24
		b.Jobs[0].Schedules = []cron.Schedule{mustParse(t, "30 5 * * *", b.Location)}
		b.runFor(t, day24)
		b.check(t, "01-01 05:45 at 01-01 05:45 ok", "01-02 05:30 at 01-02 05:30 ok")
	})
}

func TestOverrunSkipsToTheNewest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "Europe/Stockholm", taking(150*time.Minute), "0 * * * *")
		b.CatchUp = 2 * time.Hour
		b.runFor(t, 6*time.Hour)
		b.check(t,
			"01-01 01:00 at 01-01 01:00 ok", "01-01 03:00 at 01-01 03:30 ok", "01-01 06:00 at 01-01 06:00 interrupted")
	})
}

func TestSleepOfTheMachineIsOneRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "UTC", ok, "45 5 * * *")
		b.CatchUp = 2 * day24
		stop := b.start(t)
		time.Sleep(12*time.Hour + 30*time.Second)
		b.ahead.Store(int64(3 * day24)) // timers stand still while the machine sleeps
		time.Sleep(day24)
		if err := stop(); err != nil {
			t.Fatal(err)
		}
		b.check(t, "12-31 05:45 at 01-01 00:00 ok", "01-01 05:45 at 01-01 05:45 ok",
			"01-04 05:45 at 01-04 12:01 ok", "01-05 05:45 at 01-05 05:45 ok")
	})
}

func TestClockSetBackRunsNothingTwice(t *testing.T) {
	for _, back := range []time.Duration{time.Second, 2 * time.Hour, 30 * time.Hour, 40 * day24} {
		t.Run(back.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, "UTC", ok, "45 5 * * *")
				b.Wake, b.CatchUp = 5*time.Minute, 5*time.Minute
				b.runFor(t, 2*day24)
				b.CatchUp = 7 * day24
				stop := b.start(t)
				time.Sleep(6 * time.Hour)
				b.ahead.Store(int64(-back))
				time.Sleep(back.Truncate(day24) + 2*day24)
				if err := stop(); err != nil {
					t.Fatal(err)
				}
				seen := map[time.Time]bool{}
				for _, r := range b.ledger.runs {
					if seen[r.due.UTC()] || r.begin.Before(r.due) || r.begin.Sub(r.due) > b.Wake {
						t.Errorf("run for %v at %v", r.due, r.begin)
					}
					seen[r.due.UTC()] = true
				}
				if last := slices.MaxFunc(b.ledger.runs, func(a, b entry) int { return a.begin.Compare(b.begin) }); b.Clock().Sub(last.due) > day24 {
					t.Errorf("it is %v, and the last run is that of %v", b.Clock(), last.due)
				}
			})
		})
	}
}

// A clock that was years ahead and is put right, in the daemon's life or before
// it, does not stop the mornings.
func TestClockThatWasYearsAhead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "UTC", ok, "45 5 * * *")
		b.ahead.Store(int64(10 * 366 * day24))
		stop := b.start(t)
		time.Sleep(day24)
		b.ahead.Store(int64(0))
		time.Sleep(2 * day24)
		if err := stop(); err != nil {
			t.Fatal(err)
		}
		b.runFor(t, day24)
		b.check(t, "01-07 05:45 at 01-08 00:00 ok", "01-08 05:45 at 01-08 05:45 ok", // of 2010
			"01-02 05:45 at 01-02 05:45 ok", "01-03 05:45 at 01-03 05:45 ok", "01-04 05:45 at 01-04 05:45 ok")
	})
}

func TestRetryIsNotLostWhenTheClockIsSetBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "UTC", func(context.Context, time.Time) Outcome { return Outcome{Status: Failed} }, "45 5 * * *")
		b.CatchUp, b.Retries = time.Minute, 1
		stop := b.start(t)
		time.Sleep(5*time.Hour + 46*time.Minute + time.Second)
		b.ahead.Store(int64(-3 * time.Hour))
		time.Sleep(10 * time.Minute)
		if err := stop(); err != nil {
			t.Fatal(err)
		}
		b.check(t, "01-01 05:45 at 01-01 05:45 failed", "01-01 05:45 at 01-01 02:47 failed")
	})
}

// With its ledger away the daemon runs nothing that it could not remember, and
// goes on as soon as the ledger is back.
func TestLedgerAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, "UTC", taking(time.Hour), "0 2 * * *")
		locked, full := errors.New("database is locked"), errors.New("disk full")
		b.ledger.fail(locked, nil)
		stop := b.start(t)
		time.Sleep(15*time.Minute + time.Second)
		b.check(t)
		b.ledger.fail(nil, full)
		time.Sleep(15 * time.Minute)
		b.check(t)
		b.ledger.fail(nil, nil)
		time.Sleep(45 * time.Minute)
		b.ledger.fail(nil, full) // when the first run is to be finished
		time.Sleep(3 * time.Hour)
		b.ledger.fail(nil, nil)
		time.Sleep(20 * time.Hour)
		if err := stop(); err != nil {
			t.Fatal(err)
		}
		b.check(t, "12-31 02:00 at 01-01 00:31 interrupted", "01-01 02:00 at 01-01 04:16 ok")
	})
}

// Whenever the daemon is stopped and started, in the middle of a run or not, no
// time is done twice. What is due while it is up, and the newest that it missed
// before, is done if it stays up long enough; and nothing else is begun.
func TestAnyStopsAndStarts(t *testing.T) {
	minutes := rapid.Custom(func(rt *rapid.T) time.Duration {
		return time.Duration(rapid.IntRange(1, 4*24*60).Draw(rt, "minutes"))*time.Minute + time.Second
	})
	rapid.Check(t, func(rt *rapid.T) {
		begin := rapid.IntRange(0, 365).Draw(rt, "day of the year")
		spans := rapid.SliceOfN(minutes, 2, 16).Draw(rt, "up, down, up, down")
		synctest.Test(t, func(t *testing.T) {
			time.Sleep(time.Duration(begin) * day24)
			checkStopsAndStarts(t, spans)
		})
	})
}

func checkStopsAndStarts(t *testing.T, upDown []time.Duration) {
	t.Helper()
	const work = 20 * time.Minute // less than between two due times
	b := newBench(t, "Europe/Stockholm", taking(work), "45 5 * * *", "40 6 * * *")
	b.Wake = time.Hour
	may, must := map[time.Time]bool{}, map[time.Time]bool{}
	for i, span := range upDown {
		if i%2 == 1 {
			time.Sleep(span)
			continue
		}
		start := time.Now()
		b.runFor(t, span)
		stop := time.Now()
		missed := b.due(start.Add(-7*day24), start)
		newest := missed[len(missed)-1]
		may[newest], must[newest] = true, must[newest] || stop.Sub(start) > work
		for _, due := range b.due(start, stop) {
			may[due], must[due] = true, must[due] || stop.Sub(due) > 2*work
		}
	}
	done := map[time.Time]bool{}
	for _, r := range b.ledger.runs {
		due := r.due.UTC()
		if !may[due] || done[due] {
			t.Errorf("should not have begun: %+v", r)
		}
		done[due] = done[due] || r.done()
	}
	for due, needed := range must {
		if needed && !done[due] {
			t.Errorf("due at %v and not done", due)
		}
	}
}

// due gives the due times after from, up to to, in order.
func (b *bench) due(from, to time.Time) (all []time.Time) {
	for _, s := range b.Jobs[0].Schedules {
		for t := s.Next(from); !t.After(to); t = s.Next(t) {
			all = append(all, t.UTC())
		}
	}
	slices.SortFunc(all, time.Time.Compare)
	return all
}
