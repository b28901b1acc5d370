package plan

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"sync"
	"time"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/ingest"
)

// History is what the spine wants of a store of telephony history.
type History interface {
	// Series gives what is known of one answer group.
	Series(ctx context.Context, sel Selection, o ingest.SeriesOptions) (ingest.Measures, error)
	// DataUntil gives the end of the newest interval of a source, and the zero
	// time where there is none.
	DataUntil(ctx context.Context, source string) (time.Time, error)
}

// Selection says whose history is wanted. Empty fields select everything.
type Selection struct {
	Source  string
	Names   []string // under which telephony knows the group; they are summed
	Channel string
}

// historyYears is how far back a forecast looks: three years show each season
// more than once, and older ones say little of today.
const historyYears = 3

// MostAhead is how many days after the end of the data a forecast may begin:
// what is older than two years is no history any more.
const MostAhead = 2 * 366

// GroupForecast is the forecast of one answer group from the first day asked
// for on.
type GroupForecast struct {
	Group    centre.Group
	Forecast forecast.Forecast
	// Usual is the mean number of calls of the last ordinary days of the same
	// weekday as the first day asked for; 0: not known.
	Usual float64
	// Waiting is the number of messages that came on the closed days just
	// before the first day. E-mail only.
	Waiting float64
	// Patience is that of the callers. Telephone only.
	Patience Patience
}

// ForecastQuery asks for forecasts of all groups of a centre.
type ForecastQuery struct {
	From  civil.Date
	Days  int
	Today civil.Date // history from today on is not looked at
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
	var groups []centre.Group
	for _, g := range c.Groups {
		if (g.Until == 0 || g.Until >= q.From) && (g.From == 0 || g.From < q.From+civil.Date(q.Days)) {
			groups = append(groups, g)
		}
	}
	out := make([]GroupForecast, len(groups))
	errs := make([]error, len(groups))
	var wg sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, g := range groups {
		wg.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			out[i], errs[i] = forecastGroup(ctx, c, h, g, q, until)
		})
	}
	wg.Wait()
	for i, err := range errs {
		if err != nil {
			return nil, fmt.Errorf("answer group %q: %w", groups[i].ID, err)
		}
	}
	return out, nil
}

func forecastGroup(ctx context.Context, c *centre.Centre, h History, g centre.Group, q ForecastQuery, until time.Time) (GroupForecast, error) {
	origin := originDay(c, q, until)
	if ahead := q.From - origin; ahead > MostAhead {
		return GroupForecast{}, fmt.Errorf("the data end on %s, %d days before %s: want at most %d", origin-1, ahead, q.From, MostAhead)
	}
	measures, err := h.Series(ctx,
		Selection{Source: c.Source, Names: g.History, Channel: string(g.Channel)},
		ingest.SeriesOptions{
			Step: c.Interval, Location: c.Location,
			From: origin.AddYears(-historyYears).Start(c.Location), To: origin.Start(c.Location),
		})
	if err != nil {
		return GroupForecast{}, err
	}
	hist := known(measures.History(), origin.Start(c.Location), c.Interval)
	start, end := q.From.Start(c.Location), (q.From + civil.Date(q.Days)).Start(c.Location)
	f, err := q.Model.Forecast(ctx, hist, forecast.Options{
		Intervals:  int(end.Sub(hist.Offered.End()) / c.Interval),
		Calendar:   calendar(c.Calendar),
		Open:       openIn(c, g),
		Expected:   g.Expected,
		HandleTime: g.HandleTime.Seconds(),
	})
	if err != nil {
		return GroupForecast{}, err
	}
	totals := dayTotals(c, hist)
	out := GroupForecast{Group: g, Forecast: between(f, start, end), Usual: usual(c, totals, q.From)}
	if g.Channel == centre.Email {
		out.Waiting = waiting(c, g, totals, q.From)
		return out, nil
	}
	out.Patience, err = patience(g, measures, origin.Start(c.Location))
	return out, err
}

// known makes sure that a history ends at the origin, from which forecasts
// count, even where no interval is known.
func known(h forecast.History, origin time.Time, step time.Duration) forecast.History {
	if !slices.ContainsFunc(h.Offered.Values, func(v float64) bool { return !math.IsNaN(v) }) {
		h.Offered = forecast.Series{Start: origin, Step: step}
	}
	return h
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

// originDay is the first day of which nothing is taken to be known: today, the
// first day asked for, or the day on which the data stop, whichever is first.
// A day whose data stop before its evening is known only in part.
func originDay(c *centre.Centre, q ForecastQuery, until time.Time) civil.Date {
	origin := min(q.Today, q.From)
	if until.IsZero() {
		return origin
	}
	return min(origin, DayAfter(c, until))
}

// DayAfter gives the day after the last one of which there are data, if they
// end at until.
func DayAfter(c *centre.Centre, until time.Time) civil.Date {
	return civil.DateOf(until.Add(-time.Second).In(c.Location)) + 1
}

// usualWeeks is the number of ordinary days that make up what is usual.
const usualWeeks = 8

// dayTotals gives the calls of each day on which anything is known.
func dayTotals(c *centre.Centre, h forecast.History) map[civil.Date]float64 {
	totals := map[civil.Date]float64{}
	for _, d := range h.Daily {
		totals[civil.DateOf(d.Date.In(c.Location))] += d.Value
	}
	for i, v := range h.Offered.Values {
		if !math.IsNaN(v) {
			totals[civil.DateOf(h.Offered.Time(i))] += v
		}
	}
	return totals
}

// usual gives the mean total of the last ordinary days of the weekday of day.
func usual(c *centre.Centre, totals map[civil.Date]float64, day civil.Date) float64 {
	sum, n := 0.0, 0
	for d := day - 7; n < usualWeeks && d > day-7*3*usualWeeks; d -= 7 {
		if v := totals[d]; v > 0 && c.Calendar.On(d).Kind == civil.Ordinary {
			sum, n = sum+v, n+1
		}
	}
	if n == 0 {
		return 0
	}
	return sum / float64(n)
}

// waiting gives the messages of the run of closed days just before day.
func waiting(c *centre.Centre, g centre.Group, totals map[civil.Date]float64, day civil.Date) float64 {
	sum := 0.0
	for d := day - 1; d > day-7 && len(g.Hours.On(d, c.Calendar)) == 0; d-- {
		sum += totals[d]
	}
	return sum
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
	return func(t time.Time) bool {
		t = t.In(c.Location)
		d, clock := civil.DateOf(t), civil.ClockOf(t)
		if !assigned(g, d) {
			return false
		}
		for _, s := range g.Hours.On(d, c.Calendar) {
			if s.Open <= clock && clock < s.Close {
				return true
			}
		}
		return false
	}
}
