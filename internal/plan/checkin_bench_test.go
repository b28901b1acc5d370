package plan_test

import (
	"fmt"
	"testing"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/plan"
)

// BenchmarkCheckIn is what a lead waits for after reporting who is sick: from
// the stored plan to the page's numbers.
func BenchmarkCheckIn(b *testing.B) {
	c, s := openDemo(b)
	day := lastDay + 1
	stored(b, c, s, day)
	for _, sick := range [][]string{
		{"a001", "a003"},
		{"a001", "a003", "a030", "a049", "a055"},
		{"a002", "a006", "a016", "a027", "a037", "a047", "a055", "a060"},
	} {
		b.Run(fmt.Sprintf("%d sick", len(sick)), func(b *testing.B) {
			var r *plan.CheckInResult
			for b.Loop() {
				r = checkIn(b, c, s, day, absent(sick...)...)
			}
			b.ReportMetric(float64(len(r.Changes)), "changes")
			b.ReportMetric(100*r.Before.ServiceLevel, "%before")
			b.ReportMetric(100*r.Unrepaired.ServiceLevel, "%unrepaired")
			b.ReportMetric(100*r.After.ServiceLevel, "%after")
		})
	}
}

// stored plans a day and stores the plan, where there is none yet.
func stored(tb testing.TB, c *centre.Centre, s plan.CheckInStore, day civil.Date) *plan.Day {
	tb.Helper()
	if d, err := plan.Stored(tb.Context(), c, s, day); err == nil {
		return d
	}
	d := planned(tb, c, s, day)
	if err := plan.Save(tb.Context(), s, d, "test"); err != nil {
		tb.Fatal(err)
	}
	return d
}

// checkIn checks in before the day begins.
func checkIn(tb testing.TB, c *centre.Centre, s plan.CheckInStore, day civil.Date, news ...plan.News) *plan.CheckInResult {
	tb.Helper()
	return checkInAt(tb, c, s, day, 7*60, news...)
}

func checkInAt(tb testing.TB, c *centre.Centre, s plan.CheckInStore, day civil.Date, at civil.Clock, news ...plan.News) *plan.CheckInResult {
	tb.Helper()
	r, err := plan.CheckIn(tb.Context(), c, s, plan.CheckInQuery{
		Date: day, Now: day.At(at, c.Location), News: news, Seed: 1, Model: forecast.DayLevel{},
	})
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

func absent(ids ...string) []plan.News {
	var out []plan.News
	for _, id := range ids {
		out = append(out, plan.News{Kind: plan.NewsAbsent, Person: id})
	}
	return out
}
