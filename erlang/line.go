package erlang

import "math"

// A line is a group of calls that wait, followed until each is answered or
// hangs up. Those who came after them make no difference.
type line struct {
	// calls[0][m] is the number of calls with m others ahead of them, of those
	// who wait; calls[j][m] the same while j agents too many are busy, who
	// answer nobody. See crowd.layers.
	calls [][]float64
	// waits is the time in seconds that those calls have waited, added up; nil
	// where nobody asks.
	waits [][]float64
}

// A fate is what became of a line of calls.
type fate struct {
	answered  float64 // calls
	abandoned float64 // calls
	wait      float64 // s, added up over the calls
	heard     float64 // s, added up over the calls that were answered
}

func (f fate) plus(g fate) fate {
	return fate{f.answered + g.answered, f.abandoned + g.abandoned, f.wait + g.wait, f.heard + g.heard}
}

func (f fate) less(g fate) fate {
	return fate{f.answered - g.answered, f.abandoned - g.abandoned, f.wait - g.wait, f.heard - g.heard}
}

// empty reports whether hardly anybody waits. A line that stands for a node may
// hold fewer calls than none.
func (l line) empty() bool {
	sum := 0.0
	for _, layer := range l.calls {
		for _, x := range layer {
			sum += math.Abs(x)
		}
	}
	return sum <= negligibleMass
}

// length is the number of calls that still wait.
func (l line) length() float64 {
	sum := 0.0
	for _, layer := range l.calls {
		for _, x := range layer {
			sum += x
		}
	}
	return sum
}

// restaffed is the line after the number of agents has changed, and what
// became of those whom more agents answer at once.
func (l line) restaffed(from, to int, d Departure) (line, fate) {
	var f fate
	if from == to {
		return l, f
	}
	var after line
	move := func(layers [][]float64, moved *[][]float64, taken *float64) {
		for j, layer := range layers {
			for m, x := range layer {
				at, index := d.place(from+j, m, to)
				if at == 0 {
					index -= to
				}
				if index < 0 {
					*taken += x
				} else {
					*moved = added(*moved, at, index, x)
				}
			}
		}
	}
	move(l.calls, &after.calls, &f.answered)
	move(l.waits, &after.waits, &f.heard)
	return after, f
}

// serve follows a line for a time with constant rates and staff, for ever when
// that is infinite.
func (l *line) serve(c *cascade, in Interval, seconds float64) fate {
	switch {
	case len(l.calls) == 0 || seconds <= 0:
		return fate{}
	case !in.empties() && (len(l.calls) == 1 || math.IsInf(seconds, 1)):
		f := fate{wait: seconds * l.length()}
		l.age(seconds)
		return f
	case len(l.calls) > 1:
		return l.serveSurplus(c, in, seconds)
	}
	before := in.inTheEnd(l.calls[0], l.first(l.waits))
	if math.IsInf(seconds, 1) {
		*l = line{}
		return before
	}
	l.age(seconds)
	l.calls[0] = trimmed(in.fall(l.calls[0], seconds), 0)
	if l.waits != nil {
		l.waits[0] = trimmed(in.fall(l.waits[0], seconds), 0)
	}
	return before.less(in.inTheEnd(l.calls[0], l.first(l.waits)))
}

// first is the layer of the calls behind no surplus agents.
func (l *line) first(layers [][]float64) []float64 {
	if len(layers) == 0 {
		return nil
	}
	return layers[0]
}

// age adds a time to the waits of all.
func (l *line) age(seconds float64) {
	if l.waits == nil {
		return
	}
	for m, x := range l.first(l.calls) {
		l.waits = added(l.waits, 0, m, seconds*x)
	}
}

// serveSurplus is serve while agents too many are busy.
func (l *line) serveSurplus(c *cascade, in Interval, seconds float64) fate {
	longest := 0
	for _, layer := range l.calls {
		longest = max(longest, len(layer))
	}
	if in.empties() {
		seconds = min(seconds, in.emptying(longest, len(l.calls)-1))
	}
	c.reset()
	calls := c.waiting(in, l.calls)
	var waits []*chain
	if l.waits != nil {
		waits = c.ageing(in, l.waits, calls)
	}
	// A long line of calls that hardly ever hang up only moves one way.
	oneWay := longest > 60 || 4*in.AbandonRate < in.ServiceRate
	c.move(seconds, oneWay && c.fastest()*seconds*float64(c.states()) < surplusWork)
	f := fateOf(in, calls, waits)
	l.calls = take(l.calls, calls)
	if l.waits != nil {
		l.waits = take(l.waits, waits)
	}
	return f
}

// waiting adds the chains of a line; the result has them by layer.
func (c *cascade) waiting(in Interval, layers [][]float64) []*chain {
	chains := make([]*chain, len(layers))
	places := 0
	for j := len(layers) - 1; j >= 0; j-- {
		places = max(places, len(layers[j]))
		chains[j] = c.behind(in, chains, j, layers[j], places)
	}
	return chains
}

// joining adds the chains of those who come to wait: a share of the calls for
// each second that the crowd spends in the state that they find.
func (c *cascade) joining(in Interval, present []*chain) []*chain {
	chains := make([]*chain, len(present))
	for j := len(present) - 1; j >= 0; j-- {
		busy := 0
		if j == 0 {
			busy = in.Agents
		}
		one := c.behind(in, chains, j, nil, max(0, len(present[j].state)-busy))
		one.feeds = append(one.feeds, feed{present[j], (1 - in.Balk) / in.Duration, busy})
		chains[j] = one
	}
	return chains
}

// ageing adds the chains of the waits of a line, which grow with the calls
// that wait.
func (c *cascade) ageing(in Interval, layers [][]float64, calls []*chain) []*chain {
	chains := make([]*chain, len(calls))
	for j := len(calls) - 1; j >= 0; j-- {
		var start []float64
		if j < len(layers) {
			start = layers[j]
		}
		one := c.behind(in, chains, j, start, max(len(start), len(calls[j].state)))
		one.feeds = append(one.feeds, feed{from: calls[j], rate: 1})
		chains[j] = one
	}
	return chains
}

// behind adds the chain of one layer of a line with room for so many places.
func (c *cascade) behind(in Interval, chains []*chain, layer int, start []float64, places int) *chain {
	one := c.chain(start, places, false)
	answers, leaves := float64(in.Agents)*in.ServiceRate, 0.0
	if layer > 0 {
		answers, leaves = 0, float64(in.Agents+layer)*in.ServiceRate
	}
	for m := range one.out {
		one.down[m] = answers + float64(m)*in.AbandonRate
		one.out[m] = one.down[m] + in.AbandonRate + leaves
	}
	if layer+1 < len(chains) {
		one.feeds = append(one.feeds, feed{from: chains[layer+1], rate: float64(in.Agents+layer+1) * in.ServiceRate})
	}
	return one
}

// fateOf is what became of a line during a step.
func fateOf(in Interval, calls, waits []*chain) fate {
	var f fate
	answers := float64(in.Agents) * in.ServiceRate
	for j, one := range calls {
		for _, x := range one.total {
			f.wait += x
		}
		if j == 0 && len(one.total) > 0 {
			f.answered = answers * one.total[0]
		}
	}
	f.abandoned = in.AbandonRate * f.wait
	if len(waits) > 0 && len(waits[0].total) > 0 {
		f.heard = answers * waits[0].total[0]
	}
	return f
}

// take copies the states of chains into layers, and trims them.
func take(layers [][]float64, chains []*chain) [][]float64 {
	for len(layers) < len(chains) {
		layers = append(layers, nil)
	}
	layers = layers[:len(chains)]
	for j, one := range chains {
		layers[j] = trimmed(append(layers[j][:0], one.state...), 0)
	}
	return layers
}
