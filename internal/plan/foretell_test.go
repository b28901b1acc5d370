package plan_test

import (
	"math"
	"testing"

	"bemanna/forecast"
	"bemanna/internal/plan"
)

// TestForetellDoesNotPeek: what a morning would have expected is the same whether the
// calls of the day and of later ones are known or not.
func TestForetellDoesNotPeek(t *testing.T) {
	slow(t)
	c, s := openDemo(t)
	friday := lastDay - 2
	told := func(s plan.Store) []plan.ReviewedGroup {
		days, err := plan.Foretell(t.Context(), c, s, friday, lastDay+1, forecast.DayLevel{})
		if err != nil {
			t.Fatal(err)
		}
		if len(days) != 1 { // nothing is open at the weekend
			t.Fatalf("%d days, want one", len(days))
		}
		return days[0].Groups
	}
	after, before := told(s), told(plan.Past(s, friday.Start(c.Location)))
	for g := range after {
		for i, x := range after[g].Intervals {
			y := before[g].Intervals[i]
			if x.Expected != y.Expected || x.Low != y.Low || x.High != y.High {
				t.Errorf("%s %v: %v, want %v as expected without the calls of the day", after[g].ID, x.Start, x, y)
			}
			if !math.IsNaN(y.Came) {
				t.Errorf("%s %v: %v came, want it unknown", after[g].ID, y.Start, y.Came)
			}
		}
	}
	if score := plan.Score(after...); score.Intervals == 0 || score.Error > 0.6 || score.Error < score.Floor/2 {
		t.Errorf("score %+v, want an error near its floor", score)
	}
}
