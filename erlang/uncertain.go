package erlang

import (
	"math"

	"gonum.org/v1/gonum/integrate/quad"
)

const (
	// smallestCV is the least coefficient of variation that matters: levels
	// move by about its square.
	smallestCV = 1e-6
	// spreadNodes is the number of Gauss nodes on each side of the critical
	// rate.
	spreadNodes = 12
	// spreadRange is how far the rate is followed, in standard normal
	// deviations: 0.006 % of the calls are outside.
	spreadRange = 4
)

// Mixed gives the performance that is to be expected when the arrival rate is
// not known for certain: it is Γ·ArrivalRate, where Γ has a gamma distribution
// with mean 1 and the given coefficient of variation, and stays the same for
// as long as the queue needs to settle. Probabilities and waits are means over
// call attempts, so that busy times weigh more, and Occupancy and QueueLength
// are means over time. Compare it with [Queue.Performance], which is what the
// forecast alone promises.
//
// The mean is over 24 rates at most. Levels are within 0.001 of the integral
// for loads up to 100 erlangs and a coefficient up to 0.2, and within 0.005 up
// to 1000 erlangs and 0.8.
//
// Special cases are:
//
//	cv below 1e-6: Performance at the mean rate
//	callers never hang up: the waits and the queue are +Inf, as the load can be above the agents
//
// Errors are those of [Queue.Performance], and for a cv that is not from 0
// to 1.
func (q Queue) Mixed(agents, threshold, cv float64) (Performance, error) {
	if !(cv >= 0 && cv <= 1) {
		return Performance{}, &InputError{"cv", cv, "a coefficient of variation from 0 to 1"}
	}
	certain, err := q.Performance(agents, threshold)
	if err != nil || cv < smallestCV || q.load() == 0 {
		return certain, err
	}
	busiest := q
	_, most := rateRange(cv)
	busiest.ArrivalRate *= most
	if err := busiest.check(); err != nil {
		return Performance{}, err
	}
	return q.mix(agents, threshold, cv), nil
}

// mix is Mixed for input that has been checked.
//
// The service level falls from near 1 to near 0 in a narrow band about the
// critical rate, at which callers with average luck wait for just the
// threshold: λ·P(R > T) = nµ. So the integral is cut there, and its nodes are
// drawn to the cut by Γ = cut + width·s², with Gauss–Legendre nodes s.
func (q Queue) mix(n, threshold, cv float64) Performance {
	q = q.plain()
	least, most := rateRange(cv)
	cut := least
	if perErlang := n / q.load(); perErlang > 0 { // else 0 over 0, where nobody waits as long
		critical := perErlang * math.Exp(q.AbandonRate*threshold)
		if q.Patience != nil {
			critical = perErlang / q.Patience.Survival(threshold)
		}
		cut = min(max(critical, least), most)
	}
	var nodes, weights [spreadNodes]float64
	quad.Legendre{}.FixedLocations(nodes[:], weights[:], 0, 1)

	var m mixture
	shape := 1 / (cv * cv)
	for _, width := range [...]float64{least - cut, most - cut} {
		if width == 0 {
			continue
		}
		for i, s := range nodes {
			factor := cut + width*s*s
			// Over calls the density of Γ is that of a gamma with the shape
			// one higher, which is a Poisson probability in the other variable.
			calls := weights[i] * s * math.Abs(width) * poisson(shape, shape*factor)
			scaled := q
			scaled.ArrivalRate *= factor
			m.add(calls, calls/factor, scaled.ArrivalRate, scaled.perform(n, threshold))
		}
	}
	p := m.mean(q.ArrivalRate)
	p.source = source{queue: q, agents: n, cv: cv}
	return p
}

// rateRange is the range of Γ over calls.
func rateRange(cv float64) (least, most float64) {
	return rateAt(cv, -spreadRange), rateAt(cv, spreadRange)
}

// rateAt is Γ over calls at so many standard normal deviations, by the
// approximation of Wilson and Hilferty (PNAS 17, 1931) to the gamma distribution.
func rateAt(cv, z float64) float64 {
	variance := cv * cv
	shape := 1/variance + 1
	root := 1 - 1/(9*shape) + z/(3*math.Sqrt(shape))
	return shape * variance * math.Pow(max(0, root), 3)
}

// A mixture sums performances: their probabilities and waits weighted by
// attempts, the speed of answer by answered attempts and the occupancy by
// time.
type mixture struct {
	sum                             Performance
	calls, attempts, answered, time float64
}

// add adds the performance at one rate of calls.
func (m *mixture) add(calls, time, rate float64, p Performance) {
	attempts := calls * p.OfferedRate / rate
	m.calls += calls
	m.time += time
	m.attempts += attempts
	m.sum.Delay += attempts * p.Delay
	m.sum.Abandonment += attempts * p.Abandonment
	m.sum.AbandonedWithin += attempts * p.AbandonedWithin
	m.sum.AnsweredWithin += attempts * p.AnsweredWithin
	m.sum.AnsweredLate += attempts * p.AnsweredLate
	m.sum.AverageWait += attempts * p.AverageWait
	m.sum.Occupancy += time * p.Occupancy
	if answered := attempts * (1 - p.Abandonment); answered > 0 {
		m.answered += answered
		m.sum.SpeedOfAnswer += answered * p.SpeedOfAnswer
	}
}

// mean is the mean performance at a mean rate of first calls.
func (m *mixture) mean(rate float64) Performance {
	p := m.sum
	p.Delay /= m.attempts
	p.Abandonment /= m.attempts
	p.AbandonedWithin /= m.attempts
	p.AnsweredWithin /= m.attempts
	p.AnsweredLate /= m.attempts
	p.AverageWait /= m.attempts
	p.Occupancy /= m.time
	p.SpeedOfAnswer /= m.answered
	if m.answered == 0 {
		p.SpeedOfAnswer = math.Inf(1)
	}
	p.OfferedRate = rate * m.attempts / m.calls
	p.QueueLength = p.OfferedRate * p.AverageWait
	return p
}
