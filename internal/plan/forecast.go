package plan

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
)

// GroupForecast is the forecast of one answer group from the first day asked
// for on.
type GroupForecast struct {
	Group centre.Group
	// Forecast is what plans are made from: that of the model, brought up to date
	// by what has come of the first day, with what people have put in its place.
	Forecast forecast.Forecast
	// Machine is the same before people have put anything in its place.
	Machine forecast.Forecast
	// Seen are the calls of the first intervals of the first day, where they have
	// come; NaN: not known.
	Seen []float64
	// Usual is, for each day, the mean number of calls of the last ordinary days
	// of the same weekday; 0: not known.
	Usual []float64
	// Waiting is the number of messages that came on the closed days just
	// before the first day. E-mail only.
	Waiting float64
	// Patience is that of the callers. Telephone only.
	Patience Patience
	// Correlation is how far the errors of the days of the telephone groups go
	// together (forecast.DayCorrelation): the same for all. Telephone only.
	Correlation float64

	events []centre.Event // of the centre
}

// ForecastQuery asks for forecasts of the groups of a centre.
type ForecastQuery struct {
	From   civil.Date
	Days   int
	Groups []string // ids; nil: all groups
	// Today is the first day of which nothing is known. Where it is From, and data
	// of some of its hours are there, they bring the rest of it up to date.
	Today civil.Date
	Model forecast.Model
}

// Forecasts forecasts every answer group that has an assignment on the days
// asked for, in the order of the centre file. Groups run in parallel; the
// result does not depend on it.
func Forecasts(ctx context.Context, c *centre.Centre, h History, q ForecastQuery) ([]GroupForecast, error) {
	until, err := h.DataUntil(ctx, c.Source)
	if err != nil {
		return nil, err
	}
	learnt, err := h.Learnt(ctx)
	if err != nil {
		return nil, err
	}
	groups := q.assigned(c)
	pasts := make([]past, len(groups))
	err = eachGroup(groups, func(i int) (err error) {
		pasts[i], err = readPast(ctx, c, h, groups[i], q, until)
		return err
	})
	if err != nil {
		return nil, err
	}
	asked := make([]forecast.Group, len(groups))
	for i, p := range pasts {
		asked[i] = ask(c, p, q, learnt)
	}
	if err := relate(ctx, groups, asked); err != nil {
		return nil, err
	}
	out := make([]GroupForecast, len(groups))
	err = eachGroup(groups, func(i int) (err error) {
		if q.wants(groups[i].ID) {
			out[i], err = forecastGroup(ctx, c, pasts[i], asked[i], q)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	err = correlate(ctx, groups, asked, out)
	return slices.DeleteFunc(out, func(f GroupForecast) bool { return !q.wants(f.Group.ID) }), err
}

// correlate tells the telephone groups how far the errors of their days go
// together. What has just been learnt counts as what was learnt before does, so
// that the next forecast says the same.
func correlate(ctx context.Context, groups []centre.Group, asked []forecast.Group, out []GroupForecast) error {
	for i := range asked {
		if l := out[i].Machine.Learnt; l != nil {
			asked[i].Options.Learnt = l
		}
	}
	together, err := forecast.DayCorrelation(ctx, ofChannel(centre.Phone, groups, asked))
	for i, g := range groups {
		if g.Channel == centre.Phone {
			out[i].Correlation = together.Value
		}
	}
	return err
}

// assigned gives the groups that the centre has on any of the days.
func (q ForecastQuery) assigned(c *centre.Centre) []centre.Group {
	var groups []centre.Group
	for _, g := range c.Groups {
		if (g.Until == 0 || g.Until >= q.From) && (g.From == 0 || g.From < q.From+civil.Date(q.Days)) {
			groups = append(groups, g)
		}
	}
	return groups
}

func (q ForecastQuery) wants(id string) bool {
	return id != "" && (q.Groups == nil || slices.Contains(q.Groups, id))
}

// eachGroup does something for each group, and gives the first error in the
// order of the groups.
func eachGroup(groups []centre.Group, do func(i int) error) error {
	return inParallel(len(groups), nil, func(i int) error {
		if err := do(i); err != nil {
			return fmt.Errorf("answer group %q: %w", groups[i].ID, err)
		}
		return nil
	})
}

// ask puts what is asked of a group into the forecast engine's terms.
func ask(c *centre.Centre, p past, q ForecastQuery, learnt map[string]Learnt) forecast.Group {
	g := p.group
	return forecast.Group{Name: g.ID, History: p.history, Options: forecast.Options{
		Intervals:  int(q.end(c).Sub(p.history.Offered.End()) / c.Interval),
		Calendar:   calendar(c.Calendar),
		Open:       openIn(c, g),
		Expected:   g.Expected,
		HandleTime: g.HandleTime.Seconds(),
		Events:     events(c, g),
		Learnt:     learnt[g.ID].of(c, g),
	}}
}

func (q ForecastQuery) start(c *centre.Centre) time.Time { return q.From.Start(c.Location) }
func (q ForecastQuery) end(c *centre.Centre) time.Time {
	return (q.From + civil.Date(q.Days)).Start(c.Location)
}

// ofChannel gives what is asked of the groups of a channel.
func ofChannel(channel centre.Channel, groups []centre.Group, asked []forecast.Group) []forecast.Group {
	var out []forecast.Group
	for i, g := range groups {
		if g.Channel == channel {
			out = append(out, asked[i])
		}
	}
	return out
}

// relate lets each group know what the others of its channel have shown: those
// who write and those who call keep different weeks. What a group has been told
// of late is kept.
func relate(ctx context.Context, groups []centre.Group, asked []forecast.Group) error {
	for _, channel := range []centre.Channel{centre.Phone, centre.Email} {
		told := true
		for i, g := range groups {
			if o := &asked[i].Options; g.Channel == channel {
				o.Kin = o.Learnt.Related(asked[i].History.Offered.End())
				told = told && o.Kin != nil
			}
		}
		same := ofChannel(channel, groups, asked)
		if told || len(same) < 2 {
			continue
		}
		kin, err := forecast.Relate(ctx, same)
		if err != nil {
			return err
		}
		for i, g := range groups {
			if g.Channel != channel {
				continue
			}
			if o := &asked[i].Options; o.Kin == nil {
				o.Kin = kin[0]
			}
			kin = kin[1:]
		}
	}
	return nil
}

func forecastGroup(ctx context.Context, c *centre.Centre, p past, asked forecast.Group, q ForecastQuery) (GroupForecast, error) {
	f, err := q.Model.Forecast(ctx, asked.History, asked.Options)
	if err != nil {
		return GroupForecast{}, err
	}
	out := GroupForecast{Group: p.group, Seen: p.today, events: c.Events}
	f = between(f, q.start(c), q.end(c))
	if out.Machine, err = upToDate(f, p.today); err != nil {
		return GroupForecast{}, err
	}
	out.Forecast = out.Machine
	if corrected := overrides(c, p.group, q); len(corrected) > 0 {
		if f, err = f.Override(corrected...); err != nil {
			return GroupForecast{}, err
		}
		if out.Forecast, err = upToDate(f, p.today); err != nil { // what comes corrects people too
			return GroupForecast{}, err
		}
	}
	totals := dayTotals(c, p.history)
	for d := range civil.Date(q.Days) {
		out.Usual = append(out.Usual, usual(c, totals, q.From+d))
	}
	if p.group.Channel == centre.Email {
		out.Waiting = waiting(c, p.group, totals, q.From)
		return out, nil
	}
	out.Patience, err = patience(p.group, p.measures, p.origin.Start(c.Location))
	return out, err
}

// between cuts a forecast to the intervals that start in [from, to).
func between(f forecast.Forecast, from, to time.Time) forecast.Forecast {
	i, j := int(from.Sub(f.Start)/f.Step), int(to.Sub(f.Start)/f.Step)
	f.Start = from
	f.Mean, f.Spread, f.HandleTime = f.Mean[i:j], f.Spread[i:j], f.HandleTime[i:j]
	f.Days = slices.DeleteFunc(slices.Clone(f.Days), func(d forecast.Day) bool {
		return d.Date.Before(from) || !d.Date.Before(to)
	})
	return f
}

// calendar puts the civil calendar into the forecast engine's terms.
func calendar(c civil.Calendar) forecast.Calendar {
	kinds := map[civil.Kind]forecast.DayKind{
		civil.Ordinary: forecast.Ordinary, civil.Special: forecast.Special, civil.Bridge: forecast.Bridge,
		civil.Short: forecast.Short, civil.Eve: forecast.Eve, civil.Red: forecast.Holiday,
	}
	return func(t time.Time) (forecast.DayKind, string) {
		day := c.On(civil.DateOf(t))
		return kinds[day.Kind], day.Name
	}
}

// assigned tells whether the centre has the assignment of a group on a day.
func assigned(g centre.Group, d civil.Date) bool {
	return (g.From == 0 || d >= g.From) && (g.Until == 0 || d <= g.Until)
}

// openIn tells when a group is open. E-mail comes at all hours: only the days
// of the assignment bound it.
func openIn(c *centre.Centre, g centre.Group) func(time.Time) bool {
	if len(g.Hours) == 0 || g.Channel == centre.Email {
		return nil
	}
	type openDay struct {
		date  civil.Date
		spans []civil.Span
	}
	var last atomic.Pointer[openDay] // a history is gone through day by day
	return func(t time.Time) bool {
		t = t.In(c.Location)
		d, clock := civil.DateOf(t), civil.ClockOf(t)
		if !assigned(g, d) {
			return false
		}
		day := last.Load()
		if day == nil || day.date != d {
			day = &openDay{d, g.Hours.On(d, c.Calendar)}
			last.Store(day)
		}
		return slices.ContainsFunc(day.spans, func(s civil.Span) bool { return s.Open <= clock && clock < s.Close })
	}
}
