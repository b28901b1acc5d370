package export

import (
	"bufio"
	"io"
	"slices"
	"strconv"
	"strings"

	"bemanna/internal/civil"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// Slots writes the times for a gathering: the best, of which none overlaps
// another, and the worst, with their price.
func Slots(w io.Writer, s *plan.Slots, top int, words *i18n.Words) error {
	p := &slotsPage{page: page{w: bufio.NewWriter(w), words: words}, s: s}
	p.wrapped(words.Say("slots.title", i18n.Args{
		"Minutes": words.Number(s.Length/60, 0), "People": len(s.People), "From": words.Day(s.From), "Until": words.Day(s.Until), "Centre": s.Centre,
	}), 2)
	p.line(strings.Repeat("-", pageWidth))
	best := ApartSlots(s.Slots, top)
	if len(best) == 0 {
		p.line(words.Say("slots.none"))
	} else {
		p.best(best)
	}
	if s.Unbooked != nil {
		_, week := s.Unbooked.From.ISOWeek()
		p.wrapped(words.Say("temps.unbooked", i18n.Args{"Week": week, "Share": words.Share(s.Unbooked.Share, 0)}), 2)
	}
	if p.err != nil {
		return p.err
	}
	return p.w.Flush()
}

type slotsPage struct {
	page
	s *plan.Slots
}

// ApartSlots gives the first slots of which none overlaps one before it.
func ApartSlots(all []plan.GatherTime, most int) []plan.GatherTime {
	var out []plan.GatherTime
	for _, x := range all {
		overlaps := slices.ContainsFunc(out, func(y plan.GatherTime) bool { return x.Start.Before(y.End) && y.Start.Before(x.End) })
		if !overlaps && len(out) < most {
			out = append(out, x)
		}
	}
	return out
}

// DearestSlot gives the dearest of the slots at which as many can come as at the
// best.
func DearestSlot(all []plan.GatherTime) plan.GatherTime {
	worst := all[0]
	for _, x := range all {
		if len(x.Missing) == len(all[0].Missing) && x.Price > worst.Price {
			worst = x
		}
	}
	return worst
}

func (p *slotsPage) best(best []plan.GatherTime) {
	worst := DearestSlot(p.s.Slots)
	p.wrapped(p.words.Say("slots.best", p.args(best[0])), 2)
	p.wrapped(p.words.Say("slots.worst", p.args(worst)), 2)
	p.line()
	header := []string{p.words.Say("slots_col.rank")}
	for _, id := range []string{"day", "time", "price", "points", "lost", "missing"} {
		header = append(header, p.words.Say("slots_col."+id))
	}
	var rows [][]string
	for i, x := range best {
		rows = append(rows, p.row(strconv.Itoa(i+1), x))
	}
	rows = append(rows, p.row(p.words.Say("slots.last"), worst))
	if err := writeColumns(p.w, header, rows); p.err == nil {
		p.err = err
	}
	p.wrapped(p.words.Say("slots.legend"), 0)
}

func (p *slotsPage) row(rank string, x plan.GatherTime) []string {
	missing := strings.Join(x.Missing, " ")
	if len(x.Uncovered) > 0 {
		missing = strings.TrimSpace(missing + " " + p.words.Say("slots.uncovered", i18n.Args{"Groups": strings.Join(x.Uncovered, ", ")}))
	}
	a := p.args(x)
	return []string{rank, a["Day"].(string), a["Time"].(string), p.words.Number(x.Price, 1), a["Points"].(string), p.words.Number(x.Lost, 1), clip(missing, 30)}
}

func (p *slotsPage) args(x plan.GatherTime) i18n.Args {
	return i18n.Args{
		"Day": p.words.Day(x.Date), "Time": civil.ClockOf(x.Start).String() + "–" + civil.EndClock(x.End).String(),
		"Points": signedPoints(-100*x.Cost, p.words), "Lost": p.words.Number(x.Lost, 0), "Missing": len(x.Missing),
	}
}
