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

// ForecastPage is what people are shown of the forecasts of a centre.
type ForecastPage struct {
	Centre    string
	DataUntil time.Time // in the location of the centre; zero: no data
	Groups    []ForecastGroup
}

// ForecastTable writes how much is expected, then the calls of each group by
// day, below why days differ, and what is to be known of the history. A single day
// is shown with its interval and what is usual.
func ForecastTable(w io.Writer, f ForecastPage, words *i18n.Words) error {
	if len(f.Groups) == 0 {
		return nil
	}
	if err := f.head(w, words); err != nil {
		return err
	}
	write := daysTable
	if len(f.Groups[0].Days) == 1 {
		write = oneDayTable
	}
	if err := write(w, f.Groups, words); err != nil {
		return err
	}
	p := prose{words: words}
	p.reasons(f.Groups)
	p.corrections(f.Groups)
	p.notes(f.Groups)
	_, err := io.WriteString(w, p.text.String())
	return err
}

// none stands for what is not known.
const none = "–"

func likely(low, high float64, words *i18n.Words) string {
	return words.Number(low, 0) + "–" + words.Number(high, 0)
}

// handleTime gives the mean handle time of groups, weighted by calls.
func handleTime(groups []ForecastGroup, words *i18n.Words) string {
	var seconds, calls float64
	for _, g := range groups {
		for _, v := range g.Intervals {
			seconds += v.Mean * v.HandleTime
			calls += v.Mean
		}
	}
	return words.Number(seconds/calls, 0)
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
