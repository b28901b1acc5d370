package export

import (
	"bufio"
	"io"
	"strings"

	"bemanna/internal/civil"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// mostWindows are shown on the page; JSON has all.
const mostWindows = 12

// Windows writes when groups could be closed, the cheapest windows first.
func Windows(w io.Writer, r *plan.Windows, words *i18n.Words) error {
	out := bufio.NewWriter(w)
	p := &page{w: out, words: words}
	p.line(words.Say("close.title", i18n.Args{"From": words.Day(r.From), "To": words.Day(r.Until), "Centre": r.Centre}))
	p.wrapped(words.Say("close.closed", i18n.Args{"Groups": strings.Join(r.Closed, ", "), "Minutes": int(r.Length) / 60, "Stay": words.Share(r.Stay, 0)}), 2)
	if len(r.Open) > 0 {
		p.wrapped(words.Say("close.open", i18n.Args{"Groups": strings.Join(r.Open, ", ")}), 2)
	}
	p.line(strings.Repeat("-", pageWidth))
	if len(r.Windows) == 0 {
		p.line(words.Say("close.none"))
	} else {
		p.windows(r.Windows)
	}
	if p.err != nil {
		return p.err
	}
	return out.Flush()
}

// windows lists the cheapest windows.
func (p *page) windows(all []plan.ClosedWindow) {
	words := p.words
	var rows [][]string
	for _, x := range all[:min(len(all), mostWindows)] {
		rows = append(rows, []string{
			words.Day(x.Date), civil.ClockOf(x.Start).String() + "–" + civil.EndClock(x.End).String(),
			words.Number(100*x.Cost, 2), words.Number(x.Late, 1), words.Number(x.Moved, 1), words.Number(x.Lost, 1),
		})
	}
	p.table([]string{
		words.Say("close.col_day"), words.Say("close.col_time"), words.Say("close.col_cost"),
		words.Say("close.col_late"), words.Say("close.col_moved"), words.Say("close.col_lost"),
	}, rows)
}
