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

// rehearsal is a day of the past, forecast from an earlier one.
type rehearsal struct {
	from, day int
	shaped    bool // the profile was known then
	expected
}

// rehearsed is what the rehearsals have shown.
type rehearsed struct {
	calibration
	course Course
	beside *weekly // the baseline to mix in; nil: none
}

// rehearse forecasts days of the past with what was learnt of the
// hyper-parameters, chooses between the model and the baselines by them, and
// calibrates what was chosen.
func (m *fitted) rehearse(ctx context.Context) (rehearsed, error) {
	rs, err := m.rehearsals(ctx)
	if err != nil {
		return rehearsed{}, err
	}
	r := rehearsed{beside: m.better(rs)}
	if r.beside != nil {
		for k := range rs {
			m.mix(&rs[k].expected, *r.beside, rs[k].from, rs[k].day)
		}
	}
	r.calibration = m.calibrate(rs)
	r.course = learnCourse(m.foretold(rs, r.calibration))
	return r, nil
}

// rehearsals forecasts days of the past, each with what was known some days
// before it.
func (m *fitted) rehearsals(ctx context.Context) ([]rehearsal, error) {
	var rs []rehearsal
	telling := m.telling(m.days)
	step := max(1, min(calibrationStep, (len(telling)-leastLearnt)/(calibrations+1)))
	for k := 1; k <= calibrations; k++ {
		u := len(telling) - k*step
		if u < leastLearnt {
			break
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		from := telling[u]
		then := m.fit(from, &m.level.hyper)
		for d := from; d < min(from+calibrationDays, m.surprise(from)); d++ {
			if e := then.expect(d); known(m.total[d]) && e.calls > 0 && m.shock[d] == 0 {
				rs = append(rs, rehearsal{from, d, then.profiles.days >= littleDays, e})
			}
		}
	}
	return rs, nil
}

// calibrate compares the rehearsals with what came.
func (s *study) calibrate(rs []rehearsal) calibration {
	var t trials
	for _, r := range rs {
		t.compare(s, r)
	}
	return t.calibration()
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
	totals        [horizons][]trial // of the same days
	interval, day excess
}

// tellingMean is the expected number of calls from which an interval tells
// something of the spread. Where they have less than tinyMean in the mean, the
// chance of calls hides the rest, and the total of the day tells more.
const (
	tellingMean = 0.2
	tinyMean    = 1.0
)

// compare adds a rehearsal: by interval where the intervals are known, their
// profile was too, and they are not tiny in the mean; otherwise by its total.
func (t *trials) compare(s *study, r rehearsal) {
	var intervals []trial
	if s.whole[r.day] && r.shaped {
		intervals = s.trials(r)
	}
	var mean, actual float64
	for _, i := range intervals {
		t.interval.add(i.mean, i.actual)
		mean += i.mean
		actual += i.actual
	}
	if mean == 0 || mean < tinyMean*float64(len(intervals)) {
		mean, actual = r.calls*s.shareOf(r.day, r.profile), s.total[r.day]
		intervals = []trial{{mean, actual, r.variance}}
	}
	t.day.add(mean, actual)
	t.totals[r.horizon] = append(t.totals[r.horizon], trial{mean, actual, r.variance})
	t.byHorizon[r.horizon] = append(t.byHorizon[r.horizon], intervals...)
}

// trials gives the intervals of a rehearsal that tell something.
func (s *study) trials(r rehearsal) []trial {
	var ts []trial
	for i, v := range s.day(r.day) {
		if mean := r.calls * r.profile[i]; known(v) && s.openAt(r.day, i) && mean >= tellingMean {
			ts = append(ts, trial{mean, v, r.variance})
		}
	}
	return ts
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
		if n := float64(len(t.totals[h])); n > 0 {
			c.factor[h] = (n*holding(trials, c.within) + shrinkDays*common) / (n + shrinkDays)
		}
	}
	if t.interval.weight > 0 {
		c.dayShare = math.Sqrt(c.dayShare * t.holdingShare(c))
	}
	return c
}

// holdingShare gives the part of the variance with which the 80 % intervals of the
// day totals would have held. It is averaged with the part that the squared errors
// give: these alone follow the few days that were far off, and made the intervals
// of days of large groups too wide.
func (t trials) holdingShare(c calibration) float64 {
	var totals []trial
	for h, trials := range t.totals {
		for _, d := range trials {
			d.variance = c.factor[h] * (d.variance + c.within)
			totals = append(totals, d)
		}
	}
	return min(1, holding(totals, 0))
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
