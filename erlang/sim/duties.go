package sim

import "bemanna/erlang"

// changeDuty is a person whose duty changes. Work in hand is seen to as
// Departure says.
func (d *day) changeDuty(c change) {
	seat := d.floor.seatOf[c.person]
	s := &d.floor.seats[seat]
	switch {
	case s.benched:
		d.floor.call(seat)
	case s.doing == nothing:
	case s.doing == onPause:
		d.stay(seat, s.crew, c.crew, 1)
		s.crew = c.crew
		return
	case d.Departure == erlang.FinishCall:
		d.stay(seat, s.crew, c.crew, 1)
		s.crew = c.crew
		return
	case d.Departure == erlang.FirstToFinish:
		if seat = d.standIn(seat, c.crew); seat == none {
			return
		}
		s = &d.floor.seats[seat]
	case s.doing == onCalls:
		s.doing = nothing
		d.takeBack(seat)
	default:
		s.doing = nothing
		d.putBack(seat)
	}
	s.crew = c.crew
	d.free(seat)
}

// standIn finds somebody free of the same crew to go on with the work of a
// person whose duty changes, and gives the seat where that person then is.
// When nobody is free the person leaves later, and the seat is none.
func (d *day) standIn(seat, then int32) int32 {
	s := &d.floor.seats[seat]
	if s.leaving {
		d.stay(seat, s.then, then, 1)
		s.then = then
		s.leaving = then != s.crew
		return none
	}
	if idle := d.floor.benches[s.crew].head; idle != none {
		d.floor.call(idle)
		d.floor.swap(seat, idle)
		return idle
	}
	d.stay(seat, s.crew, then, 1)
	s.leaving, s.then = true, then
	d.floor.leavers[s.crew] = append(d.floor.leavers[s.crew], seat)
	return none
}

// stay counts the rest of the call at a seat as time on the telephone though
// the duty has ended, so that nobody is busy for more than all of the time. A
// weight of −1 takes it back. The rest of a pause, which has been taken off the
// telephone, is put back likewise.
func (d *day) stay(seat, from, to int32, weight float64) {
	s := &d.floor.seats[seat]
	if s.doing == onCalls || s.doing == onPause {
		d.onDuty(from, s.until, weight)
		d.onDuty(to, s.until, -weight)
	}
}

// onDuty counts the time from now on as telephone duty of a crew.
func (d *day) onDuty(crew int32, until, weight float64) {
	if crew != away && d.crews[crew].phones() {
		d.spreadOver(d.crews[crew].open, d.now, until, weight, d.work[onPhoneDuty])
	}
}

// afterHours counts the time from now on in which a crew's groups are closed
// as telephone duty all the same: somebody is on a call.
func (d *day) afterHours(crew int32, until, weight float64) {
	if d.crews[crew].open != nil {
		d.spread(d.now, until, weight, d.work[onPhoneDuty])
		d.onDuty(crew, until, -weight)
	}
}

// begin gives a seat work.
func (d *day) begin(seat int32, work int8, until float64) {
	s := &d.floor.seats[seat]
	s.doing, s.until = work, until
	d.agenda.add(newEvent(until, finish, seat))
}

// finish is the end of the work at a seat.
func (d *day) finish(seat int32) {
	s := &d.floor.seats[seat]
	if s.doing == nothing || s.until != d.now {
		return // the work was taken back
	}
	if s.doing == onCalls {
		d.inside--
	}
	s.doing = nothing
	d.free(seat)
}

// free finds work for a person who has none in hand, or a place on the bench.
func (d *day) free(seat int32) {
	s := &d.floor.seats[seat]
	if d.Departure == erlang.FirstToFinish {
		d.letGo(seat)
	}
	if s.crew == away {
		return
	}
	if length := d.pauseDue(seat); length > 0 {
		d.rest(seat, length)
		return
	}
	crew := &d.crews[s.crew]
	if crew.phones() {
		if place, helped := d.nextCall(crew); place != none {
			d.take(seat, place, helped)
			return
		}
	}
	d.floor.rest(seat, d.now)
	if d.post.waiting > 0 {
		d.startMessages(crew)
	}
}

// letGo lets the person at a free seat leave who should, or else takes the
// seat of a busy one of the same crew who should, who then has this seat.
func (d *day) letGo(seat int32) {
	s := &d.floor.seats[seat]
	if s.leaving {
		s.leaving, s.crew = false, s.then
	}
	for s.crew != away {
		busy := d.floor.relieve(s.crew)
		if busy == none {
			return
		}
		b := &d.floor.seats[busy]
		d.stay(busy, b.crew, b.then, -1)
		b.leaving = false
		d.floor.swap(seat, busy)
		s.crew = b.then
	}
}
