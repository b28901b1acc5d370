package forecast_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"

	"bemanna/forecast"
)

// twoDays is a forecast of 47 hours, the second day having 23 of them, with
// every third hour closed and rates that vary the more the later it is.
func twoDays(tb testing.TB) forecast.Forecast {
	tb.Helper()
	f := forecast.Forecast{
		Start: midnight(tb, "2026-03-28", stockholm), Step: time.Hour,
		DayShare: .6, Course: forecast.Course{Whole: .3, Wander: .6},
	}
	for i := range 47 {
		f.Mean = append(f.Mean, 100*float64(i%3))
		f.Spread = append(f.Spread, .2+.1*float64(i%24)/23)
	}
	return f
}

// columns gives the calls of many paths by interval.
func columns(f forecast.Forecast, n int, seed uint64) [][]float64 {
	v := make([][]float64, len(f.Mean))
	for _, path := range f.Paths(n, seed) {
		for i, calls := range path {
			v[i] = append(v[i], calls)
		}
	}
	return v
}

// TestPathsHaveTheQuantiles checks that the quantiles of an interval over many
// paths are those of the forecast: where the rate is certain, nearly normal, and
// far from it.
func TestPathsHaveTheQuantiles(t *testing.T) {
	const n = 2000
	for _, spread := range []float64{0, .3, .9} {
		f := twoDays(t)
		for i := range f.Spread {
			f.Spread[i] = spread
		}
		for i, v := range columns(f, n, 42) {
			slices.Sort(v)
			for _, p := range []float64{.05, .1, .5, .9, .95} {
				q := math.Round(f.Quantile(i, p))
				below, _ := slices.BinarySearch(v, q)
				above, _ := slices.BinarySearch(v, q+1)
				const slack = .045 // four standard errors of a share of 2000 draws at most
				if lo, hi := float64(below)/n, float64(above)/n; p < lo-slack || p > hi+slack {
					t.Errorf("spread %v, interval %d: quantile %v lies where the paths have %v to %v", spread, i, p, lo, hi)
				}
			}
		}
	}
}

// TestPathsRunTogether checks the correlation of two intervals of a day, which
// falls with the hours between them as the course says, and that of two days.
func TestPathsRunTogether(t *testing.T) {
	f := twoDays(t)
	for i := range f.Mean {
		f.Mean[i], f.Spread[i] = 1e4, .15 // calls by chance hardly count
	}
	f.DayShare = .4
	v := columns(f, 3000, 7)
	// By the reading of Course: of the variance, a part w wanders and w/2 is of
	// the whole day, such that two intervals have .4 in common in the mean.
	var wanders float64
	for i := range 24 {
		for j := range i {
			wanders += math.Exp(-float64(i-j)/5) / (24 * 23 / 2)
		}
	}
	w := .4 / (.5 + wanders)
	for _, hours := range []int{1, 5, 20} {
		want := w/2 + w*math.Exp(-float64(hours)/5)
		if got := stat.Correlation(v[2], v[2+hours], nil); math.Abs(got-want) > .04 {
			t.Errorf("correlation %.3f after %d hours, want %.3f", got, hours, want)
		}
	}
	if got := stat.Correlation(v[22], v[25], nil); math.Abs(got) > .06 {
		t.Errorf("correlation between days %.3f, want none", got)
	}
}

// TestPathsSumUp checks that the sums of paths over a day vary as DayShare or,
// where it is known, the day's Sigma says, whatever the course.
func TestPathsSumUp(t *testing.T) {
	for _, course := range []forecast.Course{{}, {Whole: .9}, {Wander: .9}, {Whole: .05, Wander: .05}} {
		for _, share := range []float64{0, .3, .6, 1} {
			f := forecast.Forecast{Start: time.Date(2026, 5, 4, 8, 0, 0, 0, time.UTC), Step: time.Hour, Course: course}
			var total, sum, squares float64
			for i := range 9 {
				f.Mean, f.Spread = append(f.Mean, 50+10*float64(i)), append(f.Spread, .19-.01*float64(i))
				s := f.Mean[i] * f.Spread[i]
				total, sum, squares = total+f.Mean[i], sum+s, squares+s*s
			}
			variance := squares + share*(sum*sum-squares)
			want := math.Sqrt(total + variance)
			f.DayShare = share
			byShare := sumSD(f)
			f.DayShare = .5
			f.Days = []forecast.Day{{Total: total, Sigma: math.Sqrt(variance) / total}}
			bySigma := sumSD(f)
			if math.Abs(byShare-want) > .08*want || math.Abs(bySigma-want) > .08*want { // over three standard errors
				t.Errorf("%+v, day share %v: standard deviation of the day %.1f by it and %.1f by sigma, want %.1f", course, share, byShare, bySigma, want)
			}
		}
	}
}

// sumSD gives the standard deviation of the sums of 1000 paths.
func sumSD(f forecast.Forecast) float64 {
	sums := make([]float64, 1000)
	for k, path := range f.Paths(len(sums), 3) {
		sums[k] = floats.Sum(path)
	}
	return stat.StdDev(sums, nil)
}

func TestPathsAreSeeded(t *testing.T) {
	f := twoDays(t)
	three := f.Paths(3, 42)
	if again := f.Paths(4, 42); !slices.Equal(again[2], three[2]) {
		t.Error("the same seed gives other paths")
	}
	if other := f.Paths(1, 43); slices.Equal(other[0], three[0]) {
		t.Error("another seed gives the same path")
	}
}
