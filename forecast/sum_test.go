package forecast_test

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"bemanna/forecast"
)

func parts(tb testing.TB) []forecast.Forecast {
	tb.Helper()
	start := midnight(tb, "2026-03-02", stockholm)
	of := func(mean, spread, share, aht float64) forecast.Forecast {
		return forecast.Forecast{
			Start: start, Step: 12 * time.Hour, Mean: []float64{mean, 0}, Spread: []float64{spread, 0},
			HandleTime: []float64{aht, 0}, DayShare: share,
			Days: []forecast.Day{{Date: start, Total: mean, Sigma: spread * math.Sqrt(share), Far: .15}},
		}
	}
	return []forecast.Forecast{of(30, .2, .25, 300), of(10, .4, 1, 0)}
}

// TestSum works out a sum by hand: standard deviations of 6, of which half is
// common to the day, and of 4, all of which is.
func TestSum(t *testing.T) {
	for _, correlation := range []float64{0, .5, 1} {
		got, err := forecast.Sum(parts(t), correlation)
		if err != nil {
			t.Fatal(err)
		}
		ofDay := 3*3 + 4*4 + 2*correlation*3*4
		want := forecast.Forecast{
			Start: got.Start, Step: 12 * time.Hour, Mean: []float64{40, 0},
			Spread: []float64{math.Sqrt(ofDay+27) / 40, 0}, HandleTime: []float64{300, 0},
			DayShare: ofDay / (ofDay + 27),
			Days:     []forecast.Day{{Date: got.Start, Total: 40, Sigma: math.Sqrt(ofDay) / 40}},
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateApprox(1e-12, 0)); diff != "" {
			t.Errorf("with correlation %v (-want +got):\n%s", correlation, diff)
		}
	}
}

func TestSumRefuses(t *testing.T) {
	for _, test := range []struct {
		want        string
		correlation float64
		change      func(f []forecast.Forecast) []forecast.Forecast
	}{
		{"sum of forecasts: none, want at least one", 0, func([]forecast.Forecast) []forecast.Forecast { return nil }},
		{"sum of forecasts: correlation 1.1, want 0 to 1", 1.1, func(f []forecast.Forecast) []forecast.Forecast { return f }},
		{
			"sum of forecasts: 2 intervals of 6h0m0s from 2026-03-02 00:00:00 +0100 CET, want 2 of 12h0m0s from 2026-03-02 00:00:00 +0100 CET", 0,
			func(f []forecast.Forecast) []forecast.Forecast { f[1].Step = 6 * time.Hour; return f },
		},
	} {
		if _, err := forecast.Sum(test.change(parts(t)), test.correlation); err == nil || err.Error() != test.want {
			t.Errorf("error %v, want %s", err, test.want)
		}
	}
}
