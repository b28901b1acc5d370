package export

import (
	"bufio"
	"io"
	"strings"
	"time"

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
	days := words.Day(r.From)
	if r.Until > r.From {
		days += " – " + words.Day(r.Until)
	}
	p.line(words.Say("close.title", i18n.Args{"Days": days, "Centre": r.Centre}))
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

// windows says which is the cheapest and which the dearest, and lists the cheapest
// that do not overlap.
func (p *page) windows(all []plan.ClosedWindow) {
	words := p.words
	between := func(x plan.ClosedWindow) string {
		return civil.ClockOf(x.Start).String() + "–" + civil.EndClock(x.End).String()
	}
	say := func(id string, x plan.ClosedWindow) {
		p.wrapped(words.Say(id, i18n.Args{
			"Day": shortDay(x.Date, words), "Time": between(x), "Points": signedPoints(-100*x.Cost, words),
			"Late": words.Number(x.Late, 0), "Lost": words.Number(x.Lost, 0),
		}), 2)
	}
	say("close.best", all[0])
	if len(all) > 1 {
		say("close.worst", all[len(all)-1])
	}
	p.line()
	var rows [][]string
	for _, x := range apart(all, mostWindows, func(x plan.ClosedWindow) (start, end time.Time) { return x.Start, x.End }) {
		rows = append(rows, []string{
			words.Day(x.Date), between(x),
			signedPoints(-100*x.Cost, words), words.Number(x.Late, 1), words.Number(x.Moved, 1), words.Number(x.Lost, 1),
		})
	}
	p.table([]string{
		words.Say("close.col_day"), words.Say("close.col_time"), words.Say("close.col_cost"),
		words.Say("close.col_late"), words.Say("close.col_moved"), words.Say("close.col_lost"),
	}, rows)
	p.wrapped(words.Say("close.legend"), 0)
}
