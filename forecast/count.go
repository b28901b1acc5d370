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
	case p == 0, !(c.mean > 0):
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

// search finds the quantile by Newton's method on the logarithm of the
// probability of the smaller tail, within brackets. The probability is a
// continuous function of x, as an incomplete beta or gamma function, that
// equals the sum of the probabilities where x is half a call off a whole
// number.
func (c count) search(p float64) float64 {
	x := c.guess(p)
	lo, hi := -1., math.Inf(1)
	target, slope := p, 1.
	if p > .5 {
		target, slope = 1-p, -1
	}
	for range 100 {
		tail := c.tail(x+0.5, p > .5)
		if slope*(tail-target) < 0 {
			lo = x
		} else {
			hi = x
		}
		next := x - slope*math.Log(tail/target)*tail/math.Exp(c.logProb(x))
		switch {
		case next > lo && next < hi:
		case math.IsInf(hi, 1):
			next = 2*x + 1
		default:
			next = (lo + hi) / 2
		}
		if math.Abs(next-x) < tolerableError {
			return next
		}
		x = next
	}
	return x
}

// tolerableError is the error of a quantile in calls.
const tolerableError = 1e-3

// guess gives the quantile by the first two terms of the Cornish–Fisher
// expansion.
func (c count) guess(p float64) float64 {
	z := distuv.UnitNormal.Quantile(p)
	excess := c.spread * c.spread * c.mean
	sd := math.Sqrt(c.mean * (1 + excess))
	skew := (1 + 2*excess) / sd
	return max(0, c.mean+sd*(z+(z*z-1)*skew/6))
}

// tail gives P(X < x), or P(X ≥ x) for the upper tail, for whole x, and smooth
// curves through these values between them.
func (c count) tail(x float64, upper bool) float64 {
	if !(x > 0) {
		return indicator(upper)
	}
	r := 1 / (c.spread * c.spread)
	switch poisson := c.spread < leastSpread; {
	case poisson && upper:
		return mathext.GammaIncReg(x, c.mean)
	case poisson:
		return mathext.GammaIncRegComp(x, c.mean)
	case upper:
		return mathext.RegIncBeta(x, r, c.mean/(r+c.mean))
	}
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
