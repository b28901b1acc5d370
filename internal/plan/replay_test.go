package plan_test

import (
	"context"
	"runtime"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/ingest"
	"bemanna/internal/plan"
)

// officeHours is a centre with one group that is open for six hours.
func officeHours(t *testing.T) *centre.Centre {
	t.Helper()
	c := roundTheClock(t)
	c.Groups[0].Hours = civil.Hours{{Days: 1<<7 - 1, Span: civil.Span{Open: 9 * 60, Close: 15 * 60}}}
	return c
}

// otherwise is a store in which all that telephony reports from a moment on is
// ten times as much.
type otherwise struct {
	plan.Store
	from time.Time
}

func (o otherwise) Series(ctx context.Context, sel plan.Selection, so ingest.SeriesOptions) (ingest.Measures, error) {
	m, err := o.Store.Series(ctx, sel, so)
	for _, s := range []forecast.Series{m.Offered, m.Answered, m.AnsweredWithin, m.Abandoned, m.Handled, m.WaitAnswered, m.WaitAbandoned} {
		for i := range s.Values {
			if !s.Time(i).Before(o.from) {
				s.Values[i] *= 10
			}
		}
	}
	for i := range m.Daily {
		if !m.Daily[i].Date.Before(o.from) {
			m.Daily[i].Value *= 10
		}
	}
	return m, err
}

// TestReplayKnowsNothingOfTheDay changes all that telephony reports of a day
// and of those after it: the plans of the day stay as they are, to the last
// activity, and only foresight sees it.
func TestReplayKnowsNothingOfTheDay(t *testing.T) {
	slow(t)
	c, s := openDemo(t)
	day := lastDay - 4
	changed := otherwise{s, day.Start(c.Location)}
	made := func(s plan.Store) *plan.Day {
		d, err := plan.Make(t.Context(), c, plan.Past(s, day.Start(c.Location)), plan.Query{
			Date: day, Now: day.At(6*60, c.Location), Seed: 1, Model: forecast.DayLevel{}, Iterations: 40,
		})
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	if diff := cmp.Diff(made(s), made(changed)); diff != "" {
		t.Errorf("the plan of %s knows what came:\n%s", day, diff)
	}
}

// TestReplayJudgesByWhatCame: with ten times the calls of a day, all ways but
// foresight have the plans that they had, and their calls are ten times as many.
func TestReplayJudgesByWhatCame(t *testing.T) {
	c := officeHours(t)
	day := civil.NewDate(2026, 11, 20)
	replay := func(s plan.Store) plan.ReplayedDay {
		r, err := plan.Replay(t.Context(), c, s, plan.ReplayQuery{
			From: day, To: day, Model: forecast.DayLevel{}, Draws: 2, Seed: 1, Iterations: 20,
		})
		if err != nil {
			t.Fatal(err)
		}
		return r.Days[0]
	}
	s := steady{until: civil.NewDate(2026, 11, 22).Start(c.Location)}
	before, after := replay(s), replay(otherwise{s, day.Start(c.Location)})
	hours := func(w plan.WayScore) [3]float64 { return [3]float64{w.PhoneHours, w.EmailHours, w.FreeHours} }
	if hours(before.Bemanna) != hours(after.Bemanna) || hours(before.Spreadsheet) != hours(after.Spreadsheet) {
		t.Errorf("hours %v and %v became %v and %v", hours(before.Bemanna), hours(before.Spreadsheet), hours(after.Bemanna), hours(after.Spreadsheet))
	}
	if after.Offered != 10*before.Offered || after.Bemanna.Share >= before.Bemanna.Share {
		t.Errorf("%v calls, %v in time, became %v and %v", before.Offered, before.Bemanna.Share, after.Offered, after.Bemanna.Share)
	}
}

// TestReplayIsDeterministic: the same bits on any number of cores, days summed
// as they are, and nobody judged by other calls than those of the store.
func TestReplayIsDeterministic(t *testing.T) {
	c := officeHours(t)
	s := steady{until: civil.NewDate(2026, 11, 22).Start(c.Location)}
	replay := func() *plan.Replayed {
		r, err := plan.Replay(t.Context(), c, s, plan.ReplayQuery{
			From: civil.NewDate(2026, 11, 18), To: civil.NewDate(2026, 11, 19),
			Model: forecast.DayLevel{}, Draws: 10, Seed: 3, Iterations: 5,
		})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	many := replay()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if diff := cmp.Diff(many, replay()); diff != "" {
		t.Errorf("one core and several:\n%s", diff)
	}
	if len(many.Days) != 2 || many.Total.Offered != 2*24*4 || many.Days[1].Offered != 24*4 || many.Total.Outside != 2*72*4 {
		t.Errorf("%d days, %v calls and %v on one, want 2, 192 and 96", len(many.Days), many.Total.Offered, many.Days[1].Offered)
	}
	sum := 0.0
	for _, d := range many.Days {
		sum += d.Bemanna.PhoneHours
	}
	if many.Total.Bemanna.PhoneHours != sum || many.Total.Happened != nil {
		t.Errorf("%v h in all, want %v; happened %v, want unknown", many.Total.Bemanna.PhoneHours, sum, many.Total.Happened)
	}
}

// TestReplayWithoutCalls: days that the store does not know are no days.
func TestReplayWithoutCalls(t *testing.T) {
	c := roundTheClock(t)
	_, err := plan.Replay(t.Context(), c, nothing{}, plan.ReplayQuery{From: 100, To: 101, Model: forecast.DayLevel{}, Draws: 2})
	if err == nil {
		t.Error("a replay of nothing")
	}
}

// nothing is an empty store.
type nothing struct{ steady }

func (nothing) Series(context.Context, plan.Selection, ingest.SeriesOptions) (ingest.Measures, error) {
	return ingest.Measures{}, nil
}
