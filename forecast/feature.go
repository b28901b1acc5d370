package forecast

import (
	"math"
	"time"

	"bemanna/internal/civil"
)

// feature is one effect of the calendar on the logarithm of a day's calls: a
// value of the day times a coefficient that is normal around 0.
type feature struct {
	reason Reason  // what to call it; "": part of an ordinary week
	sd     float64 // of the coefficient, before anything has been learnt
	common bool    // its sd is scaled by a factor that is learnt, common to such features
	value  func(dayFacts) float64
}

// dayFacts is what features depend on.
type dayFacts struct {
	date                     civil.Date
	weekday                  time.Weekday
	weekdays                 bool // Monday to Friday
	kind                     DayKind
	name                     string
	free                     bool
	after, before, bridge    bool
	fromStart, toEnd         int     // business days of the month before and after the day
	monthAngle, yearFraction float64 // of the day in its month in radians, and of its year
}

func (a *almanac) facts(d civil.Date) dayFacts {
	w := d.Weekday()
	year, _, day := d.Civil()
	const meanMonth = 30.4
	return dayFacts{
		date: d, weekday: w, weekdays: restDay(w) == 0,
		kind: a.on(d).kind, name: a.on(d).name, free: a.free(d),
		after: a.afterFree(d), before: a.free(d+1) && !a.free(d), bridge: a.bridge(d),
		fromStart: a.fromMonthStart(d), toEnd: a.toMonthEnd(d),
		monthAngle:   2 * math.Pi * float64(day) / meanMonth,
		yearFraction: float64(d-civil.NewDate(year, time.January, 1)+1) / 365.25,
	}
}

// weekFeatures and calendarFeatures have standard deviations that were chosen
// on public series of banks, insurers and card issuers: large enough to learn
// the effect from a few occurrences, small enough not to invent one.
func weekFeatures() []feature {
	fs := []feature{{sd: 3, value: func(dayFacts) float64 { return 1 }}}
	for w := time.Sunday; w <= time.Saturday; w++ {
		fs = append(fs, feature{sd: .35, value: func(f dayFacts) float64 { return indicator(f.weekday == w) - 1./7 }})
	}
	return fs
}

func calendarFeatures() []feature {
	fs := []feature{
		{reason: ReasonMonthStart, sd: .06, common: true, value: func(f dayFacts) float64 { return indicator(f.weekdays) * math.Exp(-float64(f.fromStart)/1.5) }},
		{reason: ReasonMonthStart, sd: .05, common: true, value: func(f dayFacts) float64 { return indicator(f.weekdays && f.fromStart == 0) }},
		{reason: ReasonMonthStart, sd: .05, common: true, value: func(f dayFacts) float64 { return indicator(f.weekdays && f.fromStart <= 2) }},
		{reason: ReasonMonth, sd: .05, common: true, value: func(f dayFacts) float64 { return indicator(f.weekdays) * math.Exp(-float64(f.toEnd)) }},
		{reason: ReasonAfterHoliday, sd: .12, common: true, value: func(f dayFacts) float64 { return indicator(f.after) }},
		{reason: ReasonBefore, sd: .08, common: true, value: func(f dayFacts) float64 { return indicator(f.before) }},
		{reason: ReasonHoliday, sd: .15, common: true, value: func(f dayFacts) float64 { return indicator(f.bridge) }},
		{reason: ReasonHoliday, sd: .3, value: func(f dayFacts) float64 { return indicator(f.kind == Short) }},
		{reason: ReasonHoliday, sd: .3, value: func(f dayFacts) float64 { return indicator(f.kind == Special) }},
		{reason: ReasonHoliday, sd: .3, value: func(f dayFacts) float64 { return indicator(f.kind == Eve) }},
		{reason: ReasonHoliday, sd: .5, value: func(f dayFacts) float64 { return indicator(f.free) }},
		{reason: ReasonHoliday, sd: .8, value: func(f dayFacts) float64 { return indicator(f.free && f.weekdays) }},
		{reason: ReasonHoliday, sd: .2, value: func(f dayFacts) float64 { return indicator(f.free && f.weekday == time.Saturday) }},
	}
	for k := 1.; k <= 2; k++ {
		fs = append(fs, harmonic(ReasonMonth, k, .04-.01*k, func(f dayFacts) float64 { return f.monthAngle })...)
	}
	return fs
}

// seasonFeatures are worth having once there is more than a year to tell the
// season from the level.
func seasonFeatures() []feature {
	var fs []feature
	for k := 1.; k <= 3; k++ {
		fs = append(fs, harmonic(ReasonSeason, k, .08/k, func(f dayFacts) float64 { return 2 * math.Pi * f.yearFraction })...)
	}
	return fs
}

// holidayFeatures tell holidays and eves apart by their names.
func holidayFeatures(names []string) []feature {
	var fs []feature
	for _, name := range names {
		fs = append(fs, feature{reason: ReasonHoliday, sd: .4, value: func(f dayFacts) float64 { return indicator(f.name == name) }})
	}
	return fs
}

func harmonic(r Reason, k, sd float64, angle func(dayFacts) float64) []feature {
	return []feature{
		{reason: r, sd: sd, common: true, value: func(f dayFacts) float64 { return math.Cos(k * angle(f)) }},
		{reason: r, sd: sd, common: true, value: func(f dayFacts) float64 { return math.Sin(k * angle(f)) }},
	}
}

// row gives the values of the features on a day, each times its sd.
func row(fs []feature, d dayFacts) []float64 {
	x := make([]float64, len(fs))
	for i, f := range fs {
		x[i] = f.sd * f.value(d)
	}
	return x
}

func indicator(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
