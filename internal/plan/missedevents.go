package plan

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/ingest"
)

// EventQuery asks what events were expected to do and did.
type EventQuery struct {
	Today civil.Date // the first day of which nothing is known
	// Back and Ahead are how many days before today, and from today on, the events
	// begin.
	Back, Ahead int
	Model       forecast.Model
}

// EventEffect is an event of the centre file on an answer group.
type EventEffect struct {
	Name  string
	Date  civil.Date // its first day
	With  []string   // other events that tell on the same days, and are in the figures
	Group string     // the name
	Days  []EventDay // on which it tells
}

// EventDay is a day of an event. Factors are of the calls that would come without
// it: 1.18 is +18 %.
type EventDay struct {
	Date     civil.Date
	Without  float64 // calls expected but for the event
	Expected float64 // calls expected
	Came     float64 // calls; NaN: not known
	Open     float64 // calls: the standard deviation that the forecast left open, chance aside
}

// EventEffects compares what events were expected to do with what they did, by
// event and group, in order of date and of the centre file. What was expected is of
// the morning of their first day: the forecast of then is made again, of what was
// known then. What they did is the calls that came against the calls of that forecast
// without the event, so that whatever else was wrong with it is in it too (see
// EventSum). Events that begin today or later are those of the forecast of today.
func EventEffects(ctx context.Context, c *centre.Centre, s Store, q EventQuery) ([]EventEffect, error) {
	var out []EventEffect
	for _, morning := range q.mornings(c) {
		some, err := effectsFrom(ctx, c, s, q, morning)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	slices.SortStableFunc(out, func(a, b EventEffect) int { return cmp.Compare(a.Date, b.Date) })
	return out, nil
}

// mornings are the days of which forecasts tell all events of the query.
func (q EventQuery) mornings(c *centre.Centre) []civil.Date {
	var out []civil.Date
	for _, e := range c.Events {
		if d := min(e.Date, q.Today); q.covers(e) && !slices.Contains(out, d) {
			out = append(out, d)
		}
	}
	slices.Sort(out)
	return out
}

func (q EventQuery) covers(e centre.Event) bool {
	return e.Date >= q.Today-civil.Date(q.Back) && e.Date < q.Today+civil.Date(q.Ahead)
}

// mostTelling is how many days after its first one an event is looked for.
const mostTelling = 21

// effectsFrom reads the events from the forecast of a morning: those that begin
// then, or on any later day where the morning is today's.
func effectsFrom(ctx context.Context, c *centre.Centre, s Store, q EventQuery, morning civil.Date) ([]EventEffect, error) {
	days := mostTelling
	if morning == q.Today {
		days = q.Ahead
	}
	told := slices.DeleteFunc(slices.Clone(c.Events), func(e centre.Event) bool {
		return !q.covers(e) || min(e.Date, q.Today) != morning
	})
	groups := []string{}
	for _, g := range c.Groups {
		if slices.ContainsFunc(told, func(e centre.Event) bool { return len(e.Groups) == 0 || slices.Contains(e.Groups, g.ID) }) {
			groups = append(groups, g.ID)
		}
	}
	forecasts, err := Forecasts(ctx, c, asOf{s, morning.Start(c.Location)}, ForecastQuery{
		From: morning, Days: days, Groups: groups, Today: morning, Model: q.Model,
	})
	if err != nil {
		return nil, err
	}
	var out []EventEffect
	for i := range forecasts {
		came, err := cameByDay(ctx, c, s, &forecasts[i], q.Today)
		if err != nil {
			return nil, err
		}
		for _, e := range told {
			if effect := forecasts[i].effect(e, came); len(effect.Days) > 0 {
				out = append(out, effect)
			}
		}
	}
	return out, nil
}

// effect finds the days on which an event tells in a forecast.
func (f *GroupForecast) effect(e centre.Event, came map[civil.Date]float64) EventEffect {
	out := EventEffect{Name: e.Name, Date: e.Date, Group: f.Group.Name}
	for _, day := range f.Forecast.Days {
		date := civil.DateOf(day.Date)
		for _, t := range day.Terms {
			names := strings.Split(t.Name, ", ")
			if t.Reason != forecast.ReasonEvent || date < e.Date || !slices.Contains(names, e.Name) {
				continue
			}
			for _, n := range names {
				if n != e.Name && !slices.Contains(out.With, n) {
					out.With = append(out.With, n)
				}
			}
			calls, known := came[date]
			if !known {
				calls = math.NaN()
			}
			out.Days = append(out.Days, EventDay{
				Date: date, Without: day.Total / t.Factor, Expected: day.Total, Came: calls,
				Open: day.Sigma * day.Total,
			})
		}
	}
	return out
}

// cameByDay gives the calls of the days of a forecast before today, in the intervals
// in which it has any; NaN where they are not all known.
func cameByDay(ctx context.Context, c *centre.Centre, h History, f *GroupForecast, today civil.Date) (map[civil.Date]float64, error) {
	from, until := civil.DateOf(f.Forecast.Start.In(c.Location)), today
	if from >= until {
		return map[civil.Date]float64{}, nil
	}
	m, err := h.Series(ctx, selection(c, f.Group), ingest.SeriesOptions{
		Step: c.Interval, Location: c.Location, From: from.Start(c.Location), To: until.Start(c.Location),
	})
	if err != nil {
		return nil, err
	}
	out := map[civil.Date]float64{}
	for t, v := range m.Offered.Values {
		if t < len(f.Forecast.Mean) && f.Forecast.Mean[t] > 0 {
			out[civil.DateOf(m.Offered.Time(t).In(c.Location))] += v
		}
	}
	for _, d := range m.Daily {
		out[civil.DateOf(d.Date.In(c.Location))] = d.Value
	}
	return out, nil
}

// EventSum is an event over several days.
type EventSum struct {
	Days           int
	Expected, Came float64 // factors; NaN without days
	// Margin is how far Came lies from Expected at most on eight of ten such spans:
	// by chance (Poisson), and by what the forecasts of the days left open, which is
	// taken to be wrong in the same direction on all of them. A factor.
	Margin float64
}

// Sum adds up the days of which the calls are known, or all of them.
func (e EventEffect) Sum(known bool) EventSum {
	var s EventSum
	without, chance, open := 0.0, 0.0, 0.0
	for _, d := range e.Days {
		if known && math.IsNaN(d.Came) {
			continue
		}
		s.Days++
		without += d.Without
		s.Expected, s.Came = s.Expected+d.Expected, s.Came+d.Came
		chance, open = chance+d.Expected, open+d.Open
	}
	s.Expected, s.Came, s.Margin = s.Expected/without, s.Came/without, ninth*math.Sqrt(chance+open*open)/without
	return s
}
