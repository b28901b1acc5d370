package erlang

import "math"

// An offeredWalk follows V, the wait that is offered to a caller who would
// wait for ever, from 0 upwards. Beside its mass at 0 it has a density in
// proportion to
//
//	w(x) = e^(g(x)),  g(x) = λH(x) − nµx,  H(x) = ∫₀ˣ P(R > u) du,
//
// (Baccelli and Hebuterne 1981; Zeltyn and Mandelbaum, Queueing Systems 51,
// 2005, pp. 361–402). The walk adds up ∫w and the integrals of w with what a
// caller meets at V = x.
//
// Where P(R > x) is flat the integrals are those of an exponential function.
// Elsewhere the walk goes in panels of the logarithm of x, in which the usual
// distributions are smooth even where x^0.6 is not, with as long a step as
// [panelNodes] Gauss–Legendre nodes resolve. Everything is scaled by e^−level,
// the largest w so far, so that nothing overflows and a peak keeps its digits.
type offeredWalk struct {
	calls, service float64 // λ and nµ
	patience       Patience

	x       float64 // s: the walk has come to here
	level   float64
	height  float64 // g(x) − level
	willing float64 // H(x): the mean of min(R, x)
	waiting float64 // P(R > x)
	lost    float64 // P(R ≤ x)

	low   float64     // s: what lies below it is beyond the digits of the sums
	soon  float64     // s: half of 1/(nµ)
	ahead offeredSums // not scaled: what comes between there and 1/(nµ), at least

	early, late offeredSums // up to the threshold, and beyond it
}

// offeredSums are integrals of w(x), times e^−level.
type offeredSums struct {
	all      float64 // ∫w
	lost     float64 // ∫P(R ≤ x)·w
	answered float64 // ∫P(R > x)·w
	waited   float64 // ∫H·w
	heard    float64 // ∫x·P(R > x)·w
}

const (
	// resolution is how much of its size a panel may leave open at the highest
	// degrees. Gauss sums are exact to twice the degree, so that their error is
	// about the square of it.
	resolution = 1e-7
	// firstStep and longestStep are steps in the logarithm of time.
	firstStep, longestStep = 4, 16
	// shortestStep is taken whether resolved or not: the jump of a patience
	// that does not say where its jumps are.
	shortestStep = 1e-13
	// beyondDigits is a share that no sum can feel.
	beyondDigits = 1e-17
	// traces is a share of the callers who wait that need not be resolved:
	// smaller ones have fewer digits.
	traces = 1e-9
)

// toEnd walks until nothing is left that a sum could feel.
func (w *offeredWalk) toEnd(threshold float64) {
	w.low = w.negligibleBelow()
	w.soon, w.ahead = w.surelyAhead()
	start := beyondDigits / w.service // panels cannot begin at 0
	step := float64(firstStep)
	for !w.done(threshold) {
		sums, next := &w.late, piece(w.patience, w.x)
		until := next.until
		if w.x < threshold {
			sums, until = &w.early, min(until, threshold)
		}
		if w.x < w.soon {
			until = min(until, w.soon)
		}
		switch {
		case next.flat:
			w.flat(sums, until)
		case w.x < start:
			w.flat(sums, min(until, start))
		default:
			excess := w.panel(sums, min(until, w.x*math.Exp(step)), step > shortestStep)
			step = nextStep(step, excess)
		}
	}
}

// nextStep is the step for the next panel, or for another try at this one,
// from how much more than allowed the last one left open. That grows nearly as
// the step to the power of [panelNodes].
func nextStep(step, excess float64) float64 {
	factor := 0.9 * math.Pow(excess, -1.0/panelNodes)
	return min(max(step*min(max(factor, 0.2), 2), shortestStep), longestStep)
}

// negligibleBelow is a time below which w is under e^−45 of its peak. Up to
// the quantile of p the density rises at the rate λ(1 − p) − nµ at least.
func (w *offeredWalk) negligibleBelow() (low float64) {
	busy := w.service / w.calls // P(R > x) at the peak
	for rise, i := (1-busy)/2, 0; rise > 0 && i < 8; rise, i = rise/2, i+1 {
		low = max(low, w.patience.Quantile(1-busy-rise)-45/(w.calls*rise))
	}
	return low
}

// surelyAhead is the half of 1/(nµ), and the least that the sums get between
// there and 1/(nµ): as far as that, w is e⁻¹ at least.
func (w *offeredWalk) surelyAhead() (soon float64, least offeredSums) {
	soon = 0.5 / w.service
	_, lost := split(w.patience, soon)
	waiting, _ := split(w.patience, 2*soon)
	return soon, offeredSums{all: 1, lost: lost, answered: waiting}.times(soon / math.E)
}

// slope is g′ = λP(R > x) − nµ, without cancellation near the critical load.
func (w *offeredWalk) slope(waiting, lost float64) float64 {
	if lost < 0.5 {
		return w.calls - w.service - w.calls*lost
	}
	return w.calls*waiting - w.service
}

// done looks at the patience here and reports whether the rest of the way is
// beyond the digits of every sum.
func (w *offeredWalk) done(threshold float64) bool {
	const farthest = 1e300 // s
	if w.x > farthest {
		return true
	}
	w.waiting, w.lost = split(w.patience, w.x)
	decay := -w.slope(w.waiting, w.lost)
	if !(decay > 0) {
		return false
	}
	const invisible = -650 // below it doubles lose digits
	if w.height < invisible {
		return true
	}
	rest := math.Exp(w.height) / decay
	if w.x < threshold || w.x == 0 {
		return false
	}
	sums := w.early.plus(w.late)
	answered := rest * w.waiting
	return rest <= beyondDigits*sums.all &&
		rest <= beyondDigits*max(sums.lost, traces*sums.all) &&
		rest*(w.willing+w.waiting/decay) <= beyondDigits*sums.waited &&
		answered*(w.x+1/decay) <= beyondDigits*sums.heard &&
		answered <= beyondDigits*w.late.answered
}

// raise lifts the level so that a height becomes 0 at most.
func (w *offeredWalk) raise(height float64) {
	if height > 0 {
		factor := math.Exp(-height)
		w.early, w.late = w.early.times(factor), w.late.times(factor)
		w.level += height
		w.height -= height
	}
}

// flat goes to a later time, which may be +Inf, up to which nobody hangs up.
func (w *offeredWalk) flat(sums *offeredSums, until float64) {
	slope, width := w.slope(w.waiting, w.lost), until-w.x
	rise := slope * width
	w.raise(w.height + max(0, rise))
	area, moment := risingArea(slope, width)
	top := math.Exp(w.height + max(0, rise))
	area, moment = area*top, moment*top
	*sums = sums.plus(offeredSums{
		all: area, lost: w.lost * area, answered: w.waiting * area,
		waited: w.willing*area + w.waiting*moment,
		heard:  w.waiting * (w.x*area + moment),
	})
	w.x, w.height = until, w.height+rise
	if w.waiting > 0 {
		w.willing += w.waiting * width
	}
}

// risingArea is ∫e^(ku)du and ∫u·e^(ku)du from 0 to a width, over the largest
// value of e^(ku) there. The width may be +Inf for k below 0.
func risingArea(k, width float64) (area, moment float64) {
	const vast = 700 // e^(−700) is nothing, and the width may overflow when squared
	z := -math.Abs(k * width)
	share, first := 1.0, 0.5 // ∫e^(zu)du and ∫u·e^(zu)du from 0 to 1
	switch {
	case z < -vast:
		area = 1 / math.Abs(k)
		moment = area * area
	case z < -0.5:
		share = math.Expm1(z) / z
		first = (1 - math.Exp(z)*(1-z)) / (z * z)
		area, moment = width*share, width*width*first
	default:
		term := 1.0
		for j := 1.0; math.Abs(term) > 1e-17; j++ {
			term *= z / j
			share += term / (j + 1)
			first += term / (j + 2)
		}
		area, moment = width*share, width*width*first
	}
	if k > 0 { // seen from the other end
		moment = width*area - moment
	}
	return area, moment
}

func (s offeredSums) plus(t offeredSums) offeredSums {
	return offeredSums{
		s.all + t.all, s.lost + t.lost, s.answered + t.answered, s.waited + t.waited, s.heard + t.heard,
	}
}

func (s offeredSums) times(factor float64) offeredSums {
	return offeredSums{s.all * factor, s.lost * factor, s.answered * factor, s.waited * factor, s.heard * factor}
}
