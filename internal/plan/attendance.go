package plan

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
)

// attendance is how much of the time for which people are planned on the
// telephone they are there.
type attendance struct {
	absent   float64 // share of the planned people who are unexpectedly away
	loggedIn float64 // share of the time in which those who came are logged in
}

// attendanceOn is what is to be expected of a day.
func attendanceOn(c *centre.Centre, _ civil.Date) attendance {
	return attendance{absent: c.Shrinkage, loggedIn: c.LoginRate}
}

// there is the share of planned telephone time in which people are logged in.
func (a attendance) there() float64 { return (1 - a.absent) * a.loggedIn }

// bad is the attendance of a day that is as bad as one in ten: of n people, each
// away or not by chance, more are away on one day of ten. Illness that goes
// round makes such days more frequent than that.
func (a attendance) bad(n int) attendance {
	if n == 0 {
		return a
	}
	away := a.absent + ninth*math.Sqrt(a.absent*(1-a.absent)/float64(n))
	return attendance{absent: min(away, 1), loggedIn: a.loggedIn}
}

// ninth is the 90 % quantile of the standard normal distribution.
var ninth = distuv.UnitNormal.Quantile(0.9)
