package plan_test

import (
	"context"
	"testing"
	"time"

	"bemanna/forecast"
	"bemanna/internal/civil"
	"bemanna/internal/ingest"
	"bemanna/internal/plan"
)

// flood is a store in whose history a week of calls came ten times over.
type flood struct {
	forgetful
	from, to time.Time
}

func (f flood) Series(ctx context.Context, sel plan.Selection, o ingest.SeriesOptions) (ingest.Measures, error) {
	m, err := f.forgetful.Series(ctx, sel, o)
	for i := range m.Offered.Values {
		if at := m.Offered.Time(i); !at.Before(f.from) && at.Before(f.to) {
			m.Offered.Values[i] *= 10
		}
	}
	return m, err
}

// TestDrifting: calls that come as forecast raise no alarm, nor does one week that is
// far off; two of them do, for every group.
func TestDrifting(t *testing.T) {
	c := smallCentre(t)
	monday := newsDay.Monday()
	for weeks, want := range []int{0, 0, 2} {
		s := flood{forgetful{newShelf(monday, c.Location)}, (monday - 7*2).Start(c.Location), (monday - 7*2 + 7*civil.Date(weeks)).Start(c.Location)}
		got, err := plan.Drifting(t.Context(), c, s, monday, forecast.EightWeeks{})
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != want {
			t.Errorf("%d weeks of ten times the calls: %+v, want %d groups", weeks, got, want)
		}
		for _, d := range got {
			if d.Off() < 1 {
				t.Errorf("%s: %v off", d.Group, d.Off())
			}
		}
	}
}
