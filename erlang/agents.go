package erlang

import "math"

// Agents returns the smallest whole number of agents that meets every part of
// the target. It is MinAgents when there are no calls or the target asks for
// nothing else.
//
// The error is an [*InputError] for a queue or target out of range, or for a
// target so strict that it asks for more than 1e12 agents.
func (q Queue) Agents(t Target) (int, error) {
	if err := q.checkWith(t); err != nil {
		return 0, err
	}
	n, err := q.smallest(t)
	return max(n, t.MinAgents), err
}

// AgentsReal returns the smallest real number of agents that meets every part
// of the target, with an error of at most 1e-12 of itself or of one agent,
// whichever is more. Add these over groups and round last, with [Whole].
// Where however small a crew meets the target it is one millionth. Errors are
// those of [Queue.Agents].
func (q Queue) AgentsReal(t Target) (float64, error) {
	if err := q.checkWith(t); err != nil {
		return 0, err
	}
	whole, err := q.smallest(t)
	if err != nil || whole == 0 {
		return float64(t.MinAgents), err
	}
	const least = 1e-6
	hi := float64(whole)
	n := crossing(func(n float64) float64 { return q.margin(n, t) }, max(least, hi-1), hi, 1e-12)
	return max(n, float64(t.MinAgents)), nil
}

// Whole rounds a number of agents up to whole agents, as ceil does, except
// that a number above a whole one by no more than 1e-9 (of itself, above 1)
// counts as that whole one: a sum of shares such as 0.1+0.2+1.7 is 2 agents,
// not 3. The number is finite.
func Whole(agents float64) int {
	return int(math.Ceil(agents - 1e-9*max(1, agents)))
}

func (q *Queue) checkWith(t Target) error {
	if err := q.check(); err != nil {
		return err
	}
	return t.check()
}

func (q *Queue) margin(n float64, t Target) float64 {
	return t.margin(q.perform(n, t.Threshold))
}

// smallest is the smallest whole number of agents that meets the target, but
// for its MinAgents.
func (q *Queue) smallest(t Target) (int, error) {
	if q.Patience != nil {
		plain := q.plain()
		q = &plain
	}
	a := q.load()
	switch {
	case a == 0 || !t.asks():
		return 0, nil
	case t.MaxOccupancy > 0 && a/t.MaxOccupancy > maxAgents:
		return 0, &InputError{"Target.MaxOccupancy", t.MaxOccupancy, "a share that 1e12 agents can keep"}
	case q.endures():
		return q.smallestPatient(t), nil
	}
	return q.smallestImpatient(t), nil
}

// smallestImpatient is smallest where callers hang up. It starts from a
// square-root staffing: Garnett, Mandelbaum and Reiman, MSOM 4(3), 2002.
func (q *Queue) smallestImpatient(t Target) int {
	a := q.load()
	spread := math.Sqrt(a)
	return gallop(math.Floor(a+spread/2)+1, math.Floor(spread/4), func(n float64) bool { return q.margin(n, t) >= 0 })
}

// smallestPatient is smallest for Erlang C. It climbs from the load, one
// agent and one step of the recursion at a time; the levels of all numbers of
// agents on the way come out of it.
func (q *Queue) smallestPatient(t Target) int {
	a := q.load()
	n := math.Floor(a) + 1
	if t.MaxOccupancy > 0 {
		n = max(n, math.Ceil(a/(t.MaxOccupancy+tieTolerance)))
	}
	if t.Share == 0 && t.MaxSpeedOfAnswer == 0 {
		return int(n)
	}
	miss := 1 - t.Share + tieTolerance
	longest := math.Inf(1) // mean wait, in mean handle times
	if t.MaxSpeedOfAnswer > 0 {
		longest = t.MaxSpeedOfAnswer * q.ServiceRate * (1 + tieTolerance)
	}
	span := q.ServiceRate * t.Threshold
	perErlang := 1 / a
	for x := inverseB(n, a); ; x = math.FMA(n*perErlang, x, 1) {
		spare := n - a
		// The delay is n/all, and multiplied out here. The exponential is most
		// of the work, so its bound 1−x ≤ e^(−x) goes first.
		all, decay := math.FMA(spare, x, a), spare*span
		if n*(1-decay) <= miss*all && n <= longest*spare*all && n*math.Exp(-decay) <= miss*all {
			return int(n)
		}
		n++
	}
}

// gallop is the smallest whole number above 0 from which on a condition is
// met. From a first guess above 0 it doubles its steps, the first of which is
// given, until it has numbers on both sides, then bisects.
func gallop(guess, step float64, met func(n float64) bool) int {
	lo, hi := 0.0, guess
	step = max(1, step)
	if met(hi) {
		for n := hi - step; n > 0; n -= step {
			if !met(n) {
				lo = n
				break
			}
			hi = n
			step *= 2
		}
	} else {
		for lo, hi = hi, hi+step; !met(hi); lo, hi = hi, hi+step {
			step *= 2
		}
	}
	for hi-lo > 1 {
		if n := math.Floor((lo + hi) / 2); met(n) {
			hi = n
		} else {
			lo = n
		}
	}
	return int(hi)
}
