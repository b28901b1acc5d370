package plan_test

import (
	"testing"

	"bemanna/forecast"
	"bemanna/internal/plan"
)

// BenchmarkForecasts forecasts the 15 groups of the demo, 26 months of history,
// for a week, with what was learnt the day before.
func BenchmarkForecasts(b *testing.B) {
	c, s := openDemo(b)
	q := plan.Query{Date: lastDay + 1, Now: (lastDay + 1).At(6*60, c.Location), Model: forecast.DayLevel{}}
	if _, err := q.Forecasts(b.Context(), c, s); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		_, err := plan.Forecasts(b.Context(), c, s, plan.ForecastQuery{From: lastDay + 1, Days: 7, Today: lastDay + 1, Model: forecast.DayLevel{}})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkMake plans a day of the demo as the command line does.
func BenchmarkMake(b *testing.B) {
	c, s := openDemo(b)
	q := plan.Query{Date: lastDay + 1, Now: (lastDay + 1).At(6*60, c.Location), Seed: 1, Model: forecast.DayLevel{}}
	for b.Loop() {
		if _, err := plan.Make(b.Context(), c, s, q); err != nil {
			b.Fatal(err)
		}
	}
}
