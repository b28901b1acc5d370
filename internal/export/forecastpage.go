package export

import (
	"cmp"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"bemanna/forecast"
	"bemanna/internal/civil"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// daysAcross is how many days fit beside the names of the groups.
const daysAcross = 7

// ForecastTable writes the calls of each group by day, below why days differ, and
// what is to be known of the history. A single day is shown with its interval and
// what is usual.
func ForecastTable(w io.Writer, groups []ForecastGroup, words *i18n.Words) error {
	if len(groups) == 0 {
		return nil
	}
	write := daysTable
	if len(groups[0].Days) == 1 {
		write = oneDayTable
	}
	if err := write(w, groups, words); err != nil {
		return err
	}
	p := prose{words: words}
	p.reasons(groups)
	p.corrections(groups)
	p.notes(groups)
	_, err := io.WriteString(w, p.text.String())
	return err
}

// daysTable has a column for each day.
func daysTable(w io.Writer, groups []ForecastGroup, words *i18n.Words) error {
	days := len(groups[0].Days)
	for from := 0; from < days; from += daysAcross {
		to := min(from+daysAcross, days)
		_, m, _ := groups[0].Days[from].Date.Civil()
		header := []string{words.Month(m)}
		for _, d := range groups[0].Days[from:to] {
			_, _, day := d.Date.Civil()
			header = append(header, words.Weekday(d.Date)+" "+strconv.Itoa(day))
		}
		var rows [][]string
		sums := make([]float64, to-from)
		for _, g := range groups {
			row := []string{clip(g.Name, 26)}
			for i, d := range g.Days[from:to] {
				row = append(row, words.Number(d.Total, 0))
				sums[i] += d.Total
			}
			rows = append(rows, row)
		}
		total := []string{words.Say("col.total")}
		for _, s := range sums {
			total = append(total, words.Number(s, 0))
		}
		if err := writeTable(w, header, append(rows, total)); err != nil {
			return err
		}
	}
	return nil
}

// oneDayTable has a column for each thing to know of a day.
func oneDayTable(w io.Writer, groups []ForecastGroup, words *i18n.Words) error {
	day := groups[0].Days[0].Date
	header := []string{words.Day(day)}
	for _, id := range []string{"expected", "likely", "usual", "change", "aht"} {
		header = append(header, words.Say("forecast."+id))
	}
	today := slices.ContainsFunc(groups, func(g ForecastGroup) bool { return g.Days[0].Came != nil })
	if today {
		header = append(header, words.Say("forecast.came"))
	}
	var rows [][]string
	for _, g := range groups {
		d := g.Days[0]
		row := []string{clip(g.Name, 26), words.Number(d.Total, 0), likely(d.P10, d.P90, words), none, none, handleTime(g.Intervals, words)}
		if d.Usual > 0 {
			row[3], row[4] = words.Number(d.Usual, 0), words.Change(d.Total/d.Usual)
		}
		if today {
			came := none
			if d.Came != nil {
				came = words.Number(*d.Came, 0)
			}
			row = append(row, came)
		}
		rows = append(rows, row)
	}
	return writeTable(w, header, rows)
}

// none stands for what is not known.
const none = "–"

func likely(low, high float64, words *i18n.Words) string {
	return words.Number(low, 0) + "–" + words.Number(high, 0)
}

// handleTime gives the mean handle time of the intervals, weighted by calls.
func handleTime(all []ForecastInterval, words *i18n.Words) string {
	var seconds, calls float64
	for _, v := range all {
		seconds += v.Mean * v.HandleTime
		calls += v.Mean
	}
	return words.Number(seconds/calls, 0)
}

// ForecastIntervals writes the intervals of each group and day.
func ForecastIntervals(w io.Writer, groups []ForecastGroup, words *i18n.Words) error {
	for _, g := range groups {
		for _, d := range g.Days {
			if err := intervalsTable(w, g, d, words); err != nil {
				return err
			}
		}
	}
	return nil
}

func intervalsTable(w io.Writer, g ForecastGroup, d ForecastDay, words *i18n.Words) error {
	columns := []string{"expected", "likely", "aht"}
	if d.Came != nil {
		columns = append(columns, "came")
	}
	header := []string{words.Day(d.Date)}
	for _, id := range columns {
		header = append(header, words.Say("forecast."+id))
	}
	var rows [][]string
	for _, v := range g.Intervals {
		if civil.DateOf(v.Start) != d.Date {
			continue
		}
		row := []string{civil.ClockOf(v.Start).String(), words.Number(v.Mean, 1), likely(v.P10, v.P90, words), words.Number(v.HandleTime, 0)}
		if v.Came != nil {
			row = append(row, words.Number(*v.Came, 0))
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		return nil
	}
	if _, err := io.WriteString(w, g.Name+"\n"); err != nil {
		return err
	}
	return writeTable(w, header, rows)
}

// prose is what stands below the table.
type prose struct {
	words *i18n.Words
	text  strings.Builder
}

func (p *prose) heading(id string) {
	p.text.WriteString("\n" + strings.ToUpper(p.words.Say(id)) + "\n")
}

// line writes a text, its lines indented and the second ones more so.
func (p *prose) line(s string) {
	p.text.WriteString("  " + strings.Join(wrap(s, pageWidth-4), "\n    ") + "\n")
}

// reasons says for each day why the calls of groups differ: the strongest reason
// first, each with its groups. What is slow is said of the first day only.
func (p *prose) reasons(groups []ForecastGroup) {
	began := false
	for i, day := range groups[0].Days {
		for k, r := range dayReasons(groups, i, p.words) {
			if !began {
				p.heading("col.why")
				began = true
			}
			if k == 0 {
				p.text.WriteString(p.words.Day(day.Date) + "\n")
			}
			p.line(r)
		}
	}
}

// dayReasons gives the reasons of a day in words, the strongest first.
func dayReasons(groups []ForecastGroup, i int, words *i18n.Words) []string {
	effects := map[string]float64{} // the greatest
	touched := map[string][]string{}
	var order []string
	for _, g := range groups {
		for _, t := range g.Days[i].Terms {
			if slow := t.Reason == string(forecast.ReasonLevel) || t.Reason == string(forecast.ReasonSeason); slow && i > 0 {
				continue // as on the first day
			}
			text := why(t, words)
			if touched[text] == nil {
				order = append(order, text)
			}
			touched[text] = append(touched[text], g.Name+" "+words.Change(t.Factor))
			effects[text] = max(effects[text], math.Abs(math.Log(t.Factor)))
		}
	}
	slices.SortStableFunc(order, func(a, b string) int { return cmp.Compare(effects[b], effects[a]) })
	for k, text := range order {
		order[k] = text + ": " + strings.Join(touched[text], ", ")
	}
	return order
}

// corrections says where people have set the forecast aside, and what it was.
func (p *prose) corrections(groups []ForecastGroup) {
	began := false
	for _, g := range groups {
		for _, d := range g.Days {
			if d.Machine == nil {
				continue
			}
			if !began {
				p.heading("forecast.corrected")
				began = true
			}
			p.line(p.words.Say("forecast.correction", i18n.Args{
				"Day": p.words.Day(d.Date), "Group": g.Name,
				"Total": p.words.Number(d.Total, 0), "Machine": p.words.Number(*d.Machine, 0),
			}))
		}
	}
}

// newNotes is how far back from the first day what the history has is told.
const newNotes = 28

// notes says what is to be known of the history of late.
func (p *prose) notes(groups []ForecastGroup) {
	began := false
	for _, g := range groups {
		recent := g.Days[0].Date - newNotes
		for i, r := range g.Remarks {
			if !r.End.IsZero() && civil.DateOf(r.End.Add(-time.Second)) < recent {
				continue
			}
			if !began {
				p.heading("forecast.notes")
				began = true
			}
			p.line(g.Notes[i])
		}
	}
}

// why names a reason: what it is called, and since when where it is an event.
func why(t plan.Term, w *i18n.Words) string {
	s := w.Say("reason." + t.Reason)
	if t.Name != "" {
		s = t.Name
	}
	if t.Since != 0 {
		_, m, day := t.Since.Civil()
		s += " " + strconv.Itoa(day) + " " + w.Month(m)
	}
	return s
}
