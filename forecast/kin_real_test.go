package forecast_test

import (
	"math"
	"os"
	"slices"
	"testing"
	"time"

	"bemanna/forecast"
)

// TestMeasureKin prints how much the groups of the insurer gain from each other
// when they have some days of history of their own. Run it with BEMANNA_MEASURE=1.
func TestMeasureKin(t *testing.T) {
	if os.Getenv("BEMANNA_MEASURE") == "" {
		t.Skip("prints scores: set BEMANNA_MEASURE=1 to measure")
	}
	var whole []forecast.Group
	for _, d := range datasets {
		if d.file == "insurance_30min.csv.gz" {
			whole = append(whole, d.load(t))
		}
	}
	ownDays := []int{21, 56, 400}
	missed := map[int][][2]float64{} // by days and group: alone, with the others
	for _, own := range ownDays {
		missed[own] = make([][2]float64, len(whole))
	}
	for _, origin := range everyDays("2011-01-01", 405, 16, 1010) {
		at := midnight(t, origin, whole[0].History.Offered.Start.Location())
		groups := slices.Clone(whole)
		for g := range groups {
			groups[g].History.Offered = between(whole[g].History.Offered, whole[g].History.Offered.Start, at)
		}
		kin, err := forecast.Relate(t.Context(), groups)
		if err != nil {
			t.Fatal(err)
		}
		for g := range groups {
			actual := between(whole[g].History.Offered, at, at.AddDate(0, 0, 28))
			for _, own := range ownDays {
				h := forecast.History{Offered: between(groups[g].History.Offered, at.AddDate(0, 0, -own), at)}
				o := forecast.Options{Intervals: len(actual.Values), Calendar: groups[g].Options.Calendar}
				missed[own][g][0] += missedBy(forecastOf(t, forecast.DayLevel{}, h, o), actual)
				o.Kin = kin[g]
				missed[own][g][1] += missedBy(forecastOf(t, forecast.DayLevel{}, h, o), actual)
			}
		}
	}
	for _, own := range ownDays {
		var logs float64
		for _, m := range missed[own] {
			logs += math.Log(m[1] / m[0])
		}
		t.Logf("%3d days of its own: error of 28 days × %.4f with the others", own, math.Exp(logs/float64(len(whole))))
	}
}

// between gives the intervals of s that start in [from, to).
func between(s forecast.Series, from, to time.Time) forecast.Series {
	i, j := int(from.Sub(s.Start)/s.Step), int(to.Sub(s.Start)/s.Step)
	return forecast.Series{Start: from, Step: s.Step, Values: s.Values[i:min(j, len(s.Values))]}
}

// missedBy gives the sum of the absolute errors of the means.
func missedBy(f forecast.Forecast, actual forecast.Series) float64 {
	var sum float64
	for i, v := range actual.Values {
		if !math.IsNaN(v) {
			sum += math.Abs(f.Mean[i] - v)
		}
	}
	return sum
}
