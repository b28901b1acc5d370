package erlang

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// AbandonEvidence is what records of a period tell about the rate at which
// waiting callers hang up. To join periods or groups, add them.
type AbandonEvidence struct {
	Abandoned float64 // calls that hung up
	Waited    float64 // s, by all calls together: the answered ones too
}

// An AbandonRate is an estimate of the rate, per second, at which a waiting
// caller hangs up: [Queue.AbandonRate]. The mean patience is 1/Rate, and lies
// between 1/High and 1/Low.
type AbandonRate struct {
	Rate      float64
	Low, High float64 // they enclose the true rate in 95 of 100 cases, or more
}

// EstimateAbandonRate is the rate at which waiting callers hang up, if it does
// not depend on how long they have waited: abandoned calls over the seconds
// that all calls waited together, answered ones included. That is the maximum
// of the likelihood with answered calls as censored, and the number abandoned
// is then nearly Poisson, so that the relative standard deviation is
// 1/√abandoned. Low and High are the exact limits of Garwood (Biometrika 28,
// 1936, pp. 437–442). With few abandoned, shrink: [AbandonEvidence.Shrunk].
//
// Special cases are:
//
//	abandoned 0: Rate and Low are 0, High is 3.69/totalWait
//
// The error is an [*InputError] for a number of calls that is NaN, infinite or
// negative, and for a total wait that is not above 0 and finite.
func EstimateAbandonRate(abandoned, totalWait float64) (AbandonRate, error) {
	return AbandonEvidence{Abandoned: abandoned, Waited: totalWait}.Estimate()
}

// Estimate is [EstimateAbandonRate] of the evidence.
func (e AbandonEvidence) Estimate() (AbandonRate, error) {
	switch {
	case !finite(e.Abandoned):
		return AbandonRate{}, &InputError{"AbandonEvidence.Abandoned", e.Abandoned, "a number of calls, 0 or more"}
	case !finite(e.Waited) || e.Waited == 0:
		return AbandonRate{}, &InputError{"AbandonEvidence.Waited", e.Waited, "seconds, above 0"}
	}
	const outside = 0.025 // on each side
	r := AbandonRate{
		Rate: e.Abandoned / e.Waited,
		High: mathext.GammaIncRegInv(e.Abandoned+1, 1-outside) / e.Waited,
	}
	if e.Abandoned > 0 {
		r.Low = mathext.GammaIncRegInv(e.Abandoned, outside) / e.Waited
	}
	return r, nil
}

// Plus joins the evidence of two periods or groups.
func (e AbandonEvidence) Plus(f AbandonEvidence) AbandonEvidence {
	return AbandonEvidence{e.Abandoned + f.Abandoned, e.Waited + f.Waited}
}

// Shrunk is the evidence drawn towards a rate per second that is believed
// beforehand, such as the rate of all groups together, as if weight more calls
// had hung up at that rate: a group with 3 abandoned does not get a wild
// patience, and one with 3000 keeps its own. It is the posterior mean with a
// gamma prior of shape weight and mean rate.
//
// The rate is above 0 and the weight 0 or more; else the evidence is NaN, and
// Estimate says so.
func (e AbandonEvidence) Shrunk(rate, weight float64) AbandonEvidence {
	if !(rate > 0) || !(weight >= 0) {
		return AbandonEvidence{math.NaN(), math.NaN()}
	}
	return e.Plus(AbandonEvidence{Abandoned: weight, Waited: weight / rate})
}
