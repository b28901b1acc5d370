package export

import (
	"fmt"
	"strings"
	"time"

	"bemanna/internal/civil"
	"bemanna/internal/plan"
)

// kinds are the kinds of activities in the order of the legend.
var kinds = []string{"phone", "email", "break", "lunch", "meeting", "training", "coaching", "lead", "other"}

// cell is the time that one letter of a person's line stands for.
const cell = 15 * time.Minute

// tasks is who does what: a line for each person, a letter for each quarter of
// an hour.
func (p *page) tasks() {
	p.step(3, "step.tasks")
	var legend []string
	for _, k := range kinds {
		legend = append(legend, p.words.Say("mark."+k)+" "+p.words.Say("kind."+k))
	}
	p.wrapped(strings.Join(legend, " · "), 0)
	first, last := shiftHours(p.d)
	if first >= last {
		return
	}
	const label = 24
	var ruler []string
	for h := first; h < last; h++ {
		ruler = append(ruler, fmt.Sprintf("%02d", h))
	}
	p.line(strings.Repeat(" ", label) + strings.Join(ruler, "  "))
	start := p.d.Date.At(civil.Clock(first*60), p.location())
	cells := (last - first) * int(time.Hour/cell)
	for _, t := range seating(p.d) {
		for i, a := range t.agents {
			name := "   "
			if i == 0 {
				name = clip(t.id, 3) + strings.Repeat(" ", max(0, 3-len([]rune(t.id))))
			}
			mark := " "
			if a.ID == t.lead && t.lead != "" {
				mark = "*"
			}
			text := p.words.Say("page.off")
			if a.Absent {
				text = p.words.Say("page.absent")
			}
			if a.Shift != nil {
				text = p.strip(a, start, cells)
			}
			p.line(strings.TrimRight(fmt.Sprintf("%s %s%-*s%s", name, mark, label-5, clip(a.Name, label-6), text), " "))
		}
	}
}

func (p *page) location() *time.Location { return p.d.Made.Location() }

// strip draws the day of one agent from start on.
func (p *page) strip(a plan.Agent, start time.Time, cells int) string {
	out := []rune(strings.Repeat(" ", cells))
	for _, act := range a.Activities {
		mark := []rune(p.words.Say("mark." + act.Kind))[0]
		for t := act.Start; t.Before(act.End); t = t.Add(cell) {
			if i := int(t.Sub(start) / cell); i >= 0 && i < cells {
				out[i] = mark
			}
		}
	}
	return string(out)
}

// shiftHours gives the hour in which the first shift starts and the hour by
// which the last has ended.
func shiftHours(d *plan.Day) (first, last int) {
	first, last = 24, 0
	for _, a := range d.Agents {
		if a.Shift == nil {
			continue
		}
		first = min(first, a.Shift.Start.Hour())
		end := a.Shift.End.Add(time.Hour - time.Nanosecond)
		last = max(last, end.Hour())
		if end.Day() != a.Shift.Start.Day() {
			last = 24
		}
	}
	return first, last
}
