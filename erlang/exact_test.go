package erlang_test

import (
	"fmt"
	"math"
	"math/big"
	"testing"

	"bemanna/erlang"
)

// precise is a number with 320 bits: sums of positive terms come out with an
// error far below that of a double.
func precise(x float64) *big.Float { return new(big.Float).SetPrec(320).SetFloat64(x) }

func plus(x, y *big.Float) *big.Float  { return precise(0).Add(x, y) }
func times(x, y *big.Float) *big.Float { return precise(0).Mul(x, y) }
func over(x, y *big.Float) *big.Float  { return precise(0).Quo(x, y) }

func double(x *big.Float) float64 {
	y, _ := x.Float64()
	return y
}

// preciseInverseB is 1/B = Σ_{k≤n} n!/(k!·a^(n−k)) for whole n, summed by
// Horner's rule.
func preciseInverseB(n int, a float64) *big.Float {
	x := precise(1)
	for k := 1; k <= n; k++ {
		x = plus(precise(1), times(over(precise(float64(k)), precise(a)), x))
	}
	return x
}

func TestBlockingIsExact(t *testing.T) {
	for _, n := range []int{1, 2, 5, 20, 99, 500, 2000} {
		for _, share := range []float64{0.05, 0.5, 0.9, 0.99, 0.999, 1, 1.001, 1.1, 2, 20} {
			a := share * float64(n)
			x := preciseInverseB(n, a)
			blocking := double(over(precise(1), x))
			kappa := math.Abs(float64(n) - a + a*blocking)
			name := fmt.Sprintf("(%d, %v)", n, a)
			relative(t, "B"+name, erlang.B(float64(n), a), blocking, conditioned(kappa))
			if a >= float64(n) {
				if c := erlang.C(float64(n), a); c != 1 {
					t.Errorf("C%s = %v, want 1", name, c)
				}
				continue
			}
			// 1/C = ρ + (1−ρ)/B; the condition in a grows by that of 1−ρ.
			rho := over(precise(a), precise(float64(n)))
			free := plus(precise(1), precise(0).Neg(rho))
			delay := double(over(precise(1), plus(rho, times(free, x))))
			relative(t, "C"+name, erlang.C(float64(n), a), delay, conditioned(kappa))
		}
	}
}

// TestBlockingBetweenWholeNumbers checks real n by what defines it: the
// recursion holds from n−1 to n, and for a = 1/2 and half a server
// 1/B = Γ(3/2)·e^a·erfc(√a)/√a + 1 (DLMF 7.11.2 with 8.8.2).
func TestBlockingBetweenWholeNumbers(t *testing.T) {
	for _, a := range []float64{0.01, 0.5, 0.999, 1, 1.5, 3, 10, 95, 105, 1000, 1e6} {
		half := 1 + math.Sqrt(math.Pi)/2*erfcx(math.Sqrt(a))/math.Sqrt(a)
		relative(t, fmt.Sprintf("B(1/2, %v)", a), erlang.B(0.5, a), 1/half, 5e-15)
		for _, n := range []float64{1.25, 2.5, 7.75, 93.5, 150.125, 1001.5} {
			before, after := 1/erlang.B(n-1, a), 1/erlang.B(n, a)
			if after > 1e300 {
				continue
			}
			relative(t, fmt.Sprintf("1/B(%v, %v)", n, a), after, 1+n/a*before, conditioned(math.Abs(n-a)+1))
		}
	}
}

// erfcx is e^(x²)·erfc(x).
func erfcx(x float64) float64 {
	if x < 5 {
		return math.Exp(x*x) * math.Erfc(x)
	}
	// DLMF 7.9.1, a continued fraction, from its 60th step.
	f := x
	for k := 60.0; k > 0; k-- {
		f = x + k/2/f
	}
	return 1 / (f * math.Sqrt(math.Pi))
}

// TestWaitsAreExact sums the birth and death chain of Erlang A in 320 bits.
func TestWaitsAreExact(t *testing.T) {
	for _, n := range []int{1, 3, 20, 150} {
		for _, share := range []float64{0.3, 0.95, 1, 1.05, 2, 8} {
			for _, theta := range []float64{0.01, 0.3, 1, 4} {
				a := share * float64(n)
				delay, waiting := preciseQueue(n, a, theta)
				p := perform(t, erlang.Queue{ArrivalRate: a, ServiceRate: 1, AbandonRate: theta}, float64(n), 0.2)
				name := fmt.Sprintf("n=%d a=%v θ=%v ", n, a, theta)
				relative(t, name+"delay", p.Delay, delay, 1e-12)
				relative(t, name+"abandonment", p.Abandonment, theta*waiting/a, 1e-12)
				relative(t, name+"wait", p.AverageWait, waiting/a, 1e-12)
				relative(t, name+"queue", p.QueueLength, waiting, 1e-12)
			}
		}
	}
}

// preciseQueue gives P(at least n in the system) and the mean number waiting
// for µ = 1, relative to the chance of n in the system.
func preciseQueue(n int, a, theta float64) (delay, waiting float64) {
	idle := plus(preciseInverseB(n, a), precise(-1))
	term, total, moment := precise(1), precise(1), precise(0)
	for j := 1; ; j++ {
		rate := plus(precise(float64(n)), times(precise(float64(j)), precise(theta)))
		term = over(times(term, precise(a)), rate)
		total = plus(total, term)
		more := times(precise(float64(j)), term)
		moment = plus(moment, more)
		if float64(n)+float64(j)*theta > a && double(over(more, moment)) < 1e-25 {
			all := plus(idle, total)
			return double(over(total, all)), double(over(moment, all))
		}
	}
}

// TestLevelsAgainstTheTaggedCaller follows one caller through the queue: a
// pure death chain over the callers ahead, by uniformisation, started from
// the birth and death chain. It shares no formula with the package.
func TestLevelsAgainstTheTaggedCaller(t *testing.T) {
	for _, n := range []int{1, 4, 25} {
		for _, share := range []float64{0.4, 0.9, 1, 1.3, 3} {
			for _, theta := range []float64{0.05, 1, 2.5} {
				for _, threshold := range []float64{0, 0.05, 0.3, 3} {
					a := share * float64(n)
					p := perform(t, erlang.Queue{ArrivalRate: a, ServiceRate: 1, AbandonRate: theta}, float64(n), threshold)
					late, lost := taggedCaller(n, a, theta, threshold)
					name := fmt.Sprintf("n=%d a=%v θ=%v T=%v ", n, a, theta, threshold)
					absolute(t, name+"late", p.AnsweredLate, late, 1e-12)
					absolute(t, name+"abandoned within", p.Abandonment-p.AbandonedWithin, lost, 1e-12)
				}
			}
		}
	}
}

// taggedCaller gives the chances that a caller is answered after the
// threshold and that it abandons after the threshold, for µ = 1.
func taggedCaller(n int, a, theta, threshold float64) (answered, abandoned float64) {
	waiting := stillWaiting(n, a, theta, threshold)
	for ahead, chance := range waiting {
		// From here it is answered if it outlasts every caller ahead and then
		// the next agent who becomes free.
		served := float64(n) / (float64(n) + theta*float64(ahead+1))
		answered += chance * served
		abandoned += chance * (1 - served)
	}
	return answered, abandoned
}

// stillWaiting is the chance, by the number of callers ahead, that a caller
// still waits at the threshold.
func stillWaiting(n int, a, theta, threshold float64) []float64 {
	chain := []float64{1}
	sum := 1.0
	for k := 1; k < n || chain[k-1] > 1e-18*sum; k++ {
		out := float64(min(k, n)) + theta*float64(max(0, k-n))
		chain = append(chain, chain[k-1]*a/out)
		sum += chain[k]
	}
	queue := chain[n:]
	for i := range queue {
		queue[i] /= sum
	}
	clock := float64(n) + theta*float64(len(queue)+1) // the uniform rate
	weight := math.Exp(-clock * threshold)
	waiting := make([]float64, len(queue))
	for step := 1.0; ; step++ {
		for ahead, chance := range queue {
			waiting[ahead] += weight * chance
		}
		if step > clock*threshold && weight < 1e-18 {
			return waiting
		}
		weight *= clock * threshold / step
		for ahead, chance := range queue {
			forward := chance * (float64(n) + theta*float64(ahead)) / clock
			queue[ahead] -= forward + chance*theta/clock
			if ahead > 0 {
				queue[ahead-1] += forward
			}
		}
	}
}
