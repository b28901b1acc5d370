package forecast_test

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bemanna/forecast"
)

// TestLearnt checks that what was learnt survives JSON and gives the same
// forecast, bit for bit, as it gave where it was found.
func TestLearnt(t *testing.T) {
	h, o := typicalCentre.history(t), typicalCentre.options(14)
	cold := forecastOf(t, forecast.DayLevel{}, h, o)
	raw, err := json.Marshal(cold.Learnt)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &o.Learnt); err != nil {
		t.Fatal(err)
	}
	warm := forecastOf(t, forecast.DayLevel{}, h, o)
	if diff := cmp.Diff(cold, warm); diff != "" {
		t.Errorf("(-found +given back):\n%s", diff)
	}
}

// TestLearntGrowsOld checks what is found anew after some days.
func TestLearntGrowsOld(t *testing.T) {
	h, o := typicalCentre.history(t), typicalCentre.options(14)
	end := h.Offered.End()
	for _, test := range []struct {
		days          int // since it was learnt
		level, spread bool
	}{{0, true, true}, {7, true, true}, {8, true, false}, {28, true, false}, {29, false, false}, {-1, false, false}} {
		old := end.Add(-time.Duration(test.days) * 24 * time.Hour)
		o.Learnt = &forecast.Learnt{
			Level:  forecast.LearntLevel{Until: old, Calendar: 1, Slow: .1, Fast: .05, FastSpan: 3, Noise: .02},
			Spread: forecast.LearntSpread{Until: old, Within: .01, DayShare: .5, Factor: [3]float64{1, 2, 3}},
		}
		got := forecastOf(t, forecast.DayLevel{}, h, o).Learnt
		if kept := got.Level == o.Learnt.Level; kept != test.level || !kept && !got.Level.Until.Equal(end) {
			t.Errorf("%d days: level %+v, want it kept: %v", test.days, got.Level, test.level)
		}
		if kept := got.Spread == o.Learnt.Spread; kept != test.spread || !kept && !got.Spread.Until.Equal(end) {
			t.Errorf("%d days: spread %+v, want it kept: %v", test.days, got.Spread, test.spread)
		}
	}
}

func TestLearntNonsense(t *testing.T) {
	o := typicalCentre.options(1)
	o.Learnt = &forecast.Learnt{Level: forecast.LearntLevel{FastSpan: 2, Noise: math.NaN()}}
	_, err := forecast.DayLevel{}.Forecast(t.Context(), typicalCentre.history(t), o)
	if want := "learnt: level noise NaN, want 0 to 1.7976931348623157e+308"; err == nil || err.Error() != want {
		t.Errorf("error %v, want %q", err, want)
	}
}

// remembering is a DayLevel that has learnt some days before each forecast.
type remembering struct{ days int }

func (remembering) Name() string { return "day level that remembers" }

func (r remembering) Forecast(ctx context.Context, h forecast.History, o forecast.Options) (forecast.Forecast, error) {
	earlier, at := h, o
	n := len(h.Offered.Values) - r.days*int(24*time.Hour/h.Offered.Step)
	earlier.Offered.Values, at.Intervals = h.Offered.Values[:n], 1
	f, err := forecast.DayLevel{}.Forecast(ctx, earlier, at)
	if err != nil {
		return forecast.Forecast{}, err
	}
	o.Learnt = f.Learnt
	return forecast.DayLevel{}.Forecast(ctx, h, o)
}

// TestMeasureLearnt prints how the scores change with what was learnt one and
// four weeks before. Run it with BEMANNA_MEASURE=1.
func TestMeasureLearnt(t *testing.T) {
	if os.Getenv("BEMANNA_MEASURE") == "" {
		t.Skip("prints scores: set BEMANNA_MEASURE=1 to measure")
	}
	for _, days := range []int{7, 28} {
		var cells, wape, pinball float64
		for _, d := range datasets {
			scores := d.backtest(t, forecast.DayLevel{}, remembering{days}).Scores
			n := len(scores) / 2
			for k := range n {
				cells++
				wape += math.Log(scores[n+k].WAPE / scores[k].WAPE)
				pinball += math.Log(scores[n+k].Pinball / scores[k].Pinball)
			}
		}
		t.Logf("learnt %d days before: WAPE × %.4f, pinball × %.4f of those found anew", days, math.Exp(wape/cells), math.Exp(pinball/cells))
	}
}
