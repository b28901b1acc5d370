package forecast

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// days are the days from which the day level is learnt, in order.
type days struct {
	features []feature
	without  part      // of the model
	data     []float64 // by day: the features, then the logarithm of the calls with all slots open
	poisson  []float64 // variance of that logarithm from calls coming one by one
	time     []float64 // in days on which the group is usually open
	group    []int     // which of the groups of days of like noise

	base  []float64 // noise variance that does not depend on the hyper-parameters
	white []float64 // room for the innovations of data, each divided by its sd
}

func (d days) n() int { return len(d.time) }

func (d days) columns() int { return len(d.features) + 1 }

// add adds a day.
func (d *days) add(row []float64, calls, variance, time float64, group int) {
	d.data = append(append(d.data, row...), math.Log(calls))
	d.poisson = append(d.poisson, variance)
	d.time = append(d.time, time)
	d.group = append(d.group, group)
}

// Older days say less of the present: when a day is forgetting days old,
// ageNoise of variance is added, three times as much at twice that age, and so
// on.
const (
	forgetting = 100.0
	ageNoise   = .03 * .03
)

// level is a fitted day level: a Gaussian process on the logarithm of the day's
// calls with a linear part, the features, and a drift.
type level struct {
	*posterior
	hyper    hyper
	centre   float64         // mean logarithm, which is set apart
	last     float64         // time of the last day
	noise    [groups]float64 // variance of a day, by group
	outliers []float64       // by day: how many times the expected calls a strange one had; 0 for others
	doubt    []float64       // by day: standard deviations of a shift of the level from that day on
	shifts   []shift
}

// fit learns the level. A nil start means that the hyper-parameters are to be
// found.
func (d days) fit(start *hyper) *level {
	centre := d.weigh()
	l := d.learn(start)
	for len(l.shifts) < mostShifts && !d.without.has(shiftPart) {
		with, other := d.shifted(l, start)
		if other == nil {
			break
		}
		d, l = with, other
	}
	l.centre, l.last = centre, d.time[d.n()-1]
	return l
}

// weigh fills in the noise by age, and takes the mean logarithm, which it gives,
// from the days.
func (d *days) weigh() float64 {
	n, m := d.n(), d.columns()
	d.base = make([]float64, n)
	var centre, weight float64
	for i := range n {
		age := min((d.time[n-1]-d.time[i])/forgetting, 12)
		d.base[i] = d.poisson[i]
		if !d.without.has(ageingPart) {
			d.base[i] += ageNoise * (math.Exp2(age) - 1)
		}
		w := 1 / (d.base[i] + .01)
		centre += w * d.data[i*m+m-1]
		weight += w
	}
	centre /= weight
	for i := range n {
		d.data[i*m+m-1] -= centre
	}
	return centre
}

// learn finds the hyper-parameters, unless they are given, and the posterior.
func (d days) learn(start *hyper) *level {
	d.white = make([]float64, len(d.data))
	l := &level{outliers: make([]float64, d.n())}
	if start != nil {
		l.hyper = *start
	} else {
		l.hyper = d.search()
	}
	l.settle(d)
	return l
}

// noise fills in the variance of each day before the days are told apart.
func (d days) noise(out []float64, h hyper) {
	for i, b := range d.base {
		out[i] = b + h.noise*h.noise
	}
}

// strange is the leave-one-out residual, in standard deviations, over which a
// day is an outlier, and dampings how often they are looked for.
const (
	strange  = 4.0
	dampings = 2
)

// settle finds the noise of each group of days and of outliers, which are kept
// but weigh less, and then the posterior.
func (l *level) settle(d days) {
	noise := make([]float64, d.n())
	d.noise(noise, l.hyper)
	first := d.posterior(l.hyper, noise)
	l.doubt = first.shifts()
	residual, variance := first.leaveOneOut()
	l.regroup(d, noise, residual, variance)
	l.posterior = d.posterior(l.hyper, noise)
	for range dampings {
		residual, variance = l.leaveOneOut()
		if d.without.has(dampingPart) || !l.damp(noise, residual, variance) {
			break
		}
		l.posterior = d.posterior(l.hyper, noise)
	}
}

// The noise of a group of days is that of all days times the median of its
// squared residuals over that of a normal variable, medianSquare, as if
// groupPrior more days had shown no difference, and within bounds.
const (
	medianSquare              = .455
	groupPrior                = 5.0
	leastRatio, greatestRatio = .3, 25.0
	leastNoise                = 1e-6
)

func (l *level) regroup(d days, noise, residual, variance []float64) {
	for g := range l.noise {
		var squares []float64
		for i, r := range residual {
			if d.group[i] == g {
				squares = append(squares, r*r/variance[i])
			}
		}
		common := l.hyper.noise * l.hyper.noise
		l.noise[g] = common * (1 + .9*(min(max(varies(squares), leastRatio), greatestRatio)-1))
		for i := range noise {
			if d.group[i] == g {
				noise[i] = max(noise[i]+l.noise[g]-common, leastNoise)
			}
		}
	}
}

// varies gives the factor by which the squares of residuals over their variances are
// larger than they should be.
func varies(squares []float64) float64 {
	k := float64(len(squares))
	if k == 0 {
		return 1
	}
	return (median(squares)/medianSquare*k + groupPrior) / (k + groupPrior)
}

// damp adds noise to the days that are strange; it tells whether there are any.
func (l *level) damp(noise, residual, variance []float64) bool {
	found := false
	for i, r := range residual {
		if r*r > strange*strange*variance[i] {
			noise[i] += r * r / 2
			l.outliers[i] = math.Exp(r)
			found = true
		}
	}
	return found
}

// A last day that was strange may be the first of many, or stand alone. The variance
// of the logarithm of the next day is greater by unsettledPart times the square of its
// surprise, and fades in unsettledSpan open days.
const (
	unsettledPart = 0.2
	unsettledSpan = 5.0
)

// unsettled gives the variance that a strange last day leaves at time t.
func (l *level) unsettled(t float64) float64 {
	last := l.outliers[len(l.outliers)-1]
	if last == 0 {
		return 0
	}
	r := math.Log(last)
	return unsettledPart * r * r * math.Exp(-(t-l.last-1)/unsettledSpan)
}

// at is what the level says of a day: the logarithm of its calls, the variance
// of that, and the parts that add up to it.
type at struct {
	log, variance float64
	features      []float64 // by feature
	drift         float64
}

// at looks at a day at time t, after those that were learnt from.
func (l *level) at(row []float64, t float64, group int) at {
	for range l.shifts {
		row = append(slices.Clip(row), shiftSD)
	}
	p := len(row)
	mean, variance := l.filter.predict(l.drift, t-l.last)
	out := at{features: make([]float64, p), drift: mean[p]}
	away := mat.NewVecDense(p, nil)
	for j, x := range row {
		x *= l.scale[j]
		g := l.scale[j] * mean[j]
		out.features[j] = x * l.beta[j]
		out.drift -= g * l.beta[j]
		away.SetVec(j, x-g)
	}
	out.log = l.centre + floats.Sum(out.features) + out.drift
	out.variance = max(0, variance+l.noise[group]+mat.Dot(away, l.solve(away))) // below 0 by rounding where days differ beyond all measure
	return out
}
