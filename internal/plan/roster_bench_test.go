package plan_test

import (
	"fmt"
	"testing"

	"bemanna/forecast"
	"bemanna/internal/plan"
)

// BenchmarkRoster lays rosters of the demo: forecast, need and the search.
func BenchmarkRoster(b *testing.B) {
	c, s := openDemo(b)
	for _, weeks := range []int{1, 2, 6} {
		b.Run(fmt.Sprintf("%d weeks", weeks), func(b *testing.B) {
			for b.Loop() {
				q := plan.RosterQuery{
					From: lastDay + 8, Weeks: weeks, Now: (lastDay + 1).At(6*60, c.Location), Model: forecast.DayLevel{}, Seed: 1,
				}
				if _, err := plan.LayRoster(b.Context(), c, s, q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
