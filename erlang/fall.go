package erlang

import "math"

// A line that nobody joins only moves up, and under constant rates all that
// becomes of it is known in closed form. A call with m ahead of it, each
// answered or hanging up, is answered in the end with the chance
// nµ/(nµ+(m+1)θ), after a time that is a sum of m+1 exponentials with the
// rates nµ+θ, …, nµ+(m+1)θ, whichever way those leave.

// inTheEnd is what becomes of a line when nothing changes any more.
func (in Interval) inTheEnd(calls, waits []float64) fate {
	var f fate
	answers := float64(in.Agents) * in.ServiceRate
	left, time := answers, 0.0
	for m, x := range calls {
		left += in.AbandonRate
		time += 1 / left
		share := answers / left
		f.answered += x * share
		f.wait += x * float64(m+1) / left
		f.heard += x * share * time
		if m < len(waits) {
			f.heard += waits[m] * share
		}
	}
	f.abandoned = in.AbandonRate * f.wait
	return f
}

// fall gives a measure on the calls by their places after a time in seconds.
// From m ahead to l ahead, and not hung up, a call comes with the chance
//
//	e^(−(nµ+(m+1)θ)t)·Π_{d<m−l} (nµ+(m−d)θ)·y/(d+1),   y = (e^(θt)−1)/θ,
//
// a binomial distribution in which nµ/θ need not be whole; Poisson for θ = 0.
func (in Interval) fall(calls []float64, seconds float64) []float64 {
	const (
		smallest = 600   // e^(−600) is still a double
		nowhere  = 1e-24 // of a call
	)
	after := make([]float64, len(calls))
	answers := float64(in.Agents) * in.ServiceRate
	if in.AbandonRate*seconds > smallest {
		return after
	}
	step := seconds
	if in.AbandonRate > 0 {
		step = math.Expm1(in.AbandonRate*seconds) / in.AbandonRate
	}
	// Of a call with m ahead: the chance that nothing happens in the time.
	nothing, patient := math.Exp(-(answers+in.AbandonRate)*seconds), math.Exp(-in.AbandonRate*seconds)
	for m, x := range calls {
		exponent := (answers + float64(m+1)*in.AbandonRate) * seconds
		if exponent < smallest {
			chance := x * nothing
			nothing *= patient
			for d := range m + 1 {
				after[m-d] += chance
				more := (answers + float64(m-d)*in.AbandonRate) * step / float64(d+1)
				if chance *= more; more < 1 && math.Abs(chance) < nowhere {
					break // and each of the others is smaller still
				}
			}
			continue
		}
		for d := range m + 1 {
			after[m-d] += x * math.Exp(-exponent)
			exponent -= math.Log((answers + float64(m-d)*in.AbandonRate) * step / float64(d+1))
		}
	}
	return after
}
