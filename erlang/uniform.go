package erlang

import "math"

// uniformise is advance by uniformisation (Jensen, Skandinavisk
// Aktuarietidskrift 36, 1953): a Poisson number of steps of chains in discrete
// time. All terms are positive, so that nothing cancels, but their number grows
// with the rates.
func (c *cascade) uniformise(seconds float64) {
	chains := c.chains[:c.used]
	fastest := c.fastest()
	if fastest == 0 {
		fastest = 1 / seconds
	}
	for _, one := range chains {
		one.now = append(one.now[:0], one.state...)
		one.next = resized(one.next, len(one.state))
		clear(one.state)
		clear(one.total)
	}
	mean := fastest * seconds
	last := math.Ceil(mean + 9*math.Sqrt(mean) + 30)
	for n, more := 0.0, 1.0; n <= last; n++ { // more is P(more than n events)
		chance := poisson(n, mean)
		more = max(0, more-chance)
		for _, one := range chains {
			state, total := one.state, one.total[:len(one.state)]
			for k, x := range one.now[:len(state)] {
				if x < vanishing { // arithmetic is slow with the smallest doubles
					one.now[k] = 0
					continue
				}
				state[k] += chance * x
				total[k] += more / fastest * x
			}
			one.jump(1 / fastest)
		}
		for _, one := range chains {
			one.now, one.next = one.next, one.now
		}
	}
}

// surplusWork is the number of states times steps above which lines behind
// surplus agents are left to CRAM.
const surplusWork = 2e7

// vanishing is a measure that is not worth following.
const vanishing = 1e-60

// move is advance, or uniformise where that is not good enough.
func (c *cascade) move(seconds float64, careful bool) {
	if careful {
		c.uniformise(seconds)
	} else {
		c.advance(seconds)
	}
}

// fastest is the highest rate out of any state.
func (c *cascade) fastest() float64 {
	fastest := 0.0
	for _, one := range c.chains[:c.used] {
		for _, out := range one.out {
			fastest = max(fastest, out)
		}
	}
	return fastest
}

// jump is one step in discrete time.
func (c *chain) jump(seconds float64) {
	states := len(c.now)
	if states == 0 {
		return
	}
	now, next, down, out := c.now, c.next[:states], c.down[:states], c.out[:states]
	for k := range next[:states-1] {
		next[k] = now[k]*(1-out[k]*seconds) + now[k+1]*down[k+1]*seconds
	}
	next[states-1] = now[states-1] * (1 - out[states-1]*seconds)
	if len(c.up) > 0 {
		up := c.up[:states]
		for k := range next[1:] {
			next[k+1] += now[k] * up[k] * seconds
		}
	}
	for _, f := range c.feeds {
		first, last := max(0, -f.shift), min(states, len(f.from.now)-f.shift)
		for k := first; k < last; k++ {
			next[k] += f.rate * seconds * f.from.now[k+f.shift]
		}
	}
}
