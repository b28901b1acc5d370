package forecast

import (
	"fmt"
	"math"
	"time"

	"bemanna/internal/civil"
)

// RateDay is a day of which is known how large a part of its hours was of some
// kind: the hours absent of those planned, or the hours logged in of those
// planned on the phone.
type RateDay struct {
	Date  time.Time // any instant of the day, in its own location
	Hours float64   // of the whole; a day with 0 says nothing
	Part  float64   // of these, 0 to Hours
}

// RatePrior is what people say of a rate before any day is known.
type RatePrior struct {
	Rate  float64 // 0 to 1
	Hours float64 // how many hours of days it is worth, above 0
}

// Rate is what days have told of a rate: absence, or being logged in.
//
// The rate of a day is a level that drifts, plus what is usual on its weekday
// and, from 1.2 years on, at its time of the year, plus chance. Chance is that of
// hours that come in clusters, as a beta-binomial count has it: people are ill for
// a day and not for an hour. How far weekdays and seasons differ, how fast the
// level drifts and how large the clusters are follows from the days, by maximum
// marginal likelihood; effects that the days do not show are shrunk to nothing.
type Rate struct {
	prior  RatePrior
	scale  rateScale
	spread float64 // p·(1−p) of the mean rate
	level  *level
	first  civil.Date
	season bool
}

// rateScale are the parameters that are found from the days. The first three are
// relative to the standard deviation of one cluster's share, √(p·(1−p)).
type rateScale struct {
	week    float64 // of the weekdays, standard deviation
	season  float64 // of the first wave of the year; the k-th has 1/k of it
	slow    float64 // of the drift, in 90 days
	cluster float64 // hours
}

// typicalRate has what is expected of absence: weekdays that differ by a sixth
// of a rate of 5 %, a drift of a tenth, and people who are away by the day.
// rateSD are the standard deviations of the logarithms around it.
var (
	typicalRate = rateScale{week: .04, season: .04, slow: .02, cluster: 8}
	rateSD      = [...]float64{1, 1, 1, 2}
)

// FitRate learns a rate from days, which are in order of date; there may be none.
// It fails when days are not in order or name one date twice, when a number is
// negative or not finite, when a part is larger than its hours, and when the prior
// makes no sense.
func FitRate(days []RateDay, prior RatePrior) (*Rate, error) {
	if err := prior.check(); err != nil {
		return nil, err
	}
	if err := checkRateDays(days); err != nil {
		return nil, err
	}
	r := &Rate{prior: prior, scale: typicalRate}
	part, hours := prior.Rate*prior.Hours, prior.Hours
	var telling []RateDay
	for _, d := range days {
		if d.Hours > 0 {
			telling = append(telling, d)
			part, hours = part+d.Part, hours+d.Hours
		}
	}
	p := min(max(part/hours, leastRate), 1-leastRate)
	r.spread = p * (1 - p)
	if n := len(telling); n > 0 {
		r.first = civil.DateOf(telling[0].Date)
		r.season = float64(civil.DateOf(telling[n-1].Date)-r.first) > seasonAfter
	}
	r.search(telling)
	return r, nil
}

// leastRate keeps some chance in a rate that has been 0 or 1 on all days.
const leastRate = 0.005

// On gives the expected rate of a day after those that were learnt from, between 0
// and 1, and the standard deviation of the rate of that day when it has so many
// hours, above 0: of what is not known of the expected rate, and of chance. For +Inf hours
// that is the uncertainty of the expected rate alone.
func (r *Rate) On(day time.Time, hours float64) (rate, sd float64) {
	date := civil.DateOf(day)
	at := r.level.at(r.row(date, r.scale), max(float64(date-r.first), r.level.last), workdays)
	return min(max(at.log, 0), 1), math.Sqrt(at.variance + r.spread*r.scale.cluster/hours)
}

// row gives the features of a day, each times its standard deviation: the mean,
// the weekdays and the waves of the year.
func (r *Rate) row(d civil.Date, s rateScale) []float64 {
	unit := math.Sqrt(r.spread)
	x := []float64{unit * math.Sqrt(s.cluster/r.prior.Hours)}
	for w := time.Sunday; w <= time.Saturday; w++ {
		x = append(x, unit*s.week*indicator(d.Weekday() == w))
	}
	if r.season {
		year, _, _ := d.Civil()
		angle := 2 * math.Pi * float64(d-civil.NewDate(year, time.January, 1)+1) / 365.25
		for k := 1.; k <= 2; k++ {
			x = append(x, unit*s.season/k*math.Cos(k*angle), unit*s.season/k*math.Sin(k*angle))
		}
	}
	return x
}

// search finds the scale of greatest posterior density, and the level with it.
func (r *Rate) search(telling []RateDay) {
	from := typicalRate.logs()
	misfit := func(x []float64) float64 {
		var penalty float64
		for i, v := range x {
			z := (v - from[i]) / rateSD[i]
			penalty += z * z / 2
		}
		return r.learn(telling, rateFromLogs(x)).misfit() + penalty
	}
	r.scale = rateFromLogs(minimise(misfit, from, searchStep, searchTolerance, evaluations))
	r.level = r.learn(telling, r.scale)
}

// learn gives the level of the rate under a given scale.
func (r *Rate) learn(telling []RateDay, s rateScale) *level {
	d := days{features: make([]feature, len(r.row(r.first, s)))}
	var noise []float64
	for _, t := range telling {
		date := civil.DateOf(t.Date)
		row := r.row(date, s)
		d.data = append(append(d.data, row...), t.Part/t.Hours-r.prior.Rate)
		d.time = append(d.time, float64(date-r.first))
		noise = append(noise, r.spread*s.cluster/t.Hours)
	}
	d.white = make([]float64, len(d.data))
	l := &level{posterior: d.posterior(hyper{slow: math.Sqrt(r.spread) * s.slow, fastSpan: 1}, noise), centre: r.prior.Rate}
	if n := d.n(); n > 0 {
		l.last = d.time[n-1]
	}
	return l
}

func (s rateScale) logs() []float64 {
	return []float64{math.Log(s.week), math.Log(s.season), math.Log(s.slow), math.Log(s.cluster)}
}

func rateFromLogs(x []float64) rateScale {
	return rateScale{math.Exp(x[0]), math.Exp(x[1]), math.Exp(x[2]), math.Exp(x[3])}
}

func (p RatePrior) check() error {
	switch {
	case !(p.Rate >= 0 && p.Rate <= 1):
		return fmt.Errorf("prior rate: %v, want a share between 0 and 1", p.Rate)
	case !(p.Hours > 0) || math.IsInf(p.Hours, 0):
		return fmt.Errorf("hours of the prior rate: %v, want a number above 0", p.Hours)
	}
	return nil
}

func checkRateDays(days []RateDay) error {
	for i, d := range days {
		date := civil.DateOf(d.Date)
		switch {
		case !(d.Hours >= 0) || math.IsInf(d.Hours, 0):
			return fmt.Errorf("hours of %v: %v, want 0 or more", date, d.Hours)
		case !(d.Part >= 0 && d.Part <= d.Hours):
			return fmt.Errorf("part of %v: %v h, want 0 to the %v h of the day", date, d.Part, d.Hours)
		case i > 0 && date <= civil.DateOf(days[i-1].Date):
			return fmt.Errorf("rate of %v: comes after that of %v, want one for each date, in their order", date, civil.DateOf(days[i-1].Date))
		}
	}
	return nil
}
