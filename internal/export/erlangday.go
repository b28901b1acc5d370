package export

import (
	"io"
	"strconv"
	"strings"

	"bemanna/erlang"
	"bemanna/internal/calculator"
	"bemanna/internal/i18n"
)

// ErlangDayText writes a day: what becomes of its calls, a line for each
// interval, and what the numbers rest on.
func ErlangDayText(w io.Writer, a calculator.DayAnswer, words *i18n.Words, blocks bool) error {
	if err := paragraph(w, append(dayHead(a, words), "")); err != nil {
		return err
	}
	if err := dayTable(w, a, words, blocks); err != nil {
		return err
	}
	return paragraph(w, append([]string{""}, dayNotes(a, words)...))
}

// dayHead says what each plan of the day takes and reaches.
func dayHead(a calculator.DayAnswer, words *i18n.Words) []string {
	d := a.Day
	calls := 0.0
	for _, in := range d.Intervals {
		calls += in.Calls
	}
	lines := []string{words.Say("course.head", i18n.Args{"Calls": amount(calls, words), "Intervals": strconv.Itoa(len(d.Intervals))})}
	if a.Plans[0].Basis != calculator.Given {
		lines = append(lines, words.Say("erlang.target", i18n.Args{"Parts": strings.Join(targetParts(d.Case, words), ", ")}))
	}
	for _, p := range a.Plans {
		line := words.Say("basis."+string(p.Basis), i18n.Args{
			"Hours": words.Number(p.Hours, 2), "Share": words.Share(p.ServiceLevel, 1), "Alone": words.Share(p.Alone, 1),
			"Within": span(d.Case.Target.Threshold, words), "Definition": definition(d.Case, words),
			"Floor": fineShare(min(d.Settings.Floor, d.Case.Target.Share), words),
		})
		lines = append(lines, line+outlookOf(d.Case, p, words))
	}
	if len(a.Plans) == 2 {
		saved := a.Plans[0].Hours - a.Plans[1].Hours
		lines = append(lines, words.Say("course.saved", i18n.Args{
			"Hours": words.Number(saved, 2), "Share": words.Share(saved/a.Plans[0].Hours, 1),
		}))
	}
	return lines
}

// outlookOf says what may come of a single day, where that is known.
func outlookOf(c calculator.Case, p calculator.DayPlan, words *i18n.Words) string {
	if p.Outlook == nil {
		return ""
	}
	args := i18n.Args{
		"Share": words.Share(p.Outlook.Share, 1), "Low": words.Share(p.Outlook.Low, 0), "High": words.Share(p.Outlook.High, 0),
		"Target": fineShare(c.Target.Share, words), "Chance": words.Chance(p.Outlook.Chance), "CV": fineShare(c.CV, words),
	}
	if c.CV > 0 {
		return " " + words.Say("course.outlook_cv", args)
	}
	return " " + words.Say("course.outlook", args)
}

// dayTable has a line for each interval: what becomes of its calls, or the
// people that each plan gives it.
func dayTable(w io.Writer, a calculator.DayAnswer, words *i18n.Words, blocks bool) error {
	header := []string{words.Say("figure.start"), words.Say("figure.calls")}
	given := a.Plans[0].Basis == calculator.Given
	for _, p := range a.Plans {
		header = append(header, words.Say("people."+string(p.Basis)), words.Say("figure.level"))
	}
	if given {
		for _, id := range []string{"alone", "asa", "abandoned", "busy", "waiting"} {
			header = append(header, words.Say("figure."+id))
		}
	}
	var rows [][]string
	var levels []float64
	for i, in := range a.Day.Intervals {
		row := []string{place(in, i), amount(in.Calls, words)}
		for _, p := range a.Plans {
			row = append(row, strconv.Itoa(p.Rows[i].Agents), words.Share(p.Rows[i].ServiceLevel, 1))
		}
		if r := a.Plans[0].Rows[i]; given {
			row = append(row, words.Share(r.Alone, 1), words.Number(r.SpeedOfAnswer, 0), words.Share(r.Abandonment, 1),
				words.Share(r.Occupancy, 0), words.Number(r.Waiting, 1))
		}
		rows, levels = append(rows, row), append(levels, a.Plans[len(a.Plans)-1].Rows[i].ServiceLevel)
	}
	return barTable(w, header, rows, levels, blocks)
}

// place is the start of an interval, or its number from 1.
func place(in calculator.DayInterval, i int) string {
	if in.Start != "" {
		return in.Start
	}
	return strconv.Itoa(i + 1)
}

// dayNotes say what the numbers rest on.
func dayNotes(a calculator.DayAnswer, words *i18n.Words) []string {
	d := a.Day
	last := a.Plans[len(a.Plans)-1]
	notes := []string{words.Say("course.legend")}
	if last.Basis == calculator.Given {
		notes = append(notes, words.Say("course.legend_given"))
	} else if !d.CarriedOver() {
		cv := ""
		if d.Case.CV > 0 {
			cv = fineShare(d.Case.CV, words)
		}
		notes = append(notes, words.Say("course.steady", i18n.Args{"CV": cv}))
	}
	if d.Endless() {
		notes = append(notes, words.Say("course.endless"))
	}
	switch d.Settings.Departure {
	case erlang.FinishCall:
		notes = append(notes, words.Say("course.finish"))
	case erlang.FirstToFinish:
		notes = append(notes, words.Say("course.first"))
	case erlang.Preempt:
		notes = append(notes, words.Say("course.preempt"))
	}
	if d.Case.Patience == 0 {
		notes = append(notes, words.Say("erlang.model_c"))
	}
	if d.Settings.Backlog > 0 {
		notes = append(notes, words.Say("course.backlog", i18n.Args{"Calls": words.Number(float64(d.Settings.Backlog), 0)}))
	}
	if last.Left >= 0.05 {
		notes = append(notes, words.Say("course.left", i18n.Args{
			"Calls": words.Number(last.Left, 1), "Time": words.Number(last.Emptying/60, 1),
		}))
	}
	if len(d.Case.Assumed) > 0 {
		notes = append(notes, assumed(d.Case, words))
	}
	return notes
}
