package plan

import (
	"math"
	"time"

	"gonum.org/v1/gonum/stat/distuv"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
)

// Turnout is how people are expected to come on a day, and to be logged in.
type Turnout struct {
	LoginRate float64 // share of planned telephone time in which people are logged in
	Absence   float64 // share of the planned people who are unexpectedly away
}

// fileHours is how many hours of attendance the rates of the centre file are
// worth: about a week of a centre of fifty.
const fileHours = 2000

// turnout learns the rates of a day from the attendance of the days before it, by
// weekday and season, drawn towards what the centre file says.
func turnout(c *centre.Centre, day civil.Date) (Turnout, error) {
	var login, absence []forecast.RateDay
	for _, a := range c.Attendance {
		if a.Date >= day {
			break
		}
		at := a.Date.Start(time.UTC)
		login = append(login, forecast.RateDay{Date: at, Hours: a.Phone, Part: a.LoggedIn})
		absence = append(absence, forecast.RateDay{Date: at, Hours: a.Planned, Part: a.Absent})
	}
	out := Turnout{LoginRate: c.LoginRate, Absence: c.Shrinkage}
	for _, rate := range []struct {
		days []forecast.RateDay
		of   *float64
	}{{login, &out.LoginRate}, {absence, &out.Absence}} {
		if len(rate.days) == 0 {
			continue
		}
		fit, err := forecast.FitRate(rate.days, forecast.RatePrior{Rate: *rate.of, Hours: fileHours})
		if err != nil {
			return out, err
		}
		*rate.of, _ = fit.On(day.Start(time.UTC), 1)
	}
	return out, nil
}

// there is the share of planned telephone time in which people are logged in,
// those who are unexpectedly away among them.
func (t Turnout) there() float64 { return (1 - t.Absence) * t.LoginRate }

// bad is the turnout of a day that is as bad as one in ten: of n people, each away
// or not by chance, more are away on one day of ten. Illness that goes round makes
// such days more frequent than that.
func (t Turnout) bad(n int) Turnout {
	if n > 0 {
		t.Absence = min(1, t.Absence+ninth*math.Sqrt(t.Absence*(1-t.Absence)/float64(n)))
	}
	return t
}

// ninth is the 90 % quantile of the standard normal distribution.
var ninth = distuv.UnitNormal.Quantile(0.9)

// Heads gives the people to plan on the telephone for a need of people logged
// in, unexpected absence included: not rounded.
func (t Turnout) Heads(need float64) float64 { return need / (t.LoginRate * (1 - t.Absence)) }
