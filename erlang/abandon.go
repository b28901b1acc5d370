package erlang

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// Erlang A, the queue M/M/n+M of Palm (1946). With c = nµ/θ and b = λ/θ the
// chance of n+j calls in the system is π_n·t_j, t_j = Π_{i≤j} b/(c+i), and
// everything follows from the sums Σt_j, Σj·t_j and Σt_j·H_j where
// H_j = Σ_{i≤j} 1/(c+i). See Mandelbaum and Zeltyn, "Service engineering in
// action: the Palm/Erlang-A queue", 2007, for the closed forms in terms of
// the incomplete gamma function.
//
// With P(s, y) the regularised lower incomplete gamma function and
// p(x, y) = yˣe^(−y)/Γ(x+1), Σt_j = P(c, b)/p(c, b). Below the critical load
// (b ≤ c) the terms fall from the first on and are added up as they are.
// Above it they first rise, without limit, so everything is multiplied by
// p(c, b) and written with P; 1 − P comes from the Erlang B recursion because
// 1 − P(s+1, y) = p(s, y)/B(s, y).

// palm is the state of an Erlang A queue at the moment a call arrives.
type palm struct {
	c, b   float64 // nµ/θ and λ/θ
	normal float64 // π_n for b ≤ c, π_n/p(c, b) for b > c
	delay  float64 // P(V > 0)
	lost   float64 // P(abandon)
	heard  float64 // θ·E[V; answered]·b/c, where V is the wait that is offered
}

// impatient is Erlang A for a load and a number of agents above 0.
func (q *Queue) impatient(n, threshold float64) Performance {
	a := q.load()
	c, b := n*q.ServiceRate/q.AbandonRate, q.ArrivalRate/q.AbandonRate
	x := inverseB(n, a)
	if math.IsInf(x, 1) {
		return Performance{AnsweredWithin: 1, Occupancy: a / n}
	}
	var s palm
	if b <= c {
		s = underload(c, b, x)
	} else {
		s = overload(c, b, x)
	}
	if s.lost >= 1 { // to the last bit
		return q.unstaffed(threshold)
	}
	late, lostLate := s.beyond(q.AbandonRate * threshold)
	wait := s.lost / q.AbandonRate
	occupancy := min(1, a/n*(1-s.lost))
	return Performance{
		Delay:           s.delay,
		Abandonment:     s.lost,
		AbandonedWithin: max(0, s.lost-lostLate),
		AnsweredWithin:  max(0, 1-s.lost-late),
		AnsweredLate:    late,
		AverageWait:     wait,
		SpeedOfAnswer:   s.heard / occupancy / q.AbandonRate,
		QueueLength:     q.ArrivalRate * wait,
		Occupancy:       occupancy,
	}
}

// underload is the state for b ≤ c; x is 1/B(n, a).
func underload(c, b, x float64) palm {
	term, harmonic := 1.0, 0.0
	total, moment, heard := 1.0, 0.0, 0.0 // Σt_j, Σj·t_j, Σt_j·H_j
	for j := 1.0; ; j++ {
		reciprocal := 1 / (c + j)
		term *= b * reciprocal
		harmonic += reciprocal
		total += term
		moment += j * term
		heard += term * harmonic
		if j*term <= 1e-17*moment {
			break
		}
	}
	first := 1 / (x - 1 + total)
	return palm{c: c, b: b, normal: first, delay: first * total, lost: first * moment / b, heard: first * heard}
}

// overload is the state for b > c; x is 1/B(n, a).
func overload(c, b, x float64) palm {
	density := poisson(c, b)
	total := 1 - density*(inverseB(c, b)-1) // P(c, b)
	normal := 1 / (total + density*(x-1))
	return palm{
		c: c, b: b,
		normal: normal,
		delay:  normal * total,
		lost:   normal * ((b-c)*total + c*density) / b,
		heard:  normal * harmonicTail(c, b, total-density),
	}
}

// harmonicTail is Σ_{k≥1} P(c+k, b)/(c+k) for b > c, given P(c+1, b). Where
// P is 1 to the last bit the sum is a difference of digamma functions, so
// that the work is O(√b).
func harmonicTail(c, b, lower float64) float64 {
	s, sum := c+1, 0.0
	if certain := math.Floor(b - 9*math.Sqrt(b) - 8 - s); certain > 0 {
		s += certain
		sum = mathext.Digamma(s) - mathext.Digamma(c+1)
		lower = 1
	}
	for density := poisson(s, b); s <= b || density > 1e-17; {
		sum += lower / s
		lower -= density
		s++
		density *= b / s
	}
	return sum
}

// beyond gives the chances that a call is answered after a wait of u/θ and
// that it abandons after a wait of u/θ.
func (s palm) beyond(u float64) (answered, abandoned float64) {
	patient := math.Exp(-u) // P(R > u/θ)
	y := s.b * patient
	var overdue float64 // P(V > u/θ)
	if s.b <= s.c {
		// b(1−e^(−u)) − cu, arranged so that nothing cancels when b is near c.
		exponent := (s.b-s.c)*u + s.b*shortfall(u)
		first := s.normal * math.Exp(exponent)
		series := risingSeries(s.c+1, y)
		answered = first * s.c / (s.c + 1) * patient * series
		overdue = first * (1 + y/(s.c+1)*series)
	} else {
		density := poisson(s.c, y)
		var lower float64 // P(c+1, y)
		if y > s.c+1 {
			lower = 1 - density*inverseB(s.c, y)
		} else {
			lower = density * y / (s.c + 1) * risingSeries(s.c+1, y)
		}
		answered = s.normal * s.c / s.b * lower
		overdue = s.normal * (lower + density)
	}
	return answered, max(0, patient*overdue-answered)
}

// shortfall is 1 − e^(−u) − u ≤ 0 without cancellation.
func shortfall(u float64) float64 {
	if u >= 0.5 {
		return -math.Expm1(-u) - u
	}
	term, sum := u, 0.0
	for k := 2.0; math.Abs(term) > 1e-18*math.Abs(sum); k++ {
		term *= -u / k
		sum += term
	}
	return sum
}

// risingSeries is Σ_{j≥0} Π_{i≤j} y/(s+i) for 0 ≤ y ≤ s: Kummer's function
// 1F1(1; s+1; y).
func risingSeries(s, y float64) float64 {
	term, sum := 1.0, 1.0
	for j := s + 1; term > 1e-17*sum; j++ {
		term *= y / j
		sum += term
	}
	return sum
}
