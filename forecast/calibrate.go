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

// calibrate forecasts the past with given hyper-parameters and compares.
func (s *study) calibrate(ctx context.Context, h hyper) (calibration, error) {
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
		m := s.fit(telling[u], &h)
		for d := telling[u]; d < min(s.days, telling[u]+calibrationDays); d++ {
			if e := m.expect(d); s.whole[d] && e.calls > 0 {
				t.compare(s, d, e)
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
	byHorizon      [horizons][]trial
	interval, day  excess
	daysByHorizons [horizons]int
}

// tellingMean is the expected number of calls from which an interval tells
// something of the spread.
const tellingMean = 0.2

func (t *trials) compare(s *study, d int, e expected) {
	var whole trial
	for i, actual := range s.day(d) {
		mean := e.calls * e.profile[i]
		if !known(actual) || !s.openAt(d, i) || mean < tellingMean {
			continue
		}
		t.byHorizon[e.horizon] = append(t.byHorizon[e.horizon], trial{mean, actual, e.variance})
		t.interval.add(mean, actual)
		whole.mean += mean
		whole.actual += actual
	}
	if whole.mean > 0 {
		t.day.add(whole.mean, whole.actual)
		t.daysByHorizons[e.horizon]++
	}
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
	total := t.interval.variance()
	day := min(t.day.variance(), total)
	c := calibration{within: total - day, dayShare: day / total}
	common := holding(all, c.within)
	for h, trials := range t.byHorizon {
		c.factor[h] = common
		if n := float64(t.daysByHorizons[h]); n > 0 {
			c.factor[h] = (n*holding(trials, c.within) + shrinkDays*common) / (n + shrinkDays)
		}
	}
	return c
}

// leastFactor bounds the factor from below.
const leastFactor = 0.1

// tailWeight is the weight of the 95 % intervals against the 80 % ones in the
// choice of the spread, where one cannot make both hold.
const tailWeight = 0.2

// holding gives the factor on the variance with which the 80 % and the 95 %
// intervals of the trials would have held, taking counts for normal.
func holding(trials []trial, within float64) float64 {
	needed := make([]float64, len(trials))
	quantile := func(share, z float64) float64 {
		for i, t := range trials {
			miss := (t.actual - t.mean) / z
			needed[i] = (miss*miss - t.mean) / (t.mean * t.mean * (t.variance + within))
		}
		slices.Sort(needed)
		return stat.Quantile(share, stat.Empirical, needed, nil)
	}
	const z80, z95 = 1.2816, 1.9600
	return max(leastFactor, (1-tailWeight)*quantile(.8, z80)+tailWeight*quantile(.95, z95))
}
