package forecast_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"

	"bemanna/forecast"
)

func single(mean, spread float64) forecast.Forecast {
	return forecast.Forecast{Mean: []float64{mean}, Spread: []float64{spread}}
}

func TestQuantileSpecialCases(t *testing.T) {
	for _, test := range []struct{ mean, spread, p, want float64 }{
		{0, 0, .9, 0},
		{0, 1, .9, 0},
		{3, .2, 1, math.Inf(1)},
		{3, .2, 0, 0},
		{3, .2, -.1, math.NaN()},
		{3, .2, 1.1, math.NaN()},
		{3, .2, math.NaN(), math.NaN()},
		{3, math.NaN(), .5, math.NaN()},
	} {
		got := single(test.mean, test.spread).Quantile(0, test.p)
		if got != test.want && !(math.IsNaN(got) && math.IsNaN(test.want)) {
			t.Errorf("quantile %v of mean %v and spread %v: %v, want %v", test.p, test.mean, test.spread, got, test.want)
		}
	}
}

// TestQuantileOfPoisson compares with sums of Poisson probabilities: the
// quantile rounds to the whole number at which they pass p.
func TestQuantileOfPoisson(t *testing.T) {
	for _, mean := range []float64{.1, .7, 3, 19.9, 20.1, 75, 400, 3000} {
		for _, p := range []float64{.001, .025, .1, .3, .5, .8, .9, .975, .999} {
			var sum float64
			k := -1.
			for sum < p {
				k++
				sum += distuv.Poisson{Lambda: mean}.Prob(k)
			}
			if got := single(mean, 0).Quantile(0, p); got < k-.51 || got > k+.51 {
				t.Errorf("quantile %v of Poisson(%v): %v, want within half of %v", p, mean, got, k)
			}
		}
	}
}

// TestQuantileOfMixture compares with draws of a Gamma rate and a Poisson count
// of that rate.
func TestQuantileOfMixture(t *testing.T) {
	const n = 20000
	for _, c := range []struct{ mean, spread float64 }{{.5, .8}, {6, .3}, {60, .1}, {60, 1}, {900, .06}} {
		draws := make([]float64, n)
		f := single(c.mean, c.spread)
		f.Start, f.Step = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC), time.Hour
		for i, path := range f.Paths(n, 1) {
			draws[i] = path[0]
		}
		slices.Sort(draws)
		for _, p := range []float64{.05, .1, .5, .9, .95} {
			below, _ := slices.BinarySearch(draws, math.Round(f.Quantile(0, p)))
			above, _ := slices.BinarySearch(draws, math.Round(f.Quantile(0, p))+1)
			const slack = .01 // four standard errors of a share of 20,000 draws at most
			if lo, hi := float64(below)/n, float64(above)/n; p < lo-slack || p > hi+slack {
				t.Errorf("mean %v, spread %v: quantile %v lies where the draws have %v to %v", c.mean, c.spread, p, lo, hi)
			}
		}
	}
}

func TestQuantilesInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mean := math.Exp(rapid.Float64Range(-7, 12).Draw(t, "log mean"))
		f := single(mean, rapid.Float64Range(0, 2).Draw(t, "spread"))
		p, q := rapid.Float64Range(0, .9999).Draw(t, "p"), rapid.Float64Range(0, .9999).Draw(t, "q")
		a, b := f.Quantile(0, min(p, q)), f.Quantile(0, max(p, q))
		if !(a >= 0 && a <= b+2e-3) || math.IsInf(b, 0) {
			t.Fatalf("quantiles %v and %v are %v and %v", min(p, q), max(p, q), a, b)
		}
	})
}
