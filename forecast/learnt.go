package forecast

import (
	"fmt"
	"math"
	"time"
)

// Learnt is what is slow to find and changes slowly: the hyper-parameters of a
// DayLevel and the calibration of its intervals. It can be kept as JSON and given
// back in Options.Learnt. What has grown old is found anew: hyper-parameters
// and what other groups have shown after four weeks, the calibration after one. A forecast is ten times faster
// with it; on public series, with what was learnt a week before, its WAPE is a
// quarter of a per cent larger and its pinball loss under one per cent.
type Learnt struct {
	Level  LearntLevel  `json:"level"`
	Spread LearntSpread `json:"spread"`
	Kin    LearntKin    `json:"kin,omitzero"`
}

// LearntKin has what other groups have shown.
type LearntKin struct {
	Until   time.Time `json:"until"` // end of the history
	Effects []float64 `json:"effects"`
}

// LearntLevel has the hyper-parameters of the level of a group.
type LearntLevel struct {
	Until    time.Time `json:"until"`     // end of the history that they were found from
	Calendar float64   `json:"calendar"`  // factor on the variance of the calendar's effects
	Slow     float64   `json:"slow"`      // size of the slow drift, of the logarithm in 90 days
	Fast     float64   `json:"fast"`      // standard deviation of the fast drift
	FastSpan float64   `json:"fast_span"` // its span in open days, above 1
	Noise    float64   `json:"noise"`     // standard deviation of a day
}

// LearntSpread has what forecasts of the past have shown.
type LearntSpread struct {
	Until    time.Time  `json:"until"`     // end of the history
	Within   float64    `json:"within"`    // variance of the rate of an interval around its day's
	DayShare float64    `json:"day_share"` // part of the variance that is common to the day
	Factor   [3]float64 `json:"factor"`    // on the variance: the next day, the first week, later
	Baseline string     `json:"baseline"`  // name of the one that has been better; "": none
	Course   Course     `json:"course,omitzero"`
}

// The ages up to which what was learnt is used.
const (
	levelKeeps  = 28 * 24 * time.Hour
	spreadKeeps = 7 * 24 * time.Hour
)

// fresh tells whether what was learnt until one time may be used at another.
func fresh(until, now time.Time, keeps time.Duration) bool {
	age := now.Sub(until)
	return !until.IsZero() && age >= 0 && age <= keeps
}

// hyper gives the hyper-parameters, nil when they are too old.
func (l LearntLevel) hyper(now time.Time) *hyper {
	if !fresh(l.Until, now, levelKeeps) {
		return nil
	}
	return &hyper{calendar: l.Calendar, slow: l.Slow, fast: l.Fast, fastSpan: l.FastSpan, noise: l.Noise}
}

// keep gives the hyper-parameters to be kept, found at the given time.
func (h hyper) keep(until time.Time) LearntLevel {
	return LearntLevel{until, h.calendar, h.slow, h.fast, h.fastSpan, h.noise}
}

// Related gives what other groups have shown, for a history that ends at a time;
// nil when that is not known or too old.
func (l *Learnt) Related(until time.Time) *Kin {
	if l == nil || len(l.Kin.Effects) != kinEffects() || !fresh(l.Kin.Until, until, levelKeeps) {
		return nil
	}
	return &Kin{l.Kin.Effects, l.Kin.Until}
}

// keep gives what other groups have shown, to be kept.
func (k *Kin) keep() LearntKin {
	if k == nil {
		return LearntKin{}
	}
	return LearntKin{Until: k.until, Effects: k.effects}
}

// rehearsed gives the calibration and the baseline to mix in; false when they
// are too old.
func (l LearntSpread) rehearsed(now time.Time) (rehearsed, bool) {
	r := rehearsed{calibration: calibration{l.Within, l.Factor, l.DayShare}, course: l.Course}
	for i, b := range baselines {
		if b.name == l.Baseline {
			r.beside = &baselines[i]
		}
	}
	return r, fresh(l.Until, now, spreadKeeps)
}

func (r rehearsed) keep(until time.Time) LearntSpread {
	l := LearntSpread{Until: until, Within: r.within, DayShare: r.dayShare, Factor: r.factor, Course: r.course}
	if r.beside != nil {
		l.Baseline = r.beside.name
	}
	return l
}

func (l *Learnt) check() error {
	if l == nil {
		return nil
	}
	for _, p := range []struct {
		name               string
		value, above, most float64
	}{
		{"level calendar", l.Level.Calendar, 0, math.MaxFloat64},
		{"level slow", l.Level.Slow, 0, math.MaxFloat64},
		{"level fast", l.Level.Fast, 0, math.MaxFloat64},
		{"level fast_span", l.Level.FastSpan, 1, math.MaxFloat64},
		{"level noise", l.Level.Noise, 0, math.MaxFloat64},
		{"spread within", l.Spread.Within, 0, math.MaxFloat64},
		{"spread day_share", l.Spread.DayShare, 0, 1},
		{"spread course whole", l.Spread.Course.Whole, 0, 1},
		{"spread course wander", l.Spread.Course.Wander, 0, 1 - l.Spread.Course.Whole},
		{"spread course unforeseen", l.Spread.Course.Unforeseen, 0, math.MaxFloat64},
		{"spread factor", l.Spread.Factor[nextDay], 0, math.MaxFloat64},
		{"spread factor", l.Spread.Factor[nextWeek], 0, math.MaxFloat64},
		{"spread factor", l.Spread.Factor[later], 0, math.MaxFloat64},
	} {
		if !(p.value >= p.above && p.value <= p.most) {
			return fmt.Errorf("learnt: %s %v, want %v to %v", p.name, p.value, p.above, p.most)
		}
	}
	return nil
}
