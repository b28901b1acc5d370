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
// an hour, a long day in several tables.
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
	tables := (last - first + mostStripHours - 1) / mostStripHours
	each := (last - first + tables - 1) / tables
	for h := first; h < last; h += each {
		p.strips(h, min(h+each, last), h == first)
	}
}

const (
	// stripLabel is how wide the table and the name before a line are.
	stripLabel = 24
	// mostStripHours is how many hours fit beside them.
	mostStripHours = (pageWidth - stripLabel) / int(time.Hour/cell)
)

// strips draws a line for each person who works between two hours, and in the first
// table for those who do not work at all.
func (p *page) strips(first, last int, all bool) {
	var ruler []string
	for h := first; h < last; h++ {
		ruler = append(ruler, fmt.Sprintf("%02d", h))
	}
	p.line(strings.Repeat(" ", stripLabel) + strings.Join(ruler, "  "))
	start := p.d.Date.At(civil.Clock(first*60), p.location())
	cells := (last - first) * int(time.Hour/cell)
	for _, t := range seating(p.d) {
		name := clip(t.id, 3)
		for _, a := range t.agents {
			text := p.words.Say("page.off")
			switch {
			case a.Shift != nil:
				if text = p.strip(a, start, cells); strings.TrimSpace(text) == "" {
					continue
				}
			case !all:
				continue
			case a.Absent:
				text = p.words.Say("page.absent")
			}
			mark := " "
			if a.ID == t.lead && t.lead != "" {
				mark = "*"
			}
			p.line(strings.TrimRight(fmt.Sprintf("%-3s %s%-*s%s", name, mark, stripLabel-5, clip(a.Name, stripLabel-6), text), " "))
			name = ""
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
