package board

import (
	"context"
	"errors"
	"net/http"

	"bemanna/forecast"
	"bemanna/internal/civil"
	"bemanna/internal/export"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// whyView is why the days of a week went otherwise than planned.
type whyView struct {
	Title          string
	Previous, Next *link  // weeks; nil: none that is over
	Waiting        string // what is said while it is worked out or where there is nothing; "": the rest is there
	Answer         string
	Fall           fallView
	Factors        []factorRow
	Days, Parts    whyTable
	Remarks        []string
}

// factorRow is a factor as it was planned and as it came.
type factorRow struct{ Name, Expected, Came, Effect string }

// whyTable is splits below each other.
type whyTable struct {
	Header []string // without the first
	Rows   []whyRow
}

type whyRow struct {
	Name  string
	Cells []string
	Sub   bool // a part of the row above it that is none
}

// lookAgain is after how many seconds a page that waits loads itself again.
const lookAgain = 5

// why shows the week of a day, or the last one that is over.
func (b *Board) why(w http.ResponseWriter, q *request) error {
	x, err := b.basis(q)
	if err != nil {
		return err
	}
	last := x.today.Monday() - 7
	monday := last
	if s := q.URL.Query().Get("week"); s != "" {
		d, err := civil.ParseDate(s)
		if err != nil {
			return badRequest("board.fault_date", s)
		}
		monday = min(d.Monday(), last)
	}
	view := whyView{Previous: q.weekLink(monday - 7)}
	if monday < last {
		view.Next = q.weekLink(monday + 7)
	}
	f := frame{}
	e, ready, err := b.explained(q.Context(), x, monday)
	switch {
	case errors.Is(err, plan.ErrNoCalls):
		view.Waiting = q.words.Say("board.why_nothing")
	case err != nil:
		return err
	case !ready:
		view.Waiting, f.Refresh = q.words.Say("board.why_waiting"), lookAgain
	default:
		view.fill(e, q.words)
	}
	span := export.WhySpan(&plan.Explanation{From: monday, To: monday + 6}, q.words)
	view.Title = q.words.Say("board.why_title", i18n.Args{"Span": span})
	f.Title, f.Body = view.Title, view
	return b.show(w, q, http.StatusOK, "missed", f)
}

// explained gives the explanation of a week, worked out once for the data and the
// centre file that there are.
func (b *Board) explained(ctx context.Context, x basis, monday civil.Date) (e *plan.Explanation, ready bool, err error) {
	known, err := b.explanations.ask(ctx, monday.String(), x.stamp, func(ctx context.Context) (*plan.Explanation, error) {
		return plan.Explain(ctx, x.c, x.db, plan.ExplainQuery{From: monday, To: monday + 6, Seed: 1, Model: forecast.DayLevel{}})
	})
	return known.Answer, !known.Pending, err
}

func (q *request) weekLink(monday civil.Date) *link {
	values := q.kept()
	values.Set("week", monday.String())
	_, week := monday.ISOWeek()
	return &link{Text: q.words.Say("board.why_week", i18n.Args{"Week": week}), URL: address("/why", values)}
}

// fill works out the page.
func (v *whyView) fill(e *plan.Explanation, w *i18n.Words) {
	v.Answer, v.Remarks = export.WhyAnswer(e, w), export.WhyRemarks(e, w)
	v.Fall = fall(e, w)
	for i, x := range e.Total.Effects {
		row := factorRow{
			Name: w.Say("why_row." + string(x.Factor)), Expected: export.FactorValue(x.Factor, x.Expected, w),
			Came: export.FactorValue(x.Factor, x.Came, w), Effect: "–",
		}
		if s, known := e.Total.Step(plan.Kinds(false)[i]); known {
			row.Effect = export.Points(s, w)
		}
		v.Factors = append(v.Factors, row)
	}
	kinds := plan.Kinds(e.Total.Untold != nil)
	header := []string{w.Say("why_col.plan_short")}
	for _, k := range kinds {
		header = append(header, w.Say("why_short."+string(k)))
	}
	header = append(header, w.Say("why_col.measured_short"))
	v.Days, v.Parts = whyTable{Header: header}, whyTable{Header: header}
	for i := range e.Days {
		d := &e.Days[i]
		name := export.ShortDay(d.Date, w)
		if d.Version == 0 {
			name += " *"
		}
		v.Days.Rows = append(v.Days.Rows, whyRow{Name: name, Cells: cells(&d.Split, kinds, w)})
	}
	for i := range e.Parts {
		x := &e.Parts[i]
		v.Parts.Rows = append(v.Parts.Rows, whyRow{Name: x.Name, Cells: cells(&x.Split, kinds, w), Sub: x.Unit != ""})
	}
}

// cells are a split in numbers: percentages at the ends, percentage points between.
func cells(s *plan.Split, kinds []plan.StepKind, w *i18n.Words) []string {
	out := []string{w.Share(s.Expected, 1)}
	for _, k := range kinds {
		cell := "–"
		if x, known := s.Step(k); known {
			cell = export.Points(x, w)
		}
		out = append(out, cell)
	}
	if s.Measured == nil {
		return append(out, "–")
	}
	return append(out, w.Share(*s.Measured, 1))
}
