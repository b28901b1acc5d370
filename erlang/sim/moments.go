package sim

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// moments are the sums over replications of a few measures and of all their
// products: enough for the mean and the variance of any sum or ratio of them.
type moments struct {
	n     int
	sum   []float64
	cross []float64 // of measures i ≥ j, at i(i+1)/2 + j
}

func newMoments(measures int) moments {
	return moments{sum: make([]float64, measures), cross: make([]float64, measures*(measures+1)/2)}
}

func (m *moments) add(x []float64) {
	m.n++
	at := 0
	for i, xi := range x {
		if xi != 0 {
			m.sum[i] += xi
			cross := m.cross[at:]
			for j, xj := range x[:i+1] {
				cross[j] += xi * xj
			}
		}
		at += i + 1
	}
}

// A weighing is a sum of measures, each times its weight.
type weighing []term

type term struct {
	measure int
	weight  float64
}

// sumOf is a weighing in which each of some measures counts once.
func sumOf(measures ...int) weighing {
	w := make(weighing, len(measures))
	for i, k := range measures {
		w[i] = term{k, 1}
	}
	return w
}

func (w weighing) minus(measure int) weighing {
	return append(w, term{measure, -1})
}

func (m *moments) total(w weighing) float64 {
	s := 0.0
	for _, t := range w {
		s += t.weight * m.sum[t.measure]
	}
	return s
}

// product is the sum over replications of the product of two weighings.
func (m *moments) product(v, w weighing) float64 {
	s := 0.0
	for _, a := range v {
		for _, b := range w {
			i, j := max(a.measure, b.measure), min(a.measure, b.measure)
			s += a.weight * b.weight * m.cross[i*(i+1)/2+j]
		}
	}
	return s
}

// mean is the mean of a weighing over replications.
func (m *moments) mean(w weighing) Estimate {
	n, total := float64(m.n), m.total(w)
	mean := total / n
	squares := m.product(w, w) - mean*total
	return m.around(mean, squares, 1)
}

// ratio is the ratio of two totals. Its variance is that of x − ratio·y over
// the mean of y (the delta method; Law, "Simulation Modeling and Analysis",
// 5th edition, 2015, section 9.4.1 on ratios).
func (m *moments) ratio(x, y weighing) Estimate {
	below := m.total(y)
	if !(below > 0) {
		return Estimate{math.NaN(), math.NaN(), math.NaN()}
	}
	r := m.total(x) / below
	squares := m.product(x, x) - 2*r*m.product(x, y) + r*r*m.product(y, y)
	return m.around(r, squares, below/float64(m.n))
}

// around is the Student interval about a mean, from the sum of squares of the
// deviations of its replications times scale.
func (m *moments) around(mean, squares, scale float64) Estimate {
	if m.n < 2 {
		return Estimate{mean, math.NaN(), math.NaN()}
	}
	n := float64(m.n)
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: n - 1}.Quantile(0.975)
	half := t * math.Sqrt(max(0, squares)/(n*(n-1))) / scale
	return Estimate{mean, mean - half, mean + half}
}
