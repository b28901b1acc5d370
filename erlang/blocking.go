package erlang

import "math"

const (
	// maxLoad is the largest offered load, in erlangs, that is handled. The
	// work grows as the square root of the load: about 2 ms at this limit.
	maxLoad = 1e10

	// maxAgents is the largest number of agents that a sizing looks at. With
	// this many agents and a load up to maxLoad a wait has probability 0.
	maxAgents = 1e12
)

// B returns the Erlang B probability that a call finds all n servers busy
// when nobody waits and the offered load is a erlangs:
//
//	B(n, a) = (aⁿ/n!) / Σ_{k≤n} aᵏ/k!,
//
// continued to real n by 1/B = a ∫₀^∞ e^(−at) (1+t)ⁿ dt.
// The relative error is below 4ε(1+κ) where κ = |n − a + aB| is the
// condition number of the problem and ε = 2⁻⁵².
//
// Source: Jagerman, "Some properties of the Erlang loss function", Bell
// System Technical Journal 53(3), 1974, pp. 525–551.
//
// Special cases are:
//
//	B(0, a) = 1
//	B(n, 0) = 0 for n > 0
//	B(n, a) = NaN when n or a is NaN, infinite or negative, or a > 1e10
func B(n, a float64) float64 {
	if !representable(n, a) {
		return math.NaN()
	}
	return 1 / inverseB(n, a)
}

// C returns the Erlang C probability that a call has to wait for one of n
// agents when nobody hangs up and the offered load is a erlangs. The number
// of agents may be a fraction. The accuracy is that of [B].
//
// Special cases are:
//
//	C(n, a) = 1 when a ≥ n: the queue grows without end
//	C(n, 0) = 0 for n > 0
//	C(n, a) = NaN when n or a is NaN, infinite or negative, or a > 1e10
func C(n, a float64) float64 {
	switch {
	case !representable(n, a):
		return math.NaN()
	case a >= n:
		return 1
	}
	return delayFromInverseB(n, a, inverseB(n, a))
}

// representable reports whether n servers and a erlangs are in the domain.
func representable(n, a float64) bool {
	return n >= 0 && n <= math.MaxFloat64 && a >= 0 && a <= maxLoad
}

// delayFromInverseB is C = 1/(ρ + (1−ρ)x) with ρ = a/n < 1 and x = 1/B.
func delayFromInverseB(n, a, x float64) float64 {
	return 1 / (a/n + (n-a)/n*x)
}

// inverseB is x = 1/B(n, a) for 0 ≤ n and 0 ≤ a ≤ maxLoad; +Inf when B is
// below the smallest double.
//
// It climbs the recursion x_k = 1 + (k/a)·x_{k−1}. For k < a the recursion
// forgets where it started: from a − √(max(0, a−n)² + 81a) − 8 the error of
// the first value has shrunk by e^(−40) at n. So the work is O(√a), not O(n).
func inverseB(n, a float64) float64 {
	if n > maxAgents || a == 0 && n > 0 {
		return math.Inf(1)
	}
	surplus := max(0, a-n)
	start := a - math.Sqrt(surplus*surplus+81*a) - 8
	if start <= 0 {
		fraction := n - math.Floor(n)
		return climb(inverseBFraction(fraction, a), fraction, n, a)
	}
	start = n - math.Ceil(n-start)
	return climb(a/(a-start), start, n, a)
}

// climb follows the recursion from x = 1/B(k, a) to 1/B(n, a), where n−k is a
// whole number. Two steps are taken at a time, which halves the chain of
// operations that wait for each other.
func climb(x, k, n, a float64) float64 {
	perErlang := 1 / a
	for ; k < n-1.5; k += 2 {
		first, second := (k+1)*perErlang, (k+2)*perErlang
		x = math.FMA(first*second, x, 1+second)
		if x > math.MaxFloat64 {
			return math.Inf(1)
		}
	}
	if k < n-0.5 {
		x = math.FMA((k+1)*perErlang, x, 1)
	}
	return x
}

// inverseBFraction is 1/B(f, a) for 0 ≤ f < 1: the start of the recursion for
// a number of servers that is not whole.
func inverseBFraction(f, a float64) float64 {
	switch {
	case f == 0:
		return 1
	case a < 1:
		return max(1, inverseBSeries(f, a))
	}
	return max(1, inverseBContinued(f, a))
}

// inverseBSeries is 1/B = Γ(f+1)e^a/a^f − Σ_{j≥1} a^j/((f+1)…(f+j)), from the
// power series of the lower incomplete gamma function (DLMF 8.7.1). For a < 1
// the difference loses less than one digit.
func inverseBSeries(f, a float64) float64 {
	term, sum := 1.0, 0.0
	for j := 1.0; term > 1e-18; j++ {
		term *= a / (f + j)
		sum += term
	}
	return math.Gamma(f+1)*math.Exp(a)/math.Pow(a, f) - sum
}

// inverseBContinued evaluates the Legendre continued fraction
//
//	1/B = a/(a−f + 1·f/(a−f+2 + 2(f−1)/(a−f+4 + …)))
//
// (DLMF 8.9.2) for 0 < f < 1 ≤ a by the modified Lentz method (Thompson and
// Barnett 1986). No denominator can vanish there.
func inverseBContinued(f, a float64) float64 {
	value := a - f
	numerators, denominators := value, 0.0
	for k := 1.0; ; k++ {
		above, below := k*(f-k+1), a-f+2*k
		denominators = 1 / (below + above*denominators)
		numerators = below + above/numerators
		factor := numerators * denominators
		value *= factor
		if math.Abs(factor-1) < 0x1p-52 {
			return a / value
		}
	}
}
