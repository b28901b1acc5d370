package plan

import (
	"fmt"
	"slices"
	"time"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
)

// forecasts gives back the forecasts that a plan was made from, for all groups
// that the centre has on the day: nothing need be forecast again.
func (d *Day) forecasts(c *centre.Centre) ([]GroupForecast, error) {
	if step := time.Duration(d.IntervalSeconds) * time.Second; step != c.Interval {
		return nil, fmt.Errorf("the plan of %s, version %d, has intervals of %v, the centre %v: want the plan made again",
			d.Date, d.Version, step, c.Interval)
	}
	grid := civil.DayGrid(d.Date, c.Interval, c.Location)
	var out []GroupForecast
	for _, g := range c.Groups {
		if !assigned(g, d.Date) {
			continue
		}
		f := GroupForecast{Group: g, Usual: []float64{0}, Forecast: forecast.Forecast{
			Start: grid.Start, Step: grid.Step, Mean: make([]float64, grid.N), Spread: make([]float64, grid.N),
			HandleTime: make([]float64, grid.N), Days: []forecast.Day{{Date: grid.Start}},
		}}
		if g.Channel == centre.Email {
			d.restoreEmail(&f, grid)
		} else {
			d.restorePhone(&f, grid)
			f.Correlation = usualCorrelation
			if d.Correlation != nil {
				f.Correlation = *d.Correlation
			}
		}
		out = append(out, f)
	}
	return out, nil
}

// restorePhone fills in what a plan says of a telephone group; nothing where it
// was closed all day.
func (d *Day) restorePhone(f *GroupForecast, grid civil.Grid) {
	i := slices.IndexFunc(d.Groups, func(g Group) bool { return g.ID == f.Group.ID })
	if i < 0 {
		return
	}
	g := &d.Groups[i]
	f.Patience = Patience{Mean: g.PatienceSeconds, Low: g.PatienceLow, High: g.PatienceHigh}
	f.Forecast.DayShare = g.DayShare
	for _, x := range g.Intervals {
		t := grid.Index(x.Start)
		f.Forecast.Mean[t], f.Forecast.Spread[t], f.Forecast.HandleTime[t] = x.Offered, x.Spread, x.HandleTime
		f.Forecast.Days[0].Total += x.Offered
	}
}

func (d *Day) restoreEmail(f *GroupForecast, grid civil.Grid) {
	i := slices.IndexFunc(d.Email, func(e EmailDay) bool { return e.ID == f.Group.ID })
	if i < 0 {
		return
	}
	e := &d.Email[i]
	f.Waiting = e.Waiting
	for t := range f.Forecast.HandleTime {
		f.Forecast.HandleTime[t] = e.HandleTime
	}
	for _, a := range e.Arrivals {
		f.Forecast.Mean[grid.Index(a.Start)] = a.Messages
	}
}
