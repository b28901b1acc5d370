package erlang

import "math"

// negligibleMass is the probability that may be dropped from the ends of a
// distribution: a tenth of what CRAM leaves uncertain.
const negligibleMass = 1e-15

// A crowd is the distribution of the calls that are in the system.
type crowd struct {
	// layers[0][k] is the chance of k calls in the system with no more agents
	// busy than there should be. layers[j][w], j ≥ 1, is the chance that j
	// agents more than that are busy, of whom the first to finish will leave,
	// and w calls wait; only with FirstToFinish.
	layers [][]float64
	// leaving is the mean number of agents who finish a call after their
	// time; only with FinishCall. They take no part in what happens to others.
	leaving float64
}

// place says where a call, or a state, goes that has so many agents busy and
// calls waiting when the number of agents becomes another: to which layer,
// and to which index there. Without FirstToFinish that is layer 0.
func (d Departure) place(busy, waiting, agents int) (layer, index int) {
	switch {
	case busy <= agents || d == Preempt:
		return 0, busy + waiting
	case d == FinishCall:
		return 0, agents + waiting
	default:
		return busy - agents, waiting
	}
}

// restaffed is the crowd after the number of agents has changed.
func (c crowd) restaffed(from, to int, d Departure) crowd {
	if from == to {
		return c
	}
	after := crowd{leaving: c.leaving}
	for j, layer := range c.layers {
		for i, p := range layer {
			busy, waiting := min(i, from), max(0, i-from)
			if j > 0 {
				busy, waiting = from+j, i
			}
			if d == FinishCall && busy > to {
				after.leaving += float64(busy-to) * p
			}
			at, index := d.place(busy, waiting, to)
			after.layers = added(after.layers, at, index, p)
		}
	}
	return after.trimmed()
}

// trimmed is the crowd without the states at the ends that hardly ever occur.
func (c crowd) trimmed() crowd {
	for j := range c.layers {
		least := 1 // the empty system, or none
		if j > 0 {
			least = 0
		}
		c.layers[j] = trimmed(c.layers[j], least)
	}
	for len(c.layers) > 1 && len(c.layers[len(c.layers)-1]) == 0 {
		c.layers = c.layers[:len(c.layers)-1]
	}
	return c
}

// added adds a mass to an entry, and makes room for it first.
func added(layers [][]float64, layer, index int, mass float64) [][]float64 {
	for len(layers) <= layer {
		layers = append(layers, nil)
	}
	if layers[layer] == nil {
		layers[layer] = make([]float64, 0, index+32)
	}
	for len(layers[layer]) <= index {
		layers[layer] = append(layers[layer], 0)
	}
	layers[layer][index] += mass
	return layers
}

// trimmed drops the end of a measure that is negligible as a whole, down to a
// least length.
func trimmed(measure []float64, least int) []float64 {
	mass, end := 0.0, len(measure)
	for ; end > least; end-- {
		if mass += math.Abs(measure[end-1]); mass > negligibleMass {
			break
		}
	}
	return measure[:end]
}

// highest is the largest number of calls in the system.
func (c crowd) highest(agents int) int {
	top := len(c.layers[0]) - 1
	for j, layer := range c.layers[1:] {
		if len(layer) > 0 {
			top = max(top, agents+j+len(layer))
		}
	}
	return top
}

// state is what a crowd is like.
func (c crowd) state(agents int) State {
	s := State{Calls: c.leaving}
	for j, layer := range c.layers {
		for i, p := range layer {
			busy, waiting := min(i, agents), max(0, i-agents)
			if j > 0 {
				busy, waiting = agents+j, i
			}
			s.Calls += float64(busy+waiting) * p
			s.Waiting += float64(waiting) * p
			if busy >= agents {
				s.Busy += p
			}
		}
	}
	return State{Calls: max(0, s.Calls), Waiting: max(0, s.Waiting), Busy: min(max(0, s.Busy), 1)} // but for rounding
}

// crowdAfter is the crowd at the end of a step.
func crowdAfter(in Interval, leaving float64, present []*chain) crowd {
	c := crowd{leaving: leaving * math.Exp(-in.ServiceRate*in.Duration)}
	for _, one := range present {
		c.layers = append(c.layers, append([]float64(nil), one.state...))
	}
	return c.trimmed()
}

// crowd adds the chains of a crowd, with states up to so many calls in the
// system; the result has them by layer.
func (c *cascade) crowd(in Interval, layers [][]float64, top int) []*chain {
	chains := make([]*chain, len(layers))
	for j := len(layers) - 1; j >= 0; j-- {
		states, leaves := top+1, 0.0
		if j > 0 {
			states, leaves = max(top-in.Agents, len(layers[j])-1)+1, float64(in.Agents+j)*in.ServiceRate
		}
		one := c.chain(layers[j], states, true)
		chains[j] = one
		for k := range one.out {
			one.up[k] = in.ArrivalRate
			one.down[k] = in.deaths(k)
			if j > 0 {
				one.down[k] = float64(k) * in.AbandonRate
			}
			if j > 0 || k >= in.Agents {
				one.up[k] = in.joining()
			}
			if k == states-1 {
				one.up[k] = 0
			}
			one.out[k] = one.up[k] + one.down[k] + leaves
		}
		if j+1 < len(layers) {
			shift := 0
			if j == 0 {
				shift = -in.Agents
			}
			one.feeds = append(one.feeds, feed{chains[j+1], float64(in.Agents+j+1) * in.ServiceRate, shift})
		}
	}
	return chains
}

// turnedAway is the share of the calls of a step that came when as many calls
// as are followed were in the system already.
func (in Interval) turnedAway(present []*chain) float64 {
	time := 0.0
	for _, one := range present {
		time += one.total[len(one.total)-1]
	}
	return time / in.Duration
}
