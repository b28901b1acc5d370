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

// Rate is what days have told of a rate: absence, or being logged in. It drifts,
// and differs with the weekday and, from 1.2 years on, with the time of the year.
// Its chance is that of hours that come in clusters, as a beta-binomial count has
// it: people are ill for a day and not for an hour. How far weekdays and seasons
// differ, how fast the level drifts and how large the clusters are follows from the
// days; effects that they do not show are shrunk to nothing. FitRate makes one.
type Rate struct{ ratio *ratio }

// typicalRate has what is expected of absence, in units of √(p·(1−p)): weekdays that
// differ by a sixth of a rate of 5 %, a drift of a tenth, and people who are away
// by the day.
var typicalRate = ratioScale{week: .04, season: .04, slow: .02, cluster: 8}

// leastRate keeps some chance in a rate that has been 0 or 1 on all days.
const leastRate = 0.005

// FitRate learns a rate from days, which are in order of date; there may be none.
// It fails when days are not in order or name one date twice, when a number is
// negative or not finite, when a part is larger than its hours, and when the prior
// makes no sense.
func FitRate(days []RateDay, prior RatePrior) (Rate, error) {
	if err := prior.check(); err != nil {
		return Rate{}, err
	}
	if err := checkRateDays(days); err != nil {
		return Rate{}, err
	}
	part, hours := prior.Rate*prior.Hours, prior.Hours
	var telling []ratioDay
	for _, d := range days {
		if d.Hours > 0 {
			telling = append(telling, ratioDay{civil.DateOf(d.Date), d.Hours, d.Part})
			part, hours = part+d.Part, hours+d.Hours
		}
	}
	p := min(max(part/hours, leastRate), 1-leastRate)
	r := newRatio(telling, said{ratio: prior.Rate, worth: prior.Hours, unit: math.Sqrt(p * (1 - p)), typical: typicalRate})
	r.search(evaluations)
	return Rate{r}, nil
}

// On gives the expected rate of a day after those that were learnt from, between 0
// and 1, and the standard deviation of the rate of that day when it has so many
// hours, above 0: of what is not known of the expected rate, and of chance. For
// +Inf hours that is the uncertainty of the expected rate alone.
func (r Rate) On(day time.Time, hours float64) (rate, sd float64) {
	mean, variance := r.ratio.on(civil.DateOf(day))
	return min(max(mean, 0), 1), math.Sqrt(variance + r.ratio.chance(hours))
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
