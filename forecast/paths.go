package forecast

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/stat/distuv"
)

// Paths draws n joint sample paths of the number of calls in every interval,
// each a slice of whole numbers as long as Mean. The paths are independent of
// each other; within a path the intervals of a civil day share a common factor,
// and days are independent. The quantiles of an interval over many paths are
// those that Quantile gives. The same seed gives the same paths.
//
// The rate of interval i is Mean[i] times a Gamma variable of shape
// r_i = 1/Spread[i]². It is made of the day's Gamma variable, of shape r ≥ r_i,
// and an independent Beta(r_i, r−r_i): their product is Gamma of shape r_i
// (Lukacs, A characterization of the gamma distribution, Ann. Math. Statist. 26
// (1955) 319–324), so that the margins are exact for any DayShare.
func (f Forecast) Paths(n int, seed uint64) [][]float64 {
	day := f.dayOf()
	common := f.dayShapes(day)
	paths := make([][]float64, n)
	for k := range paths {
		src := rand.NewPCG(seed, uint64(k))
		paths[k] = f.path(src, day, common)
	}
	return paths
}

func (f Forecast) path(src rand.Source, day []int, common []float64) []float64 {
	factor := make([]float64, len(common)) // Gamma of the day, as drawn
	for d, r := range common {
		if !math.IsInf(r, 1) {
			factor[d] = distuv.Gamma{Alpha: r, Beta: 1, Src: src}.Rand()
		}
	}
	calls := make([]float64, len(f.Mean))
	for i, m := range f.Mean {
		if !(m > 0) {
			continue
		}
		rate := m * f.rateFactor(src, f.Spread[i], common[day[i]], factor[day[i]])
		if rate > 0 {
			calls[i] = distuv.Poisson{Lambda: rate, Src: src}.Rand()
		}
	}
	return calls
}

// rateFactor draws the factor of an interval's rate, of mean 1, given the Gamma
// variable of its day of shape r.
func (f Forecast) rateFactor(src rand.Source, spread, r, day float64) float64 {
	if spread < leastSpread {
		return 1
	}
	own := 1 / (spread * spread)
	switch {
	case math.IsInf(r, 1):
		return distuv.Gamma{Alpha: own, Beta: own, Src: src}.Rand()
	case r-own > 1e-9*r:
		return day / own * distuv.Beta{Alpha: own, Beta: r - own, Src: src}.Rand()
	}
	return day / r
}

// dayShapes gives the shape of the Gamma variable of each day: 1 over the
// variance that is common to its intervals, which is DayShare of that of its
// least spread interval. +Inf: nothing in common.
func (f Forecast) dayShapes(day []int) []float64 {
	var least []float64
	for i, s := range f.Spread {
		for day[i] >= len(least) {
			least = append(least, math.Inf(1))
		}
		if f.Mean[i] > 0 && s >= leastSpread {
			least[day[i]] = min(least[day[i]], s)
		}
	}
	shapes := least
	for d, s := range least {
		shapes[d] = math.Inf(1)
		if variance := f.DayShare * s * s; variance > 0 && !math.IsInf(s, 1) {
			shapes[d] = 1 / variance
		}
	}
	return shapes
}

// dayOf gives for each interval the number of its civil day, counted from the
// first.
func (f Forecast) dayOf() []int {
	stretch := Series{Start: f.Start, Step: f.Step}
	clock := newWall(stretch)
	first, _ := clock.at(f.Start)
	day := make([]int, len(f.Mean))
	for i := range day {
		date, _ := clock.at(stretch.Time(i))
		day[i] = int(date - first)
	}
	return day
}
