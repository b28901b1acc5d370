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

// Of the variance of a rate on the day of a forecast, wholeDay is common to the
// day; the rest belongs to a deviation that wanders, with a correlation that
// falls to 1/e in wanderSpan hours. An interval that deviates by more than
// surprise standard deviations counts as if by so many. On public series of a
// bank, an insurer and a card issuer the gain hardly changes from .2 to .3, 4 to
// 6 hours and 2 to 3.
const (
	wholeDay   = 0.25
	wanderSpan = 5.0
	surprise   = 2.5
)

// Update gives the forecast of the rest of a day of which the first intervals
// have been seen: seen has the calls of the intervals from f.Start on, NaN where
// they are not known. The day is that of the last interval seen; days before it
// are not looked at. The result covers what is left of that day, and nothing
// when it is over.
//
// The rates of the day are what was expected times a factor that is the sum of
// one for the whole day and one that wanders through it. A Kalman filter finds
// both from the intervals seen, through the noise of calls coming one by one.
// (To scale the rest by the plain ratio of seen to expected makes it worse in
// the first hours.) A run of empty intervals that chance would not leave is an
// outage: it is noted, and says nothing of the rest.
//
// It fails when seen is longer than the forecast, or has a number that is
// negative or infinite.
func (f Forecast) Update(seen []float64) (Forecast, error) {
	n := len(seen)
	if n > len(f.Mean) {
		return Forecast{}, fmt.Errorf("update: %d intervals seen, want at most the %d of the forecast", n, len(f.Mean))
	}
	if err := (Series{Start: f.Start, Step: f.Step, Values: seen}).check("update"); err != nil {
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
	c := f.morning(from, to)
	rest.Notes = c.see(f, from, seen)
	c.steer(&rest, f.hours(from, n))
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
		Start: f.time(i), Step: f.Step, DayShare: f.DayShare,
		Mean: slices.Clone(f.Mean[i:j]), Spread: slices.Clone(f.Spread[i:j]), HandleTime: slices.Clone(f.HandleTime[i:j]),
	}
}

// time gives the start of interval i; i may be the number of intervals.
func (f Forecast) time(i int) time.Time { return f.Start.Add(time.Duration(i) * f.Step) }

// hours gives the time from interval i to j.
func (f Forecast) hours(i, j int) float64 { return float64(j-i) * f.Step.Hours() }

// course is how a day runs: the factor on its rates less 1, by interval seen.
type course struct {
	drift drift // of the whole day, and the one that wanders
	error []float64
	hour  []float64 // of the day
	noise []float64 // variance of error from calls coming one by one
}

// morning gives the course of the intervals from up to but not including to
// before any of them is seen.
func (f Forecast) morning(from, to int) course {
	var square, calls float64
	for i := from; i < to; i++ {
		square += f.Mean[i] * f.Spread[i] * f.Spread[i]
		calls += f.Mean[i]
	}
	variance := square / max(calls, math.SmallestNonzeroFloat64)
	return course{drift: drift{
		sd:    [2]float64{math.Sqrt(wholeDay * variance), math.Sqrt((1 - wholeDay) * variance)},
		span:  [2]float64{math.Inf(1), wanderSpan},
		limit: surprise,
	}}
}

// see takes in the intervals that were seen, from f's interval from on, and
// notes outages.
func (c *course) see(f Forecast, from int, seen []float64) []Note {
	var notes []Note
	for i := from; i < len(seen); i++ {
		end, expected := f.empty(i, seen)
		switch {
		case math.Exp(-expected) < outageChance:
			notes = append(notes, Note{Kind: NoteOutage, From: f.time(i), To: f.time(end), Value: expected})
			i = end - 1
		case f.Mean[i] > 0 && !math.IsNaN(seen[i]):
			c.error = append(c.error, seen[i]/f.Mean[i]-1)
			c.hour = append(c.hour, f.hours(from, i))
			c.noise = append(c.noise, 1/f.Mean[i])
		}
	}
	return notes
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

// steer brings the rest of the day, which begins at an hour of it, to the course.
func (c course) steer(rest *Forecast, hour float64) {
	seen := c.drift.filter(c.error, 1, c.hour, c.noise)
	var last float64
	if n := len(c.hour); n > 0 {
		last = c.hour[n-1]
	}
	var total float64
	for i := range rest.Mean {
		deviation, variance := seen.predict(c.drift, hour+rest.hours(0, i)-last)
		factor := max(1+deviation[0], leastCourse)
		rest.Mean[i] *= factor
		rest.Spread[i] = math.Sqrt(variance) / factor
		total += variance
	}
	if total > 0 { // what wanders is in common too between intervals that are close: a third of the rest apart in the mean
		n := len(rest.Mean)
		whole := seen.cov[0] * float64(n) / total
		rest.DayShare = min(1, whole+(1-whole)*math.Exp(-rest.hours(0, n)/3/wanderSpan))
	}
}
