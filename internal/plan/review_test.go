package plan_test

import (
	"context"
	"encoding/json"
	"math"
	"testing"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/ingest"
	"bemanna/internal/plan"
)

// lookedBack is a store of plans and of calls: 5 in each quarter of an hour up to
// noon, when the data end.
type lookedBack struct {
	plan.Reviewed
	versions map[civil.Date][]plan.Saved // the newest first
	until    time.Time
}

func (s lookedBack) PlanVersions(_ context.Context, day civil.Date) ([]plan.Saved, error) {
	return s.versions[day], nil
}

func (s lookedBack) Plan(_ context.Context, day civil.Date, version int) (plan.Saved, error) {
	for _, v := range s.versions[day] {
		if v.Version == version {
			return v, nil
		}
	}
	panic("a version that is not there is read")
}

func (s lookedBack) Series(_ context.Context, _ plan.Selection, o ingest.SeriesOptions) (ingest.Measures, error) {
	var m ingest.Measures
	m.Offered.Start, m.Offered.Step = o.From, o.Step
	for at := o.From; at.Before(o.To); at = at.Add(o.Step) {
		v := 5.0
		if !at.Before(s.until) {
			v = math.NaN()
		}
		m.Offered.Values = append(m.Offered.Values, v)
	}
	return m, nil
}

// TestReview: of each day the newest plan counts that was made before anything
// opened, and it is judged as far as calls are known.
func TestReview(t *testing.T) {
	c, err := centre.Load("../../testdata/small")
	if err != nil {
		t.Fatal(err)
	}
	day := civil.NewDate(2026, time.November, 24)
	version := func(n int, made civil.Clock, offered float64) plan.Saved {
		d := plan.Day{Date: day, Made: day.At(made, c.Location)}
		for _, id := range []string{"bygg", "no-longer-there"} {
			g := plan.Group{ID: id, Name: id}
			for q := range 8 { // 11:00 to 13:00
				g.Intervals = append(g.Intervals, plan.Interval{
					Start: day.At(11*60, c.Location).Add(time.Duration(q) * c.Interval), Offered: offered, P10: offered - 2, P90: offered + 2,
				})
			}
			d.Groups = append(d.Groups, g)
		}
		doc, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		return plan.Saved{Date: day, Version: n, Doc: doc}
	}
	s := lookedBack{
		versions: map[civil.Date][]plan.Saved{day: {version(3, 12*60, 100), version(2, 7*60, 6), version(1, 6*60, 50)}},
		until:    day.At(12*60, c.Location),
	}
	days, err := plan.Review(t.Context(), c, s, day-7, day+1)
	if err != nil {
		t.Fatal(err)
	}
	if len(days) != 1 || days[0].Version != 2 || len(days[0].Groups) != 1 {
		t.Fatalf("%+v, want version 2 of one day with one group", days)
	}
	// Four quarters are known: 6 expected, 5 came.
	got := plan.Score(days[0].Groups...)
	// E|X − 6| of a Poisson X: 2·e^−6·6^7/6! = 1.92748 (by hand).
	want := plan.ReviewScore{Intervals: 4, Expected: 24, Came: 20, Error: 0.2, Floor: 1.92748 / 5, Bias: 0.2, Cover: 1}
	if got.Intervals != want.Intervals || got.Expected != want.Expected || got.Came != want.Came || got.Cover != want.Cover ||
		math.Abs(got.Error-want.Error)+math.Abs(got.Bias-want.Bias) > 1e-12 || math.Abs(got.Floor-want.Floor) > 1e-5 {
		t.Errorf("score %+v, want %+v", got, want)
	}
}

// TestScoreOfNothing has no shares, not zero ones: zero would be a perfect
// forecast.
func TestScoreOfNothing(t *testing.T) {
	s := plan.Score()
	for _, x := range []float64{s.Error, s.Floor, s.Bias, s.Cover} {
		if !math.IsNaN(x) {
			t.Errorf("score %+v, want no shares", s)
		}
	}
}
