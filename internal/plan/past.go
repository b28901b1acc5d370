package plan

import (
	"context"
	"fmt"
	"math"
	"slices"
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
	// Learnt gives what earlier forecasts have learnt, by group.
	Learnt(ctx context.Context) (map[string]Learnt, error)
}

// Selection says whose history is wanted. Empty fields select everything.
type Selection struct {
	Source  string
	Queues  []Queue // of telephony; they are summed
	Channel string
}

// Queue is a name under which telephony knows an answer group, and when and how
// far it counts.
type Queue struct {
	Name     string
	From, To time.Time // the intervals that start in [From, To); zero: no limit
	Share    float64   // of its calls that are the group's; 0: all of them
}

// historyYears is how far back a forecast looks: three years show each season
// more than once, and older ones say little of today.
const historyYears = 3

// MostAhead is how many days after the end of the data a forecast may begin:
// what is older than two years is no history any more.
const MostAhead = 2 * 366

// past is what is known of an answer group when its forecast is made.
type past struct {
	group    centre.Group
	origin   civil.Date // of the first day of which nothing is taken to be known
	measures ingest.Measures
	history  forecast.History
	today    []float64 // the calls since the start of the origin, as far as there are data
}

// readPast reads the history of a group. Data end at until.
func readPast(ctx context.Context, c *centre.Centre, h History, g centre.Group, q ForecastQuery, until time.Time) (past, error) {
	p := past{group: g, origin: originDay(c, q, until)}
	if ahead := q.From - p.origin; ahead > MostAhead {
		return past{}, fmt.Errorf("the data end on %s, %d days before %s: want at most %d", p.origin-1, ahead, q.From, MostAhead)
	}
	start := p.origin.Start(c.Location)
	var err error
	p.measures, err = h.Series(ctx, selection(c, g), ingest.SeriesOptions{
		Step: c.Interval, Location: c.Location, From: p.origin.AddYears(-historyYears).Start(c.Location), To: start,
	})
	if err != nil {
		return past{}, err
	}
	p.history = known(p.measures.History(), start, c.Interval)
	if until.After(start) && p.origin == q.From {
		p.today, err = readToday(ctx, c, h, g, p.origin, until)
	}
	return p, err
}

// readToday reads the calls of a day up to the end of the data; nil where none are
// known.
func readToday(ctx context.Context, c *centre.Centre, h History, g centre.Group, day civil.Date, until time.Time) ([]float64, error) {
	start, end := day.Start(c.Location), (day + 1).Start(c.Location)
	if until.After(end) {
		until = end
	}
	m, err := h.Series(ctx, selection(c, g), ingest.SeriesOptions{
		Step: c.Interval, Location: c.Location, From: start, To: start.Add(until.Sub(start).Truncate(c.Interval)),
	})
	if !slices.ContainsFunc(m.Offered.Values, func(v float64) bool { return !math.IsNaN(v) }) {
		return nil, err
	}
	return m.Offered.Values, err
}

// selection says under which names telephony has the calls of a group.
func selection(c *centre.Centre, g centre.Group) Selection {
	sel := Selection{Source: c.Source, Channel: string(g.Channel)}
	for _, q := range g.History {
		to := Queue{Name: q.Name, Share: q.Share}
		if q.From != 0 {
			to.From = q.From.Start(c.Location)
		}
		if q.Until != 0 {
			to.To = (q.Until + 1).Start(c.Location)
		}
		sel.Queues = append(sel.Queues, to)
	}
	return sel
}

// known makes sure that a history ends at the origin, from which forecasts
// count, even where no interval is known.
func known(h forecast.History, origin time.Time, step time.Duration) forecast.History {
	if !slices.ContainsFunc(h.Offered.Values, func(v float64) bool { return !math.IsNaN(v) }) {
		h.Offered = forecast.Series{Start: origin, Step: step}
	}
	return h
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
