package demo

import (
	"cmp"
	"math"
	"slices"

	"bemanna/internal/civil"
)

// day is one day of the history.
type day struct {
	date   civil.Date
	grid   civil.Grid
	open   [][]bool  // by group and slot
	tally  [][]tally // by group and slot
	emails []int     // by group
	outage outage
}

// tally is what the telephony system counts in an interval; a call belongs to
// the interval in which it came.
type tally struct {
	offered, answered, within60, within180, abandoned int
	talk, after                                       float64 // s, of the answered calls
	waited, gaveUp                                    float64 // s that the answered and the abandoned calls waited
}

func (t *tally) add(c *call) {
	t.offered++
	if !c.answered {
		t.abandoned++
		t.gaveUp += math.Round(c.patience)
		return
	}
	t.answered++
	t.talk += math.Round(c.talk)
	t.after += math.Round(c.after)
	t.waited += math.Round(c.wait)
	if c.wait <= 60 {
		t.within60++
	}
	if c.wait <= 180 {
		t.within180++
	}
}

// live lets a day happen.
func (w *world) live(d civil.Date) *day {
	a := w.almanac(d)
	out := w.newDay(d)
	var calls []*call
	for i := range w.groups {
		if !w.groups[i].Email && slices.Contains(out.open[i], true) {
			calls = append(calls, w.calls(i, a, out)...)
		}
	}
	slices.SortStableFunc(calls, func(a, b *call) int { return cmp.Compare(a.arrive, b.arrive) })
	w.answer(calls, a, out)
	w.write(a, out)
	return out
}

// newDay is a day on which nothing has happened yet.
func (w *world) newDay(d civil.Date) *day {
	out := &day{date: d, grid: civil.DayGrid(d, slotSeconds*1e9, w.loc), outage: w.outage(d)}
	for i := range w.groups {
		mask := make([]bool, out.grid.N)
		if w.groups[i].From <= d {
			mask = w.groups[i].Hours.Mask(d, w.calendar, out.grid)
		}
		out.open = append(out.open, mask)
		out.tally = append(out.tally, make([]tally, out.grid.N))
	}
	return out
}

// answer runs the calls through the queue and counts them.
func (w *world) answer(calls []*call, a almanac, d *day) {
	f := floor{groups: w.groups}
	for u := range w.units {
		f.people = append(f.people, w.crew(u, a, d.grid, d.open))
	}
	f.run(calls)
	for _, c := range calls {
		d.tally[c.group][c.slot].add(c)
	}
}

// longest is when a call ends at the latest, in seconds: the case is then handed
// over.
const longest = 45 * 60

// calls draws the calls of a group, in the order of their arrival. While the
// lines are down nobody gets through.
func (w *world) calls(group int, a almanac, d *day) (calls []*call) {
	g := &w.groups[group]
	r := w.stream(g.ID+" calls", d.date)
	mean := w.handle(g, d.date)
	for slot, rate := range w.rates(g, a, d.grid, d.open[group]) {
		if rate == 0 {
			continue
		}
		late := .97 + .06*float64(civil.ClockOf(d.grid.Time(slot))-clock(8, 0))/510 // calls grow longer as the day goes on
		for t := r.ExpFloat64() / rate; t < 1; t += r.ExpFloat64() / rate {
			c := &call{group: group, slot: slot, arrive: (float64(slot) + t) * slotSeconds}
			c.patience = g.Patience * r.ExpFloat64()
			handle := min(lognormal(r, mean*late, .75), longest)
			c.talk, c.after = handle*g.talk, handle*(1-g.talk)
			if !d.outage.covers(slot) {
				calls = append(calls, c)
			}
		}
	}
	return calls
}

// handle gives the mean handle time of a group on a day. An assignment turns out
// to take longer than the client said, most so in its first months.
func (w *world) handle(g *group, d civil.Date) float64 {
	mean := g.Handle * math.Exp(.02*w.stream(g.ID+" handle", d).NormFloat64())
	if g.From > 0 {
		mean *= 1.08 + .25*math.Exp(-float64(d-g.From)/60)
	}
	return mean
}

// write draws the e-mails of a day. Of those who gave up on the telephone, some
// write to the unit instead.
func (w *world) write(a almanac, d *day) {
	const writers = .10
	d.emails = make([]int, len(w.groups))
	for i := range w.groups {
		g := &w.groups[i]
		if !g.Email || !slices.Contains(d.open[i], true) {
			continue
		}
		lost := 0
		for other := range w.groups {
			if w.groups[other].Unit == g.Unit {
				for _, t := range d.tally[other] {
					lost += t.abandoned
				}
			}
		}
		d.emails[i] = poisson(w.stream(g.ID+" mails", d.date), w.volume(g, a)+writers*float64(lost))
	}
}

// outage is a time during which no call gets through.
type outage struct {
	from, to int  // slots
	silent   bool // the telephony system writes no rows rather than zeros
}

func (o outage) covers(slot int) bool { return o.from <= slot && slot < o.to }

// outage gives the outage of a day: one in each period of 270 days, by turns
// with rows of zeros and without rows.
func (w *world) outage(d civil.Date) outage {
	const period = 270
	for k := d/period - 1; k <= d/period; k++ {
		r := w.stream("outage", k)
		on := k*period + civil.Date(r.IntN(period))
		for w.calendar.Free(on) {
			on++
		}
		from := 34 + r.IntN(20) // 08:30 to 13:15
		if on == d {
			return outage{from: from, to: from + 4 + r.IntN(8), silent: k%2 == 0}
		}
	}
	return outage{}
}
