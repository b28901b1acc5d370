package forecast_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bemanna/forecast"
)

// untilMidday gives a history, and the same with some hours more of the day that
// follows, calls being the number of each.
func untilMidday(tb testing.TB, hours int, calls float64) (midnight, midday forecast.History) {
	tb.Helper()
	midnight = typicalCentre.history(tb)
	midday = midnight
	midday.Offered.Values = slices.Clone(midnight.Offered.Values)
	for range hours {
		midday.Offered.Values = append(midday.Offered.Values, calls)
	}
	return midnight, midday
}

// TestMidday checks that a history which ends inside a day gives the forecast
// from its midnight, the rest of the day updated and the days after it as they
// were.
func TestMidday(t *testing.T) {
	const hours = 11
	midnight, midday := untilMidday(t, hours, 60)
	from := forecastOf(t, forecast.DayLevel{}, midnight, typicalCentre.options(3))
	o := typicalCentre.options(3)
	o.Intervals -= hours
	f := forecastOf(t, forecast.DayLevel{}, midday, o)
	wantSane(t, f, o.Intervals)
	if !f.Start.Equal(midday.Offered.End()) {
		t.Errorf("starts at %v, want %v", f.Start, midday.Offered.End())
	}
	rest := updated(t, from, midday.Offered.Values[len(midnight.Offered.Values):])
	for _, part := range []struct {
		name              string
		got, first, after []float64
	}{
		{"mean", f.Mean, rest.Mean, from.Mean[24:]},
		{"spread", f.Spread, rest.Spread, from.Spread[24:]},
		{"handle time", f.HandleTime, rest.HandleTime, from.HandleTime[24:]},
	} {
		if diff := cmp.Diff(slices.Concat(part.first, part.after), part.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", part.name, diff)
		}
	}
	if diff := cmp.Diff(slices.Concat(rest.Days, from.Days[1:]), f.Days); diff != "" {
		t.Errorf("days (-want +got):\n%s", diff)
	}
	if math.Abs(rest.Mean[1]-from.Mean[hours+1]) < 1 {
		t.Errorf("%v calls at noon after 60 an hour since midnight, want another number than the %v before", rest.Mean[1], from.Mean[hours+1])
	}
}

// TestMiddayUnknown checks that a morning of which nothing is known leaves the
// day as it was expected at midnight, wherever it ends, also on the days on
// which the clocks change.
func TestMiddayUnknown(t *testing.T) {
	c := typicalCentre
	c.days, c.open = 40, always
	for _, start := range []string{"2026-02-17", "2026-09-15", "2026-05-12"} { // 40 days before the clocks go on, before they go back, and before another Sunday
		c.start = start
		from := forecastOf(t, forecast.DayLevel{}, c.history(t), c.options(2))
		for _, hours := range []int{1, 2, 13, 22} {
			h, o := c.history(t), c.options(2)
			h.Offered.Values = append(h.Offered.Values, slices.Repeat([]float64{math.NaN()}, hours)...)
			o.Intervals -= hours
			f := forecastOf(t, forecast.DayLevel{}, h, o)
			if diff := cmp.Diff(from.Mean[hours:], f.Mean); diff != "" {
				t.Errorf("%s, %d hours: means (-from midnight +unknown morning):\n%s", start, hours, diff)
			}
			if diff := cmp.Diff(from.Spread[hours:], f.Spread); diff != "" {
				t.Errorf("%s, %d hours: spreads (-from midnight +unknown morning):\n%s", start, hours, diff)
			}
		}
	}
}

// TestMiddayOfTheFirstDay checks that a history which began this morning gives
// the rest of the day that the client has named.
func TestMiddayOfTheFirstDay(t *testing.T) {
	start := time.Date(2026, 5, 4, 8, 0, 0, 0, stockholm)
	h := forecast.History{Offered: forecast.Series{Start: start, Step: time.Hour, Values: []float64{50, 50, 50}}}
	o := forecast.Options{Intervals: 24, Open: officeHours, Expected: 450}
	f := forecastOf(t, forecast.DayLevel{}, h, o)
	wantSane(t, f, 24)
	if math.Abs(f.Mean[0]-50) > 1 || f.Mean[6] != 0 {
		t.Errorf("%v calls at 11 and %v at 17, want about 50 as in the morning, and none when closed", f.Mean[0], f.Mean[6])
	}
	if before := forecastOf(t, forecast.DayLevel{}, forecast.History{Offered: forecast.Series{Start: start, Step: time.Hour}}, o); !(f.Spread[0] < before.Spread[0]) {
		t.Errorf("spread %v after three hours, want less than %v before", f.Spread[0], before.Spread[0])
	}
}
