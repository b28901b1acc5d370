package sim

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"
)

// Means and ratios against the formulas over the replications themselves.
func TestMomentsAreThoseOfTheReplications(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 30).Draw(t, "replications")
		m := newMoments(3)
		x, y := make([]float64, n), make([]float64, n)
		for i := range n {
			row := []float64{
				float64(rapid.IntRange(0, 100).Draw(t, "a")), float64(rapid.IntRange(0, 100).Draw(t, "b")), float64(rapid.IntRange(1, 100).Draw(t, "c")),
			}
			x[i], y[i] = row[0], row[0]+row[1]+row[2]
			m.add(row)
		}
		student := distuv.StudentsT{Sigma: 1, Nu: float64(n - 1)}.Quantile(0.975)
		mean, margin := stat.Mean(x, nil), student*stat.StdDev(x, nil)/math.Sqrt(float64(n))
		if e := m.mean(sumOf(0)); math.Abs(e.Mean-mean) > 1e-12*mean || math.Abs(e.High-mean-margin) > 1e-6*margin+1e-6 {
			t.Fatalf("mean %v, want %v ± %v", e, mean, margin)
		}
		r := stat.Mean(x, nil) / stat.Mean(y, nil)
		residuals := make([]float64, n)
		for i := range n {
			residuals[i] = x[i] - r*y[i]
		}
		half := student * stat.StdDev(residuals, nil) / math.Sqrt(float64(n)) / stat.Mean(y, nil)
		if e := m.ratio(sumOf(0), sumOf(0, 1, 2)); math.Abs(e.Mean-r) > 1e-12 || math.Abs(e.High-e.Mean-half) > 1e-6*half+1e-9 {
			t.Fatalf("ratio %v, want %v ± %v", e, r, half)
		}
	})
}

// Student's 0.975 quantile for 4 and 999 degrees of freedom, from tables.
func TestStudent(t *testing.T) {
	for n, want := range map[int]float64{5: 2.77645, 1000: 1.96234} {
		m := newMoments(1)
		for i := range n {
			m.add([]float64{float64(i)})
		}
		var variance float64
		for i := range n {
			d := float64(i) - float64(n-1)/2
			variance += d * d / float64(n-1)
		}
		e := m.mean(sumOf(0))
		if got := (e.High - e.Mean) / math.Sqrt(variance/float64(n)); math.Abs(got-want) > 1e-4 {
			t.Errorf("quantile for %d replications %v, want %v", n, got, want)
		}
	}
}
