package sim

import (
	"context"

	"bemanna/erlang"
)

// A day simulates one replication after the other, each from an empty house.
type day struct {
	*Model
	*roster
	grid

	now    float64
	agenda agenda
	next   int // index of the next change of duty
	events int64

	streams []stream // first calls, of each group
	handles []spread // of each group
	delays  []spread // of each group's redials
	common  dice
	again   dice // for the fate of one caller
	luck    dice // for RandomFree

	waiting waitingRoom
	eager   bool // hang-ups are events; else they are seen when somebody looks
	inside  int  // calls that wait or are being answered

	floor   floor
	recalls bool // calls may be taken back, so that the floor remembers them
	post    post
	pauses  pausing

	tallies []tally // groups × intervals
	work    [numWorkMeasures][]float64
}

func newDay(m *Model, r *roster) *day {
	d := &day{Model: m, roster: r, grid: grid{m.Step, m.N}, common: newDice(), again: newDice(), luck: newDice()}
	d.streams = make([]stream, len(m.Groups))
	d.handles = make([]spread, len(m.Groups))
	d.delays = make([]spread, len(m.Groups))
	d.eager = m.Lines > 0
	for g := range m.Groups {
		group := &m.Groups[g]
		dice := newDice()
		d.streams[g] = stream{dice: dice, rates: group.ArrivalRate, counts: group.Calls}
		if group.Noise != nil {
			d.streams[g].rates = make([]float64, m.N)
		}
		d.handles[g] = group.Service.spread(dice.pcg)
		d.delays[g] = group.Redial.Shape.spread(d.again.pcg)
		d.eager = d.eager || group.Redial.Share > 0
	}
	d.waiting.lines = make([]line, len(m.Groups))
	d.recalls = m.Departure == erlang.Preempt
	d.floor = newFloor(r, d.recalls)
	d.post = newPost(m)
	d.pauses = newPausing(m)
	d.tallies = make([]tally, len(m.Groups)*m.N)
	for i := range d.work {
		d.work[i] = make([]float64, m.N)
	}
	return d
}

// open prepares a replication.
func (d *day) open(seed uint64, replication int) {
	d.now, d.next, d.inside = 0, 0, 0
	d.agenda.clear()
	d.waiting.clear()
	d.floor.clear()
	clear(d.tallies)
	for i := range d.work {
		clear(d.work[i])
	}
	copy(d.work[onPhoneDuty], d.phoneTime)

	d.luck.reseed(seed, replication, forLuck, 0)
	d.common.reseed(seed, replication, forDay, 0)
	all := dayFactor(d.common, d.DayCV)
	for g := range d.streams {
		d.common.reseed(seed, replication, forGroupFactor, g)
		s := &d.streams[g]
		own := all * dayFactor(d.common, d.Groups[g].CV)
		d.common.reseed(seed, replication, forNoise, g)
		for t, cv := range d.Groups[g].Noise {
			s.rates[t] = d.Groups[g].ArrivalRate[t] * dayFactor(d.common, cv)
		}
		s.reseed(seed, replication, forCalls, g)
		s.begin(d.grid, own)
		d.expect(s.at, arrival, int32(g))
	}
	d.openPost(seed, replication)
	d.openPauses(seed, replication)
}

// expect puts an event on the agenda, unless it never happens.
func (d *day) expect(at float64, k kind, whom int32) {
	if at < inf {
		d.agenda.add(newEvent(at, k, whom))
	}
}

// eventsBetweenLooks is how many events pass between two looks at the context:
// a fraction of a millisecond.
const eventsBetweenLooks = 1 << 12

// run simulates a replication until the last caller has gone.
func (d *day) run(ctx context.Context, seed uint64, replication int) error {
	d.open(seed, replication)
	for look := 0; ; look++ {
		if look%eventsBetweenLooks == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		if !d.step() {
			break
		}
		d.events++
	}
	d.close()
	return nil
}

// step goes to what happens next; it is false when nothing does.
func (d *day) step() bool {
	e, ok := d.agenda.first()
	if d.next < len(d.changes) {
		// A change of duty comes after work that ends at the same time, and before
		// calls.
		if c := d.changes[d.next]; !ok || c.at < e.at() || c.at == e.at() && e.kind() > finish {
			d.next++
			d.now = c.at
			d.changeDuty(c)
			return true
		}
	}
	if ok {
		d.agenda.take()
		d.now = e.at()
		d.happen(e)
	}
	return ok
}

func (d *day) happen(e event) {
	whom := e.whom()
	switch e.kind() {
	case finish:
		d.finish(whom)
	case arrival:
		d.arrive(whom)
	case redial:
		d.redial(whom)
	case mail:
		d.receive(whom)
	case ripen:
		d.ripen(whom)
	case hangUp:
		d.losePatience(whom)
	case pause:
		d.stepAway(whom)
	}
}

// close sees to those who wait when nothing more will happen: they hang up when
// their patience ends, or are left.
func (d *day) close() {
	for g := range d.waiting.lines {
		for place := d.waiting.lines[g].head; place != none; place = d.waiting.places[place].next {
			c := &d.waiting.places[place]
			switch {
			case c.answered:
			case c.patience < inf:
				d.countHangUp(c)
				d.events++
			default:
				d.tally(c)[left]++
			}
		}
	}
	d.closePost()
}
