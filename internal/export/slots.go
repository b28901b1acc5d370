package export

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

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
	if s.Closing != nil {
		p.wrapped(words.Say("slots.closing", i18n.Args{"Groups": strings.Join(s.Closing, ", "), "Stay": words.Share(s.Stay, 0)}), 2)
	}
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
	return apart(all, most, func(x plan.GatherTime) (start, end time.Time) { return x.Start, x.End })
}

// apart gives the first, at most so many, of those of which none overlaps one before
// it.
func apart[T any](all []T, most int, span func(T) (start, end time.Time)) []T {
	var out []T
	for _, x := range all {
		start, end := span(x)
		overlaps := slices.ContainsFunc(out, func(y T) bool {
			from, to := span(y)
			return start.Before(to) && from.Before(end)
		})
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
		if len(x.Missing) != len(all[0].Missing) {
			continue
		}
		if x.Shut != nil && x.Shut.Late > worst.Shut.Late || x.Shut == nil && x.Price > worst.Price {
			worst = x
		}
	}
	return worst
}

func (p *slotsPage) best(best []plan.GatherTime) {
	worst := DearestSlot(p.s.Slots)
	p.wrapped(p.words.Say("slots.best", p.args(best[0])), 2)
	differ := !worst.Start.Equal(best[0].Start)
	if differ {
		p.wrapped(p.words.Say("slots.worst", p.args(worst)), 2)
	}
	if shut := best[0].Shut; shut != nil {
		id := "slots.stay_open"
		if shut.Late < best[0].Late {
			id = "slots.do_close"
		}
		p.wrapped(p.words.Say(id, i18n.Args{
			"Open": signedPoints(-100*best[0].Cost, p.words), "Shut": signedPoints(-100*shut.Cost, p.words),
		}), 2)
	}
	p.line()
	header := []string{p.words.Say("slots_col.rank")}
	for _, id := range p.columns() {
		name := p.words.Say("slots_col." + id)
		if !slices.Contains([]string{"day", "time", "missing"}, id) {
			name = p.right(id, name)
		}
		header = append(header, name)
	}
	var rows [][]string
	for i, x := range best {
		rows = append(rows, p.row(strconv.Itoa(i+1), x))
	}
	if differ {
		rows = append(rows, p.row(p.words.Say("slots.last"), worst))
	}
	if err := writeColumns(p.w, header, rows); p.err == nil {
		p.err = err
	}
	p.wrapped(p.words.Say("slots.legend"), 0)
}

func (p *slotsPage) columns() []string {
	if p.s.Closing != nil {
		return []string{"day", "time", "price", "points", "shut", "overflow", "lost", "missing"}
	}
	return []string{"day", "time", "price", "points", "lost", "missing"}
}

// right puts a number, or its heading, on the right of its column in a table of
// texts.
func (p *slotsPage) right(column, text string) string {
	const number = 6
	return fmt.Sprintf("%*s", max(number, utf8.RuneCountInString(p.words.Say("slots_col."+column))), text)
}

func (p *slotsPage) row(rank string, x plan.GatherTime) []string {
	missing := strings.Join(x.Missing, " ")
	if len(x.Uncovered) > 0 {
		missing = strings.TrimSpace(missing + " " + p.words.Say("slots.uncovered", i18n.Args{"Groups": strings.Join(x.Uncovered, ", ")}))
	}
	row := []string{
		rank, p.words.Day(x.Date), fromTo(x),
		p.right("price", p.words.Number(x.Price, 1)), p.right("points", signedPoints(-100*x.Cost, p.words)),
	}
	if x.Shut == nil {
		return append(row, p.right("lost", p.words.Number(x.Lost, 0)), clip(missing, 24))
	}
	return append(row, p.right("shut", signedPoints(-100*x.Shut.Cost, p.words)), p.right("overflow", p.words.Number(x.Shut.Moved, 0)),
		p.right("lost", p.words.Number(x.Shut.Lost, 0)), clip(missing, 10))
}

// args are those of the lines that say what is best and worst: with the groups closed,
// if that is asked.
func (p *slotsPage) args(x plan.GatherTime) i18n.Args {
	cost, lost := x.Cost, x.Lost
	if x.Shut != nil {
		cost, lost = x.Shut.Cost, x.Shut.Lost
	}
	_, week := x.Date.ISOWeek()
	return i18n.Args{
		"Day": p.words.Weekday(x.Date), "Week": week, "Time": fromTo(x),
		"Points": signedPoints(-100*cost, p.words), "Lost": p.words.Number(lost, 0), "Missing": len(x.Missing),
	}
}

func fromTo(x plan.GatherTime) string {
	return civil.ClockOf(x.Start).String() + "–" + civil.EndClock(x.End).String()
}
