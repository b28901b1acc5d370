package board

import (
	"cmp"
	"math"
	"slices"
	"time"

	"bemanna/internal/civil"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// workView is the second step of the meeting: how much work there is, against
// who is there for it.
type workView struct {
	Charts []chartView
	Email  []emailView
}

// chartView is need against plan of a pool, hour by hour: a picture, and the
// table behind it.
type chartView struct {
	ID, Name, Text string // Text says what the picture shows
	Calls, Level   string // of the day
	Height, Base   string
	Bars           []bar
	Rows           []hourRow
	Short          bool
}

// hourRow is an hour in numbers.
type hourRow struct {
	Clock, Calls, Need, Plan, Level, Word string
	Short                                 bool
}

// The height of a chart, of its bars, and of what is below and above them.
const (
	chartHeight = 116.0
	chartBase   = 94.0
	barHeight   = 66.0
)

func work(d *plan.Day, w *i18n.Words) workView {
	v := workView{Email: emails(d, w)}
	for i, p := range pools(d, openHours(d)) {
		v.Charts = append(v.Charts, chart(p, d.Target.Share, w))
		v.Charts[i].ID = "pool-" + w.Number(float64(i+1), 0)
	}
	return v
}

func chart(p pool, target float64, w *i18n.Words) chartView {
	v := chartView{Name: p.name, Height: pixels(chartHeight), Base: pixels(chartBase)}
	var calls, inTime, top float64
	for _, h := range p.hours {
		calls, inTime = calls+h.calls, inTime+h.inTime
		top = max(top, h.need, h.staffed)
	}
	s, a := scale{math.Max(top, 1), chartBase, barHeight}, axis{len(p.hours)}
	short := 0
	for i, h := range p.hours {
		v.Bars = append(v.Bars, p.bar(i, a, s, target, w))
		if h.open == 0 {
			continue
		}
		row := h.row(target, w)
		v.Rows = append(v.Rows, row)
		if row.Short {
			short++
		}
	}
	v.Short = short > 0
	v.Calls, v.Level = w.Number(calls, 0), "–"
	if calls > 0 {
		v.Level = w.Share(inTime/calls, 0)
	}
	v.Text = w.Say("board.chart_text", i18n.Args{"Name": p.name, "Calls": v.Calls, "Level": v.Level, "Hours": shortHours(p, target, w)})
	return v
}

// bar draws an hour: what is planned as a bar, the need as a line across it.
func (p pool) bar(i int, a axis, s scale, target float64, w *i18n.Words) bar {
	const inset = 0.16 // of a column, on each side of the bar
	h := p.hours[i]
	x, step := a.from(i), a.step()
	b := bar{
		X: percent(x + inset*step), Width: percent((1 - 2*inset) * step), Mid: percent(x + step/2),
		Y: pixels(s.base), Height: "0",
	}
	if numbered(i, a.n) {
		b.Label = h.start.Format("15")
	}
	if h.open == 0 {
		return b
	}
	y := s.y(h.staffed)
	b.Y, b.Height = pixels(y), pixels(s.base-y)
	b.Tick, b.From, b.To = pixels(s.y(h.need)), percent(x+0.06*step), percent(x+0.94*step)
	if b.Short = h.mark(target) == markShort; b.Short {
		top := math.Min(y, s.y(h.need))
		b.Flag = pixels(top - 7)
		if h.missing() >= 0.05 && p.worst(i) { // people may be there and yet wait for other calls
			b.Value, b.Above = w.Number(-h.missing(), 1), pixels(p.crest(i, s)-14)
		}
	}
	return b
}

// beside are the hours on whose columns the number above an hour lies: itself alone,
// and its neighbours too when columns are narrow.
func (p pool) beside(i int) []hour {
	if !crowded(len(p.hours)) {
		return p.hours[i : i+1]
	}
	return p.hours[max(i-1, 0):min(i+2, len(p.hours))]
}

// worst tells whether an hour is short of more people than those beside it; of
// two alike it is the first.
func (p pool) worst(i int) bool {
	first := slices.MaxFunc(p.beside(i), func(a, b hour) int { return cmp.Compare(a.missing(), b.missing()) })
	return first.start.Equal(p.hours[i].start)
}

// crest is the height of the highest bar or need beside an hour.
func (p pool) crest(i int, s scale) float64 {
	top := s.base
	for _, h := range p.beside(i) {
		top = min(top, s.y(max(h.need, h.staffed)))
	}
	return top
}

func (h hour) row(target float64, w *i18n.Words) hourRow {
	words := map[mark]string{
		markNone: "–", markShort: w.Say("board.mark_short"), markFits: w.Say("board.mark_fits"), markRoom: w.Say("board.mark_room"),
	}
	m := h.mark(target)
	level := "–"
	if m != markNone {
		level = w.Share(h.level(), 0)
	}
	return hourRow{
		Clock: civil.ClockOf(h.start).String(), Calls: w.Number(h.calls, 0), Need: w.Number(h.need, 1), Plan: w.Number(h.staffed, 1),
		Level: level, Word: words[m], Short: m == markShort,
	}
}

// shortHours names the hours below the target, neighbours together.
func shortHours(p pool, target float64, w *i18n.Words) string {
	var from, to time.Time
	var spans []string
	end := func() {
		if !from.IsZero() {
			spans = append(spans, from.Format("15")+"–"+to.Format("15"))
		}
		from = time.Time{}
	}
	for _, h := range p.hours {
		if h.mark(target) != markShort {
			end()
			continue
		}
		if from.IsZero() {
			from = h.start
		}
		to = h.start.Add(time.Hour)
	}
	end()
	if len(spans) == 0 {
		return w.Say("board.no_short_hours")
	}
	return w.Say("board.short_hours", i18n.Args{"Hours": joined(spans)})
}

// emailView is the e-mail of a pool: what must be done today against what there
// is time for.
type emailView struct {
	Name, Text       string
	Deadline         string
	DoneWidth, Limit string // of the line, in per cent; Limit is where all is done
	Late             bool
	LateText         string
}

// lateHours of e-mail without a place are worth saying; less is rounding.
const lateHours = 0.05

func emails(d *plan.Day, w *i18n.Words) []emailView {
	var out []emailView
	for _, e := range d.Email {
		top := math.Max(math.Max(e.Due, e.Planned), 0.01)
		v := emailView{
			Name: e.Name,
			Text: w.Say("board.email", i18n.Args{
				"Expected": w.Number(e.Expected, 0), "Due": w.Number(e.Due, 1), "Planned": w.Number(e.Planned, 1),
			}),
			DoneWidth: percent(100 * e.Planned / top), Limit: percent(100 * e.Due / top),
		}
		if e.Deadline > 0 {
			v.Deadline = w.Say("board.email_deadline", i18n.Args{"Hours": w.Number(e.Deadline/3600, 0)})
		}
		if late := e.Due - e.Planned; late > lateHours {
			v.Late, v.LateText = true, w.Say("board.email_late", i18n.Args{"Hours": w.Number(late, 1)})
		}
		out = append(out, v)
	}
	return out
}
