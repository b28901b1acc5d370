package forecast_test

import (
	"cmp"
	"fmt"
	"math"
	"os"
	"slices"
	"testing"
	"time"

	"bemanna/forecast"
)

// TestAblation prints what each part of the model brings: WAPE and pinball loss
// without it relative to those of the whole, as the geometric mean over horizons
// and series, and the greatest and least for one series. Run it with
// BEMANNA_MEASURE=1.
func TestAblation(t *testing.T) {
	if os.Getenv("BEMANNA_MEASURE") == "" {
		t.Skip("prints scores: set BEMANNA_MEASURE=1 to measure")
	}
	models := []forecast.Model{forecast.DayLevel{}}
	for _, p := range forecast.Parts {
		models = append(models, forecast.Without(p))
	}
	wape, pinball := map[string]*ratios{}, map[string]*ratios{}
	for _, m := range models[1:] {
		wape[m.Name()], pinball[m.Name()] = &ratios{}, &ratios{}
	}
	for _, d := range datasets {
		if d.step < 30*time.Minute { // the same calls as the coarser series
			continue
		}
		scores := d.backtest(t, models...).Scores
		whole := scores[:len(d.horizons)]
		for i, s := range scores[len(whole):] {
			all := whole[i%len(whole)]
			wape[s.Model].add(d.series, s.WAPE/all.WAPE)
			pinball[s.Model].add(d.series, s.Pinball/all.Pinball)
		}
	}
	for _, m := range models[1:] {
		t.Logf("%-32s WAPE %v, pinball %v", m.Name(), wape[m.Name()], pinball[m.Name()])
	}
}

// TestPartsAreLeftOut checks that to leave out a part makes another forecast, of a
// history that has something for each. No baseline is mixed in here.
func TestPartsAreLeftOut(t *testing.T) {
	c, _ := jumped(400, 7, 90)
	c.start, c.days, c.calls = "2025-01-06", 620, 60
	h, o := c.history(t), c.options(14)
	o.Calendar = redDays2026
	set(h, 530, 531, 500)
	whole := forecastOf(t, forecast.DayLevel{}, h, o)
	for _, p := range forecast.Parts {
		f := forecastOf(t, forecast.Without(p), h, o)
		if same := slices.Equal(f.Mean, whole.Mean); same != (p.Name == "mixing in of a baseline") {
			t.Errorf("without %s: the same forecast: %v", p.Name, same)
		}
	}
}

// ratios are the logarithms of how much greater a loss is, by series.
type ratios struct {
	series []string
	logs   []float64
}

// add adds a ratio of a series; those of one series come after each other.
func (r *ratios) add(series string, ratio float64) {
	r.series = append(r.series, series)
	r.logs = append(r.logs, math.Log(ratio))
}

// String gives the geometric mean, then the series of the least and of the
// greatest mean.
func (r *ratios) String() string {
	sum, n := map[string]float64{}, map[string]float64{}
	var all float64
	for k, s := range r.series {
		sum[s] += r.logs[k]
		n[s]++
		all += r.logs[k]
	}
	series := slices.Compact(slices.Clone(r.series))
	slices.SortStableFunc(series, func(a, b string) int { return cmp.Compare(sum[a]/n[a], sum[b]/n[b]) })
	one := func(s string) string { return fmt.Sprintf("%s × %.3f", s, math.Exp(sum[s]/n[s])) }
	return fmt.Sprintf("× %.4f (%s … %s)", math.Exp(all/float64(len(r.logs))), one(series[0]), one(series[len(series)-1]))
}
