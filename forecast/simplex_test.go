package forecast

import (
	"math"
	"testing"
)

func TestMinimise(t *testing.T) {
	for _, test := range []struct {
		name string
		f    func(x []float64) float64
		from []float64
		want []float64
	}{
		// Rosenbrock, An automatic method for finding the greatest or least
		// value of a function, Computer Journal 3 (1960) 175–184.
		{"Rosenbrock", func(x []float64) float64 {
			a, b := x[1]-x[0]*x[0], 1-x[0]
			return 100*a*a + b*b
		}, []float64{-1.2, 1}, []float64{1, 1}},
		{"a bowl in five dimensions", func(x []float64) (s float64) {
			for i, v := range x {
				s += float64(i+1) * (v - float64(i)) * (v - float64(i))
			}
			return s
		}, make([]float64, 5), []float64{0, 1, 2, 3, 4}},
		{"an edge beyond which nothing is defined", func(x []float64) float64 { return x[0] - math.Log(x[0]) }, []float64{.2}, []float64{1}},
	} {
		for i, got := range minimise(test.f, test.from, .5, 1e-9, 2000) {
			if math.Abs(got-test.want[i]) > 1e-4 {
				t.Errorf("%s: coordinate %d is %v, want %v", test.name, i, got, test.want[i])
			}
		}
	}
}

// TestMinimiseStops checks that the evaluations are bounded, by a step of the
// method at most.
func TestMinimiseStops(t *testing.T) {
	n := 0
	minimise(func(x []float64) float64 { n++; return -x[0] }, []float64{0}, 1, 0, 20)
	if n < 20 || n > 23 {
		t.Errorf("%d evaluations, want 20 and not more than a step beyond", n)
	}
}
