package erlang

import "math"

// Patience is the distribution of R, the time that callers are willing to wait
// before they hang up. It says nothing of callers who are answered at once.
//
// These are in the package. Take [Empirical] where there are records, and
// [Exponential] where only a mean is known.
//
//	type               callers                                               parameters
//	Exponential        hang up at a constant rate, however long they waited  mean
//	Weibull            hang up ever less (shape below 1) or ever more        shape, mean
//	Gamma              the same, with a rate that settles; Erlang-k          shape, mean
//	LogNormal          hardly hang up at first, then do, then do less        mean, cv
//	HyperExponential   are of two exponential kinds, hasty and calm          mean, cv
//	Deterministic      all hang up after the same time                       seconds
//	*Mixture           are of several kinds                                  shares and patiences
//	Balking            hang up at once, some of them; or as another patience share, patience
//	*Empirical         do what those in the records did                      steps
//
// Fields out of range are an [*InputError] that names the field, from every
// function that takes the Queue. With a bad field the methods of a
// distribution mean nothing.
//
// The shape matters as much as the mean. With 100 agents, 98 erlangs of 240 s
// and a mean patience of 300 s, the share answered within 20 s is 80.1 % with
// Exponential, 36.7 % with Deterministic, 56.7 % with Weibull of shape 2 and
// 92.3 % with Weibull of shape 0.6. What counts is how many hang up early:
// most waits are far shorter than most patience.
//
// A Patience of your own should be smooth where it is above 0 s: jumps of
// Survival cost time and digits unless they come from a Deterministic, an
// Empirical or a Balking, alone or in a Mixture.
type Patience interface {
	// Survival is P(R > t): the share of callers who would still wait after t
	// seconds if nobody were answered. It falls from at most 1 at 0; less than 1
	// at 0 is balking, those who hang up as soon as they must wait.
	Survival(seconds float64) float64
	// Quantile is the least time in seconds by which a share p of the callers
	// has hung up, for p from 0 to 1: the inverse of 1 − Survival, by which R is
	// drawn from a uniform p. It is +Inf where so many never hang up.
	Quantile(p float64) float64
}

// What the package knows of its own distributions beyond Patience.
type (
	// checker has parameters that can be out of range.
	checker interface{ check() error }
	// splitter gives 1 − Survival as well, without cancellation.
	splitter interface {
		split(seconds float64) (waiting, lost float64)
	}
	// stepper has jumps, or is flat for a while.
	stepper interface{ piece(seconds float64) stretch }
	// averager knows its mean.
	averager interface{ average() float64 }
)

// A stretch of Survival from some time on has no jump.
type stretch struct {
	until float64 // s: the next jump, or where it is no longer flat; +Inf if never
	flat  bool
}

// checkPatience refuses parameters out of range, and what cannot be a patience.
func checkPatience(p Patience) error {
	if p == nil {
		return nil
	}
	if c, ok := p.(checker); ok {
		return c.check()
	}
	if s := p.Survival(0); !(s >= 0 && s <= 1) {
		return &InputError{"Patience.Survival(0)", s, "a share from 0 to 1"}
	}
	return nil
}

// split is the share of callers who would still wait after some seconds, and
// the share who have hung up.
func split(p Patience, seconds float64) (waiting, lost float64) {
	if s, ok := p.(splitter); ok {
		return s.split(seconds)
	}
	waiting = p.Survival(seconds)
	return waiting, 1 - waiting
}

// piece is the stretch of Survival that begins at a time.
func piece(p Patience, seconds float64) stretch {
	if s, ok := p.(stepper); ok {
		return s.piece(seconds)
	}
	return stretch{until: math.Inf(1)}
}

// firstLost is the least time between lo and hi by which a share p of the
// callers has hung up. It halves the range until its ends are neighbours among
// the doubles: by the ratio while they are far apart.
func firstLost(patience Patience, p, lo, hi float64) float64 {
	lost := func(seconds float64) bool {
		_, l := split(patience, seconds)
		return l >= p
	}
	switch {
	case math.IsInf(lo, 1) || math.IsInf(hi, 1) && !lost(math.MaxFloat64):
		return math.Inf(1)
	case lost(lo):
		return lo
	}
	hi = min(hi, math.MaxFloat64)
	lo = max(lo, math.SmallestNonzeroFloat64)
	for {
		middle := lo + (hi-lo)/2
		if hi > 4*lo {
			middle = math.Sqrt(lo) * math.Sqrt(hi)
		}
		switch {
		case middle <= lo || middle >= hi:
			return hi
		case lost(middle):
			hi = middle
		default:
			lo = middle
		}
	}
}

// MeanPatience is E[R] in seconds; +Inf where some never hang up. For a
// patience of your own it is the integral of its Survival, to about twelve
// digits where that is smooth.
func MeanPatience(p Patience) float64 {
	if a, ok := p.(averager); ok {
		return a.average()
	}
	if p.Survival(math.MaxFloat64) > 0 {
		return math.Inf(1)
	}
	const earliest, farthest = 1e-30, 1e300 // s
	area, x, step := earliest, earliest, float64(firstStep)
	for {
		var reach panelValues
		for i, node := range gauss.nodes {
			time := min(x*math.Exp(step/2*(1+node)), farthest)
			reach[i] = p.Survival(time) * time * step / 2
		}
		more := gauss.total(&reach)
		excess := open(&reach, area+more)
		if excess <= 1 || step <= shortestStep {
			if more <= beyondDigits*area {
				return area
			}
			area, x = area+more, x*math.Exp(step)
		}
		step = nextStep(step, excess)
	}
}
