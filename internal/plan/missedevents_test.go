package plan_test

import (
	"context"
	"math"
	"slices"
	"testing"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/ingest"
	"bemanna/internal/plan"
)

// lettered is a steady history in which the days after each letter have more calls.
type lettered struct {
	steady
	days map[civil.Date]float64 // factors
}

func (s lettered) Series(ctx context.Context, sel plan.Selection, o ingest.SeriesOptions) (ingest.Measures, error) {
	m, err := s.steady.Series(ctx, sel, o)
	for i := range m.Offered.Values {
		at := m.Offered.Time(i)
		if f, ok := s.days[civil.DateOf(at.In(o.Location))]; ok {
			m.Offered.Values[i] *= f
		}
		if !at.Before(s.until) {
			m.Offered.Values[i] = math.NaN()
		}
	}
	return m, err
}

// TestEventEffects: letters have lifted two days by half and a quarter; the last one
// does twice that. What was expected of it is what those before it did, and what it
// did is what came. The letter ahead is expected, and has done nothing yet.
func TestEventEffects(t *testing.T) {
	c := officeHours(t)
	today := civil.NewDate(2026, 11, 20)
	s := lettered{steady{today.Start(c.Location)}, map[civil.Date]float64{}}
	for i, d := range []civil.Date{today - 52, today - 38, today - 24, today - 10, today + 4} {
		c.Events = append(c.Events, centre.Event{Name: "Letter", Like: "letter", Date: d, Lag: []float64{1, 0.5}})
		more := 1.0
		if i == 3 {
			more = 2
		}
		s.days[d], s.days[d+1] = 1+0.5*more, 1+0.25*more
	}
	all, err := plan.EventEffects(t.Context(), c, s, plan.EventQuery{Today: today, Back: 14, Ahead: 14, Model: forecast.DayLevel{}})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 2 || all[0].Date != today-10 || all[1].Date != today+4 {
		t.Fatalf("events %+v, want the last one and the next", all)
	}
	past, next := all[0].Sum(true), all[1].Sum(true)
	if past.Days != 2 || math.Abs(past.Expected-1.375) > 0.1 || math.Abs(past.Came-1.75) > 0.15 {
		t.Errorf("over %d days expected %.2f, came %.2f; want 1.38 and 1.75 over 2", past.Days, past.Expected, past.Came)
	}
	if past.Margin <= 0 || past.Margin > 0.3 {
		t.Errorf("a margin of %.2f", past.Margin)
	}
	if next.Days != 0 || all[1].Sum(false).Days != 2 || !slices.IsSortedFunc(all[1].Days, func(a, b plan.EventDay) int { return int(a.Date - b.Date) }) {
		t.Errorf("the letter ahead: %+v", all[1])
	}
}
