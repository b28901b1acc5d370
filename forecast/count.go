package forecast

import (
	"math"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"
)

// Quantile gives the p-quantile of the number of calls in interval i, for p
// between 0 and 1. The count is Gamma–Poisson with Mean[i] and Spread[i]: its
// probability is spread evenly over a unit around each whole number, so that
// the quantile is a continuous function of p and of the mean. It lies within
// half a call of the whole-numbered quantile and is never below 0.
//
// Special cases are:
//
//	Quantile(i, p) = 0 where Mean[i] is 0
//	Quantile(i, p) = NaN for p outside [0, 1] or NaN
//	Quantile(i, 1) = +Inf
func (f Forecast) Quantile(i int, p float64) float64 {
	return count{f.Mean[i], f.Spread[i]}.quantile(p)
}

// count is the distribution of a number of calls: Poisson with a rate that is
// itself Gamma-distributed with the given mean and relative standard deviation.
type count struct{ mean, spread float64 }

// leastSpread is where a spread stops to matter: the distribution function of
// the mixture is then the Poisson's to the precision of its computation.
const leastSpread = 1e-4

// smallMean is the mean up to which probabilities are summed from zero on;
// above it the search starts near the quantile.
const smallMean = 20

func (c count) quantile(p float64) float64 {
	switch {
	case !(p >= 0 && p <= 1), math.IsNaN(c.spread):
		return math.NaN()
	case !(c.mean > 0):
		return 0
	case p == 1:
		return math.Inf(1)
	}
	if c.mean <= smallMean {
		return c.sumUpTo(p)
	}
	return max(0, c.search(p))
}

// sumUpTo adds probabilities from zero on.
func (c count) sumUpTo(p float64) float64 {
	var below float64
	prob := math.Exp(c.logProb(0))
	for k := 0.; ; k++ {
		if below+prob >= p || prob < 1e-300 && k > c.mean {
			return max(0, k-0.5+(p-below)/prob)
		}
		below += prob
		prob *= c.ratio(k)
	}
}

// search finds the quantile by Newton's method on the distribution function,
// which is continuous in x as an incomplete beta or gamma function and equals
// the sum of the probabilities at whole numbers.
func (c count) search(p float64) float64 {
	z := distuv.UnitNormal.Quantile(p)
	variance := c.mean + c.spread*c.spread*c.mean*c.mean
	skew := (1 + 2*c.spread*c.spread*c.mean) / math.Sqrt(variance)
	x := c.mean + math.Sqrt(variance)*(z+(z*z-1)*skew/6) // Cornish–Fisher
	if !(x > 0) {
		x = 0
	}
	lo, hi := -1., math.Inf(1)
	for range 60 {
		cdf := c.below(x + 0.5)
		if cdf < p {
			lo = x
		} else {
			hi = x
		}
		next := x - (cdf-p)/math.Exp(c.logProb(x))
		switch {
		case next > lo && next < hi:
		case math.IsInf(hi, 1):
			next = 2*x + 1
		default:
			next = (lo + hi) / 2
		}
		if math.Abs(next-x) < 1e-3 {
			return next
		}
		x = next
	}
	return x
}

// below gives P(X < x) for whole x, and a smooth curve through these values
// between them; 0 for x ≤ 0.
func (c count) below(x float64) float64 {
	switch {
	case !(x > 0):
		return 0
	case c.spread < leastSpread:
		return mathext.GammaIncRegComp(x, c.mean)
	}
	r := 1 / (c.spread * c.spread)
	return mathext.RegIncBeta(r, x, r/(r+c.mean))
}

// logProb gives log P(X = k), a smooth curve between whole k.
func (c count) logProb(k float64) float64 {
	lg, _ := math.Lgamma(k + 1)
	if c.spread < leastSpread {
		return k*math.Log(c.mean) - c.mean - lg
	}
	r := 1 / (c.spread * c.spread)
	a, _ := math.Lgamma(k + r)
	b, _ := math.Lgamma(r)
	return a - b - lg - r*math.Log1p(c.mean/r) - k*math.Log1p(r/c.mean)
}

// ratio gives P(X = k+1) / P(X = k).
func (c count) ratio(k float64) float64 {
	if c.spread < leastSpread {
		return c.mean / (k + 1)
	}
	r := 1 / (c.spread * c.spread)
	return (k + r) / (k + 1) * c.mean / (r + c.mean)
}
