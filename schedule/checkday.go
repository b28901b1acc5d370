package schedule

import "slices"

// checkFill reports activities that are not a day: gaps, overlaps, ends beside
// the shift, demands that do not exist or do not go with the kind.
func checkFill(d *inspection) {
	shift, acts := d.day.Shift, d.day.Activities
	if shift.From < 0 || shift.From > shift.To || shift.To > d.problem.Grid.N {
		d.report(shift, "shift %v, want it within the grid of %d", shift, d.problem.Grid.N)
		return
	}
	at := shift.From
	for _, act := range acts {
		if act.From != at || act.To <= act.From {
			d.report(act.Span, "%s from %d to %d, want it to begin at %d and to last", act.Kind, act.From, act.To, at)
			return
		}
		at = act.To
		known := func(g int) bool { return g >= 0 && g < len(d.problem.Demands) && d.problem.Demands[g].Kind == act.Kind }
		switch n := len(act.Demands); {
		case act.Kind == Phone && n == 0, act.Kind == Email && n != 1, act.Kind != Phone && act.Kind != Email && n != 0:
			d.report(act.Span, "%s with %d demands", act.Kind, n)
		case !all(act.Demands, known):
			d.report(act.Span, "%s on demands %v, want indexes of demands of this kind", act.Kind, act.Demands)
		}
	}
	if at != shift.To {
		d.report(Span{at, shift.To}, "activities end at %d, want %d", at, shift.To)
	}
}

func all[T any](of []T, is func(T) bool) bool {
	return !slices.ContainsFunc(of, func(v T) bool { return !is(v) })
}

// checkShift reports a shift that is none of the agent's or that falls in an
// absence, and somebody who is off though there is a shift to work.
func checkShift(d *inspection) {
	here := func(s Span) bool {
		return slices.ContainsFunc(d.fixed[s.From:s.To], func(k Kind) bool { return k != Absent })
	}
	if s := d.day.Shift; s.Len() > 0 {
		if d.shift().Span != s {
			d.report(s, "shift %v, want one of the agent's own", s)
		} else if !here(s) {
			d.report(s, "shift %v, want one that is not all absence", s)
		}
		return
	}
	for _, s := range d.agent.Shifts {
		if here(s.Span) && len(d.waived) == 0 {
			d.report(s.Span, "off, want one of %d shifts", len(d.agent.Shifts))
			return
		}
	}
}

// checkFixed reports fixed blocks that are not done where they stand, and
// things that only a fixed block can be where there is none.
func checkFixed(d *inspection) {
	if d.day.Shift.Len() == 0 {
		return
	}
	for t, want := range d.fixed {
		switch got := d.doing[t]; {
		case got == want, want == Absent && got == "", want == "" && got == Other:
		case want == Other && (got == "" || got == Break || got == Lunch): // own work gives way
		case got == "" && d.excused(RuleFixed):
		case want != "":
			d.report(Span{t, t + 1}, "%q, want the fixed block %q", got, want)
		case got == Meeting, got == Training, got == Coaching, got == Lead, got == Absent:
			d.report(Span{t, t + 1}, "%q, want no such thing without a fixed block", got)
		}
	}
}

// checkPinned reports what is pinned and not done.
func checkPinned(d *inspection) {
	if d.day.Shift.Len() == 0 {
		return
	}
	for t, act := range d.pinned {
		if act != nil && !d.does(t, act) {
			d.report(Span{t, t + 1}, "%q on %d, want %q on %v, which is pinned", d.doing[t], d.on[t], act.Kind, act.Demands)
		}
	}
}

// lent tells whether an agent is lent to a demand in all intervals of a span.
func (a Agent) lent(g int, span Span) bool {
	for t := span.From; t < span.To; t++ {
		if !slices.ContainsFunc(a.Loans, func(l Loan) bool { return l.Demand == g && l.From <= t && t < l.To }) {
			return false
		}
	}
	return true
}

// checkSkill reports work that the agent does not know.
func checkSkill(d *inspection) {
	for _, act := range d.day.Activities {
		if !slices.Contains(d.pinned[act.From:act.To], nil) {
			continue
		}
		for i, g := range act.Demands {
			if !d.agent.lent(g, act.Span) && !slices.Contains(d.agent.Skills, g) {
				d.report(act.Span, "demand %d, want one of the agent's skills %v or loans %v", g, d.agent.Skills, d.agent.Loans)
			} else if slices.Contains(act.Demands[:i], g) {
				d.report(act.Span, "demand %d twice", g)
			}
		}
	}
}

// checkOpen reports work on what is closed.
func checkOpen(d *inspection) {
	for _, act := range d.day.Activities {
		for _, g := range act.Demands {
			demand := &d.problem.Demands[g]
			w := demand.Window
			for t := act.From; t < act.To; t++ {
				switch {
				case d.pinned[t] != nil:
				case act.Kind == Phone && len(demand.Cost[t]) == 0:
					d.report(Span{t, t + 1}, "demand %d is closed", g)
				case act.Kind == Email && w != (Span{}) && (t < w.From || t >= w.To):
					d.report(Span{t, t + 1}, "demand %d outside its window %v", g, w)
				}
			}
		}
	}
}

// checkLunch reports lunches of the wrong number or length, or at the wrong
// time.
func checkLunch(d *inspection) { d.lunches(d.shift().Lunch, d.report) }

// hasLunch tells whether lunch is as it should be in a shift with a lunch of
// this length.
func (d *inspection) hasLunch(length int) bool {
	has := true
	d.lunches(length, func(Span, string, ...any) { has = false })
	return has
}

// lunches reports what is wrong with the lunches of a day, for a given length.
func (d *inspection) lunches(length int, report func(Span, string, ...any)) {
	r := &d.problem.Rules
	for _, part := range d.presences() {
		lunches := d.pauses(part, Lunch, false)
		want := 0
		if len(d.pauses(part, Lunch, true)) == 0 && d.lunchIsDue(part, length) {
			want = 1
		}
		if len(lunches) != want {
			report(part, "%d lunches, want %d", len(lunches), want)
		}
		for _, l := range lunches {
			if l.Len() != length {
				report(l, "lunch of %d, want %d", l.Len(), length)
			}
			if after := l.From - part.From; after < r.LunchFrom || after > r.LunchTo {
				report(l, "lunch %d after the start, want %d to %d", after, r.LunchFrom, r.LunchTo)
			}
		}
	}
}

// lunchIsDue: a whole shift has its lunch, a part of one if lunch has room
// between a coffee break before it and one after it.
func (d *inspection) lunchIsDue(part Span, length int) bool {
	r := &d.problem.Rules
	if length == 0 || d.excused(RuleLunch) {
		return false
	}
	if part == d.day.Shift {
		return true
	}
	coffee := d.coffeeRoom()
	return part.Len() >= max(r.LunchFrom, coffee)+length+coffee
}

// coffeeRoom is the least time that can hold a coffee break.
func (d *inspection) coffeeRoom() int {
	r := &d.problem.Rules
	if r.BreakLength == 0 {
		return 0
	}
	return r.BreakDistance + r.BreakLength + r.BreakDistance
}

// checkCoffee reports coffee breaks of the wrong number or length, or too close
// to something.
func checkCoffee(d *inspection) {
	if d.excused(RuleCoffee) {
		return
	}
	for _, part := range d.presences() {
		lunches := append(d.pauses(part, Lunch, true), d.pauses(part, Lunch, false)...)
		slices.SortFunc(lunches, func(a, b Span) int { return a.From - b.From })
		side, besidePlaced := Span{part.From, part.To}, false
		for _, lunch := range lunches {
			placed := d.pinned[lunch.From] == nil
			if placed {
				d.checkDistance(lunch, part)
			}
			d.checkSide(Span{side.From, lunch.From}, besidePlaced || placed)
			side.From, besidePlaced = lunch.To, placed
		}
		d.checkSide(side, besidePlaced)
	}
}

// checkSide examines the coffee breaks on one side of lunch, or of a whole part
// without one. One is due beside a lunch that was placed, and otherwise where it
// has room; what is pinned takes its place.
func (d *inspection) checkSide(side Span, besidePlaced bool) {
	r := &d.problem.Rules
	want := 0
	if due := besidePlaced || side.Len() >= d.coffeeRoom(); due && r.BreakLength > 0 && len(d.pauses(side, Break, true)) == 0 {
		want = 1
	}
	breaks := d.pauses(side, Break, false)
	if len(breaks) != want {
		d.report(side, "%d coffee breaks, want %d", len(breaks), want)
	}
	for _, b := range breaks {
		if b.Len() != r.BreakLength {
			d.report(b, "coffee break of %d, want %d", b.Len(), r.BreakLength)
		}
		if between := min(b.From-side.From, side.To-b.To); between < r.BreakDistance {
			d.report(b, "coffee break %d from an end of %v, want %d", between, side, r.BreakDistance)
		}
	}
}

// checkDistance examines how far a lunch that was placed is from the breaks of
// its part that are pinned.
func (d *inspection) checkDistance(lunch, part Span) {
	for _, b := range d.pauses(part, Break, true) {
		if between := max(b.From-lunch.To, lunch.From-b.To); between < d.problem.Rules.BreakDistance {
			d.report(lunch, "lunch %d from a coffee break that is pinned, want %d", between, d.problem.Rules.BreakDistance)
		}
	}
}

// checkStretch reports too much work without a pause.
func checkStretch(d *inspection) {
	most := d.problem.Rules.LongestStretch
	if most == 0 || d.excused(RuleStretch) {
		return
	}
	work := func(k Kind) bool { return k != Lunch && k != Break && k != Absent }
	for _, s := range d.runs(d.day.Shift, work) {
		if s.Len() > most {
			d.report(s, "%d of work without a pause, want at most %d", s.Len(), most)
		}
	}
}

// costBlock prices runs of telephone or e-mail that are short and border on
// the other.
func costBlock(d *inspection) Money {
	r := &d.problem.Rules
	cost := Money(0)
	for _, kind := range []Kind{Phone, Email} {
		for _, run := range d.runs(d.day.Shift, func(k Kind) bool { return k == kind }) {
			borders := false
			for _, t := range []int{run.From - 1, run.To} {
				if t >= d.day.Shift.From && t < d.day.Shift.To {
					borders = borders || d.doing[t] == Phone || d.doing[t] == Email
				}
			}
			if borders && run.Len() < r.MinBlock {
				cost += r.SwitchCost
			}
		}
	}
	return cost
}

// costPhone prices what is beyond the longest run on the telephone.
func costPhone(d *inspection) Money {
	r := &d.problem.Rules
	cost := Money(0)
	for _, run := range d.runs(d.day.Shift, func(k Kind) bool { return k == Phone }) {
		if r.LongestPhone > 0 {
			cost += Money(max(0, run.Len()-r.LongestPhone)) * r.PhoneCost
		}
	}
	return cost
}

// costHard prices the telephone in intervals that the agent should be spared.
func costHard(d *inspection) Money {
	cost := Money(0)
	for t, amount := range d.agent.Spare {
		if d.doing[t] == Phone && d.pinned[t] == nil {
			cost += amount
		}
	}
	return cost
}
