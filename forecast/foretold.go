package forecast

import (
	"math"
	"slices"
	"time"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
)

// foretold is a day of the past as it was expected and as it came, in the
// intervals that were open and known.
type foretold struct {
	mean, calls []float64
	hour        []float64
	spread      float64
}

// courseStep is the least interval in which a day is looked at to
// learn its course: the calls of shorter ones say no more.
const courseStep = 30 * time.Minute

// foretold gives the days of the rehearsals, each as forecast from nearest
// before.
func (s *study) foretold(rs []rehearsal, c calibration) []foretold {
	var days []foretold
	seen := make([]bool, s.days)
	for _, r := range rs { // the latest origins come first
		if !seen[r.day] && s.whole[r.day] && r.shaped && r.calls >= tellingDay {
			seen[r.day] = true
			days = append(days, s.lookBackOn(r, c))
		}
	}
	return days
}

// tellingDay is the expected calls of a day from which its course can be told.
const tellingDay = 5

func (s *study) lookBackOn(r rehearsal, c calibration) foretold {
	f := foretold{spread: c.spread(r.expected)}
	calls := s.day(r.day)
	together := max(1, int(courseStep/s.step))
	for i := 0; i < s.slots; i += together {
		var mean, came float64
		for k := i; k < min(i+together, s.slots); k++ {
			if known(calls[k]) && s.openAt(r.day, k) {
				mean += r.calls * r.profile[k]
				came += calls[k]
			}
		}
		if mean > 0 {
			f.mean, f.calls = append(f.mean, mean), append(f.calls, came)
			f.hour = append(f.hour, float64(i)*s.step.Hours())
		}
	}
	return f
}

// The courses among which learnCourse looks: the part of the variance that is an
// interval's own, and the part that the whole day has of the rest, each with the
// negative logarithm of its prior.
var (
	ownParts   = [...]struct{ part, prior float64 }{{0, 0}, {.25, .5}, {.5, 1}, {.75, 1.5}, {.9, 2}}
	wholeParts = [...]struct{ part, prior float64 }{{.1, .5}, {.25, 0}, {.5, .5}, {.75, 1}}
)

// courseShares are the shares of a day's calls after which its rest is foretold.
// Their errors go together: each counts as half a day.
var courseShares = [...]float64{.15, .3, .5, .7}

const shareWeighs = 0.5

// learnCourse finds the course that would have foretold the rests of past days:
// the mean of some, weighted by how well each of them has done, so that few days
// or a group without a course of its own stay near the usual one. It gives the
// zero course when there are no days.
//
// The likelihood of the intervals one after the other, which could be had from
// the same filter, makes worse courses: it is ruled by what the next half-hour
// brings and not by the afternoon.
func learnCourse(days []foretold) Course {
	if len(days) == 0 {
		return Course{}
	}
	var courses []Course
	var misfit []float64
	for _, own := range ownParts {
		for _, whole := range wholeParts {
			drifts := 1 - own.part
			c := Course{Whole: whole.part * drifts, Wander: (1 - whole.part) * drifts}
			courses = append(courses, c)
			misfit = append(misfit, own.prior+whole.prior+shareWeighs*misfitOf(c.foretell(days)))
		}
	}
	least := floats.Min(misfit)
	var c Course
	var sum float64
	for k, m := range misfit {
		w := math.Exp(least - m)
		sum += w
		c.Whole += w * courses[k].Whole
		c.Wander += w * courses[k].Wander
	}
	c.Whole /= sum
	c.Wander = min(c.Wander/sum, 1-c.Whole)
	c.Unforeseen = unforeseen(c.foretell(days), len(days))
	return c
}

// restOfDay is a rest of a day as it was foretold once a part of it was seen.
type restOfDay struct {
	before, expected, calls float64 // before is what was expected when nothing was seen
	rate                    float64 // Spread times before: standard deviation of a rate that is common to all
	variance                float64 // of the rate's part in the error
}

// foretell gives the rests of the days after shares of their expected calls.
func (c Course) foretell(days []foretold) []restOfDay {
	rests := make([]restOfDay, 0, len(days)*len(courseShares))
	for _, d := range days {
		o := c.outlook()
		total := floats.Sum(d.mean)
		n, seen := 0, 0.
		for _, share := range courseShares {
			for ; n < len(d.mean) && seen < share*total; n++ {
				o.see(d.hour[n], d.mean[n], d.spread, d.calls[n])
				seen += d.mean[n]
			}
			if n < len(d.mean) {
				rests = append(rests, d.rest(o, n))
			}
		}
	}
	return rests
}

// rest foretells the intervals from n on.
func (d foretold) rest(o outlook, n int) restOfDay {
	deviation, variance := o.sum(d.hour[n:], d.mean[n:])
	r := restOfDay{before: floats.Sum(d.mean[n:]), calls: floats.Sum(d.calls[n:]), variance: d.spread * d.spread * variance}
	r.expected = max(leastCourse*r.before, r.before+d.spread*deviation)
	r.rate = d.spread * r.before
	return r
}

// misfitOf gives half the sum of the squared errors, in standard deviations;
// beyond surprise of them they grow no longer by the square (Huber, Robust
// estimation of a location parameter, Ann. Math. Statist. 35 (1964) 73–101).
// Half the variance of a rate that is common to all counts, the same for all
// courses.
func misfitOf(rests []restOfDay) float64 {
	var sum float64
	for _, r := range rests {
		z := math.Abs(r.calls-r.expected) / math.Sqrt(r.before+r.rate*r.rate/2)
		cut := min(z, surprise)
		sum += cut * (z - cut/2)
	}
	return sum
}

// The usual Unforeseen weighs as much as unforeseenDays.
const unforeseenDays = 8.0

// unforeseen gives the variance, in units of Spread², with which the 80 %
// intervals of the rests would have held, drawn to the usual one.
func unforeseen(rests []restOfDay, days int) float64 {
	const z80 = 1.2816
	needed := make([]float64, len(rests))
	for i, r := range rests {
		miss := (r.calls - r.expected) / z80
		needed[i] = (miss*miss - r.expected - r.variance) / (r.rate * r.rate)
	}
	if len(needed) == 0 {
		return usualCourse.Unforeseen
	}
	slices.Sort(needed)
	n := float64(days)
	shown := stat.Quantile(.8, stat.Empirical, needed, nil)
	return max(0, (n*shown+unforeseenDays*usualCourse.Unforeseen)/(n+unforeseenDays))
}
