package plan

import (
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
)

// Busyness says in three steps how many call in an hour.
type Busyness string

// The steps. Closed is none of them.
const (
	Closed     Busyness = ""
	BusyQuiet  Busyness = "quiet"
	BusyNormal Busyness = "normal"
	BusyBusy   Busyness = "busy"
)

// An hour is quiet below the first and busy above the second part of the
// group's mean over its open hours. Between them waits differ too little for it
// to be worth a caller's while to wait for another hour.
const (
	quietBelow = 0.8
	busyAbove  = 1.2
)

// BusyHours says how many call a group in which hour of the week.
type BusyHours struct {
	Group, Name string
	From, Until civil.Date      // the days that were looked at: [From, Until)
	Hours       [7][24]Busyness // from Monday on
}

// Busy works out the hours of the week in which many call from a forecast of
// some weeks. Only ordinary days count. The steps compare calls per open time:
// an hour that is half open is not quieter for it.
func Busy(c *centre.Centre, f GroupForecast) BusyHours {
	end := f.Forecast.Start.Add(time.Duration(len(f.Forecast.Mean)) * f.Forecast.Step)
	out := BusyHours{
		Group: f.Group.ID, Name: f.Group.Name,
		From: civil.DateOf(f.Forecast.Start.In(c.Location)), Until: civil.DateOf(end.In(c.Location)),
	}
	open := openIn(c, f.Group)
	var calls, intervals [7][24]float64
	var all, n float64
	for i, mean := range f.Forecast.Mean {
		at := f.Forecast.Start.Add(time.Duration(i) * f.Forecast.Step).In(c.Location)
		day := civil.DateOf(at)
		if c.Calendar.On(day).Kind != civil.Ordinary || open != nil && !open(at) {
			continue
		}
		w, h := (int(day.Weekday())+6)%7, at.Hour()
		calls[w][h] += mean
		intervals[w][h]++
		all, n = all+mean, n+1
	}
	for w := range calls {
		for h := range calls[w] {
			if intervals[w][h] > 0 && all > 0 {
				out.Hours[w][h] = busyness(calls[w][h] / intervals[w][h] / (all / n))
			}
		}
	}
	return out
}

// busyness is the step of an hour with so many times the mean calls.
func busyness(times float64) Busyness {
	switch {
	case times < quietBelow:
		return BusyQuiet
	case times > busyAbove:
		return BusyBusy
	default:
		return BusyNormal
	}
}
