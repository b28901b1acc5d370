package sim

// pausing is the pauses of the people of a day: for each a renewal process of
// times at duty and pauses, both exponential, that does not look at the calls.
type pausing struct {
	of    []Pauses // by person; nil when nobody pauses
	state []pauseState
}

type pauseState struct {
	fate  uint64  // of the draws
	drawn uint64  // so many times
	owed  float64 // s, the length of a pause that waits for the end of a call
	until float64 // s, the end of a pause that began before the duty
}

func newPausing(m *Model) pausing {
	var p pausing
	for _, a := range m.Agents {
		for range max(a.Count, 1) {
			p.of = append(p.of, a.Pauses)
		}
	}
	for _, one := range p.of {
		if one.Share > 0 {
			p.state = make([]pauseState, len(p.of))
			return p
		}
	}
	return pausing{}
}

// openPauses begins a day: everybody is at duty.
func (d *day) openPauses(seed uint64, replication int) {
	if d.pauses.of == nil {
		return
	}
	d.common.reseed(seed, replication, forPauses, 0)
	for person := range d.pauses.of {
		d.pauses.state[person] = pauseState{fate: d.common.Uint64()}
		if d.pauses.of[person].Share > 0 {
			gap, _ := d.drawPause(int32(person))
			d.expect(gap, pause, int32(person))
		}
	}
}

// drawPause is a time at duty and the pause before it, in seconds.
func (d *day) drawPause(person int32) (gap, length float64) {
	p, s := d.pauses.of[person], &d.pauses.state[person]
	d.again.pcg.Seed(s.fate, s.drawn)
	s.drawn++
	length = p.Length * d.again.ExpFloat64()
	gap = p.Length * (1 - p.Share) / p.Share * d.again.ExpFloat64()
	return gap, length
}

// stepAway is a person who means to pause: at once, after the work in hand, or
// into the duty that is next.
func (d *day) stepAway(person int32) {
	gap, length := d.drawPause(person)
	if next := d.now + length + gap; next < d.end() {
		d.expect(next, pause, person)
	}
	seat := d.floor.seatOf[person]
	s, state := &d.floor.seats[seat], &d.pauses.state[person]
	switch {
	case s.crew == away:
		state.until = d.now + length
	case s.benched:
		d.floor.call(seat)
		d.rest(seat, length)
	default:
		state.owed += length
	}
}

// pauseDue is how long the person at a free seat is to pause now, in seconds.
func (d *day) pauseDue(seat int32) float64 {
	if d.pauses.of == nil {
		return 0
	}
	s := &d.pauses.state[d.floor.seats[seat].person]
	length := max(s.owed, s.until-d.now)
	s.owed, s.until = 0, 0
	return length
}

// rest begins a pause, which is not time on telephone duty.
func (d *day) rest(seat int32, length float64) {
	s := &d.floor.seats[seat]
	d.begin(seat, onPause, d.now+length)
	d.onDuty(s.crew, s.until, -1)
}
