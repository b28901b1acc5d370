package plan

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"time"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/ingest"
)

// Reviewed is what the spine wants of a store to look back.
type Reviewed interface {
	History
	Plans
	// PlanVersions lists the versions of the plan of a day, the newest first,
	// without the plans.
	PlanVersions(ctx context.Context, day civil.Date) ([]Saved, error)
}

// ReviewedDay is what a plan expected of a day, and what came.
type ReviewedDay struct {
	Date    civil.Date
	Version int // of the plan; 0: a forecast made afterwards
	Made    time.Time
	Groups  []ReviewedGroup
}

// ReviewedGroup is a group of such a day, interval by interval.
type ReviewedGroup struct {
	ID, Name  string
	Intervals []ReviewedInterval
}

// ReviewedInterval holds the calls that were expected and those that came.
type ReviewedInterval struct {
	Start     time.Time
	Expected  float64
	Low, High float64 // eight of ten times the calls should lie between
	Came      float64 // NaN: not known
}

// Review compares the plans of the days in [from, until) with what came. Of each
// day it takes the newest version that was made before anything opened; days
// without one are left out, and so are groups that the centre has no more.
func Review(ctx context.Context, c *centre.Centre, s Reviewed, from, until civil.Date) ([]ReviewedDay, error) {
	var days []ReviewedDay
	for d := from; d < until; d++ {
		day, err := foretold(ctx, c, s, d)
		if err != nil {
			return nil, err
		}
		if day != nil {
			days = append(days, *day)
		}
	}
	return days, fillIn(ctx, c, s, days, from, until)
}

// Foretell is Review of forecasts made afterwards: of each day in [from, until) on
// which anything was open, what its morning would have expected. It is for a centre
// that has made no plans yet.
func Foretell(ctx context.Context, c *centre.Centre, s Store, from, until civil.Date, m forecast.Model) ([]ReviewedDay, error) {
	var days []ReviewedDay
	for d := from; d < until; d++ {
		if !openOn(c, d) {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		morning := d.Start(c.Location)
		all, err := Forecasts(ctx, c, asOf{s, morning}, ForecastQuery{From: d, Days: 1, Today: d, Model: m})
		if err != nil {
			return nil, err
		}
		day := ReviewedDay{Date: d, Made: morning}
		for i := range all {
			if g := all[i].foretold(c); len(g.Intervals) > 0 {
				day.Groups = append(day.Groups, g)
			}
		}
		days = append(days, day)
	}
	return days, fillIn(ctx, c, s, days, from, until)
}

// foretold is what the first day of a forecast expects of the open intervals of a
// telephone group; none of other groups.
func (f *GroupForecast) foretold(c *centre.Centre) ReviewedGroup {
	out := ReviewedGroup{ID: f.Group.ID, Name: f.Group.Name}
	if f.Group.Channel != centre.Phone {
		return out
	}
	open := openIn(c, f.Group)
	for t, mean := range f.Forecast.Mean {
		if start := f.Forecast.Start.Add(time.Duration(t) * f.Forecast.Step); open == nil || open(start) {
			out.Intervals = append(out.Intervals, ReviewedInterval{
				start.In(c.Location), mean, f.Forecast.Quantile(t, 0.1), f.Forecast.Quantile(t, 0.9), math.NaN(),
			})
		}
	}
	return out
}

// fillIn puts what came in days in [from, until).
func fillIn(ctx context.Context, c *centre.Centre, s History, days []ReviewedDay, from, until civil.Date) error {
	for _, g := range c.Groups {
		if !slices.ContainsFunc(days, func(d ReviewedDay) bool { return d.group(g.ID) != nil }) {
			continue
		}
		m, err := s.Series(ctx, selection(c, g), ingest.SeriesOptions{
			Step: c.Interval, Location: c.Location, From: from.Start(c.Location), To: until.Start(c.Location),
		})
		if err != nil {
			return fmt.Errorf("answer group %q: %w", g.ID, err)
		}
		for _, d := range days {
			if group := d.group(g.ID); group != nil {
				group.came(m.Offered.Start, m.Offered.Step, m.Offered.Values)
			}
		}
	}
	return nil
}

func (d ReviewedDay) group(id string) *ReviewedGroup {
	i := slices.IndexFunc(d.Groups, func(g ReviewedGroup) bool { return g.ID == id })
	if i < 0 {
		return nil
	}
	return &d.Groups[i]
}

// came fills in what came, as far as a series knows it.
func (g *ReviewedGroup) came(start time.Time, step time.Duration, values []float64) {
	for i := range g.Intervals {
		x := &g.Intervals[i]
		if at := x.Start.Sub(start); at >= 0 && int(at/step) < len(values) {
			x.Came = values[at/step]
		}
	}
}

// foretold reads the newest plan of a day that was made before anything opened;
// nil without one.
func foretold(ctx context.Context, c *centre.Centre, s Reviewed, day civil.Date) (*ReviewedDay, error) {
	versions, err := s.PlanVersions(ctx, day)
	if err != nil {
		return nil, err
	}
	for _, v := range versions {
		saved, err := s.Plan(ctx, day, v.Version)
		if err != nil {
			return nil, err
		}
		var d struct { // of a Day: its people do not matter here
			Made   time.Time `json:"made"`
			Groups []Group   `json:"groups"`
		}
		if err := json.Unmarshal(saved.Doc, &d); err != nil {
			return nil, fmt.Errorf("stored plan of %s, version %d: %w", day, v.Version, err)
		}
		if out := review(c, d.Groups); len(out) > 0 && !d.Made.After(firstStart(out)) {
			return &ReviewedDay{Date: day, Version: v.Version, Made: d.Made.In(c.Location), Groups: out}, nil
		}
	}
	return nil, nil //nolint:nilnil // no plan to be judged
}

func review(c *centre.Centre, groups []Group) []ReviewedGroup {
	var out []ReviewedGroup
	for _, g := range groups {
		if _, known := c.Group(g.ID); !known || len(g.Intervals) == 0 {
			continue
		}
		r := ReviewedGroup{ID: g.ID, Name: g.Name}
		for _, x := range g.Intervals {
			r.Intervals = append(r.Intervals, ReviewedInterval{x.Start.In(c.Location), x.Offered, x.P10, x.P90, math.NaN()})
		}
		out = append(out, r)
	}
	return out
}

func firstStart(groups []ReviewedGroup) time.Time {
	first := groups[0].Intervals[0].Start
	for _, g := range groups {
		if at := g.Intervals[0].Start; at.Before(first) {
			first = at
		}
	}
	return first
}

// ReviewScore says how far what was expected lay from what came, over the
// intervals of which it is known. Shares are of the calls that came; NaN where
// none came.
type ReviewScore struct {
	Intervals      int
	Expected, Came float64 // calls
	Error          float64 // sum of the absolute differences of the intervals (WAPE)
	// Floor is what Error would be if what was expected were the true rates:
	// calls come by chance (Poisson), and no forecast is better.
	Floor float64
	Bias  float64 // above 0: too many were expected
	Cover float64 // share of the intervals between Low and High; 0.8 or somewhat more is right
}

// Score judges the intervals of groups together.
func Score(groups ...ReviewedGroup) ReviewScore {
	var s ReviewScore
	within := 0.0
	for _, g := range groups {
		for _, x := range g.Intervals {
			if math.IsNaN(x.Came) {
				continue
			}
			s.Intervals++
			s.Expected, s.Came = s.Expected+x.Expected, s.Came+x.Came
			s.Error += math.Abs(x.Expected - x.Came)
			s.Floor += forecast.PoissonDeviation(x.Expected)
			if x.Low <= x.Came && x.Came <= x.High {
				within++
			}
		}
	}
	s.Bias = s.Expected - s.Came
	for _, sum := range []*float64{&s.Error, &s.Floor, &s.Bias} {
		if *sum /= s.Came; s.Came == 0 {
			*sum = math.NaN()
		}
	}
	s.Cover = within / float64(s.Intervals) // NaN without intervals
	return s
}
