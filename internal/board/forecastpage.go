package board

import (
	"context"
	"math"
	"net/http"
	"time"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// reviewDays is how far the page of forecasts looks back, today included.
const reviewDays = 28

// forecastView is how good the forecasts behind the plans have been.
type forecastView struct {
	Title   string
	Empty   bool   // nothing that can be judged
	After   bool   // made afterwards, since there is no plan that can be judged
	Waiting string // until they are made
	Period  string // which days are judged
	Total   scoreRow
	Groups  []scoreRow
	Events  *eventsView   // nil: there are none
	Days    []reviewedDay // today and the open day before it
}

// scoreRow is a group, or all of them, in numbers.
type scoreRow struct {
	Name, Expected, Came, Error, Floor, Bias, Cover string
	Gauge                                           *gauge // Error on a line, Floor as the mark
}

// reviewedDay is a day by group, interval by interval.
type reviewedDay struct {
	Title  string
	Made   string
	Charts []courseView
}

// courseView is a group's day: what was expected, and what came.
type courseView struct {
	ID, Name, Text string
	Score          string
	Bands          []band
	Ticks          []tick
	Height, Base   string
	Rows           []courseRow // by the hour: the table behind the picture
}

// band is an interval: between Y and Y+Height eight of ten counts should lie.
// Dot is the height of what came.
type band struct {
	X, Width, Mid, To, Y, Height, Expected string
	Dot, DotTop                            string // "": not known yet
	Outside                                bool
}

type courseRow struct{ Clock, Expected, Came string }

func (b *Board) forecast(w http.ResponseWriter, q *request) error {
	x, err := b.basis(q)
	if err != nil {
		return err
	}
	days, err := plan.Review(q.Context(), x.c, x.db, x.today-reviewDays+1, x.today+1)
	if err != nil {
		return err
	}
	view := viewForecast(x.c, days, x.today, q.words)
	f := frame{Title: view.Title}
	if view.Empty {
		days, ready, err := b.foretell(q.Context(), x)
		if err != nil {
			return err
		}
		view = viewForecast(x.c, days, x.today, q.words)
		if view.After = true; !ready {
			view.Waiting, f.Refresh = q.words.Say("board.forecast_waiting"), lookAgain
		}
	}
	if len(x.c.Events) > 0 {
		events, ready, err := b.events(q.Context(), x)
		if err != nil {
			return err
		}
		if view.Events = viewEvents(events, q.words); !ready {
			view.Events, f.Refresh = &eventsView{Waiting: q.words.Say("board.event_waiting")}, lookAgain
		}
	}
	f.Body = view
	return b.show(w, q, http.StatusOK, "forecast", f)
}

// foretell gives forecasts of the days that are over, made afterwards; not ready:
// they are being worked out.
func (b *Board) foretell(ctx context.Context, x basis) (days []plan.ReviewedDay, ready bool, err error) {
	known, err := b.foretold.ask(ctx, "", x.stamp, func(ctx context.Context) ([]plan.ReviewedDay, error) {
		return plan.Foretell(ctx, x.c, x.db, x.today-reviewDays+1, x.today, forecast.DayLevel{})
	})
	return known.Answer, !known.Pending, err
}

// viewForecast works out the page of forecasts from days in order of date.
func viewForecast(c *centre.Centre, days []plan.ReviewedDay, today civil.Date, w *i18n.Words) forecastView {
	v := forecastView{Title: w.Say("board.forecast_title")}
	var all []plan.ReviewedGroup
	for _, d := range days {
		all = append(all, d.Groups...)
	}
	total := plan.Score(all...)
	if total.Intervals == 0 {
		v.Empty = true
	} else {
		v.Total = score(w.Say("board.forecast_all"), total, w)
		v.Period = period(days, w)
	}
	for _, g := range c.Groups {
		if s := plan.Score(keep(all, func(r plan.ReviewedGroup) bool { return r.ID == g.ID })...); s.Intervals > 0 {
			v.Groups = append(v.Groups, score(g.Name, s, w))
		}
	}
	previous := civil.Date(0)
	for _, d := range days {
		if d.Date < today {
			previous = d.Date
		}
	}
	for _, d := range days {
		if d.Date == today || d.Date == previous {
			v.Days = append(v.Days, reviewed(d, w))
		}
	}
	return v
}

func period(days []plan.ReviewedDay, w *i18n.Words) string {
	judged := keep(days, func(d plan.ReviewedDay) bool { return plan.Score(d.Groups...).Intervals > 0 })
	return w.Say("board.forecast_period", i18n.Args{
		"Days": len(judged), "From": w.Day(judged[0].Date), "To": w.Day(judged[len(judged)-1].Date),
	})
}

// widestError fills the line of a gauge: few forecasts of a quarter of an hour
// are worse.
const widestError = 1.0

func score(name string, s plan.ReviewScore, w *i18n.Words) scoreRow {
	r := scoreRow{
		Name: name, Expected: w.Number(s.Expected, 0), Came: w.Number(s.Came, 0), Error: w.Share(s.Error, 0), Floor: w.Share(s.Floor, 0),
		Cover: w.Share(s.Cover, 0), Bias: "–",
	}
	if !math.IsNaN(s.Bias) {
		r.Bias = w.Change(1 + s.Bias)
		r.Gauge = &gauge{
			percent(100 * math.Min(s.Error/widestError, 1)), percent(100 * math.Min(s.Floor/widestError, 1)),
			w.Say("board.forecast_gauge", i18n.Args{"Error": r.Error, "Floor": r.Floor}),
		}
	}
	return r
}

func madeOf(d plan.ReviewedDay, w *i18n.Words) string {
	if d.Version == 0 {
		return w.Say("board.forecast_after")
	}
	return w.Say("board.forecast_made", i18n.Args{"Version": d.Version, "Made": w.Stamp(d.Made)})
}

func reviewed(d plan.ReviewedDay, w *i18n.Words) reviewedDay {
	v := reviewedDay{
		Title: title(&plan.Day{Date: d.Date}, w),
		Made:  madeOf(d, w),
	}
	for i, g := range d.Groups {
		chart := course(g, w)
		chart.ID = "course-" + d.Date.String() + "-" + w.Number(float64(i+1), 0)
		v.Charts = append(v.Charts, chart)
	}
	return v
}

// The height of the picture of a group's day, and of its bands.
const (
	courseHeight = 104.0
	courseBase   = 84.0
	courseBands  = 72.0
)

func course(g plan.ReviewedGroup, w *i18n.Words) courseView {
	v := courseView{Name: g.Name, Height: pixels(courseHeight), Base: pixels(courseBase)}
	first, last := g.Intervals[0].Start, g.Intervals[len(g.Intervals)-1].Start
	step := last.Sub(first)
	for i := 1; i < len(g.Intervals); i++ {
		step = min(step, g.Intervals[i].Start.Sub(g.Intervals[i-1].Start))
	}
	s := span{first.Truncate(time.Hour), last.Add(step)}
	top := 1.0
	for _, x := range g.Intervals {
		top = math.Max(top, x.High)
		if x.Came > top { // false for what is not known
			top = x.Came
		}
	}
	sc := scale{top, courseBase, courseBands}
	for _, x := range g.Intervals {
		v.Bands = append(v.Bands, bandOf(x, s, sc, 100*float64(step)/float64(s.to.Sub(s.from))))
	}
	v.Ticks, v.Rows = s.ticks(), courseRows(g, w)
	judged := plan.Score(g)
	args := i18n.Args{"Expected": w.Number(judged.Expected, 0), "Came": w.Number(judged.Came, 0)}
	switch judged.Intervals {
	case 0:
		v.Score = w.Say("board.course_waiting", i18n.Args{"Expected": w.Number(sum(g), 0)})
	case len(g.Intervals):
		v.Score = w.Say("board.course_score", args)
	default:
		v.Score = w.Say("board.course_so_far", args)
	}
	v.Text = g.Name + ": " + v.Score
	return v
}

func sum(g plan.ReviewedGroup) float64 {
	calls := 0.0
	for _, x := range g.Intervals {
		calls += x.Expected
	}
	return calls
}

func bandOf(x plan.ReviewedInterval, s span, sc scale, width float64) band {
	at := s.at(x.Start)
	low, high := sc.y(x.Low), sc.y(x.High)
	b := band{
		X: percent(at), Width: percent(width), Mid: percent(at + width/2), To: percent(at + width),
		Y: pixels(high), Height: pixels(math.Max(low-high, 1)), Expected: pixels(sc.y(x.Expected)),
	}
	if !math.IsNaN(x.Came) {
		b.Outside = x.Came < x.Low || x.Came > x.High
		b.Dot, b.DotTop = pixels(sc.y(x.Came)), pixels(sc.y(x.Came)-3)
	}
	return b
}

// courseRows sums up a group by the hour; an hour of which not all is known has
// no number of what came.
func courseRows(g plan.ReviewedGroup, w *i18n.Words) []courseRow {
	var out []courseRow
	for i := 0; i < len(g.Intervals); {
		start := g.Intervals[i].Start
		expected, came := 0.0, 0.0
		for ; i < len(g.Intervals) && g.Intervals[i].Start.Hour() == start.Hour(); i++ {
			expected, came = expected+g.Intervals[i].Expected, came+g.Intervals[i].Came
		}
		out = append(out, courseRow{start.Format("15"), w.Number(expected, 0), w.Number(came, 0)})
	}
	return out
}
