package plan_test

import (
	"context"
	"math"
	"path/filepath"
	"testing"
	"time"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/ingest"
	"bemanna/internal/plan"
)

// roundTheClock is a centre that never closes.
func roundTheClock(t *testing.T) *centre.Centre {
	t.Helper()
	c, err := centre.Load(filepath.Join("..", "..", "testdata", "small"))
	if err != nil {
		t.Fatal(err)
	}
	c.Groups = c.Groups[:1]
	c.Groups[0].Hours = civil.Hours{{Days: 1<<7 - 1, Span: civil.Span{Close: 24 * 60}, RedDays: true, Eves: true}}
	for i := range c.People {
		c.People[i].Days = 1<<7 - 1
		c.People[i].Earliest, c.People[i].Latest = 0, 24*60
	}
	return c
}

// steady is a history of four calls in each interval, known until an instant.
type steady struct{ until time.Time }

func (s steady) DataUntil(context.Context, string) (time.Time, error) { return s.until, nil }

func (s steady) Series(_ context.Context, _ plan.Selection, o ingest.SeriesOptions) (ingest.Measures, error) {
	n := int(o.To.Sub(o.From) / o.Step)
	values := make([]float64, n)
	for i := range values {
		values[i] = 4
		if o.From.Add(time.Duration(i) * o.Step).Before(s.until.AddDate(0, 0, -70)) {
			values[i] = math.NaN()
		}
	}
	return ingest.Measures{Offered: forecast.Series{Start: o.From, Step: o.Step, Values: values}}, nil
}

func (steady) Learnt(context.Context) (map[string]plan.Learnt, error) { return nil, nil }

func (steady) KeepLearnt(context.Context, []plan.Learnt) error { return nil }

func (steady) Duties(context.Context, civil.Date, civil.Date) ([]plan.Duty, error) { return nil, nil }

func (steady) Rostered(context.Context, civil.Date, civil.Date) ([]plan.Rostered, error) {
	return nil, nil
}

func (steady) SaveDuties(context.Context, []plan.Duty) error { return nil }

// TestDaysOfTheClockChange plans the Sundays on which the clocks change: 92 and
// 100 quarter-hours, each once, nobody in two places.
func TestDaysOfTheClockChange(t *testing.T) {
	c := roundTheClock(t)
	for _, x := range []struct {
		day       civil.Date
		intervals int
	}{
		{civil.NewDate(2027, 3, 28), 92},
		{civil.NewDate(2027, 10, 31), 100},
		{civil.NewDate(2027, 6, 6), 96}, // a red day, and open
	} {
		t.Run(x.day.String(), func(t *testing.T) {
			now := (x.day - 1).At(6*60, c.Location)
			d, err := plan.Make(t.Context(), c, steady{(x.day - 1).Start(c.Location)}, plan.Query{
				Date: x.day, Now: now, Seed: 1, Model: forecast.DayLevel{}, Iterations: 50,
			})
			if err != nil {
				t.Fatal(err)
			}
			if n := len(d.Groups[0].Intervals); n != x.intervals {
				t.Fatalf("%d intervals, want %d", n, x.intervals)
			}
			for i, interval := range d.Groups[0].Intervals {
				if want := x.day.Start(c.Location).Add(time.Duration(i) * 15 * time.Minute); !interval.Start.Equal(want) {
					t.Fatalf("interval %d starts at %v, want %v", i, interval.Start, want)
				}
				if interval.Offered < 3 || interval.Offered > 5 {
					t.Errorf("interval at %v: %g calls, want about 4", interval.Start, interval.Offered)
				}
			}
			for _, a := range d.Agents {
				at := time.Time{}
				for _, act := range a.Activities {
					if !at.IsZero() && !act.Start.Equal(at) {
						t.Errorf("%s: %s starts at %v, want %v", a.ID, act.Kind, act.Start, at)
					}
					at = act.End
				}
			}
		})
	}
}
