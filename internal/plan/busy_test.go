package plan_test

import (
	"testing"
	"time"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/plan"
)

// TestBusy: the steps are those of calls per open time on ordinary days. Christmas
// and an afternoon that is half open do not count as quiet.
func TestBusy(t *testing.T) {
	hours := civil.Hours{{Days: 0b0111110, Span: civil.Span{Open: 8 * 60, Close: 15*60 + 30}}}
	c := &centre.Centre{Location: time.UTC, Calendar: civil.Sweden(), Interval: 15 * time.Minute}
	first := civil.NewDate(2026, time.December, 14)
	f := plan.GroupForecast{
		Group:    centre.Group{ID: "g", Name: "G", Channel: centre.Phone, Hours: hours},
		Forecast: forecast.Forecast{Start: first.Start(time.UTC), Step: c.Interval},
	}
	for i := range 28 * 96 {
		at := f.Forecast.Start.Add(time.Duration(i) * c.Interval)
		calls := 10.0
		switch at.Hour() {
		case 8:
			calls = 20
		case 12:
			calls = 2
		}
		if at.Day() == 25 {
			calls = 0
		}
		f.Forecast.Mean = append(f.Forecast.Mean, calls)
	}
	got := plan.Busy(c, f)
	if got.From != first || got.Until != first+28 {
		t.Errorf("days %v to %v, want %v to %v", got.From, got.Until, first, first+28)
	}
	for w := range 7 {
		for h := range 24 {
			want := plan.BusyNormal
			switch {
			case w > 4 || h < 8 || h > 15:
				want = plan.Closed
			case h == 8:
				want = plan.BusyBusy
			case h == 12:
				want = plan.BusyQuiet
			}
			if got.Hours[w][h] != want {
				t.Errorf("day %d, %02d: %q, want %q", w, h, got.Hours[w][h], want)
			}
		}
	}
}
