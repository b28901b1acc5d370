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

// turnout learns the rates of a day from the attendance of the days before it.
func turnout(c *centre.Centre, day civil.Date) (Turnout, error) {
	on, err := turnouts(c, day)
	if err != nil {
		return Turnout{}, err
	}
	return on(day), nil
}

// turnouts learns how people come from the attendance before a day, by weekday
// and season, drawn towards what the centre file says. What it gives tells of that
// day and of later ones.
func turnouts(c *centre.Centre, before civil.Date) (func(civil.Date) Turnout, error) {
	var login, absence []forecast.RateDay
	for _, a := range c.Attendance {
		if a.Date >= before {
			break
		}
		at := a.Date.Start(time.UTC)
		login = append(login, forecast.RateDay{Date: at, Hours: a.Phone, Part: a.LoggedIn})
		absence = append(absence, forecast.RateDay{Date: at, Hours: a.Planned, Part: a.Absent})
	}
	if len(login) == 0 {
		return func(civil.Date) Turnout { return Turnout{LoginRate: c.LoginRate, Absence: c.Shrinkage} }, nil
	}
	there, err := forecast.FitRate(login, forecast.RatePrior{Rate: c.LoginRate, Hours: fileHours})
	if err != nil {
		return nil, err
	}
	away, err := forecast.FitRate(absence, forecast.RatePrior{Rate: c.Shrinkage, Hours: fileHours})
	return func(d civil.Date) (out Turnout) {
		at := d.Start(time.UTC)
		out.LoginRate, _ = there.On(at, 1)
		out.Absence, _ = away.On(at, 1)
		return out
	}, err
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
