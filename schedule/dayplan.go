package schedule

import (
	"math"
	"slices"
)

// never is the worth of what cannot be: low enough that no sum with it is
// taken for a plan, high enough that such sums do not overflow.
const never = Money(math.MinInt64 / 16)

// day is what one agent does on the day.
type day struct {
	frame *frame // nil: off
	rests []rest // by part of the frame
	modes []mode // by interval
	cost  Money  // of the shift and of the soft rules
}

// rest says where the pauses of a part begin; -1: there is none.
type rest struct{ before, lunch, after int }

// count gives the number of intervals in a mode.
func (d day) count(md mode) int {
	n := 0
	for _, m := range d.modes {
		if m == md {
			n++
		}
	}
	return n
}

// dayplanner finds the best day of one agent if each interval has a known
// worth: an exact dynamic programme over all shifts, places of lunch and
// coffee breaks, and, where changing has a cost, over the blocks of telephone
// and e-mail between them.
type dayplanner struct {
	m     *model
	a     int
	reach Span // from the earliest to the latest time of the agent's shifts
	// worth is what it is worth to have the agent in a mode in an interval,
	// never where the agent cannot be in it.
	worth     [modes][]Money
	former    *former  // what changes are counted from; nil: nothing
	moveCost  Money    // of each pause that is not where it was
	crowding  crowding // of the others
	stretches stretches
	until     []int  // until[t]: from t on there is room for pauses up to here
	breaks    []int  // breaks[t]: the intervals of pinned breaks from t on
	rests     []rest // of the frame that was looked at last
}

func newDayplanner(m *model, tied bool) *dayplanner {
	d := &dayplanner{m: m, until: make([]int, m.Grid.N), breaks: make([]int, m.Grid.N+1)}
	for md := range d.worth {
		d.worth[md] = make([]Money, m.Grid.N)
	}
	d.stretches = newStretches(m, &d.worth, tied)
	return d
}

// begin turns to agent a: all worth is zero or never, and nobody else is there.
func (d *dayplanner) begin(a int) {
	d.a, d.crowding = a, crowding{}
	n := d.m.Grid.N
	d.reach = Span{n, 0}
	for _, s := range d.m.Agents[a].Shifts {
		d.reach = Span{min(d.reach.From, s.From), max(d.reach.To, s.To)}
	}
	end := n
	for t := n - 1; t >= 0; t-- {
		kind, pin := d.m.bound[a][t], d.m.pin(a, t)
		bound := kind != ""
		if pin != nil || bound && !kind.givesWay() {
			end = t
		}
		d.until[t] = end
		d.breaks[t] = d.breaks[t+1]
		if kind == Break {
			d.breaks[t]++
		}
		for md := range d.worth {
			d.worth[md][t] = 0
			if bound || !d.m.canWork(a, t, mode(md)) {
				d.worth[md][t] = never
			}
		}
		if d.stretches.tied && kind == Phone {
			d.worth[onPhone][t] = 0
		}
		if d.stretches.tied && kind == Email {
			d.worth[onEmail][t] = 0
		}
	}
}

// The modes that a planner tells apart.
var (
	tiedModes  = []mode{onPhone, onEmail}
	looseModes = []mode{either}
)

// modes gives those in which the agent might work in interval t; none where
// something is pinned.
func (d *dayplanner) modes(t int) []mode {
	switch {
	case d.m.pin(d.a, t) != nil:
		return nil
	case d.stretches.tied:
		return tiedModes
	}
	return looseModes
}

// best gives the day that is worth most; false: no shift fits.
func (d *dayplanner) best() (day, bool) {
	o := d.m.options[d.a]
	d.stretches.fill(d.a, d.reach, o.longest)
	var best *frame
	most := never / 2
	for i := range o.frames {
		if value := d.net(o.frames[i]); value > most {
			most, best = value, &o.frames[i]
		}
	}
	if best == nil {
		return day{}, false
	}
	return d.spend(best), true
}

// net gives the worth of the best day in a frame, less what the shift and those
// who are there already cost.
func (d *dayplanner) net(f frame) Money {
	return d.frame(f) - d.m.Agents[d.a].Shifts[f.shift].Cost - d.crowding.ofFrame(f)
}

// spend gives the best day in a frame; the stretches must be filled.
func (d *dayplanner) spend(f *frame) day {
	cost := -d.net(*f)
	best := day{frame: f, rests: slices.Clone(d.rests), modes: make([]mode, d.m.Grid.N), cost: cost}
	for i, p := range f.parts {
		for _, w := range p.work(best.rests[i], d.m.Rules.BreakLength) {
			d.stretches.trace(w, best.modes)
		}
	}
	for t, md := range best.modes {
		if md != away {
			best.cost += d.worth[md][t]
			if d.m.pin(d.a, t) == nil {
				best.cost += d.m.spare(d.a, t, md)
			}
		}
		if d.m.pin(d.a, t) != nil {
			best.modes[t] = away // counted apart
		}
	}
	best.cost -= d.crowding.of(best) // counted for all together
	return best
}

// frame gives the worth of the best pauses of a frame and keeps them in rests.
func (d *dayplanner) frame(f frame) Money {
	d.rests = d.rests[:0]
	sum := Money(0)
	for _, p := range f.parts {
		r, value := d.part(p)
		if value <= never/2 {
			return never
		}
		d.rests = append(d.rests, r)
		sum += value
	}
	return sum
}

func (d *dayplanner) part(p part) (rest, Money) {
	if p.lunch == 0 {
		before, value := d.side(p.Span, p.coffee)
		return rest{before, -1, -1}, value
	}
	best, most := rest{-1, -1, -1}, never
	last := min(p.From+d.m.Rules.LunchTo, p.To-p.lunch)
	for l := p.From + d.m.Rules.LunchFrom; l <= last; l++ {
		if d.until[l] < l+p.lunch || d.breaksBeside(Span{l, l + p.lunch}) {
			continue
		}
		before, x := d.side(Span{p.From, l}, p.coffee)
		after, y := d.side(Span{l + p.lunch, p.To}, p.coffee)
		value := x + y - d.crowding.ofLunch(Span{l, l + p.lunch})
		if d.former != nil {
			value -= d.moved(Lunch, l)
		}
		if value > most {
			best, most = rest{before, l, after}, value
		}
	}
	return best, most
}

// breaksBeside tells whether a pinned break is too close to a lunch.
func (d *dayplanner) breaksBeside(lunch Span) bool {
	n := d.m.Grid.N
	return d.breaks[max(0, lunch.From-d.m.Rules.BreakDistance)] > d.breaks[min(n, lunch.To+d.m.Rules.BreakDistance)]
}

// side finds the best place for the coffee break, if one is due and none is
// pinned, in the time on one side of lunch.
func (d *dayplanner) side(s Span, coffee bool) (int, Money) {
	if !coffee || d.breaks[s.From] > d.breaks[s.To] {
		return -1, d.stretches.value(s)
	}
	length, distance := d.m.Rules.BreakLength, d.m.Rules.BreakDistance
	best, most := -1, never
	for b := s.From + distance; b+length+distance <= s.To; b++ {
		if d.until[b] < b+length {
			continue
		}
		value := d.stretches.value(Span{s.From, b}) + d.stretches.value(Span{b + length, s.To})
		if d.former != nil {
			value -= d.moved(Break, b)
		}
		if value > most {
			best, most = b, value
		}
	}
	return best, most
}

// moved gives what it costs that a pause begins in interval t, if it did not.
func (d *dayplanner) moved(kind Kind, t int) Money {
	if d.former.begins(kind, t) {
		return 0
	}
	return d.moveCost
}

// work gives the stretches between the pauses of the part.
func (p part) work(r rest, breakLength int) []Span {
	var spans []Span
	from := p.From
	for _, b := range []Span{{r.before, r.before + breakLength}, {r.lunch, r.lunch + p.lunch}, {r.after, r.after + breakLength}} {
		if b.From >= 0 {
			spans = append(spans, Span{from, b.From})
			from = b.To
		}
	}
	return append(spans, Span{from, p.To})
}
