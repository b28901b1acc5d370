package forecast

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// dense is the same Gaussian process as posterior, with its covariance written
// out.
type dense struct {
	chol mat.Cholesky
	y    *mat.VecDense
	at   func(row []float64, t float64) (k *mat.VecDense, variance float64)
}

func newDense(d days, h hyper, noise []float64) dense {
	dr, m := h.drift(), d.columns()
	scaled := func(row []float64) []float64 {
		x := make([]float64, len(d.features))
		for j, f := range d.features {
			x[j] = row[j]
			if f.common {
				x[j] *= math.Sqrt(h.calendar)
			}
		}
		return x
	}
	kernel := func(a []float64, s float64, b []float64, t float64) (k float64) {
		for j, x := range scaled(a) {
			k += x * scaled(b)[j]
		}
		for j, sd := range dr.sd {
			k += sd * sd * math.Exp(-math.Abs(s-t)/dr.span[j])
		}
		return k
	}
	row := func(i int) []float64 { return d.data[i*m : i*m+m-1] }
	c := mat.NewSymDense(d.n(), nil)
	y := mat.NewVecDense(d.n(), nil)
	for i := range d.n() {
		y.SetVec(i, d.data[i*m+m-1])
		for j := i; j < d.n(); j++ {
			c.SetSym(i, j, kernel(row(i), d.time[i], row(j), d.time[j]))
		}
		c.SetSym(i, i, c.At(i, i)+noise[i])
	}
	g := dense{y: y}
	g.chol.Factorize(c)
	g.at = func(r []float64, t float64) (*mat.VecDense, float64) {
		k := mat.NewVecDense(d.n(), nil)
		for i := range d.n() {
			k.SetVec(i, kernel(row(i), d.time[i], r, t))
		}
		return k, kernel(r, t, r, t)
	}
	return g
}

func someDays(n int) (d days, noise []float64) {
	random := rand.New(rand.NewPCG(1, 2))
	d.features = []feature{{common: true}, {}, {common: true}}
	t := 0.
	for range n {
		row := []float64{random.NormFloat64(), random.NormFloat64(), random.Float64()}
		d.add(row, math.Exp(random.NormFloat64()), .01, t, workdays)
		noise = append(noise, .01+.05*random.Float64())
		t += float64(1 + random.IntN(3)) // weekends and holes
	}
	d.white = make([]float64, len(d.data))
	return d, noise
}

// TestPosteriorIsExact compares the linear-time computation with the dense one:
// marginal likelihood up to a constant, leave-one-out residuals, shifts of the
// level, and forecasts.
func TestPosteriorIsExact(t *testing.T) {
	d, noise := someDays(60)
	h := hyper{calendar: 1.7, slow: .1, fast: .2, noise: .05, fastSpan: 3}
	g, ps := newDense(d, h, noise), d.posterior(h, noise)
	var alpha mat.VecDense
	if err := g.chol.SolveVecTo(&alpha, g.y); err != nil {
		t.Fatal(err)
	}
	near := func(what string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 1e-9*(1+math.Abs(want)) {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	near("misfit", ps.misfit(), (mat.Dot(g.y, &alpha)+g.chol.LogDet())/2)

	var inverse mat.SymDense
	if err := g.chol.InverseTo(&inverse); err != nil {
		t.Fatal(err)
	}
	residual, variance := ps.leaveOneOut()
	for i := range residual {
		near("variance of the residual", variance[i], 1/inverse.At(i, i))
		near("residual", residual[i], alpha.AtVec(i)/inverse.At(i, i))
	}

	z := ps.shifts()
	for i := range z { // a shift of the slow drift fades as the drift does
		shift := mat.NewVecDense(d.n(), nil)
		for j := i; j < d.n(); j++ {
			shift.SetVec(j, math.Exp(-(d.time[j]-d.time[i])/slowSpan))
		}
		near("shift", z[i], mat.Dot(shift, &alpha)/math.Sqrt(mat.Inner(shift, &inverse, shift)))
	}

	l := &level{posterior: ps, hyper: h, last: d.time[d.n()-1]}
	row := []float64{.3, -1, .5}
	for _, ahead := range []float64{1, 7, 200} {
		k, prior := g.at(row, l.last+ahead)
		var solved mat.VecDense
		if err := g.chol.SolveVecTo(&solved, k); err != nil {
			t.Fatal(err)
		}
		got := l.at(row, l.last+ahead, workdays)
		near("forecast", got.log, mat.Dot(k, &alpha))
		near("variance of the forecast", got.variance, prior-mat.Dot(k, &solved))
	}
}

// TestFitDampsOutliers checks that a day of ten times the calls is named and
// hardly moves the level.
func TestFitDampsOutliers(t *testing.T) {
	fit := func(calls float64) *level {
		d := days{features: weekFeatures()[:1]}
		random := rand.New(rand.NewPCG(3, 4))
		for i := range 100 {
			c := 1000 * math.Exp(.03*random.NormFloat64())
			if i == 80 {
				c = calls
			}
			d.add([]float64{d.features[0].sd}, c, 1e-3, float64(i), workdays)
		}
		return d.fit(nil)
	}
	plain, struck := fit(1000), fit(10000)
	for i, factor := range struck.outliers {
		if (factor != 0) != (i == 80) {
			t.Errorf("day %d: outlier of factor %v", i, factor)
		}
	}
	if f := struck.outliers[80]; f < 8 || f > 12 {
		t.Errorf("the outlier is %v times the expected, want about 10", f)
	}
	row := []float64{plain.scale[0] * 3}
	if a, b := plain.at(row, 101, workdays).log, struck.at(row, 101, workdays).log; math.Abs(a-b) > .02 {
		t.Errorf("forecast exp(%v), without the outlier exp(%v)", b, a)
	}
}
