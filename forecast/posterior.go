package forecast

import (
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// posterior is what the days say of the coefficients of the features and of the
// drift, under given hyper-parameters and noise. With the features X scaled to
// coefficients of variance 1, the covariance of the days is C = X·Xᵀ + K, K
// being that of drift and noise. C⁻¹ is had from K⁻¹ by Woodbury's identity,
// and K⁻¹ from a Kalman filter, so that the cost is linear in the number of
// days.
type posterior struct {
	drift  drift
	filter *filtered    // of the unscaled features and the centred logarithms
	scale  []float64    // of the features
	a      mat.Cholesky // of I + Xᵀ·K⁻¹·X
	beta   []float64    // mean of the coefficients of the scaled features
	square float64      // yᵀ·C⁻¹·y
}

func (d days) posterior(h hyper, noise []float64) *posterior {
	p, m := len(d.features), d.columns()
	drift := d.without.drift(h.drift())
	ps := &posterior{drift: drift, filter: drift.filter(d.data, m, d.time, noise), scale: make([]float64, p)}
	for j, f := range d.features {
		ps.scale[j] = 1
		if f.common {
			ps.scale[j] = math.Sqrt(h.calendar)
		}
	}
	for i, v := range ps.filter.variance {
		floats.ScaleTo(d.white[i*m:(i+1)*m], 1/math.Sqrt(v), ps.filter.innovation[i*m:(i+1)*m])
	}
	gram := blas64.Symmetric{N: m, Stride: m, Data: make([]float64, m*m), Uplo: blas.Upper}
	blas64.Syrk(blas.Trans, 1, blas64.General{Rows: d.n(), Cols: m, Stride: m, Data: d.white}, 0, gram)
	a, c := mat.NewSymDense(p, nil), mat.NewVecDense(p, nil)
	for i := range p {
		for j := i; j < p; j++ {
			a.SetSym(i, j, ps.scale[i]*ps.scale[j]*gram.Data[i*m+j])
		}
		a.SetSym(i, i, a.At(i, i)+1)
		c.SetVec(i, ps.scale[i]*gram.Data[i*m+p])
	}
	ps.a.Factorize(a) // positive definite: it is I and a matrix of squares
	beta := ps.solve(c)
	ps.beta = beta.RawVector().Data
	ps.square = gram.Data[p*m+p] - mat.Dot(c, beta)
	return ps
}

// solve gives A⁻¹·v.
func (ps *posterior) solve(v *mat.VecDense) *mat.VecDense {
	var x mat.VecDense
	_ = ps.a.SolveVecTo(&x, v) // the error tells of bad condition, which the I in A rules out
	return &x
}

// misfit gives the negative logarithm of the marginal likelihood, up to a
// constant: ½·yᵀ·C⁻¹·y + ½·log|C|.
func (ps *posterior) misfit() float64 {
	sum := ps.square + ps.a.LogDet()
	for _, v := range ps.filter.variance {
		sum += math.Log(v)
	}
	return sum / 2
}

// leaveOneOut gives what each day differs from what all others say of it, and
// the variance of that (Rasmussen and Williams, Gaussian Processes for Machine
// Learning (2006), section 5.4.2).
func (ps *posterior) leaveOneOut() (residual, variance []float64) {
	s := ps.filter.smooth()
	residual = ps.errors(s.product, s.diagonal)
	for i, d := range s.diagonal { // now of C⁻¹
		residual[i] /= d
		s.diagonal[i] = 1 / d
	}
	return residual, s.diagonal
}

// shifts gives, for each day, the shift of the level from that day on that would
// explain the days best, in its standard deviations.
func (ps *posterior) shifts() []float64 {
	s := ps.filter.smooth()
	z := ps.errors(s.shift, s.weight)
	for i, w := range s.weight {
		z[i] /= math.Sqrt(max(w, math.SmallestNonzeroFloat64))
	}
	return z
}

// errors takes rows of vᵀ·K⁻¹·X and vᵀ·K⁻¹·y (n × m), and vᵀ·K⁻¹·v. It gives
// vᵀ·C⁻¹·y, and turns the last into vᵀ·C⁻¹·v.
func (ps *posterior) errors(rows, squares []float64) []float64 {
	n, m, p := ps.filter.n, ps.filter.m, len(ps.scale)
	w := blas64.General{Rows: n, Cols: p, Stride: p, Data: make([]float64, n*p)} // of vᵀ·K⁻¹·X
	out := make([]float64, n)
	for i := range n {
		row := w.Data[i*p : (i+1)*p]
		floats.MulTo(row, ps.scale, rows[i*m:i*m+p])
		out[i] = rows[i*m+p] - floats.Dot(row, ps.beta)
	}
	var root mat.TriDense // U of A = Uᵀ·U
	ps.a.UTo(&root)
	blas64.Trsm(blas.Right, blas.NoTrans, 1, root.RawTriangular(), w)
	for i := range n {
		row := w.Data[i*p : (i+1)*p]
		squares[i] -= floats.Dot(row, row)
	}
	return out
}
