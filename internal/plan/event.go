package plan

import (
	"math"
	"slices"
	"strings"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
)

// events gives the events of a group as the forecast engine wants them: sizes are
// relative to the mean of those that are like each other, whatever they count,
// and what people expect is of an event of that size.
func events(c *centre.Centre, g centre.Group) []forecast.Event {
	var out []forecast.Event
	for _, e := range c.Events {
		if len(e.Groups) > 0 && !slices.Contains(e.Groups, g.ID) {
			continue
		}
		size := relativeSize(c.Events, e)
		factor := e.Factor
		if factor > 0 {
			// beside far larger ones, a tiny event would be said to have no end
			factor = min(max(math.Pow(factor, 1/size), math.SmallestNonzeroFloat64), math.MaxFloat64)
		}
		out = append(out, forecast.Event{
			Name: e.Name, Like: e.Like, Date: e.Date.Start(c.Location), Size: size, Factor: factor, Lag: e.Lag,
		})
	}
	return out
}

// relativeSize gives the size of an event in relation to the mean of those like
// it; 1 where no size is said.
func relativeSize(all []centre.Event, e centre.Event) float64 {
	if e.Size == 0 || e.Like == "" {
		return 1
	}
	sum, n := 0.0, 0.0
	for _, o := range all {
		if o.Like == e.Like && o.Size > 0 {
			sum, n = sum+o.Size, n+1
		}
	}
	return e.Size / (sum / n)
}

// overrides gives what people have put in the place of the forecast of a group,
// on the days asked for on which it is open.
func overrides(c *centre.Centre, g centre.Group, q ForecastQuery) []forecast.Override {
	var out []forecast.Override
	for _, o := range c.Overrides {
		if o.Group != g.ID {
			continue
		}
		for d := max(o.From, q.From); d <= min(o.Until, q.From+civil.Date(q.Days)-1); d++ {
			span := o.Span
			if span == (civil.Span{}) {
				span = openSpan(c, g, d)
			}
			if span != (civil.Span{}) {
				out = append(out, forecast.Override{
					Name: o.Name, From: d.At(span.Open, c.Location), To: d.At(span.Close, c.Location), Factor: o.Factor, Calls: o.Calls,
				})
			}
		}
	}
	return out
}

// openSpan gives the time from the first opening of a group on a day to its last
// closing, nothing when it is closed, and all day when nobody has said.
func openSpan(c *centre.Centre, g centre.Group, d civil.Date) civil.Span {
	if len(g.Hours) == 0 || g.Channel == centre.Email {
		return civil.Span{Close: 24 * 60}
	}
	var out civil.Span
	for i, s := range g.Hours.On(d, c.Calendar) {
		if i == 0 {
			out = s
		}
		out.Open, out.Close = min(out.Open, s.Open), max(out.Close, s.Close)
	}
	return out
}

// Terms gives the reasons why a day of the forecast differs, with the day of the
// newest event that each speaks of.
func (f GroupForecast) Terms(day forecast.Day) []Term {
	var out []Term
	for _, t := range day.Terms {
		term := Term{Reason: string(t.Reason), Name: t.Name, Factor: Round(t.Factor, 3)}
		if t.Reason == forecast.ReasonEvent {
			term.Since = f.since(t.Name, civil.DateOf(day.Date))
		}
		out = append(out, term)
	}
	return out
}

// since gives the day of the newest event with a name among names, up to a day.
func (f GroupForecast) since(names string, until civil.Date) (since civil.Date) {
	for _, e := range f.events {
		touches := len(e.Groups) == 0 || slices.Contains(e.Groups, f.Group.ID)
		if touches && e.Date <= until && slices.Contains(strings.Split(names, ", "), e.Name) {
			since = max(since, e.Date)
		}
	}
	return since
}
