package schedule

import "math"

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
	until     []int // until[t]: from t on there is room for pauses up to here
	breaks    []int // breaks[t]: the intervals of pinned breaks from t on
	coffee    leastOf
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
	d.fill(o.longest)
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

// fill computes what the frames of the agent are worth from, if the longest
// stretch of work is known.
func (d *dayplanner) fill(longest int) {
	d.stretches.fill(d.a, d.reach, longest)
	if !d.stretches.tied {
		d.coffee.fill(d.reach, d.coffeeCost)
	}
}

// coffeeCost gives what a coffee break in interval t takes off the worth of all
// work. Modes are not tied.
func (d *dayplanner) coffeeCost(t int) Money {
	if min(d.until[t], d.reach.To) < t+d.m.Rules.BreakLength {
		return -never
	}
	cost := d.stretches.sum[t+d.m.Rules.BreakLength] - d.stretches.sum[t]
	if d.former != nil {
		cost += d.moved(Break, t)
	}
	return cost
}

// spend gives the best day in a frame; the planner must be filled.
func (d *dayplanner) spend(f *frame) day {
	best := day{frame: f, modes: make([]mode, d.m.Grid.N), cost: -d.net(*f)}
	for _, p := range f.parts {
		r := d.rest(p)
		best.rests = append(best.rests, r)
		for _, w := range p.work(r, d.m.Rules.BreakLength) {
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

// frame gives the worth of a frame with the best pauses.
func (d *dayplanner) frame(f frame) Money {
	sum := Money(0)
	for _, p := range f.parts {
		_, value := d.part(p)
		if value <= never/2 {
			return never
		}
		sum += value
	}
	return sum
}

// part gives the best start of lunch in a part, -1 without one, and the worth
// of the part.
func (d *dayplanner) part(p part) (lunch int, value Money) {
	if p.lunch == 0 {
		return -1, d.side(p.Span, p.coffee)
	}
	best, most := -1, never
	last := min(p.From+d.m.Rules.LunchTo, p.To-p.lunch)
	for l := p.From + d.m.Rules.LunchFrom; l <= last; l++ {
		if d.until[l] < l+p.lunch || d.breaksBeside(Span{l, l + p.lunch}) {
			continue
		}
		value := d.side(Span{p.From, l}, p.coffee) + d.side(Span{l + p.lunch, p.To}, p.coffee)
		value -= d.crowding.ofLunch(Span{l, l + p.lunch})
		if d.former != nil {
			value -= d.moved(Lunch, l)
		}
		if value > most {
			best, most = l, value
		}
	}
	return best, most
}

// rest gives the best pauses of a part.
func (d *dayplanner) rest(p part) rest {
	lunch, _ := d.part(p)
	if lunch < 0 {
		before, _ := d.coffeeAt(p.Span, p.coffee)
		return rest{before, -1, -1}
	}
	before, _ := d.coffeeAt(Span{p.From, lunch}, p.coffee)
	after, _ := d.coffeeAt(Span{lunch + p.lunch, p.To}, p.coffee)
	return rest{before, lunch, after}
}

// breaksBeside tells whether a pinned break is too close to a lunch.
func (d *dayplanner) breaksBeside(lunch Span) bool {
	n := d.m.Grid.N
	return d.breaks[max(0, lunch.From-d.m.Rules.BreakDistance)] > d.breaks[min(n, lunch.To+d.m.Rules.BreakDistance)]
}

// side gives the worth of the time on one side of lunch, with the best coffee
// break.
func (d *dayplanner) side(s Span, coffee bool) Money {
	if d.stretches.tied || !d.wantsCoffee(s, coffee) {
		_, value := d.coffeeAt(s, coffee)
		return value
	}
	// Work is as good on either side of the break, if neither is too long.
	length, distance := d.m.Rules.BreakLength, d.m.Rules.BreakDistance
	end := d.stretches.end
	first, last := s.From+distance, min(s.To-distance-length, end[s.From])
	for first <= last && end[first+length] < s.To {
		first++
	}
	if first > last {
		return never
	}
	return d.stretches.sum[s.To] - d.stretches.sum[s.From] - d.coffee.least(first, last)
}

// wantsCoffee tells whether a coffee break is due in a span and none is pinned.
func (d *dayplanner) wantsCoffee(s Span, due bool) bool {
	return due && d.breaks[s.From] == d.breaks[s.To]
}

// coffeeAt finds the best place for the coffee break in the time on one side of
// lunch; -1: there is none.
func (d *dayplanner) coffeeAt(s Span, due bool) (int, Money) {
	if !d.wantsCoffee(s, due) {
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
