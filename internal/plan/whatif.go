package plan

import (
	"fmt"
	"math"
	"slices"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
)

// WhatIf is what might be otherwise in the days ahead. The zero value changes
// nothing.
type WhatIf struct {
	// Absence is the share of the planned people who are unexpectedly away, in
	// the place of what is expected; nil: as expected.
	Absence *float64
	Volume  []VolumeChange
	// More are people who come in addition, on the days and with the hours of
	// their contract.
	More  []centre.Person
	Close []Closure
}

// VolumeChange is a factor on the calls of a group on all days.
type VolumeChange struct {
	Group  string // id; "": all telephone groups
	Factor float64
}

// Closure is a group that is closed for a while; its callers go to its overflow
// group.
type Closure struct {
	Group string
	Date  civil.Date
	Span  civil.Span // zero: all day
}

// validate refuses what the centre does not know or cannot do.
func (w WhatIf) validate(c *centre.Centre) error {
	if w.Absence != nil && !(*w.Absence >= 0 && *w.Absence < 1) {
		return fmt.Errorf("absence %v: want a share from 0 to below 1", *w.Absence)
	}
	for _, v := range w.Volume {
		if g, ok := c.Group(v.Group); v.Group != "" && (!ok || g.Channel != centre.Phone) {
			return fmt.Errorf("volume of %q: want a telephone group", v.Group)
		}
		if !(v.Factor > 0) || math.IsInf(v.Factor, 0) {
			return fmt.Errorf("volume factor %v: want more than 0", v.Factor)
		}
	}
	for _, x := range w.Close {
		g, ok := c.Group(x.Group)
		switch {
		case !ok || g.Channel != centre.Phone:
			return fmt.Errorf("closing %q: want a telephone group", x.Group)
		case g.Critical:
			return fmt.Errorf("closing %q: it is critical and never closed", x.Group)
		case g.Overflow == "":
			return fmt.Errorf("closing %q: it has no overflow group to take its callers", x.Group)
		}
	}
	return nil
}

// Nothing tells whether nothing is otherwise.
func (w WhatIf) Nothing() bool {
	return w.Absence == nil && len(w.Volume) == 0 && len(w.More) == 0 && len(w.Close) == 0
}

// Another gives a colleague who works as somebody does, by contract.
func Another(like centre.Person) centre.Person {
	like.ID += "+"
	like.Employment = centre.Permanent
	like.From, like.Until = 0, 0
	return like
}

// Newcomer gives somebody who works 40 hours a week with the skills of a unit, or
// of one group, by its id.
func Newcomer(c *centre.Centre, id string) (centre.Person, error) {
	p := centre.Person{
		ID: id + "+", Employment: centre.Permanent, Weekly: 40 * time.Hour, Earliest: 7*60 + 30, Latest: 17*60 + 30,
	}
	for d := time.Monday; d <= time.Friday; d++ {
		p.Days |= 1 << d
	}
	for _, g := range c.Groups {
		if g.Channel == centre.Phone && (g.ID == id || g.Unit == id) {
			p.Skills = append(p.Skills, centre.Skill{Group: g.ID, Level: 3})
			p.Unit = g.Unit
		}
	}
	if len(p.Skills) == 0 {
		return p, fmt.Errorf("%q: want a unit with telephone groups, or a telephone group", id)
	}
	return p, nil
}

// come gives how people would come, who are expected to come as usual.
func (w WhatIf) come(usual Turnout) Turnout {
	if w.Absence != nil {
		usual.Absence = *w.Absence
	}
	return usual
}

// closesOn tells whether any group is closed on a day that is open else.
func (w WhatIf) closesOn(d civil.Date) bool {
	return slices.ContainsFunc(w.Close, func(x Closure) bool { return x.Date == d })
}

// recast gives the forecasts of a day as they would be.
func (w WhatIf) recast(c *centre.Centre, d civil.Date, all []GroupForecast) []GroupForecast {
	if len(w.Volume) == 0 && len(w.Close) == 0 {
		return all
	}
	all = slices.Clone(all)
	for i := range all {
		factor := 1.0
		for _, v := range w.Volume {
			if all[i].Group.Channel == centre.Phone && (v.Group == "" || v.Group == all[i].Group.ID) {
				factor *= v.Factor
			}
		}
		all[i].Forecast.Mean = scaled(all[i].Forecast.Mean, factor)
	}
	for _, x := range w.Close {
		if x.Date == d {
			x.shut(c, all)
		}
	}
	return all
}

// shut closes a group and lets its callers overflow. Calls whose overflow group
// is closed at the time stay away.
func (x Closure) shut(c *centre.Centre, all []GroupForecast) {
	index := func(id string) int {
		return slices.IndexFunc(all, func(f GroupForecast) bool { return f.Group.ID == id })
	}
	from := index(x.Group)
	if from < 0 {
		return // not assigned on these days
	}
	window := x.Span
	if window == (civil.Span{}) {
		window.Close = 24 * 60
	}
	grid := civil.DayGrid(x.Date, c.Interval, c.Location)
	shut := &all[from]
	gone := make([]float64, grid.N)
	for t := range gone {
		if clock := civil.ClockOf(grid.Time(t)); window.Open <= clock && clock < window.Close {
			gone[t] = shut.Forecast.Mean[t]
		}
	}
	shut.Forecast.Mean = plus(shut.Forecast.Mean, gone, -1)
	shut.Group.Hours = lessWindow(shut.Group.Hours, x.Date, c.Calendar, window)
	if to := index(shut.Group.Overflow); to >= 0 {
		takes := &all[to]
		open := openMask(c, *takes, x.Date, grid)
		for t := range gone {
			if !open[t] {
				gone[t] = 0
			}
		}
		takes.Forecast.Mean = plus(takes.Forecast.Mean, gone, 1)
	}
}

// lessWindow gives the opening hours of a day less a window. A day that is left
// without any has an hour of no length, since no hours at all would mean that
// nobody has said.
func lessWindow(hours civil.Hours, d civil.Date, cal civil.Calendar, window civil.Span) civil.Hours {
	var out civil.Hours
	keep := func(s civil.Span) {
		out = append(out, civil.Opening{
			Days: 1 << d.Weekday(), Span: s, From: d, Until: d, RedDays: true, Eves: true,
		})
	}
	for _, s := range hours.On(d, cal) {
		if before := (civil.Span{Open: s.Open, Close: min(s.Close, window.Open)}); before.Open < before.Close {
			keep(before)
		}
		if after := (civil.Span{Open: max(s.Open, window.Close), Close: s.Close}); after.Open < after.Close {
			keep(after)
		}
	}
	if len(out) == 0 {
		keep(civil.Span{})
	}
	return out
}

func scaled(x []float64, factor float64) []float64 {
	if factor == 1 {
		return x
	}
	out := make([]float64, len(x))
	for i := range x {
		out[i] = x[i] * factor
	}
	return out
}

func plus(x, y []float64, times float64) []float64 {
	out := make([]float64, len(x))
	for i := range x {
		out[i] = max(0, x[i]+times*y[i])
	}
	return out
}

// busy gives the forecasts of a day with more calls than nine of ten: the total
// of the telephone groups stands at its 90 % quantile, and each group is above
// its mean by as many of its own standard deviations. What is left open is how
// the calls fall within the day.
func busy(all []GroupForecast) []GroupForecast {
	alone, together, correlation := 0.0, 0.0, 0.0
	sigma := make([]float64, len(all))
	for i, f := range all {
		if f.Group.Channel == centre.Phone && len(f.Forecast.Days) > 0 {
			sigma[i], correlation = f.Forecast.Days[0].Sigma, f.Correlation
		}
		s := sigma[i] * expected(f)
		alone += s * s
		together += s
	}
	if together == 0 {
		return all
	}
	total := math.Sqrt(correlation*together*together + (1-correlation)*alone)
	out := slices.Clone(all)
	for i := range out {
		f := &out[i].Forecast
		if sigma[i] > 0 {
			f.Mean = scaled(f.Mean, 1+ninth*sigma[i]*total/together)
			f.Spread, f.DayShare = scaled(f.Spread, math.Sqrt(1-f.DayShare)), 0
		}
	}
	return out
}
