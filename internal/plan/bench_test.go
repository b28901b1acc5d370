package plan_test

import (
	"testing"
	"time"

	"bemanna/forecast"
	"bemanna/internal/centre"
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

// BenchmarkAhead looks at six weeks of the demo: forecast, need, and a plan of each
// day with own people.
func BenchmarkAhead(b *testing.B) {
	c, s := openDemo(b)
	for b.Loop() {
		ahead(b, c, s, 42)
	}
}

// BenchmarkTemps orders temps for the six weeks, as they stand and with what-ifs.
func BenchmarkTemps(b *testing.B) {
	c, s := openDemo(b)
	h := ahead(b, c, s, 42)
	sick := 0.1
	newcomer, err := plan.Newcomer(c, "aldre_direkt")
	if err != nil {
		b.Fatal(err)
	}
	for _, x := range []struct {
		name string
		plan.WhatIf
	}{
		{"base", plan.WhatIf{}},
		{"sick 10%", plan.WhatIf{Absence: &sick}},
		{"volume +10%", plan.WhatIf{Volume: []plan.VolumeChange{{Factor: 1.1}}}},
		{"volume +20%", plan.WhatIf{Volume: []plan.VolumeChange{{Factor: 1.2}}}},
		{"one more", plan.WhatIf{More: []centre.Person{newcomer}}},
	} {
		b.Run(x.name, func(b *testing.B) {
			for b.Loop() {
				temps(b, h, x.WhatIf, plan.TempsOptions{Redial: 0.32, Simulated: 30})
			}
		})
	}
}

// BenchmarkSlots ranks the times of two weeks for a meeting of a unit.
func BenchmarkSlots(b *testing.B) {
	c, s := openDemo(b)
	h := ahead(b, c, s, 14)
	for b.Loop() {
		if _, err := h.Slots(b.Context(), plan.SlotQuery{Unit: "barn_ungdom", Length: 90 * time.Minute}); err != nil {
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
