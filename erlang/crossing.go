package erlang

import "math"

// crossing finds where f, which rises from below 0 at lo to 0 or more at hi,
// crosses zero. The result is at or above the crossing and within
// tolerance·hi of it; it is lo when f is 0 or more there already.
//
// Source: Chandrupatla, "A new hybrid quadratic/bisection algorithm for
// finding the zero of a nonlinear function without using derivatives",
// Advances in Engineering Software 28(3), 1997, pp. 145–149. It takes about
// nine evaluations for twelve digits.
func crossing(f func(float64) float64, lo, hi, tolerance float64) float64 {
	// x1 is the newest point, x2 the end of the bracket across from it, and
	// x3 the point that was given up last.
	x1, x2 := hi, lo
	f1, f2 := f(hi), f(lo)
	switch {
	case f2 >= 0:
		return lo
	case f1 <= 0: // 0 but for rounding
		return hi
	}
	step := f1 / (f1 - f2) // from x1 towards x2: the first is the secant
	for {
		// A step is never smaller than half the tolerance, so that the last
		// one lands across the crossing and closes the bracket.
		least := tolerance * hi / 2 / math.Abs(x2-x1)
		if least >= 0.5 {
			break
		}
		x := x1 + min(max(step, least), 1-least)*(x2-x1)
		if x == x1 || x == x2 {
			break
		}
		fx := f(x)
		x3, f3 := x1, f1
		if (fx < 0) != (f1 < 0) {
			x3, f3 = x2, f2
			x2, f2 = x1, f1
		}
		x1, f1 = x, fx
		step = inverseQuadratic(x1, x2, x3, f1, f2, f3)
	}
	if f1 >= 0 {
		return x1
	}
	return x2
}

// inverseQuadratic is the step, as a share of the way from x1 to x2, to the
// zero of the parabola through three points, or half where the parabola is
// not to be trusted.
func inverseQuadratic(x1, x2, x3, f1, f2, f3 float64) float64 {
	xi, phi := (x1-x2)/(x3-x2), (f1-f2)/(f3-f2)
	if phi*phi < xi && (1-phi)*(1-phi) < 1-xi {
		return f1/(f2-f1)*f3/(f2-f3) + (x3-x1)/(x2-x1)*f1/(f3-f1)*f2/(f3-f2)
	}
	return 0.5
}
