package erlang

import "math"

// A post is an interval that is to be staffed.
type post struct {
	queue          Queue
	calls, seconds float64
	abandonRate    float64 // of those who do not balk
	cv             float64 // of the rate
	goal           Target  // of the day
	floor          Target  // of the interval by itself

	least     int     // agents that the floor asks for
	leastReal float64 // the same as a real number

	leastSurplus float64 // of leastReal

	surpluses []float64 // by agents from bottom on; NaN where not yet known
}

// check refuses a post that no queue can stand for.
func (p *post) check(index int, in Interval) error {
	busiest := p.queue
	if p.cv > 0 {
		_, most := rateRange(p.cv)
		busiest.ArrivalRate *= most
	}
	if err := busiest.check(); err != nil {
		return dayError(index, "ArrivalRate", in.ArrivalRate, "at most 1e10 calls in service or waiting")
	}
	if p.cv > 0 && p.floor.MaxSpeedOfAnswer > 0 && p.endures() && p.calls > 0 {
		return &InputError{"Target.MaxSpeedOfAnswer", p.floor.MaxSpeedOfAnswer, "0 where the rate is uncertain and nobody hangs up"}
	}
	if limit := p.floor.MaxOccupancy; limit > 0 && p.queue.load()/limit > maxAgents {
		return &InputError{"Target.MaxOccupancy", limit, "a share that 1e12 agents can keep"}
	}
	return nil
}

// endures reports whether those who wait never hang up.
func (p *post) endures() bool {
	if balking, ok := p.queue.Patience.(Balking); ok {
		return math.IsInf(MeanPatience(balking), 1)
	}
	return p.queue.endures()
}

// perform is the performance of so many agents.
func (p *post) perform(n float64) Performance {
	if p.cv > 0 && p.calls > 0 {
		return p.queue.mix(n, p.goal.Threshold, p.cv)
	}
	return p.queue.perform(n, p.goal.Threshold)
}

// margin is how far so many agents are above the floor.
func (p *post) margin(n float64) float64 {
	performance := p.perform(n)
	if p.cv > 0 {
		// The mean wait over uncertain rates is infinite where nobody hangs up,
		// which need not keep the level from being met.
		return p.floor.marginAt(performance.ServiceLevel(p.floor.Definition), performance)
	}
	return p.floor.margin(performance)
}

// smallest is the least number of agents for the floor.
func (p *post) smallest() int {
	load := p.queue.load()
	n := 0
	switch {
	case load == 0 || !p.floor.asks():
	case p.cv == 0:
		n, _ = p.queue.smallest(p.floor) // the occupancy has been checked
	default:
		spread := math.Sqrt(load + p.cv*p.cv*load*load)
		n = gallop(math.Floor(load+spread/2)+1, math.Floor(spread/4), func(n float64) bool { return p.margin(n) >= 0 })
	}
	if load > 0 && p.endures() {
		n = max(n, int(load*(1+0x1p-50))+1)
	}
	return max(n, p.floor.MinAgents)
}

// smallestReal is smallest as a real number.
func (p *post) smallestReal() float64 {
	const tiny = 1e-6
	whole := float64(p.least)
	if p.least <= p.floor.MinAgents || p.calls == 0 {
		return whole
	}
	n := crossing(p.margin, max(tiny, whole-1), whole, 1e-12)
	return max(n, float64(p.floor.MinAgents))
}

// surplus is the number of calls served well beyond what the goal asks.
func (p *post) surplus(n float64) float64 {
	if p.calls == 0 {
		return 0
	}
	well, all := p.perform(n).shares(p.goal.Definition).counted(p.goal.Definition)
	return p.calls * (well - p.goal.Share*all)
}

// bottom is the least number of agents of which a surplus is kept: enough below
// least to interpolate about leastReal.
func (p *post) bottom() int { return max(0, p.least-2) }

// at is the surplus of a whole number of agents, not below bottom.
func (p *post) at(n int) float64 {
	i := n - p.bottom()
	for len(p.surpluses) <= i {
		p.surpluses = append(p.surpluses, math.NaN())
	}
	s := &p.surpluses[i]
	if math.IsNaN(*s) {
		*s = p.surplus(float64(n))
	}
	return *s
}

// gain is what the n-th agent does for the surplus.
func (p *post) gain(n int) float64 { return p.at(n) - p.at(n-1) }

// logGain is the logarithm of gain, which is a number also where the gain is
// lost in the rounding of the levels: at any finite cost somebody is spared.
func (p *post) logGain(n int) float64 { return math.Log(max(p.gain(n), tieTolerance*p.calls)) }

// best is the number of agents that is worth most when an agent-second costs
// so many calls: a number where the gain has fallen to the cost, unless it is
// better still to have as few as possible.
func (p *post) best(price float64) int {
	cost := price * p.seconds
	n := p.locally(cost)
	if p.at(n)-p.at(p.least) <= cost*float64(n-p.least) {
		return p.least
	}
	return n
}

// maxDayLoad is the largest load, in erlangs, of an interval of a day with one
// target: numbers of agents are looked at one by one.
const maxDayLoad = 1e5

// locally is where the gain falls to a cost. Each agent does less good than
// the one before from about the number on with which a call that is at the
// limit of the threshold is just answered, so that is the best number there.
func (p *post) locally(cost float64) int {
	if p.calls == 0 {
		return p.least
	}
	n := max(p.least, int(p.queue.load())+1)
	for p.gain(n+1) > cost {
		n++
	}
	load := p.queue.load()
	rising := load*math.Exp(-p.abandonRate*p.goal.Threshold) - 6*math.Sqrt(load) - 2
	for lowest := max(p.least, int(rising)); n > lowest && p.gain(n) <= cost; {
		n--
	}
	return n
}

// bestReal is best for real numbers, which are always above the least when the
// post is to be staffed. The gain of a bit of an agent is read off the gains of
// whole agents, which its logarithm follows closely: the n-th agent's gain is
// that of a bit at n − 1/2. A day of small crews takes some hundred-thousandths
// more agent-seconds for it than the least, at a thirtieth of the work.
func (p *post) bestReal(price float64, staffed bool) float64 {
	if p.calls == 0 {
		return p.leastReal
	}
	cost := price * p.seconds
	from := max(p.locally(cost), p.bottom()+1)
	for from > p.bottom()+1 && p.gain(from) <= cost {
		from--
	}
	before, after := p.logGain(from), p.logGain(from+1)
	n := float64(from) - 0.5
	if before > after {
		n += (before - math.Log(cost)) / (before - after)
	}
	n = max(p.leastReal, min(n, float64(from)+1))
	if !staffed && p.near(n)-p.leastSurplus <= cost*(n-p.leastReal) {
		return p.leastReal
	}
	return n
}

// near is the surplus of a real number of agents, read off those of whole
// numbers around it.
func (p *post) near(n float64) float64 {
	if n == p.leastReal {
		return p.leastSurplus
	}
	// Newton's interpolation through four whole numbers.
	from := max(p.bottom(), int(n)-1)
	a, b, c, d := p.at(from), p.at(from+1), p.at(from+2), p.at(from+3)
	x := n - float64(from)
	return a + x*((b-a)+(x-1)/2*((c-2*b+a)+(x-2)/3*(d-3*c+3*b-a)))
}
