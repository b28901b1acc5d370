package export

import (
	"bufio"
	"io"
	"math"
	"strings"

	"bemanna/internal/civil"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// Explanation writes why days went otherwise than planned: the answer in a line,
// the way from what was expected to what was measured, and the same by day, unit
// and group. It fits into 80 columns.
func Explanation(w io.Writer, e *plan.Explanation, words *i18n.Words) error {
	p := &whyPage{page: page{w: bufio.NewWriter(w), words: words}, e: e}
	p.head()
	p.way()
	p.days()
	p.parts()
	p.remarks()
	if p.err != nil {
		return p.err
	}
	return p.w.Flush()
}

type whyPage struct {
	page
	e *plan.Explanation
}

func (p *whyPage) head() {
	subject := p.e.Centre
	if p.e.Unit != "" {
		subject = p.e.Unit + ", " + subject
	}
	p.line(p.words.Say("why.title", i18n.Args{"Span": WhySpan(p.e, p.words), "Subject": subject}))
	p.line(p.words.Say("why.draws", i18n.Args{"Days": len(p.e.Days), "Draws": p.words.Number(float64(p.e.Draws), 0), "Each": p.words.Number(float64(p.e.Each), 0), "Seed": p.e.Seed}))
	p.line(strings.Repeat("-", pageWidth))
	p.wrapped(WhyAnswer(p.e, p.words), 2)
}

// WhySpan names the days of an explanation, with the week where they lie in one.
func WhySpan(e *plan.Explanation, w *i18n.Words) string {
	span := w.Day(e.From)
	if e.To > e.From {
		span += " – " + w.Day(e.To)
	}
	if e.From.Monday() != e.To.Monday() {
		return span
	}
	_, week := e.From.ISOWeek()
	return w.Say("why.week", i18n.Args{"Week": week, "Span": span})
}

// WhyAnswer is the whole explanation in a line.
func WhyAnswer(e *plan.Explanation, w *i18n.Words) string {
	var steps []string
	for _, s := range e.Total.Steps() {
		steps = append(steps, w.Say("why_step."+string(s.Kind))+" "+Points(s, w))
	}
	args := i18n.Args{
		"Expected": w.Share(e.Total.Expected, 1), "Target": w.Share(e.Target.Share, 0), "Within": e.Target.Within,
		"Definition": w.Say("definition." + e.Target.Definition), "Steps": strings.Join(steps, " · "), "Modelled": w.Share(e.Total.Modelled, 1),
	}
	if e.Total.Measured == nil {
		return w.Say("why.unmeasured", args)
	}
	args["Measured"] = w.Share(*e.Total.Measured, 1)
	return w.Say("why.answer", args)
}

// Points writes a step in percentage points, with its sign.
func Points(s plan.Step, w *i18n.Words) string {
	x := s.Points()
	if x == 0 {
		return w.Number(0, 1) // not -0
	}
	text := w.Number(x, 1)
	if x > 0 {
		text = "+" + text
	}
	return text
}

// FactorValue writes a factor as it was expected or as it came.
func FactorValue(f plan.Factor, v *float64, w *i18n.Words) string {
	switch {
	case v == nil:
		return "–"
	case f == plan.FactorLoginRate:
		return w.Share(*v, 1)
	default:
		return w.Say("why_unit."+string(f), i18n.Args{"Value": w.Number(*v, 0)})
	}
}

// way is a row for each step from the plan to what was measured.
func (p *whyPage) way() {
	p.line()
	t := &p.e.Total
	say := func(id string) string { return p.words.Say("why_col." + id) }
	rows := [][]string{{say("plan"), "", "", p.words.Share(t.Expected, 1)}}
	for i, e := range t.Effects {
		row := []string{
			p.words.Say("why_row." + string(e.Factor)), FactorValue(e.Factor, e.Expected, p.words), FactorValue(e.Factor, e.Came, p.words), "–",
		}
		if s, known := t.Step(plan.Kinds(false)[i]); known {
			row[3] = Points(s, p.words)
		}
		rows = append(rows, row)
	}
	rows = append(rows, []string{say("modelled"), "", "", p.words.Share(t.Modelled, 1)})
	for _, kind := range []plan.StepKind{plan.StepUntold, plan.StepUnexplained} {
		if s, known := t.Step(kind); known {
			rows = append(rows, []string{p.words.Say("why_row." + string(kind)), "", "", Points(s, p.words)})
		}
	}
	rows = append(rows, []string{say("measured"), "", "", measured(t, p.words)})
	p.table([]string{say("what"), say("expected"), say("came"), say("effect")}, rows)
}

func measured(s *plan.Split, w *i18n.Words) string {
	if s.Measured == nil {
		return "–"
	}
	return w.Share(*s.Measured, 1)
}

// days is a row for each day.
func (p *whyPage) days() {
	if len(p.e.Days) < 2 {
		return
	}
	var rows [][]string
	for i := range p.e.Days {
		d := &p.e.Days[i]
		name := d.Date.String()
		if d.Version == 0 {
			name += "*"
		}
		rows = append(rows, p.row(name, &d.Split))
	}
	p.line()
	p.table(p.header("day"), rows)
}

// parts is a row for each unit and group; of many, the groups of a unit are shown
// where that is asked for.
func (p *whyPage) parts() {
	const (
		longest = 26 // letters of a name
		many    = 9
	)
	var rows [][]string
	hidden := p.e.Unit == "" && len(p.e.Parts) >= many
	for i := range p.e.Parts {
		x := &p.e.Parts[i]
		name := x.Name
		if x.Unit != "" {
			if hidden {
				continue
			}
			name = "  " + name
		}
		rows = append(rows, p.row(clip(name, longest), &x.Split))
	}
	p.line()
	p.table(p.header("part"), rows)
	if hidden {
		p.line(p.words.Say("why.hidden"))
	}
}

func (p *whyPage) header(first string) []string {
	header := []string{p.words.Say("why_col." + first), p.words.Say("why_col.plan_short")}
	for _, k := range p.kinds() {
		header = append(header, p.words.Say("why_short."+string(k)))
	}
	return append(header, p.words.Say("why_col.measured_short"))
}

func (p *whyPage) kinds() []plan.StepKind { return plan.Kinds(p.e.Total.Untold != nil) }

func (p *whyPage) row(name string, s *plan.Split) []string {
	row := []string{name, p.words.Number(100*s.Expected, 1)}
	for _, k := range p.kinds() {
		cell := "–"
		if x, known := s.Step(k); known {
			cell = Points(x, p.words)
		}
		row = append(row, cell)
	}
	came := math.NaN()
	if s.Measured != nil {
		came = 100 * *s.Measured
	}
	return append(row, p.words.Number(came, 1))
}

// remarks says what the figures rest on, and what is missing.
func (p *whyPage) remarks() {
	p.line()
	for _, r := range WhyRemarks(p.e, p.words) {
		p.wrapped(r, 2)
	}
}

// WhyRemarks says what an explanation rests on, and what is missing.
func WhyRemarks(e *plan.Explanation, w *i18n.Words) []string {
	unknown := 0
	for _, d := range e.Days {
		unknown += d.Unknown
	}
	var out []string
	remark := func(key string, days []string) {
		if len(days) > 0 {
			args := i18n.Args{"Days": strings.Join(days, ", "), "All": len(days) == len(e.Days), "Intervals": unknown}
			out = append(out, w.Say(key, args))
		}
	}
	where := func(holds func(plan.ExplainedDay) bool) (days []string) {
		for _, d := range e.Days {
			if holds(d) {
				days = append(days, ShortDay(d.Date, w))
			}
		}
		return days
	}
	from := func(s plan.StaffingSource) []string {
		return where(func(d plan.ExplainedDay) bool { return d.Staffing == s })
	}
	remark("why.made", where(func(d plan.ExplainedDay) bool { return d.Version == 0 }))
	remark("why.by_units", from(plan.StaffingOfUnits))
	remark("why.by_centre", from(plan.StaffingOfCentre))
	remark("why.by_plan", from(plan.StaffingOfPlan))
	remark("why.unattended", from(plan.StaffingUnknown))
	remark("why.partly", where(func(d plan.ExplainedDay) bool { return d.Unknown > 0 }))
	var unheard []string
	for _, d := range e.Unheard {
		unheard = append(unheard, ShortDay(d, w))
	}
	remark("why.unheard", unheard)
	return append(out, w.Say("why.method"))
}

// ShortDay is a day as mån 16 nov.
func ShortDay(d civil.Date, w *i18n.Words) string {
	_, m, day := d.Civil()
	return w.Weekday(d) + " " + w.Number(float64(day), 0) + " " + w.Month(m)
}
