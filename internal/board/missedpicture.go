package board

import (
	"math"

	"bemanna/internal/export"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// fallView is the way from the plan to what was measured as a waterfall that lies
// down: a row for each step, with its words above its bar, so that it fits a narrow
// screen.
type fallView struct {
	Text           string // what the picture shows
	Height         string
	Target, Bottom string // the line of the target, and where it ends
	TargetText     string
	Rows           []fallRow
	Key            []fallKey
}

// fallRow is a bar from X on, and the line that leads on to the next one.
type fallRow struct {
	Kind        string // total, gain, loss or rest
	Name, Value string
	NameY, Y    string
	X, Width    string
	End, ValueY string // where the value stands
	At          string // where the way goes on, by a line to the next row
	LineFrom    string // "": no line
	LineTo      string
}

// fallKey is a kind of bar and what it means.
type fallKey struct{ Kind, Text string }

// The rows of the picture, in pixels.
const (
	fallRowHeight = 44.0
	fallName      = 14.0 // base line of the words
	fallBar       = 20.0 // top of the bar
	fallBarHeight = 14.0
	fallTop       = 18.0 // for the words at the line of the target
)

// leastBar is the width of a step that is too small to be seen, in per cent.
const leastBar = 0.4

// fall draws the way of all calls of the days.
func fall(e *plan.Explanation, w *i18n.Words) fallView {
	v := fallView{Text: export.WhyAnswer(e, w), Target: percent(100 * e.Target.Share)}
	v.TargetText = w.Say("board.why_target", i18n.Args{"Target": w.Share(e.Target.Share, 0)})
	t := &e.Total
	v.total(w.Say("why_col.plan"), t.Expected, w)
	modelled := false
	for _, s := range t.Steps() {
		rest := s.Kind == plan.StepUntold || s.Kind == plan.StepUnexplained
		if rest && !modelled {
			v.total(w.Say("why_col.modelled"), t.Modelled, w)
			modelled = true
		}
		v.step(s, rest, w)
	}
	if !modelled {
		v.total(w.Say("why_col.modelled"), t.Modelled, w)
	}
	if t.Measured != nil {
		v.total(w.Say("why_col.measured"), *t.Measured, w)
	}
	v.Rows[len(v.Rows)-1].LineFrom = ""
	v.Bottom = pixels(fallTop + fallRowHeight*float64(len(v.Rows)))
	v.Height = v.Bottom
	for _, kind := range []string{"total", "loss", "gain", "rest"} {
		v.Key = append(v.Key, fallKey{kind, w.Say("why_key." + kind)})
	}
	return v
}

func (v *fallView) total(name string, share float64, w *i18n.Words) {
	v.row(fallRow{Kind: "total", Name: name, Value: w.Share(share, 1)}, 0, share, share)
}

func (v *fallView) step(s plan.Step, rest bool, w *i18n.Words) {
	r := fallRow{Kind: "gain", Name: w.Say("why_row." + string(s.Kind)), Value: export.Points(s, w)}
	switch {
	case rest:
		r.Kind = "rest"
	case s.To < s.From:
		r.Kind = "loss"
	}
	v.row(r, min(s.From, s.To), max(s.From, s.To), s.To)
}

// row places a bar from one share to another, after which the way goes on at a
// share.
func (v *fallView) row(r fallRow, from, to, at float64) {
	y := fallTop + fallRowHeight*float64(len(v.Rows))
	r.NameY, r.Y = pixels(y+fallName), pixels(y+fallBar)
	r.End, r.ValueY = percent(100*to), pixels(y+fallBar+fallBarHeight-2)
	r.X, r.Width = percent(100*from), percent(math.Max(100*(to-from), leastBar))
	r.At, r.LineFrom, r.LineTo = percent(100*at), pixels(y+fallBar+fallBarHeight), pixels(y+fallRowHeight+fallBar)
	v.Rows = append(v.Rows, r)
}
