package erlang

import "math"

// CRAM is exact on the negative real axis, where the eigenvalues of a
// birth–death chain are. But a chain that starts far out, where it is hardly
// ever in the long run, moves in one direction only, and then errors may grow
// on the way. With the long-run chances π the generator is symmetric in the
// variables p_k/√π_k, so that the error is at most that of CRAM times
// Σ p_k·√(max π/π_k). Where that is much the step is taken again in two
// halves, and where those differ from it by uniformisation. Of those who wait,
// who only move one way, the number is known from before and after.

const (
	// maxStrain is the largest bound on the factor by which the error of CRAM,
	// 2e-16, may grow unseen. Errors are far below the bound: on days with
	// queues of hundreds none was above 1e-14 where it was below 1e12.
	maxStrain = 1e10
	// maxMismatch is the error of a step that is allowed, as a share of calls.
	maxMismatch = 1e-9
	// maxWork is the largest number of states times steps of a uniformisation:
	// some seconds.
	maxWork = 1e9
)

// strained reports whether the states of a crowd are too far out for CRAM.
func (in Interval) strained(present []float64) bool {
	if in.joining() == 0 || in.deaths(len(present)-1) == 0 {
		return true
	}
	logs := make([]float64, len(present)) // of π, up to a factor
	most := 0.0
	for k := 1; k < len(present); k++ {
		rate := in.ArrivalRate
		if k > in.Agents {
			rate = in.joining()
		}
		logs[k] = logs[k-1] + math.Log(rate/in.deaths(k))
		most = max(most, logs[k])
	}
	strain := 0.0
	for k, p := range present {
		if p > 10*negligibleMass { // else it is rounding
			strain += p * math.Exp((most-logs[k])/2)
		}
	}
	return strain > maxStrain
}

// astray reports whether a strained step has gone wrong: where two halves give
// something else.
func (w *walk) astray(in Interval, start crowd, top int, present []*chain) bool {
	w.behind.reset()
	halves := w.behind.crowd(in, start.layers, top)
	w.behind.advance(in.Duration / 2)
	w.behind.advance(in.Duration / 2)
	for j, one := range present {
		for k, x := range one.state {
			if !(math.Abs(x-halves[j].state[k]) <= maxMismatch/10) {
				return true
			}
		}
	}
	return false
}

// mismatched reports whether a step has gone wrong: where a measure is below
// 0, or where those who wait at the end are not those who came and waited and
// those of before who still wait.
func (in Interval) mismatched(start crowd, present, calls []*chain) bool {
	for _, one := range present {
		for k, x := range one.state {
			if !(x >= -maxMismatch && one.total[k] >= -maxMismatch*in.Duration) {
				return true
			}
		}
	}
	if len(present) > 1 || in.calls() == 0 {
		return false
	}
	before := in.fall(behind(start.layers[0], in.Agents), in.Duration)
	after := behind(present[0].state, in.Agents)
	for m, x := range after {
		if m < len(before) {
			x -= before[m]
		}
		if math.Abs(x-in.calls()*calls[0].state[m]) > maxMismatch*max(1, in.calls()) {
			return true
		}
	}
	return false
}

// behind gives, for each number m, the chance that more than m calls wait: the
// mean number of calls with m ahead of them.
func behind(present []float64, agents int) []float64 {
	places := make([]float64, max(0, len(present)-agents-1))
	sum := 0.0
	for m := len(places) - 1; m >= 0; m-- {
		sum += present[agents+1+m]
		places[m] = sum
	}
	return places
}
