package sim

import (
	"cmp"
	"slices"
)

// A post is the e-mail of a day.
type post struct {
	trays   []tray // by kind
	waiting int    // messages in all trays
}

// A tray is the messages of a kind, in the order in which they came and so of
// their due times.
type tray struct {
	stream   stream
	handle   spread
	backlog  []float64 // ages in seconds, the greatest first
	messages []message
	begun    int // messages before this one have been taken
	tally    mailTally
}

type message struct {
	came, due float64 // s; due is +Inf for never
	handle    float64 // s
	kind      int32
}

func newPost(m *Model) post {
	p := post{trays: make([]tray, len(m.Email))}
	for k, e := range m.Email {
		dice := newDice()
		p.trays[k] = tray{
			stream:  stream{dice: dice, rates: e.ArrivalRate},
			handle:  e.Service.spread(dice.pcg),
			backlog: slices.Clone(e.Backlog),
		}
		slices.SortFunc(p.trays[k].backlog, func(a, b float64) int { return cmp.Compare(b, a) })
	}
	return p
}

// openPost fills the trays at the start of a day.
func (d *day) openPost(seed uint64, replication int) {
	d.post.waiting = 0
	for k := range d.post.trays {
		t := &d.post.trays[k]
		t.messages, t.begun, t.tally = t.messages[:0], 0, mailTally{}
		d.common.reseed(seed, replication, forEmailFactor, k)
		t.stream.reseed(seed, replication, forEmail, k)
		for _, age := range t.backlog {
			d.file(k, -age)
		}
		t.stream.begin(d.grid, dayFactor(d.common, d.Email[k].CV))
		d.expect(t.stream.at, mail, int32(k))
	}
}

// file puts a message in its tray.
func (d *day) file(k int, came float64) {
	e, t := &d.Email[k], &d.post.trays[k]
	m := message{came: came, due: inf, handle: e.HandleTime * t.handle.draw(t.stream.Rand), kind: int32(k)}
	if e.Deadline > 0 {
		m.due = came + e.Deadline
	}
	t.messages = append(t.messages, m)
	t.tally[mailCame]++
	d.post.waiting++
}

// receive is a message that comes.
func (d *day) receive(k int32) {
	s := &d.post.trays[k].stream
	d.file(int(k), s.at)
	s.next(d.grid)
	d.expect(s.at, mail, k)
	d.deliver(k)
}

// deliver gives a message that has come to a free agent, if one may begin it.
func (d *day) deliver(kind int32) {
	crews := d.writers[kind]
	for len(crews) > 0 && !d.startMessage(crews[0]) {
		crews = crews[1:]
	}
}

// startMessages gives messages to free agents, after one of a crew became free.
func (d *day) startMessages(c *crew) {
	for _, crew := range c.mailers {
		for d.startMessage(crew) {
		}
	}
}

// startMessage gives a message to the free agent of a crew who has been free
// the longest, if there are both and enough agents stay free for calls.
func (d *day) startMessage(crew int32) bool {
	seat := d.floor.benches[crew].head
	if seat == none || d.now >= d.end() {
		return false
	}
	kind := d.nextMessage(&d.crews[crew])
	if kind == none {
		return false
	}
	d.floor.call(seat)
	t := &d.post.trays[kind]
	m := t.messages[t.begun]
	t.begun++
	d.post.waiting--
	d.countMessage(&m, d.now+m.handle, 1)
	d.begin(seat, onEmail, d.now+m.handle)
	if d.recalls {
		d.floor.messages[seat] = m
	}
	return true
}

// nextMessage is the kind of the message that is due first of those that a free
// agent of a crew may begin now, or none.
func (d *day) nextMessage(c *crew) int {
	spare := 0
	if c.phones() {
		for _, r := range c.rivals {
			spare += d.floor.benches[r].free
		}
	}
	best := none
	var first *message
	for _, k := range c.email {
		t := &d.post.trays[k]
		if t.begun == len(t.messages) || c.phones() && spare <= d.Email[k].Reserve {
			continue
		}
		m := &t.messages[t.begun]
		if best == none || m.due < first.due || m.due == first.due && m.came < first.came {
			best, first = k, m
		}
	}
	return best
}

// countMessage counts a message that will be answered at a time, or takes it
// back by a weight of −1.
func (d *day) countMessage(m *message, at, weight float64) {
	t := &d.post.trays[m.kind].tally
	t[mailAnswered] += weight
	t[mailAge] += weight * (at - m.came)
	if at <= m.due {
		t[mailInTime] += weight
	}
	d.spread(d.now, at, weight, d.work[onEmail])
}

// putBack stops the message at a seat and puts it back in its tray.
func (d *day) putBack(seat int32) {
	m, until := d.floor.messages[seat], d.floor.seats[seat].until
	d.countMessage(&m, until, -1)
	m.handle = until - d.now
	t := &d.post.trays[m.kind]
	i := t.begun
	for i < len(t.messages) && t.messages[i].came < m.came {
		i++
	}
	t.messages = slices.Insert(t.messages, i, m)
	d.post.waiting++
	d.deliver(m.kind)
}

// closePost counts what is overdue at the end of the grid.
func (d *day) closePost() {
	for k := range d.post.trays {
		t := &d.post.trays[k]
		for _, m := range t.messages[t.begun:] {
			if m.due <= d.end() {
				t.tally[mailOverdue]++
			}
		}
	}
}
