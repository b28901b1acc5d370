package erlang

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// Exponential patience: whoever still waits hangs up at the rate 1/Mean,
// however long the wait has been. A queue with it is the Erlang A queue with
// that AbandonRate, bit for bit.
type Exponential struct {
	Mean float64 // s, from 1e-9 to 1e12, or +Inf for callers who never hang up
}

// Deterministic patience: everybody hangs up after the same time.
type Deterministic struct {
	Seconds float64 // from 0 to 1e12
}

// Weibull patience: P(R > t) = exp(−(t/s)^Shape). With a shape below 1 callers
// hang up ever less the longer they have waited, with one above 1 ever more.
type Weibull struct {
	Shape float64 // from 0.05 to 1000; 1 is Exponential
	Mean  float64 // s, from 1e-9 to 1e12
}

// Gamma patience: of whole shape k it is the sum of k exponential times, and
// is called Erlang-k.
type Gamma struct {
	Shape float64 // from 0.01 to 1e6; 1 is Exponential
	Mean  float64 // s, from 1e-9 to 1e12
}

// LogNormal patience: the logarithm of R is normal.
type LogNormal struct {
	Mean float64 // s, from 1e-9 to 1e12
	CV   float64 // standard deviation / mean, from 0.001 to 100
}

// HyperExponential patience: callers are of two exponential kinds, and both
// kinds together are willing to wait for the same time ("balanced means",
// Whitt, Management Science 30(1), 1984, p. 112).
type HyperExponential struct {
	Mean float64 // s, from 1e-9 to 1e12
	CV   float64 // standard deviation / mean, from 1 to 100; 1 is Exponential
}

// Survival is P(R > t).
func (e Exponential) Survival(seconds float64) float64 { return math.Exp(-seconds / e.Mean) }

// Quantile is the inverse of 1 − Survival.
func (e Exponential) Quantile(p float64) float64 {
	if p <= 0 {
		return 0
	}
	return -e.Mean * math.Log1p(-p)
}

func (e Exponential) split(seconds float64) (waiting, lost float64) {
	return decayed(seconds / e.Mean)
}

func (e Exponential) average() float64 { return e.Mean }

func (e Exponential) check() error {
	if math.IsInf(e.Mean, 1) {
		return nil
	}
	return checkMean("Exponential.Mean", e.Mean)
}

// decayed is e^(−u) and 1 − e^(−u).
func decayed(u float64) (waiting, lost float64) {
	lost = -math.Expm1(-u)
	if lost < 0.5 {
		return 1 - lost, lost
	}
	return math.Exp(-u), lost
}

// Survival is P(R > t).
func (d Deterministic) Survival(seconds float64) float64 {
	if seconds < d.Seconds {
		return 1
	}
	return 0
}

// Quantile is the inverse of 1 − Survival.
func (d Deterministic) Quantile(p float64) float64 {
	if p <= 0 {
		return 0
	}
	return d.Seconds
}

func (d Deterministic) average() float64 { return d.Seconds }

func (d Deterministic) piece(seconds float64) stretch {
	if seconds < d.Seconds {
		return stretch{until: d.Seconds, flat: true}
	}
	return stretch{until: math.Inf(1), flat: true}
}

func (d Deterministic) check() error {
	return checkBetween("Deterministic.Seconds", d.Seconds, 0, longest)
}

func (w Weibull) scale() float64 { return w.Mean / math.Gamma(1+1/w.Shape) }

// Survival is P(R > t).
func (w Weibull) Survival(seconds float64) float64 {
	waiting, _ := w.split(seconds)
	return waiting
}

func (w Weibull) split(seconds float64) (waiting, lost float64) {
	return decayed(math.Pow(seconds/w.scale(), w.Shape))
}

// Quantile is the inverse of 1 − Survival.
func (w Weibull) Quantile(p float64) float64 {
	if p <= 0 {
		return 0
	}
	return w.scale() * math.Pow(-math.Log1p(-p), 1/w.Shape)
}

func (w Weibull) average() float64 { return w.Mean }

func (w Weibull) check() error {
	if err := checkBetween("Weibull.Shape", w.Shape, 0.05, 1000); err != nil {
		return err
	}
	return checkMean("Weibull.Mean", w.Mean)
}

// Survival is P(R > t).
func (g Gamma) Survival(seconds float64) float64 {
	waiting, _ := g.split(seconds)
	return waiting
}

func (g Gamma) split(seconds float64) (waiting, lost float64) {
	u := seconds / g.Mean * g.Shape
	if lost = mathext.GammaIncReg(g.Shape, u); lost < 0.5 {
		return 1 - lost, lost
	}
	return mathext.GammaIncRegComp(g.Shape, u), lost
}

// Quantile is the inverse of 1 − Survival.
func (g Gamma) Quantile(p float64) float64 {
	if p <= 0 {
		return 0
	}
	// The library's inverse is fast, but fails far out and for small shapes.
	if g.Shape < 0.5 || p < 1e-6 || p > 1-1e-6 {
		return firstLost(g, p, 0, math.Inf(1))
	}
	return mathext.GammaIncRegInv(g.Shape, p) * g.Mean / g.Shape
}

func (g Gamma) average() float64 { return g.Mean }

func (g Gamma) check() error {
	if err := checkBetween("Gamma.Shape", g.Shape, 0.01, 1e6); err != nil {
		return err
	}
	return checkMean("Gamma.Mean", g.Mean)
}

// variance is that of the logarithm of R, of which the mean is ln Mean −
// variance/2.
func (l LogNormal) variance() float64 { return math.Log1p(l.CV * l.CV) }

// Survival is P(R > t).
func (l LogNormal) Survival(seconds float64) float64 {
	waiting, _ := l.split(seconds)
	return waiting
}

func (l LogNormal) split(seconds float64) (waiting, lost float64) {
	if seconds <= 0 {
		return 1, 0
	}
	variance := l.variance()
	z := (math.Log(seconds/l.Mean) + variance/2) / math.Sqrt(2*variance)
	if lost = math.Erfc(-z) / 2; lost < 0.5 {
		return 1 - lost, lost
	}
	return math.Erfc(z) / 2, lost
}

// Quantile is the inverse of 1 − Survival.
func (l LogNormal) Quantile(p float64) float64 {
	if p <= 0 {
		return 0
	}
	variance := l.variance()
	return l.Mean * math.Exp(-variance/2-math.Sqrt(2*variance)*math.Erfcinv(2*p))
}

func (l LogNormal) average() float64 { return l.Mean }

func (l LogNormal) check() error {
	if err := checkBetween("LogNormal.CV", l.CV, 0.001, 100); err != nil {
		return err
	}
	return checkMean("LogNormal.Mean", l.Mean)
}

// kinds is the share of the calm callers, and the mean patience of the calm and
// of the hasty ones.
func (h HyperExponential) kinds() (calmShare, calm, hasty float64) {
	square := h.CV * h.CV
	root := math.Sqrt((square - 1) / (square + 1))
	calmShare = 1 / ((square + 1) * (1 + root)) // (1 − root)/2 without cancellation
	return calmShare, h.Mean / (2 * calmShare), h.Mean / (1 + root)
}

// Survival is P(R > t).
func (h HyperExponential) Survival(seconds float64) float64 {
	waiting, _ := h.split(seconds)
	return waiting
}

func (h HyperExponential) split(seconds float64) (waiting, lost float64) {
	share, calm, hasty := h.kinds()
	w1, l1 := decayed(seconds / calm)
	w2, l2 := decayed(seconds / hasty)
	return share*w1 + (1-share)*w2, share*l1 + (1-share)*l2
}

// Quantile is the inverse of 1 − Survival.
func (h HyperExponential) Quantile(p float64) float64 {
	_, calm, hasty := h.kinds()
	return firstLost(h, p, Exponential{hasty}.Quantile(p), Exponential{calm}.Quantile(p))
}

func (h HyperExponential) average() float64 { return h.Mean }

func (h HyperExponential) check() error {
	if err := checkBetween("HyperExponential.CV", h.CV, 1, 100); err != nil {
		return err
	}
	return checkMean("HyperExponential.Mean", h.Mean)
}

// shortest and longest bound a mean patience, in seconds: what lies outside is
// no time that anybody waits.
const shortest, longest = 1e-9, 1e12

func checkMean(field string, mean float64) error {
	return checkBetween(field, mean, shortest, longest)
}
