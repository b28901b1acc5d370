package forecast

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"
)

// Paths draws n joint sample paths of the number of calls in every interval,
// each a slice of whole numbers as long as Mean. The paths are independent of
// each other, and so are the days of a path. The quantiles of an interval over
// many paths are those that Quantile gives, and those of the sum of a day follow
// from Total and Sigma of Days. The same seed gives the same paths.
//
// The rate of an interval is Mean times a Gamma variable of standard deviation
// Spread. Those of a day hang together by the normal variables of which they are
// functions (a Gaussian copula): each is the sum of one of the whole day, one
// that wanders through it, and one of its own. How much the last two have is as
// Course says of the first two, and such that the sum of the day has its Sigma;
// DayShare says that where Days do not. The correlations of the rates are
// those of the normal variables to within a fiftieth for a Spread up to 0.3.
func (f Forecast) Paths(n int, seed uint64) [][]float64 {
	days := f.pathDays()
	paths := make([][]float64, n)
	for k := range paths {
		src := rand.NewPCG(seed, uint64(k))
		paths[k] = make([]float64, 0, len(f.Mean))
		for _, d := range days {
			paths[k] = d.draw(paths[k], f, src)
		}
	}
	return paths
}

// pathDay is a civil day, or what a forecast has of it, of which paths are drawn.
type pathDay struct {
	from, to           int     // intervals of the forecast
	whole, wander, own float64 // parts of the variance of the rates; their sum is 1
}

func (f Forecast) pathDays() []pathDay {
	var days []pathDay
	day := f.dayOf()
	for from := 0; from < len(day); {
		to := from + sameUntil(day[from:])
		one := Forecast{Step: f.Step, Mean: f.Mean[from:to], Spread: f.Spread[from:to], DayShare: f.DayShare}
		if d := day[from]; d < len(f.Days) && f.Days[d].Sigma > 0 {
			sd := f.Days[d].Sigma * f.Days[d].Total
			one.DayShare = one.shareOfVariance(sd * sd)
		}
		p := pathDay{from: from, to: to}
		p.whole, p.wander = f.Course.orUsual().parts(one.DayShare, one.wanderTogether())
		p.own = max(0, 1-p.whole-p.wander)
		days = append(days, p)
		from = to
	}
	return days
}

// sameUntil gives how many of the first values are the same.
func sameUntil(v []int) int {
	if i := slices.IndexFunc(v, func(x int) bool { return x != v[0] }); i >= 0 {
		return i
	}
	return len(v)
}

// parts gives the parts of the variance that the whole day and what wanders have,
// in the proportion of the course as far as that can be, where two intervals of
// a day have the given correlation in the mean and what wanders has another.
func (c Course) parts(correlation, wander float64) (whole, wandering float64) {
	if times := correlation / (c.Whole + c.Wander*wander); times*(c.Whole+c.Wander) <= 1 {
		return times * c.Whole, times * c.Wander
	}
	wandering = (1 - correlation) / (1 - wander)
	return 1 - wandering, wandering
}

// wanderTogether gives the mean correlation of what wanders between two
// intervals of a day, weighted as they count in the sum of the day; 0 when there
// are none.
func (f Forecast) wanderTogether() float64 {
	var apart, before float64
	for i, m := range f.Mean {
		s := m * f.Spread[i]
		apart += 2 * s * before
		before = (before + s) * fade(f.Step.Hours())
	}
	sum, squares := f.deviations()
	if pairs := sum*sum - squares; pairs > leastPairs*squares {
		return apart / pairs
	}
	return 0
}

// draw adds the calls of the day to a path.
func (d pathDay) draw(path []float64, f Forecast, src rand.Source) []float64 {
	normal := distuv.Normal{Sigma: 1, Src: src}.Rand
	step := fade(f.Step.Hours())
	whole, wander := math.Sqrt(d.whole)*normal(), normal()
	for i := d.from; i < d.to; i++ {
		z := whole + math.Sqrt(d.wander)*wander + math.Sqrt(d.own)*normal()
		wander = step*wander + math.Sqrt(1-step*step)*normal()
		path = append(path, count{f.Mean[i], f.Spread[i]}.draw(z, src))
	}
	return path
}

// draw gives a count whose rate stands where the normal variable z does.
func (c count) draw(z float64, src rand.Source) float64 {
	if !(c.mean > 0) {
		return 0
	}
	rate := c.mean * gammaFactor(c.spread, z)
	if rate == 0 {
		return 0
	}
	return distuv.Poisson{Lambda: rate, Src: src}.Rand()
}

// nearNormal is the shape of a Gamma variable from which the cube root of it is
// normal: its quantiles from .01 to .99 are then right to 1e-3, those from .001 to
// .999 to 3e-3 (Wilson and Hilferty, The distribution of chi-square, Proc. Natl.
// Acad. Sci. 17 (1931) 684–688).
const nearNormal = 25

// gammaFactor gives the quantile of a Gamma variable of mean 1 and standard
// deviation spread at the probability of a normal variable up to z.
func gammaFactor(spread, z float64) float64 {
	shape := 1 / (spread * spread)
	switch {
	case spread < leastSpread:
		return 1
	case shape >= nearNormal:
		root := max(0, 1-spread*spread/9+z*spread/3)
		return root * root * root
	}
	return mathext.GammaIncRegInv(shape, distuv.UnitNormal.CDF(z)) / shape
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
