package export

import (
	"io"
	"strconv"

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

func dayHead(a calculator.DayAnswer, words *i18n.Words) []string {
	d := a.Day
	calls := 0.0
	for _, in := range d.Intervals {
		calls += in.Calls
	}
	return []string{
		words.Say("course.head", i18n.Args{
			"Calls": amount(calls, words), "Intervals": strconv.Itoa(len(d.Intervals)), "Hours": words.Number(a.Given.Hours, 1),
		}),
		words.Say("course.level", i18n.Args{
			"Share": words.Share(a.Given.ServiceLevel, 1), "Within": span(d.Case.Target.Threshold, words),
			"Definition": definition(d.Case, words), "Alone": words.Share(a.Given.Alone, 1),
		}),
	}
}

func dayTable(w io.Writer, a calculator.DayAnswer, words *i18n.Words, blocks bool) error {
	var header []string
	for _, id := range []string{"start", "calls", "agents", "level", "alone", "asa", "abandoned", "busy", "waiting"} {
		header = append(header, words.Say("figure."+id))
	}
	var rows [][]string
	var levels []float64
	for i, r := range a.Given.Rows {
		in := a.Day.Intervals[i]
		rows = append(rows, []string{
			place(in, i), amount(in.Calls, words), strconv.Itoa(r.Agents), words.Share(r.ServiceLevel, 1), words.Share(r.Alone, 1),
			words.Number(r.SpeedOfAnswer, 0), words.Share(r.Abandonment, 1), words.Share(r.Occupancy, 0), words.Number(r.Waiting, 1),
		})
		levels = append(levels, r.ServiceLevel)
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

func dayNotes(a calculator.DayAnswer, words *i18n.Words) []string {
	d := a.Day
	notes := []string{words.Say("course.legend")}
	switch d.Settings.Departure {
	case erlang.FinishCall:
		notes = append(notes, words.Say("course.finish"))
	case erlang.FirstToFinish:
		notes = append(notes, words.Say("course.first"))
	case erlang.Preempt:
		notes = append(notes, words.Say("course.preempt"))
	}
	if d.Settings.Backlog > 0 {
		notes = append(notes, words.Say("course.backlog", i18n.Args{"Calls": words.Number(float64(d.Settings.Backlog), 0)}))
	}
	if a.Given.Left >= 0.05 {
		notes = append(notes, words.Say("course.left", i18n.Args{
			"Calls": words.Number(a.Given.Left, 1), "Time": words.Number(a.Given.Emptying/60, 1),
		}))
	}
	if len(d.Case.Assumed) > 0 {
		notes = append(notes, assumed(d.Case, words))
	}
	return notes
}
