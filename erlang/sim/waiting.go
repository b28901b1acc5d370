package sim

// none stands for no agent, no class or no call where an index is wanted.
const none = -1

// A call is an attempt of a caller to reach somebody.
type call struct {
	came     float64 // s, when this attempt came
	patience float64 // s, when the caller hangs up unless answered; +Inf for never
	handle   float64 // s, how long it takes to answer; what is left of it after Preempt
	served   float64 // s that an agent spent on it before it went back to the line
	fate     uint64  // seed of what the caller does after hanging up
	group    int32   // whose call it is
	interval int32   // in which it came
	attempt  uint32
	answered bool  // by an agent who was called away
	gone     bool  // answered, though the event of its patience is still to come
	line     int32 // the group in whose line it waits
	// Links of the line. A free place uses next.
	prev, next int32
}

// A line is the calls that wait for a group, in the order in which they came.
type line struct {
	head, tail int32
	// unripe is the first call that has not waited long enough for overflow, and
	// ripens the time of the event that looks at it, 0 for none.
	unripe int32
	ripens float64
}

// A waitingRoom has a place for every caller who waits, or who will call
// again.
type waitingRoom struct {
	places []call
	free   int32 // first of the free places
	lines  []line
}

func (w *waitingRoom) clear() {
	w.places, w.free = w.places[:0], none
	for i := range w.lines {
		w.lines[i] = line{head: none, tail: none, unripe: none}
	}
}

// admit gives a caller a place, outside any line.
func (w *waitingRoom) admit(c *call) int32 {
	place := w.free
	if place == none {
		place = int32(len(w.places))
		w.places = append(w.places, *c)
	} else {
		w.free = w.places[place].next
		w.places[place] = *c
	}
	w.places[place].gone = false
	return place
}

// release frees a place.
func (w *waitingRoom) release(place int32) {
	w.places[place].next = w.free
	w.free = place
}

// queue puts the caller at a place in line, by the time of coming: last,
// unless the call had been answered before.
func (w *waitingRoom) queue(place int32, group int32) {
	l := &w.lines[group]
	c := &w.places[place]
	after := l.tail
	for after != none && w.places[after].came > c.came {
		after = w.places[after].prev
	}
	c.line, c.prev = group, after
	if after == none {
		c.next, l.head = l.head, place
	} else {
		before := &w.places[after]
		c.next, before.next = before.next, place
	}
	if c.next == none {
		l.tail = place
	} else {
		w.places[c.next].prev = place
	}
	if l.unripe == c.next {
		l.unripe = place
	}
}

// leave takes the caller at a place out of line; the place stays taken.
func (w *waitingRoom) leave(place int32) {
	c := &w.places[place]
	l := &w.lines[c.line]
	if c.prev == none {
		l.head = c.next
	} else {
		w.places[c.prev].next = c.next
	}
	if c.next == none {
		l.tail = c.prev
	} else {
		w.places[c.next].prev = c.prev
	}
	if l.unripe == place {
		l.unripe = c.next
	}
}
