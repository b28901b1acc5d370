package forecast

import (
	"fmt"
	"math"
	"slices"
	"time"

	"gonum.org/v1/gonum/floats"
)

// ReasonToday is that the day so far has run above or below what was expected
// of it.
const ReasonToday Reason = "today"

// Update gives the forecast of the rest of a day of which the first intervals
// have been seen: seen has the calls of the intervals from f.Start on, NaN where
// they are not known. The day is that of the last interval seen; days before it
// are not looked at. The result covers what is left of that day, and nothing
// when it is over.
//
// The rates stray from what was expected as f.Course says. A Kalman filter finds
// what is common to the day and what wanders from the intervals seen, through
// the noise of calls coming one by one. (To scale the rest by the plain ratio of
// seen to expected makes it worse in the first hours.) A run of empty intervals
// that chance would not leave is an outage: it is noted, and says nothing of the
// rest. Course, DayShare and Days of the result are those of what is left of the
// day.
//
// It fails when seen is longer than the forecast, or has a number that is
// negative or above 1e15.
func (f Forecast) Update(seen []float64) (Forecast, error) {
	n := len(seen)
	if n > len(f.Mean) {
		return Forecast{}, fmt.Errorf("update: %d intervals seen, want at most the %d of the forecast", n, len(f.Mean))
	}
	if err := (Series{Start: f.Start, Step: f.Step, Values: seen}).check("update", mostCalls); err != nil {
		return Forecast{}, err
	}
	day := f.dayOf()
	var today int
	if n > 0 {
		today = day[n-1]
	}
	from, _ := slices.BinarySearch(day, today)
	to, _ := slices.BinarySearch(day, today+1)
	rest := f.cut(n, to)
	if n == to {
		return rest, nil
	}
	before := floats.Sum(rest.Mean)
	o := f.Course.orUsual().outlook()
	known, outages := f.see(&o, from, seen)
	rest.Notes = outages
	if known > 0 {
		rest.follow(o, f.hours(from, n))
	}
	rest.Days = []Day{{Date: f.Days[today].Date, HandleSigma: f.Days[today].HandleSigma}}
	rest.sumDays(make([]int, to-n))
	rest.Days[0].Terms = f.Days[today].Terms
	if factor := rest.Days[0].Total / before; math.Abs(math.Log(factor)) >= tellingTerm {
		rest.Days[0].Terms = slices.Concat([]Term{{Reason: ReasonToday, Factor: factor}}, f.Days[today].Terms)
	}
	return rest, nil
}

// cut gives the intervals from i up to but not including j, without their days.
func (f Forecast) cut(i, j int) Forecast {
	return Forecast{
		Start: f.time(i), Step: f.Step, DayShare: f.DayShare, Course: f.Course,
		Mean: slices.Clone(f.Mean[i:j]), Spread: slices.Clone(f.Spread[i:j]), HandleTime: slices.Clone(f.HandleTime[i:j]),
	}
}

// time gives the start of interval i; i may be the number of intervals.
func (f Forecast) time(i int) time.Time { return f.Start.Add(time.Duration(i) * f.Step) }

// hours gives the time from interval i to j.
func (f Forecast) hours(i, j int) float64 { return float64(j-i) * f.Step.Hours() }

// see shows to an outlook the intervals that were seen, from f's interval from
// on. It gives their number without outages, which it notes.
func (f Forecast) see(o *outlook, from int, seen []float64) (known int, outages []Note) {
	for i := from; i < len(seen); i++ {
		end, expected := f.empty(i, seen)
		switch {
		case expected > 0 && math.Exp(count{expected, f.Spread[i]}.logProb(0)) < outageChance:
			outages = append(outages, Note{Kind: NoteOutage, From: f.time(i), To: f.time(end), Value: expected})
			i = end - 1
		case f.Mean[i] > 0 && f.Spread[i] >= leastSpread && !math.IsNaN(seen[i]):
			o.see(f.hours(from, i), f.Mean[i], f.Spread[i], seen[i])
			known++
		}
	}
	return known, outages
}

// empty gives the end of the run of empty intervals from i on, and the calls
// that were expected in it.
func (f Forecast) empty(i int, seen []float64) (end int, expected float64) {
	for end = i; end < len(seen) && seen[end] == 0; end++ {
		expected += f.Mean[end]
	}
	return end, expected
}

// leastCourse guards against a forecast of nothing.
const leastCourse = 0.05

// follow brings the rest of a day, which begins at an hour of it, to what the
// morning says of it.
func (f *Forecast) follow(o outlook, hour float64) {
	hours, weight := make([]float64, len(f.Mean)), make([]float64, len(f.Mean))
	var varied float64
	for i, m := range f.Mean {
		hours[i], weight[i] = hour+f.hours(0, i), m*f.Spread[i]
		deviation, variance := o.at(hours[i])
		factor := max(1+f.Spread[i]*deviation, leastCourse)
		f.Mean[i] *= factor
		f.Spread[i] *= math.Sqrt(variance) / factor
		varied += variance / float64(len(f.Mean))
	}
	whole := o.cov[0]
	f.Course = Course{Whole: whole / varied, Wander: max(0, varied-whole-o.own()) / varied, Unforeseen: o.Unforeseen}
	_, variance := o.sum(hours, weight)
	f.varyTogether(variance)
}

// varyTogether gives the intervals of a day, which is all there is, the DayShare
// with which the sum of their rates has the given variance. Where they would have
// to vary more for that, they do.
func (f *Forecast) varyTogether(variance float64) {
	f.DayShare = f.shareOfVariance(variance)
	if sum, _ := f.deviations(); variance > sum*sum && sum > 0 {
		floats.Scale(math.Sqrt(variance)/sum, f.Spread)
	}
}

// leastPairs is the part that pairs of different intervals have at least of the
// variance of a day's sum if their correlation is to tell anything.
const leastPairs = 1e-9

// shareOfVariance gives the mean correlation of two intervals of a day, which is
// all there is, with which the sum of their rates has the given variance; 1 where
// there are no two.
func (f Forecast) shareOfVariance(variance float64) float64 {
	sum, squares := f.deviations()
	pairs := sum*sum - squares
	if pairs <= leastPairs*squares {
		return 1
	}
	return max(0, min(1, (variance-squares)/pairs))
}

// deviations gives the sum of the standard deviations of the rates, in calls,
// and that of their squares.
func (f Forecast) deviations() (sum, squares float64) {
	for i, m := range f.Mean {
		s := m * f.Spread[i]
		sum += s
		squares += s * s
	}
	return sum, squares
}
