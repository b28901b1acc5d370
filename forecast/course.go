package forecast

import "math"

// Course says how the rates of a day stray from what was expected of them: of
// their variance, Spread², the part Whole is common to the day, the part Wander
// belongs to a deviation that wanders through it, with a correlation that falls
// to 1/e in five hours, and the remainder is each interval's own. The parts are
// between 0 and 1, and so is their sum.
//
// What is left of a day varies in common by Unforeseen times Spread² beyond
// that, whatever has been seen of the day before.
//
// The zero value is a course of which nothing is known.
type Course struct {
	Whole      float64 `json:"whole"`
	Wander     float64 `json:"wander"`
	Unforeseen float64 `json:"unforeseen"`
}

// usualCourse is the course of a group that has not shown its own. On public
// series of a bank, an insurer and a card issuer the gain of an update hardly
// changes with parts of the whole day from .2 to .3.
var usualCourse = Course{Whole: 0.25, Wander: 0.75, Unforeseen: 0.05}

// wanderSpan is the time in hours after which the correlation of what wanders
// is 1/e: on the same series, 4 to 6 hours are as good for the rest of a day of
// which half is seen. An interval that deviates by more than surprise standard
// deviations counts as if by so many: calls come in bursts that do not last, and
// 2.5 is worse on every share seen of most series.
const (
	wanderSpan = 5.0
	surprise   = 1.5
)

// orUsual gives the course, or the usual one where nothing is known.
func (c Course) orUsual() Course {
	if c == (Course{}) {
		return usualCourse
	}
	return c
}

// own is the part of the variance that is an interval's own.
func (c Course) own() float64 { return max(0, 1-c.Whole-c.Wander) }

// outlook is what the intervals seen of a day say of those to come, by a Kalman
// filter whose states are the deviation of the whole day and the one that
// wanders. Deviations of rates are in units of Spread, hours those of the day.
type outlook struct {
	Course
	whole, wander float64    // expected after the last interval seen
	cov           [3]float64 // of the two: 11, 12, 22
	hour          float64    // of the last interval seen
}

func (c Course) outlook() outlook {
	return outlook{Course: c, cov: [3]float64{c.Whole, 0, c.Wander}}
}

// fade gives the correlation of what wanders with itself some hours later.
func fade(hours float64) float64 { return math.Exp(-hours / wanderSpan) }

// see takes in the calls of an interval after those seen before. (Durbin and
// Koopman, Time Series Analysis by State Space Methods, 2nd ed. (2012), section
// 4.3.)
func (o *outlook) see(hour, mean, spread, calls float64) {
	f := fade(hour - o.hour)
	o.hour = hour
	o.wander *= f
	p := [3]float64{o.cov[0], f * o.cov[1], o.Wander + f*f*(o.cov[2]-o.Wander)}
	variance := p[0] + 2*p[1] + p[2] + o.own() + 1/(mean*spread*spread)
	sd := math.Sqrt(variance)
	innovation := (calls/mean-1)/spread - o.whole - o.wander
	innovation = max(-surprise*sd, min(surprise*sd, innovation))
	a, b := (p[0]+p[1])/variance, (p[1]+p[2])/variance // gains
	o.whole += a * innovation
	o.wander += b * innovation
	o.cov = [3]float64{p[0] - a*a*variance, p[1] - a*b*variance, p[2] - b*b*variance}
}

// at gives the deviation of the rate that is expected at an hour to come, and its
// variance.
func (o outlook) at(hour float64) (deviation, variance float64) {
	f := fade(hour - o.hour)
	p := o.cov
	return o.whole + f*o.wander, p[0] + 2*f*p[1] + o.Wander + f*f*(p[2]-o.Wander) + o.own()
}

// sum gives what is expected of the weighted sum of the deviations at hours to
// come, and its variance.
func (o outlook) sum(hour, weight []float64) (deviation, variance float64) {
	var whole, faded, squares, apart, before float64
	last, left := o.hour, 1.
	var gap, f float64
	f = 1
	for i, w := range weight {
		if g := hour[i] - last; g != gap {
			gap, f = g, fade(g)
		}
		last, left, before = hour[i], left*f, before*f
		whole += w
		faded += w * left
		squares += w * w
		apart += w * (w + 2*before)
		before += w
	}
	p := o.cov
	return whole*o.whole + faded*o.wander,
		whole*whole*(p[0]+o.Unforeseen) + 2*whole*faded*p[1] +
			o.Wander*apart + (p[2]-o.Wander)*faded*faded + // what wanders anew, and what is left of it from before
			o.own()*squares
}
