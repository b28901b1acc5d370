package forecast

import "math"

// Quantile gives the p-quantile of the calls of the whole day, for p between 0
// and 1. The total is Gamma–Poisson as the count of an interval is, with a spread
// that is wide with the chance Far and narrow otherwise. The quantile is a
// continuous function of p and of Total, as Forecast.Quantile is.
//
// Special cases are:
//
//	Quantile(p) = 0 where Total is 0
//	Quantile(p) = NaN for p outside [0, 1] or NaN
//	Quantile(1) = +Inf
func (d Day) Quantile(p float64) float64 {
	near, far := d.counts()
	low, high := near.quantile(p), far.quantile(p)
	if d.Far == 0 || math.IsNaN(low) || math.IsInf(low, 1) {
		return low
	}
	if low > high {
		low, high = high, low
	}
	for high-low > tolerableError*max(1, low/1e3) {
		if x := (low + high) / 2; d.below(x) < p {
			low = x
		} else {
			high = x
		}
	}
	return (low + high) / 2
}

// Days that are far off have farSpread times Day.Sigma. The others have less than
// that, so that the 80 % intervals hardly change: 0.8 times where Day.Far is
// usualFar. These numbers are round ones near the greatest likelihood of 2 832 day
// totals of 13 public series.
const (
	usualFar  = 0.15
	farSpread = 3.0
	narrowing = 4. / 3
)

// counts gives the two distributions that the day's calls are mixed from.
func (d Day) counts() (near, far count) {
	return count{d.Total, (1 - narrowing*d.Far) * d.Sigma}, count{d.Total, farSpread * d.Sigma}
}

// below gives P(calls ≤ x), a smooth curve between whole x.
func (d Day) below(x float64) float64 {
	near, far := d.counts()
	return (1-d.Far)*near.tail(x+.5, false) + d.Far*far.tail(x+.5, false)
}
