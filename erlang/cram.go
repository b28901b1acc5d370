package erlang

// The exponential of a generator by CRAM-16, the best rational approximation
// of order 16 to eˣ on x ≤ 0. As a sum of partial fractions,
//
//	eˣ ≈ α₀ + 2·Re Σ α_k/(x−θ_k),   k = 1…8,
//
// with an error of 2e-16, it needs one linear system for each pole θ_k,
// whatever the length of the step. Source of the constants: Pusa,
// "Higher-order Chebyshev rational approximation method and application to
// burnup equations", Nuclear Science and Engineering 182(3), 2016,
// pp. 297–318, table I. The integral (eˣ − 1)/x has the same poles with the
// residues α_k/θ_k, so it comes out of the same systems.

const (
	poles       = 8
	cramAtMinus = 2.124853710495224e-16 // α₀, the value at −∞
)

// A lane holds one number for each pole. The eight systems are solved side by
// side: they do not wait for each other, which keeps the processor busy.
type lane [poles]float64

var cramPoles = [poles]complex128{
	-10.84391707869699 + 19.277446167181652i,
	-5.264971343442647 + 16.220221473167930i,
	5.948152268951177 + 3.587457362018322i,
	3.509103608414918 + 8.436198985884374i,
	6.416177699099435 + 1.194122393370139i,
	1.419375897185666 + 10.925363484496720i,
	4.993174737717997 + 5.996881713603942i,
	-1.413928462488886 + 13.497725698892750i,
}

var cramResidues = [poles]complex128{
	-5.09015218652319086e-7 - 0.000024220017652852291i,
	0.000211517421824656302 + 0.00438929696473806484i,
	113.397751784839456 + 101.947217042158607i,
	15.0595852700234789 - 5.75140527764219362i,
	-64.5008780255397619 - 224.594407626521014i,
	-1.47930071135580151 + 1.76865883237829466i,
	-62.5183924632079644 - 11.1903910942832437i,
	0.04102313683541043 - 0.157434661734554082i,
}

// A complexLane has the real and the imaginary parts of a number for each pole.
type complexLane struct{ re, im lane }

// The constants by pole, with the factor 2 of the sum: θ_k, and the residues of
// the state at the end of a step and of its integral.
var cramPole, cramState, cramTotal = func() (poles, states, totals complexLane) {
	for q, pole := range cramPoles {
		state := 2 * cramResidues[q]
		total := state / pole
		poles.re[q], poles.im[q] = real(pole), imag(pole)
		states.re[q], states.im[q] = real(state), imag(state)
		totals.re[q], totals.im[q] = real(total), imag(total)
	}
	return
}()

// A chain is one birth–death chain of a cascade: a measure on the states 0, 1,
// … that moves to neighbours, leaves, and is fed from chains before it. Rates
// are per second.
type chain struct {
	state []float64 // the measure: at the start of a step, then at its end
	total []float64 // its integral over the time of the step
	up    []float64 // rate from k to k+1; nil where nothing moves up
	down  []float64 // rate from k to k−1
	out   []float64 // rate of all that leaves k: up, down, and away
	feeds []feed

	now, next []float64 // in uniformisation

	// The solutions for the eight poles, and how state k follows from k−1.
	re, im             []lane
	followRe, followIm []lane
}

// A feed adds rate times the measure on state k+shift of a chain to what
// flows into state k. It takes nothing away there.
type feed struct {
	from  *chain
	rate  float64
	shift int
}

// cascade is a list of chains, each fed only by those before it. Its memory is
// used again after a reset.
type cascade struct {
	chains []*chain
	used   int
}

func (c *cascade) reset() { c.used = 0 }

// chain adds a chain that starts from a measure, with room for so many states.
// Its rates are 0.
func (c *cascade) chain(start []float64, states int, rising bool) *chain {
	if c.used == len(c.chains) {
		c.chains = append(c.chains, new(chain))
	}
	one := c.chains[c.used]
	c.used++
	one.state = resized(one.state, states)
	one.total = resized(one.total, states)
	one.down = resized(one.down, states)
	one.out = resized(one.out, states)
	one.up = resized(one.up, states)
	if !rising {
		one.up = one.up[:0]
	}
	one.re, one.im = resized(one.re, states), resized(one.im, states)
	one.followRe, one.followIm = resized(one.followRe, states), resized(one.followIm, states)
	one.feeds = one.feeds[:0]
	clear(one.state[copy(one.state, start):])
	return one
}

// states is the number of states of all chains.
func (c *cascade) states() int {
	n := 0
	for _, one := range c.chains[:c.used] {
		n += len(one.state)
	}
	return n
}

// resized is a slice of the given length in the same memory where that is
// enough. What it holds is left as it is.
func resized[T any](s []T, length int) []T {
	if cap(s) < length {
		return make([]T, length, length+length/4)
	}
	return s[:length]
}

// advance moves every chain on by a time in seconds.
func (c *cascade) advance(seconds float64) {
	for _, one := range c.chains[:c.used] {
		one.receive(seconds)
		if len(one.up) > 0 {
			one.solve(seconds)
		} else {
			one.solveFalling(seconds)
		}
		one.gather(seconds)
	}
}

// receive sets the right-hand sides: what the chain starts from, less what
// flows in.
func (c *chain) receive(seconds float64) {
	for k, x := range c.state {
		re := &c.re[k]
		for q := range re {
			re[q] = x
		}
	}
	clear(c.im)
	for _, f := range c.feeds {
		rate := f.rate * seconds
		first, last := max(0, -f.shift), min(len(c.state), len(f.from.state)-f.shift)
		for k := first; k < last; k++ {
			re, im := &c.re[k], &c.im[k]
			fromRe, fromIm := &f.from.re[k+f.shift], &f.from.im[k+f.shift]
			for q := range re {
				re[q] -= rate * fromRe[q]
				im[q] -= rate * fromIm[q]
			}
		}
	}
}

// solve solves the tridiagonal systems (A·seconds − θ)x = b. From the highest
// state down each is written as x_k = y_k + f_k·x_{k−1}; then x follows from
// the lowest up.
func (c *chain) solve(seconds float64) {
	var aboveRe, aboveIm, followRe, followIm lane
	down := 0.0 // from the state above
	for k := len(c.state) - 1; k >= 0; k-- {
		up, out := 0.0, c.out[k]*seconds
		if k > 0 {
			up = c.up[k-1] * seconds
		}
		re, im := &c.re[k], &c.im[k]
		keepRe, keepIm := &c.followRe[k], &c.followIm[k]
		for q := range poles {
			// The diagonal is −d: the signs of all terms are turned.
			dr := out + cramPole.re[q] - down*followRe[q]
			di := cramPole.im[q] - down*followIm[q]
			inverse := 1 / (dr*dr + di*di)
			dr, di = dr*inverse, -di*inverse
			br := down*aboveRe[q] - re[q]
			bi := down*aboveIm[q] - im[q]
			followRe[q], followIm[q] = up*dr, up*di
			aboveRe[q], aboveIm[q] = br*dr-bi*di, br*di+bi*dr
		}
		*re, *im = aboveRe, aboveIm
		*keepRe, *keepIm = followRe, followIm
		down = c.down[k] * seconds
	}
	for k := 1; k < len(c.state); k++ {
		re, im := &c.re[k], &c.im[k]
		belowRe, belowIm := &c.re[k-1], &c.im[k-1]
		keepRe, keepIm := &c.followRe[k], &c.followIm[k]
		for q := range poles {
			re[q] += keepRe[q]*belowRe[q] - keepIm[q]*belowIm[q]
			im[q] += keepRe[q]*belowIm[q] + keepIm[q]*belowRe[q]
		}
	}
}

// solveFalling is solve where nothing moves up: one pass is enough.
func (c *chain) solveFalling(seconds float64) {
	var aboveRe, aboveIm lane
	down := 0.0
	for k := len(c.state) - 1; k >= 0; k-- {
		out := c.out[k] * seconds
		re, im := &c.re[k], &c.im[k]
		for q := range poles {
			dr, di := out+cramPole.re[q], cramPole.im[q]
			inverse := 1 / (dr*dr + di*di)
			dr, di = dr*inverse, -di*inverse
			br := down*aboveRe[q] - re[q]
			bi := down*aboveIm[q] - im[q]
			aboveRe[q], aboveIm[q] = br*dr-bi*di, br*di+bi*dr
		}
		*re, *im = aboveRe, aboveIm
		down = c.down[k] * seconds
	}
}

// gather adds up the partial fractions. What should be 0 may come out as
// rounding below it.
func (c *chain) gather(seconds float64) {
	for k := range c.state {
		re, im := &c.re[k], &c.im[k]
		state, total := cramAtMinus*c.state[k], 0.0
		for q := range poles {
			state += cramState.re[q]*re[q] - cramState.im[q]*im[q]
			total += cramTotal.re[q]*re[q] - cramTotal.im[q]*im[q]
		}
		c.state[k] = state
		c.total[k] = total * seconds
	}
}

// during gives the integral over the last step of the measure on state k times
// a polynomial in time: 1 at one of the Gauss nodes, 0 at the others.
func (c *chain) during(node, k int, seconds float64) float64 {
	re, im := &c.re[k], &c.im[k]
	residue := &nodeResidues[node]
	sum := 0.0
	for q := range poles {
		sum += residue.re[q]*re[q] - residue.im[q]*im[q]
	}
	return sum * seconds
}
