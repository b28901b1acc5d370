package board

import (
	"math"
	"strconv"
	"strings"

	"bemanna/internal/civil"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// needPicture is the need of some weeks against their own hours.
type needPicture struct {
	Text         string // what it shows, in words
	Height, Base string
	Labels       string // height of the names of the weeks
	Weeks        []needColumn
}

// needColumn is a week: own hours as a bar, and over it the reach of the need
// from P50 to P90.
type needColumn struct {
	Label, Mid string
	X, Width   string // of the bar
	Y, Height  string
	From, Wide string // of the reach, across
	High, Deep string // of the reach, down
	To, Line   string // end and height of the line at P50
	Open       bool   // on some day; otherwise there is nothing to draw
	Short      bool   // some day misses the target
	Flag       string // height of the sign that says so
}

// The height of the picture of need, of its bars, and of the names of weeks.
const (
	needHeight = 190.0
	needBase   = 162.0
	needBars   = 140.0
)

// drawNeed draws the weeks of an order that have an open day.
func drawNeed(t *plan.Temps, w *i18n.Words) needPicture {
	p := needPicture{Height: pixels(needHeight), Base: pixels(needBase), Labels: pixels(needBase + 18)}
	top := 1.0
	for _, s := range t.Weeks {
		top = math.Max(top, math.Max(s.Need.P90, s.Own))
	}
	sc, a := scale{top, needBase, needBars}, axis{len(t.Weeks)}
	var said []string
	for i, s := range t.Weeks {
		p.Weeks = append(p.Weeks, column(s, a.from(i), a.step(), sc, w))
		if s.Days > 0 {
			said = append(said, w.Say("weeks.picture_week", i18n.Args{
				"Week": weekNumber(s.From), "Need": w.Number(s.Need.P50, 0), "High": w.Number(s.Need.P90, 0), "Own": w.Number(s.Own, 0),
			}))
		}
	}
	p.Text = w.Say("weeks.picture") + " " + strings.Join(said, " ")
	return p
}

func column(s plan.TempsSum, x, step float64, sc scale, w *i18n.Words) needColumn {
	const inset, reach = 0.22, 0.1 // of a column, on each side
	own, line, high := sc.y(s.Own), sc.y(s.Need.P50), sc.y(s.Need.P90)
	c := needColumn{
		Label: w.Say("weeks.short_week", i18n.Args{"Week": weekNumber(s.From)}), Mid: percent(x + step/2),
		X: percent(x + inset*step), Width: percent((1 - 2*inset) * step), Y: pixels(own), Height: pixels(sc.base - own),
		From: percent(x + reach*step), Wide: percent((1 - 2*reach) * step), To: percent(x + (1-reach)*step),
		High: pixels(high), Deep: pixels(math.Max(line-high, 1)), Line: pixels(line), Open: s.Days > 0,
	}
	if c.Short = s.Short > 0; c.Short {
		c.Flag = pixels(math.Min(own, high) - 7)
	}
	return c
}

// weekNumber writes the ISO week of a day.
func weekNumber(d civil.Date) string {
	_, week := d.ISOWeek()
	return strconv.Itoa(week)
}
