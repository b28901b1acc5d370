package erlang

import "math"

// poisson is the Poisson probability aˣe^(−a)/Γ(x+1) for real x ≥ 0 and
// a > 0, by the saddle point: Loader, "Fast and accurate computation of
// binomial probabilities", 2000, which keeps full relative accuracy where the
// factors themselves would overflow.
func poisson(x, a float64) float64 {
	if x < 15 {
		lgamma, _ := math.Lgamma(x + 1)
		return math.Exp(x*math.Log(a) - a - lgamma)
	}
	return math.Exp(-stirlingError(x)-deviance(x, a)) / math.Sqrt(2*math.Pi*x)
}

// stirlingError is ln Γ(x+1) − ln(√(2πx)(x/e)ˣ) for x ≥ 15. The first term
// left out, 691/(360360·x¹¹), is below 1e-15 there.
func stirlingError(x float64) float64 {
	square := x * x
	return (1.0/12 - (1.0/360-(1.0/1260-(1.0/1680-1.0/1188/square)/square)/square)/square) / x
}

// deviance is x·ln(x/a) + a − x, without cancellation when x is near a.
func deviance(x, a float64) float64 {
	difference := x - a
	if math.Abs(difference) >= 0.1*(x+a) {
		return x*math.Log(x/a) + a - x
	}
	v := difference / (x + a)
	sum, term := difference*v, 2*x*v
	for j := 3.0; ; j += 2 {
		term *= v * v
		next := sum + term/j
		if next == sum {
			return sum
		}
		sum = next
	}
}
