package export

import (
	"io"
	"math"
	"slices"
	"strings"

	"bemanna/internal/calculator"
	"bemanna/internal/i18n"
)

// ErlangText writes the answer to a case: the need, a table with a line for
// each number of agents, and under it the model, the definition and what was
// taken as usual. Bars are drawn with blocks, or with # where they cannot be
// shown.
func ErlangText(w io.Writer, a calculator.Answer, words *i18n.Words, blocks bool) error {
	c := a.Case
	head := []string{words.Say("erlang.need", i18n.Args{"Agents": words.Number(float64(a.Need.Agents), 0), "Real": words.Number(a.Need.Real, 2)})}
	if planned(c) {
		head = append(head, words.Say("erlang.heads", i18n.Args{
			"Heads": words.Number(float64(a.Need.Heads), 0), "Away": words.Share(c.Shrinkage, 0), "Login": words.Share(c.LoginRate, 0),
		}))
	}
	head = append(head,
		words.Say("erlang.case", i18n.Args{
			"Calls": amount(c.Calls, words), "Per": span(c.Per, words), "Time": span(c.HandleTime, words),
			"Load": words.Number(c.Load(), 1),
		}),
		words.Say("erlang.target", i18n.Args{"Parts": strings.Join(targetParts(c, words), ", ")}),
	)
	if err := paragraph(w, append(head, "")); err != nil {
		return err
	}
	if err := erlangTable(w, a, words, blocks); err != nil {
		return err
	}
	return paragraph(w, append([]string{""}, erlangNotes(a, words)...))
}

// paragraph writes lines, those that are too long wrapped.
func paragraph(w io.Writer, lines []string) error {
	for _, l := range lines {
		if _, err := io.WriteString(w, strings.Join(wrap(l, pageWidth-2), "\n  ")+"\n"); err != nil {
			return err
		}
	}
	return nil
}

// planned tells whether the people to plan differ from those on the telephone.
func planned(c calculator.Case) bool { return c.Shrinkage > 0 || c.LoginRate < 1 }

// targetParts are what the target asks for, each in words.
func targetParts(c calculator.Case, words *i18n.Words) []string {
	var parts []string
	t := c.Target
	within := i18n.Args{"Within": span(t.Threshold, words), "Definition": definition(c, words), "Share": fineShare(t.Share, words)}
	if t.Share > 0 {
		parts = append(parts, words.Say("erlang.part_share", within))
	}
	if t.MaxOccupancy > 0 {
		parts = append(parts, words.Say("erlang.part_occupancy", i18n.Args{"Share": fineShare(t.MaxOccupancy, words)}))
	}
	if t.MaxAbandonment > 0 {
		parts = append(parts, words.Say("erlang.part_abandonment", i18n.Args{"Share": fineShare(t.MaxAbandonment, words)}))
	}
	if t.MaxSpeedOfAnswer > 0 {
		parts = append(parts, words.Say("erlang.part_asa", i18n.Args{"Time": span(t.MaxSpeedOfAnswer, words)}))
	}
	return parts
}

// definition is which calls count, in words.
func definition(c calculator.Case, words *i18n.Words) string {
	d := c.Target.Definition
	if seconds, ok := d.Below(); ok {
		return words.Say("definition.excluding_below", i18n.Args{"Time": span(seconds, words)})
	}
	return words.Say("definition." + strings.ReplaceAll(d.String(), "-", "_"))
}

// erlangTable has a line for each number of agents; the one that is needed is
// marked.
func erlangTable(w io.Writer, a calculator.Answer, words *i18n.Words, blocks bool) error {
	c := a.Case
	columns := []string{"agents", "heads", "level", "gain", "expected", "asa", "wait", "abandoned", "busy"}
	skip := map[string]bool{"heads": !planned(c), "expected": c.CV == 0, "abandoned": c.Model() == calculator.ErlangC}
	columns = slices.DeleteFunc(columns, func(id string) bool { return skip[id] })
	header := []string{""}
	for _, id := range columns {
		header = append(header, words.Say("figure."+id))
	}
	var rows [][]string
	var levels []float64
	last := math.NaN()
	for _, r := range a.Rows {
		cells := map[string]string{
			"agents": amount(r.Agents, words), "heads": words.Number(float64(r.Heads), 0),
			"level": words.Share(r.ServiceLevel, 1), "gain": gain(r.ServiceLevel-last, words), "expected": words.Share(r.Expected, 1),
			"asa": words.Number(r.SpeedOfAnswer, 0), "wait": words.Number(r.AverageWait, 0),
			"abandoned": words.Share(r.Abandonment, 1), "busy": words.Share(r.Occupancy, 0),
		}
		last = r.ServiceLevel
		row := []string{""}
		if r.Agents == float64(a.Need.Agents) {
			row[0] = ">"
		}
		for _, id := range columns {
			row = append(row, cells[id])
		}
		rows, levels = append(rows, row), append(levels, r.ServiceLevel)
	}
	return barTable(w, header, rows, levels, blocks)
}

// gain is the difference to the line above in percentage points.
func gain(x float64, words *i18n.Words) string {
	if math.IsNaN(x) {
		return ""
	}
	s := words.Number(100*x, 1)
	if x >= 0 {
		s = "+" + s
	}
	return s
}

// erlangNotes say what the numbers rest on.
func erlangNotes(a calculator.Answer, words *i18n.Words) []string {
	c := a.Case
	var notes []string
	add := func(id string, args i18n.Args) { notes = append(notes, words.Say("erlang."+id, args)) }
	switch c.Model() {
	case calculator.ErlangC:
		add("model_c", nil)
	case calculator.ErlangA:
		add("model_a", i18n.Args{"Time": span(c.Patience, words)})
	case calculator.General:
		notes = append(notes, recordNotes(c.Records, words)...)
	}
	add("counts", i18n.Args{"Definition": definition(c, words)})
	if c.Redial > 0 {
		add("redial", i18n.Args{"Share": fineShare(c.Redial, words)})
	}
	if c.CV > 0 {
		add("cv", i18n.Args{"Share": fineShare(c.CV, words)})
	}
	if len(c.Assumed) > 0 {
		notes = append(notes, assumed(c, words))
	}
	if slices.ContainsFunc(a.Rows, func(r calculator.Row) bool { return math.IsInf(r.AverageWait, 1) }) {
		add("endless", nil)
	}
	return notes
}

// assumed says what was left out and taken as usual.
func assumed(c calculator.Case, words *i18n.Words) string {
	var taken []string
	for _, name := range c.Assumed {
		taken = append(taken, words.Say("assumed."+name, i18n.Args{
			"Flag": "--" + name, "Per": span(c.Per, words), "Share": fineShare(c.Target.Share, words),
			"Within": span(c.Target.Threshold, words), "Definition": definition(c, words),
		}))
	}
	return words.Say("erlang.assumed", i18n.Args{"Fields": strings.Join(taken, "; ")})
}

// recordNotes say what the patience of the records is.
func recordNotes(r *calculator.Records, words *i18n.Words) []string {
	args := i18n.Args{
		"Waited": words.Number(float64(r.Waited), 0), "Abandoned": words.Number(float64(r.Abandoned), 0),
		"Mean": words.Number(1/r.Rate.Rate, 0), "Low": words.Number(1/r.Rate.High, 0), "High": words.Number(1/r.Rate.Low, 0),
	}
	notes := []string{words.Say("erlang.model_general", args)}
	if r.Abandoned == 0 {
		return append(notes, words.Say("erlang.records_patient", args))
	}
	var shares []string
	for _, seconds := range [...]float64{15, 30, 60, 120, 300} {
		shares = append(shares, span(seconds, words)+" "+words.Share(1-r.Patience.Survival(seconds), 0))
	}
	args["Shares"] = strings.Join(shares, ", ")
	return append(notes, words.Say("erlang.records", args))
}

// amount writes a number with as many decimals as it needs, up to two.
func amount(x float64, words *i18n.Words) string { return words.Number(x, decimals(x, 2)) }

// fineShare writes a share in per cent with as many decimals as it needs, up to
// six.
func fineShare(x float64, words *i18n.Words) string { return words.Share(x, decimals(100*x, 6)) }

// decimals is how many decimals show all of x but for rounding, up to most.
func decimals(x float64, most int) int {
	for n := range most {
		if k := math.Pow10(n) * x; math.Abs(k-math.Round(k)) < 1e-9 {
			return n
		}
	}
	return most
}

// span writes a time: 15 min, 90 s.
func span(seconds float64, words *i18n.Words) string {
	if seconds >= 120 && math.Mod(seconds, 60) == 0 {
		return words.Number(seconds/60, 0) + "\u00a0min"
	}
	return amount(seconds, words) + "\u00a0s"
}
