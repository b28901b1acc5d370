package erlang

import "math"

// Luck is the variance of the number of calls answered within the threshold,
// beyond what the number of calls explains, in so many seconds of a long
// time: of Σ(1 − L) over the calls in time and Σ(0 − L) over the others, where
// L is the service level OfOffered. A share of calls answered in time over a
// day, of N calls, has about the standard deviation √(Σ Luck)/N when the rates
// are known. Fates of calls that come soon after each other are alike, which
// makes it larger than N·L·(1−L).
//
// The calls in the system are a birth–death chain. By the martingale of its
// Poisson equation (Whitt, "Asymptotic formulas for Markov processes with
// applications to simulation", Operations Research 40(2), 1992) the variance
// is a sum over its states; what is random about a call beyond the state that
// it finds counts as independent from call to call, which leaves out that
// callers who wait at the same time are answered by the same agents: against
// simulated queues of 1 to 100 erlangs the standard deviation is 1 to 9 % too
// small.
//
// A number of agents between two whole ones has the luck in between. General
// patience is taken at the rate at which callers hang up on average.
//
// Special cases are:
//
//	no calls, or no agents: 0
//	AbandonRate 0 and agents ≤ load: 0, as nobody is answered in time
//
// The error is an [*InputError] as for [Queue.Performance], for seconds that are
// NaN, infinite or negative, or when agents and calls that wait are more than
// 65 536 together.
func (q Queue) Luck(agents, threshold, seconds float64) (float64, error) {
	p, err := q.Performance(agents, threshold)
	switch {
	case err != nil:
		return 0, err
	case !finite(seconds):
		return 0, &InputError{"seconds", seconds, "seconds, 0 or more"}
	case p.AnsweredWithin == 0 || p.AnsweredWithin == 1:
		return 0, nil
	case agents+p.QueueLength > maxStates/2:
		return 0, &InputError{"agents", agents, "at most 65536 agents and calls that wait"}
	}
	chain := q.plain()
	chain.ArrivalRate = p.OfferedRate
	if chain.Patience != nil && p.Abandonment > 0 {
		const hasty = 1e6 // hang-ups for a handle time: nobody waits
		chain.AbandonRate = min(p.Abandonment/p.AverageWait, hasty*q.ServiceRate)
	}
	whole := math.Floor(agents)
	below := chain.luckRate(int(whole), threshold)
	if whole == agents {
		return below * seconds, nil
	}
	above := chain.luckRate(int(whole)+1, threshold)
	return (below + (agents-whole)*(above-below)) * seconds, nil
}

// luckRate is the luck of a second.
func (q Queue) luckRate(agents int, threshold float64) float64 {
	in := Interval{ArrivalRate: q.ArrivalRate, ServiceRate: q.ServiceRate, AbandonRate: q.AbandonRate, Agents: agents}
	if agents == 0 || q.AbandonRate == 0 && q.load() >= float64(agents) {
		return 0
	}
	const ample = 1e7 // seconds of calls: the reach is that of the steady state
	in.Duration = ample / q.ArrivalRate
	top, _ := in.reach(0)
	chance := make([]float64, top+1) // of so many calls in the system
	level := make([]float64, top+1)  // P(answered in time | found so many)
	in.steadyChances(chance)
	in.levels(level, threshold)
	mean := 0.0
	for k, p := range chance {
		mean += p * level[k]
	}
	// With d_k how much more calls will be in time when one call more is in
	// the system, chance_k·d_k = −Σ_{j≤k} chance_j·(level_j − mean).
	sum, below := 0.0, 0.0
	for k, p := range chance {
		surplus := level[k] - mean
		below += p * surplus
		if p == 0 {
			continue
		}
		later := -below / p
		sum += p * ((surplus+later)*(surplus+later) + later*later + level[k]*(1-level[k]))
	}
	return q.ArrivalRate * sum
}

// steadyChances fills in the steady distribution of the calls in the system.
func (in Interval) steadyChances(chance []float64) {
	mode := min(len(chance)-1, int(in.ArrivalRate/in.ServiceRate))
	chance[mode] = 1
	sum := 1.0
	for k := mode + 1; k < len(chance); k++ {
		chance[k] = chance[k-1] * in.ArrivalRate / in.deaths(k)
		sum += chance[k]
	}
	for k := mode - 1; k >= 0; k-- {
		chance[k] = chance[k+1] * in.deaths(k+1) / in.ArrivalRate
		sum += chance[k]
	}
	for k := range chance {
		chance[k] /= sum
	}
}

// levels fills in P(answered within the threshold) of a call that finds so
// many calls in the system. Those m ahead of it who wait, and itself, leave at
// the rates nµ+θ, nµ+2θ, …, so the time until they have is the largest of
// exponentials (Rényi), a beta distribution in e^(−θt); and it is not itself
// that hangs up with the chance c/(c+m+1), c = nµ/θ.
func (in Interval) levels(level []float64, threshold float64) {
	answers := float64(in.Agents) * in.ServiceRate
	if in.AbandonRate == 0 {
		in.patientLevels(level, answers*threshold)
		return
	}
	c := answers / in.AbandonRate
	// The distribution of how many have left is negative binomial; its terms
	// are kept as logarithms, as the first may be too small for a double.
	term := -(answers + in.AbandonRate) * threshold
	gone, left := -math.Expm1(-in.AbandonRate*threshold), math.Exp(term)
	for k := range level {
		m := float64(k - in.Agents)
		if m < 0 {
			level[k] = 1
			continue
		}
		level[k] = c / (c + m + 1) * max(0, 1-left)
		term += math.Log(gone * (c + m + 1) / (m + 1))
		left += math.Exp(term)
	}
}

// patientLevels is levels where nobody hangs up: a Poisson number of answers
// in the threshold.
func (in Interval) patientLevels(level []float64, answers float64) {
	term := -answers
	left := math.Exp(term)
	for k := range level {
		m := float64(k - in.Agents)
		if m < 0 {
			level[k] = 1
			continue
		}
		level[k] = max(0, 1-left)
		term += math.Log(answers / (m + 1))
		left += math.Exp(term)
	}
}
