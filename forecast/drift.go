package forecast

import "math"

// drift is a level that moves: the sum of two Ornstein–Uhlenbeck processes, a
// slow and a fast one, each with a stationary standard deviation and a time
// after which its correlation is 1/e. It is seen at times through noise.
type drift struct {
	sd, span [2]float64
}

// filtered is what a Kalman filter makes of columns of numbers seen at times t
// through noise: their innovations under the covariance K of drift plus noise,
// so that K = L·diag(F)·Lᵀ and the innovations are L⁻¹ times the columns. The
// cost is linear in the number of times.
type filtered struct {
	n, m       int
	innovation []float64 // n × m
	variance   []float64 // F, n
	gain       [][2]float64
	decay      [][2]float64 // of the states from the time before
	mean       [2][]float64 // of the states after the last time, by column
	cov        [3]float64   // of the states after the last time: 11, 12, 22
}

// filter runs over the n rows of columns (n × m).
// See Durbin and Koopman, Time Series Analysis by State Space Methods, 2nd ed.
// (2012), section 4.3.
func (dr drift) filter(columns []float64, m int, t, noise []float64) *filtered {
	n := len(t)
	f := &filtered{
		n: n, m: m, innovation: make([]float64, n*m), variance: make([]float64, n),
		gain: make([][2]float64, n), decay: make([][2]float64, n),
	}
	a, b := make([]float64, m), make([]float64, m)
	p := [3]float64{dr.sd[0] * dr.sd[0], 0, dr.sd[1] * dr.sd[1]}
	for i := range n {
		if i > 0 {
			f.decay[i] = dr.decay(t[i] - t[i-1])
			p = dr.ahead(p, f.decay[i])
		}
		da, db := f.decay[i][0], f.decay[i][1]
		v := p[0] + 2*p[1] + p[2] + noise[i]
		ga, gb := (p[0]+p[1])/v, (p[1]+p[2])/v
		in, out := columns[i*m:(i+1)*m], f.innovation[i*m:(i+1)*m]
		for c, x := range in {
			e := x - da*a[c] - db*b[c]
			a[c] = da*a[c] + ga*e
			b[c] = db*b[c] + gb*e
			out[c] = e
		}
		p = [3]float64{p[0] - ga*ga*v, p[1] - ga*gb*v, p[2] - gb*gb*v}
		f.variance[i], f.gain[i] = v, [2]float64{ga, gb}
	}
	f.mean, f.cov = [2][]float64{a, b}, p
	return f
}

func (dr drift) decay(dt float64) [2]float64 {
	return [2]float64{math.Exp(-dt / dr.span[0]), math.Exp(-dt / dr.span[1])}
}

// ahead moves the covariance of the states on by a step with the given decay.
func (dr drift) ahead(p [3]float64, decay [2]float64) [3]float64 {
	a, b := decay[0], decay[1]
	return [3]float64{
		a*a*p[0] + (1-a*a)*dr.sd[0]*dr.sd[0],
		a * b * p[1],
		b*b*p[2] + (1-b*b)*dr.sd[1]*dr.sd[1],
	}
}

// predict gives, dt after the last time, what each column's drift is expected
// to be, and the variance of the drift.
func (f *filtered) predict(dr drift, dt float64) (mean []float64, variance float64) {
	d := dr.decay(dt)
	mean = make([]float64, f.m)
	for c := range mean {
		mean[c] = d[0]*f.mean[0][c] + d[1]*f.mean[1][c]
	}
	p := dr.ahead(f.cov, d)
	return mean, p[0] + 2*p[1] + p[2]
}

// smoothed is what a backward recursion makes of a filter: K⁻¹ times the
// columns, and how much a shift of the slow state at each time would explain.
type smoothed struct {
	product  []float64 // K⁻¹ times the columns, n × m
	diagonal []float64 // of K⁻¹
	shift    []float64 // n × m: sᵀ·K⁻¹ times the columns, s being a shift of 1 from that time on
	weight   []float64 // sᵀ·K⁻¹·s
}

// smooth runs back over the times (de Jong, A cross-validation filter for time
// series models, Biometrika 75 (1988) 594–600; de Jong and Penzer, Diagnosing
// shocks in time series, JASA 93 (1998) 796–806).
func (f *filtered) smooth() smoothed {
	s := smoothed{
		product: make([]float64, f.n*f.m), diagonal: make([]float64, f.n),
		shift: make([]float64, f.n*f.m), weight: make([]float64, f.n),
	}
	ra, rb := make([]float64, f.m), make([]float64, f.m)
	var n [3]float64
	for i := f.n - 1; i >= 0; i-- {
		if i < f.n-1 {
			a, b := f.decay[i+1][0], f.decay[i+1][1]
			n = [3]float64{a * a * n[0], a * b * n[1], b * b * n[2]}
			for c := range ra {
				ra[c] *= a
				rb[c] *= b
			}
		}
		ga, gb, v := f.gain[i][0], f.gain[i][1], f.variance[i]
		in, out := f.innovation[i*f.m:(i+1)*f.m], s.product[i*f.m:(i+1)*f.m]
		for c := range out {
			u := in[c]/v - ga*ra[c] - gb*rb[c]
			out[c] = u
			ra[c] += u
			rb[c] += u
		}
		na, nb := n[0]*ga+n[1]*gb, n[1]*ga+n[2]*gb // N·gain
		d := 1/v + ga*na + gb*nb
		s.diagonal[i] = d
		n = [3]float64{n[0] - 2*na + d, n[1] - na - nb + d, n[2] - 2*nb + d}
		copy(s.shift[i*f.m:], ra)
		s.weight[i] = n[0]
	}
	return s
}
