package forecast

import (
	"math"
	"slices"
	"time"

	"gonum.org/v1/gonum/floats"

	"bemanna/internal/civil"
)

// ratio is what days have told of a part over its whole: the hours absent of those
// planned, the seconds of handling of a call.
//
// The ratio of a day is a level that drifts, plus what is usual on its weekday
// and, from 1.2 years on, at its time of the year, plus chance, whose variance is
// inverse to the whole. How far weekdays and seasons differ, how fast the level
// drifts and how much there is of chance follows from the days, by maximum
// marginal likelihood penalised by log-normal priors; effects that the days do not
// show are shrunk to nothing.
type ratio struct {
	said   said
	days   []ratioDay
	data   []float64 // by day: the features, then the ratio less what was said
	time   []float64 // of the days, from the first
	scale  ratioScale
	level  *level
	first  civil.Date
	season bool
}

// said is what is thought of a ratio before any day is known.
type said struct {
	ratio   float64
	worth   float64    // the whole of the days that would have told as much, above 0
	unit    float64    // of the scale
	typical ratioScale // what the scale is likely to be
}

// ratioDay is a day with its whole, above 0, and its part.
type ratioDay struct {
	date        civil.Date
	whole, part float64
}

// ratioScale are the parameters that are found from the days. The first three are
// standard deviations, in units.
type ratioScale struct {
	week    float64 // of what weekdays add
	season  float64 // of the first wave of the year; the second has half of it
	slow    float64 // of the drift in 90 days
	cluster float64 // the whole of which the chance has a variance of 1
}

func (s ratioScale) logs() []float64 {
	return []float64{math.Log(s.week), math.Log(s.season), math.Log(s.slow), math.Log(s.cluster)}
}

func ratioScaleOf(logs []float64) ratioScale {
	return ratioScale{math.Exp(logs[0]), math.Exp(logs[1]), math.Exp(logs[2]), math.Exp(logs[3])}
}

// ratioScaleSD are the standard deviations of the logarithms of a scale.
var ratioScaleSD = [...]float64{1, 1, 1, 2}

// leastWhole is the whole of a day, relative to what was said, from which it tells
// anything at all: the noise of less would be beyond all numbers.
const leastWhole = 1e-9

// newRatio takes in days, which are in order of date; there may be none.
func newRatio(days []ratioDay, s said) *ratio {
	days = slices.DeleteFunc(slices.Clone(days), func(d ratioDay) bool { return d.whole < leastWhole*s.worth })
	r := &ratio{said: s, days: days}
	if n := len(days); n > 0 {
		r.first = days[0].date
		r.season = float64(days[n-1].date-r.first) > seasonAfter
	}
	for _, d := range days {
		r.data = append(append(r.data, r.features(d.date)...), d.part/d.whole-s.ratio)
		r.time = append(r.time, float64(d.date-r.first))
	}
	return r
}

// search finds the scale, with so many evaluations of its likelihood, and the level
// with it.
func (r *ratio) search(evaluations int) {
	from := r.said.typical.logs()
	misfit := func(x []float64) float64 {
		var penalty float64
		for i, v := range x {
			z := (v - from[i]) / ratioScaleSD[i]
			penalty += z * z / 2
		}
		return r.learn(ratioScaleOf(x)).misfit() + penalty
	}
	r.scale = ratioScaleOf(minimise(misfit, from, searchStep, searchTolerance, evaluations))
	r.level = r.learn(r.scale)
}

// excess gives by how much the days vary more than the scale has it, as a factor on
// the variance: from the median of the squares of what each differs from what the
// others say of it.
func (r *ratio) excess() float64 {
	residual, variance := r.level.leaveOneOut()
	var squares []float64
	for i, e := range residual {
		if square := e * e / variance[i]; square >= 0 { // not lost in rounding beside days of vastly more calls
			squares = append(squares, square)
		}
	}
	return varies(squares)
}

// on gives the expected ratio of a day after those that were learnt from, and the
// variance of that.
func (r *ratio) on(d civil.Date) (mean, variance float64) {
	row := r.features(d)
	floats.Mul(row, r.sd(r.scale))
	at := r.level.at(row, max(float64(d-r.first), r.level.last), workdays)
	return at.log, at.variance
}

// chance gives the variance of the ratio of a day with a given whole around what
// is expected of it.
func (r *ratio) chance(whole float64) float64 {
	return r.said.unit * r.said.unit * r.scale.cluster / whole
}

// features gives the values of a day's features: the mean, the weekdays and the
// waves of the year.
func (r *ratio) features(d civil.Date) []float64 {
	x := []float64{1}
	for w := time.Sunday; w <= time.Saturday; w++ {
		x = append(x, indicator(d.Weekday() == w))
	}
	if r.season {
		year, _, _ := d.Civil()
		angle := 2 * math.Pi * float64(d-civil.NewDate(year, time.January, 1)+1) / 365.25
		for k := 1.; k <= waves; k++ {
			x = append(x, math.Cos(k*angle), math.Sin(k*angle))
		}
	}
	return x
}

// waves is the number of waves of the year.
const waves = 2

// sd gives the standard deviations of the coefficients of the features.
func (r *ratio) sd(s ratioScale) []float64 {
	sd := []float64{math.Sqrt(s.cluster / r.said.worth)}
	for range 7 {
		sd = append(sd, s.week)
	}
	if r.season {
		for k := 1.; k <= waves; k++ {
			sd = append(sd, s.season/k, s.season/k)
		}
	}
	floats.Scale(r.said.unit, sd)
	return sd
}

// learn gives the level under a given scale.
func (r *ratio) learn(s ratioScale) *level {
	sd := r.sd(s)
	p := len(sd)
	d := days{features: make([]feature, p), data: make([]float64, len(r.data)), time: r.time, white: make([]float64, len(r.data))}
	copy(d.data, r.data)
	noise := make([]float64, len(r.days))
	for i, day := range r.days {
		floats.Mul(d.data[i*(p+1):i*(p+1)+p], sd)
		noise[i] = r.said.unit * r.said.unit * s.cluster / day.whole
	}
	l := &level{posterior: d.posterior(hyper{slow: r.said.unit * s.slow, fastSpan: 1}, noise), centre: r.said.ratio}
	if n := d.n(); n > 0 {
		l.last = d.time[n-1]
	}
	return l
}
