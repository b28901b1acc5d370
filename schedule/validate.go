package schedule

import (
	"errors"
	"fmt"
	"slices"
)

// Validate finds all faults of a problem: indexes out of range, spans outside
// the grid, cost tables that rise or are not convex, shifts that are shorter
// than their lunch, rules that contradict each other, caps below zero. The error joins one
// error for each fault; nil: none.
//
// That an agent's wishes cannot be met is no fault: see Plan.Unplaced.
func (p Problem) Validate() error {
	var faults []error
	report := func(format string, args ...any) {
		faults = append(faults, fmt.Errorf(format, args...))
	}
	if p.Grid.N < 1 {
		report("grid: %d intervals, want at least 1", p.Grid.N)
	}
	if p.Grid.Step <= 0 {
		report("grid: step %v, want more than 0", p.Grid.Step)
	}
	p.Rules.validate(report)
	for i, d := range p.Demands {
		p.validateDemand(fmt.Sprintf("demand %d %q", i, d.ID), d, report)
	}
	for i, c := range p.Caps {
		p.validateCap(fmt.Sprintf("cap %d", i), c, report)
	}
	for i, a := range p.Agents {
		p.validateAgent(fmt.Sprintf("agent %d %q", i, a.ID), a, report)
	}
	return errors.Join(faults...)
}

func (r Rules) validate(report func(string, ...any)) {
	for _, f := range []struct {
		name  string
		value int64
	}{
		{"LongestStretch", int64(r.LongestStretch)},
		{"LunchFrom", int64(r.LunchFrom)},
		{"BreakLength", int64(r.BreakLength)},
		{"BreakDistance", int64(r.BreakDistance)},
		{"MinBlock", int64(r.MinBlock)},
		{"SwitchCost", int64(r.SwitchCost)},
		{"LongestPhone", int64(r.LongestPhone)},
		{"PhoneCost", int64(r.PhoneCost)},
	} {
		if f.value < 0 {
			report("rules: %s %d, want 0 or more", f.name, f.value)
		}
	}
	if r.LunchTo < r.LunchFrom {
		report("rules: LunchTo %d, want at least LunchFrom %d", r.LunchTo, r.LunchFrom)
	}
}

func (p Problem) validateCap(name string, c Cap, report func(string, ...any)) {
	if c.Crowd != AtLunch && c.Crowd != Seated {
		report("%s: crowd %q, want %q or %q", name, c.Crowd, AtLunch, Seated)
	}
	if c.Most < 0 || c.Cost < 0 {
		report("%s: %d at a price of %d, want 0 or more", name, c.Most, c.Cost)
	}
	for i, a := range c.Agents {
		if a < 0 || a >= len(p.Agents) || slices.Contains(c.Agents[:i], a) {
			report("%s: agent %d, want an index below %d, once", name, a, len(p.Agents))
		}
	}
}

func (p Problem) validateDemand(name string, d Demand, report func(string, ...any)) {
	switch d.Kind {
	case Phone:
		if len(d.Cost) != p.Grid.N {
			report("%s: costs for %d intervals, want %d", name, len(d.Cost), p.Grid.N)
		}
		if len(d.Backlog) > 0 {
			report("%s: a backlog, want none for kind %q", name, Phone)
		}
		for t, row := range d.Cost {
			if fault := convexFault(row); fault != "" {
				report("%s: interval %d: %s", name, t, fault)
			}
		}
	case Email:
		if len(d.Cost) > 0 {
			report("%s: costs by interval, want a backlog for kind %q", name, Email)
		}
		if fault := convexFault(d.Backlog); fault != "" {
			report("%s: backlog: %s", name, fault)
		}
		if !p.within(d.Window) {
			report("%s: window %v, want it within [0, %d)", name, d.Window, p.Grid.N)
		}
	default:
		report("%s: kind %q, want %q or %q", name, d.Kind, Phone, Email)
	}
}

// convexFault tells where a table rises or is not convex; "" : nowhere.
func convexFault(row []Money) string {
	for n := 1; n < len(row); n++ {
		if row[n] > row[n-1] {
			return fmt.Sprintf("cost rises from %d to %d at %d agents, want it to fall", row[n-1], row[n], n)
		}
		if n > 1 && row[n-1]-row[n] > row[n-2]-row[n-1] {
			return fmt.Sprintf("agent %d saves %d, more than the one before, who saves %d; want a convex table",
				n, row[n-1]-row[n], row[n-2]-row[n-1])
		}
	}
	return ""
}

func (p Problem) validateAgent(name string, a Agent, report func(string, ...any)) {
	for i, g := range a.Skills {
		if g < 0 || g >= len(p.Demands) {
			report("%s: skill %d, want an index below %d", name, g, len(p.Demands))
		} else if slices.Contains(a.Skills[:i], g) {
			report("%s: skill %d twice, want it once", name, g)
		}
	}
	for i, l := range a.Loans {
		switch {
		case l.Demand < 0 || l.Demand >= len(p.Demands) || p.Demands[l.Demand].Kind != Phone:
			report("%s: loan %d to demand %d, want the index of a demand by telephone, below %d", name, i, l.Demand, len(p.Demands))
		case slices.Contains(a.Skills, l.Demand):
			report("%s: loan %d to demand %d, want one that is no skill", name, i, l.Demand)
		}
		if l.Len() < 1 || !p.within(l.Span) {
			report("%s: loan %d: %v, want a span within [0, %d)", name, i, l.Span, p.Grid.N)
		}
	}
	for i, s := range a.Shifts {
		if s.Len() < 1 || !p.within(s.Span) {
			report("%s: shift %d: %v, want a span within [0, %d)", name, i, s.Span, p.Grid.N)
		}
		if s.Lunch < 0 || s.Lunch > 0 && s.Lunch >= s.Len() {
			report("%s: shift %d: lunch of %d, want from 0 to less than the shift, %d", name, i, s.Lunch, s.Len())
		}
	}
	if n := len(a.Spare); n != 0 && n != p.Grid.N {
		report("%s: %d amounts for what it is spared, want %d, or none", name, n, p.Grid.N)
	}
	for i, b := range a.Fixed {
		if b.Len() < 1 || !p.within(b.Span) {
			report("%s: fixed block %d: %v, want a span within [0, %d)", name, i, b.Span, p.Grid.N)
		}
		switch b.Kind {
		case Meeting, Training, Coaching, Lead, Absent, Other:
		default:
			report("%s: fixed block %d: kind %q, want a meeting, training, coaching, lead, absent or other", name, i, b.Kind)
		}
	}
	for i, act := range a.Pinned {
		if act.Len() < 1 || !p.within(act.Span) {
			report("%s: pinned activity %d: %v, want a span within [0, %d)", name, i, act.Span, p.Grid.N)
		}
		if slices.ContainsFunc(a.Pinned[:i], func(b Activity) bool { return b.From < act.To && act.From < b.To }) {
			report("%s: pinned activity %d: %v, want it beside the others", name, i, act.Span)
		}
		if fault := p.pinFault(act); fault != "" {
			report("%s: pinned activity %d: %s", name, i, fault)
		}
	}
}

// pinFault tells why an activity cannot be pinned; "": it can.
func (p Problem) pinFault(act Activity) string {
	switch act.Kind {
	case Phone, Email:
		if len(act.Demands) == 0 || act.Kind == Email && len(act.Demands) > 1 {
			return fmt.Sprintf("%s with %d demands", act.Kind, len(act.Demands))
		}
	case Break, Lunch, Other:
		if len(act.Demands) > 0 {
			return fmt.Sprintf("%s with %d demands, want none", act.Kind, len(act.Demands))
		}
	default:
		return fmt.Sprintf("kind %q, want telephone, e-mail, a break, lunch or other", act.Kind)
	}
	for _, g := range act.Demands {
		if g < 0 || g >= len(p.Demands) || p.Demands[g].Kind != act.Kind {
			return fmt.Sprintf("%s on demand %d, want the index of a demand of this kind", act.Kind, g)
		}
	}
	return ""
}

func (p Problem) within(s Span) bool { return s.From >= 0 && s.From <= s.To && s.To <= p.Grid.N }
