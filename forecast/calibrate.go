package forecast

import (
	"context"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
)

// The spread is calibrated on forecasts that start on days of the past: the
// last calibrations ones that lie calibrationStep telling days apart, looking
// calibrationDays ahead, as long as leastLearnt days come before.
const (
	calibrations    = 12
	calibrationStep = 3
	calibrationDays = 28
	leastLearnt     = 20
)

// horizon is how far ahead a day lies, counted in open days from the last one
// that was learnt from.
type horizon uint8

const (
	nextDay horizon = iota
	nextWeek
	later
	horizons
)

func (m *fitted) horizon(d int) horizon {
	var week float64
	for _, open := range m.weekly {
		week += indicator(open)
	}
	switch ahead := m.time[d] - m.time[m.last]; {
	case ahead <= 1:
		return nextDay
	case ahead <= week:
		return nextWeek
	}
	return later
}

// calibration turns what the model says of its uncertainty into a spread.
type calibration struct {
	within   float64           // variance of the rate of an interval around its day's
	factor   [horizons]float64 // on the variance of day and interval together
	dayShare float64
}

// uncalibrated is the calibration before any forecast of the past could be
// made.
var uncalibrated = calibration{within: .005, factor: [horizons]float64{1, 1, 1}, dayShare: .7}

// spread gives the relative standard deviation of the rate on a day.
func (c calibration) spread(e expected) float64 {
	return math.Sqrt(c.factor[e.horizon] * (e.variance + c.within))
}

// calibrate forecasts the past with what was learnt of the hyper-parameters and
// compares.
func (m *fitted) calibrate(ctx context.Context) (calibration, error) {
	s := m.study
	var t trials
	telling := s.telling(s.days)
	step := max(1, min(calibrationStep, (len(telling)-leastLearnt)/(calibrations+1)))
	for k := 1; k <= calibrations; k++ {
		u := len(telling) - k*step
		if u < leastLearnt {
			break
		}
		if err := ctx.Err(); err != nil {
			return calibration{}, err
		}
		then := s.fit(telling[u], &m.level.hyper)
		for d := telling[u]; d < min(telling[u]+calibrationDays, m.surprise(telling[u])); d++ {
			if e := then.expect(d); known(s.total[d]) && e.calls > 0 && s.shock[d] == 0 {
				t.compare(then, d, e)
			}
		}
	}
	return t.calibration(), nil
}

// trial is one interval of the past, forecast.
type trial struct {
	mean, actual float64
	variance     float64 // of the day's rate, as the model has it
}

// trials are the intervals of the past that were forecast, and the excess of
// their squared errors over Poisson noise, by interval and by day.
type trials struct {
	byHorizon     [horizons][]trial
	days          [horizons]int
	interval, day excess
}

// tellingMean is the expected number of calls from which an interval tells
// something of the spread.
const tellingMean = 0.2

// compare adds day d, forecast as e: its intervals where they are known and
// their profile was too, and otherwise its total.
func (t *trials) compare(m *fitted, d int, e expected) {
	if !m.whole[d] || m.profiles.days < littleDays {
		mean := e.calls * m.shareOf(d, e.profile)
		t.add(e, mean, m.total[d])
		t.day.add(mean, m.total[d])
		t.days[e.horizon]++
		return
	}
	var mean, actual float64
	for i, v := range m.day(d) {
		if expected := e.calls * e.profile[i]; known(v) && m.openAt(d, i) && expected >= tellingMean {
			t.add(e, expected, v)
			t.interval.add(expected, v)
			mean += expected
			actual += v
		}
	}
	if mean > 0 {
		t.day.add(mean, actual)
		t.days[e.horizon]++
	}
}

func (t *trials) add(e expected, mean, actual float64) {
	t.byHorizon[e.horizon] = append(t.byHorizon[e.horizon], trial{mean, actual, e.variance})
}

// excess is the mean relative variance of counts beyond that of Poisson counts,
// weighted by their means; no single count adds more than 1 to it.
type excess struct{ sum, weight float64 }

func (e *excess) add(mean, actual float64) {
	miss := actual - mean
	e.sum += mean * min((miss*miss-mean)/(mean*mean), 1)
	e.weight += mean
}

func (e excess) variance() float64 { return max(e.sum/e.weight, 1e-5) }

// shrinkDays is how many days of trials the factor of all horizons together
// weighs against that of one.
const shrinkDays = 8

func (t trials) calibration() calibration {
	all := slices.Concat(t.byHorizon[:]...)
	if len(all) == 0 {
		return uncalibrated
	}
	c := uncalibrated
	if t.interval.weight > 0 {
		total := t.interval.variance()
		day := min(t.day.variance(), total)
		c.within, c.dayShare = total-day, day/total
	}
	common := holding(all, c.within)
	for h, trials := range t.byHorizon {
		c.factor[h] = common
		if n := float64(t.days[h]); n > 0 {
			c.factor[h] = (n*holding(trials, c.within) + shrinkDays*common) / (n + shrinkDays)
		}
	}
	return c
}

// leastFactor bounds the factor from below.
const leastFactor = 0.1

// holding gives the factor on the variance with which the 80 % intervals of the
// trials would have held, taking counts for normal. The 95 % intervals follow
// within two points from the shape of the distribution on public series; to
// make them count in the choice widens the others and makes pinball loss worse.
func holding(trials []trial, within float64) float64 {
	const z80 = 1.2816
	needed := make([]float64, len(trials))
	for i, t := range trials {
		miss := (t.actual - t.mean) / z80
		needed[i] = (miss*miss - t.mean) / (t.mean * t.mean * (t.variance + within))
	}
	slices.Sort(needed)
	return max(leastFactor, stat.Quantile(.8, stat.Empirical, needed, nil))
}
