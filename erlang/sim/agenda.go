package sim

import (
	"math"
	"math/bits"
)

// An event is something that will happen. Events at the same time happen in
// the order of what.
type event struct {
	time uint64 // the bits of the time in seconds, which is 0 or more: in the same order
	what uint64 // the kind, then whom it happens to
}

// kind is a sort of event, in the order in which simultaneous ones happen.
type kind uint32

const (
	hangUp  kind = iota // the patience of a caller in the waiting room ends
	finish              // a seat is done with a call or a message
	arrival             // a first call comes to a group
	redial              // a caller in the waiting room calls again
	mail                // a message of a kind comes
	ripen               // a call has waited long enough for overflow
	pause               // a person means to pause
)

func newEvent(at float64, k kind, whom int32) event {
	return event{math.Float64bits(at), uint64(k)<<32 | uint64(uint32(whom))}
}

func (e event) at() float64 { return math.Float64frombits(e.time) }

func (e event) kind() kind  { return kind(e.what >> 32) }
func (e event) whom() int32 { return int32(uint32(e.what)) }

// before is 1 if e happens before f, else 0. It compares the two numbers as
// one of 128 bits: a branch here would be guessed wrong every other time.
func (e event) before(f event) int {
	_, borrow := bits.Sub64(e.what, f.what, 0)
	_, borrow = bits.Sub64(e.time, f.time, borrow)
	return int(borrow)
}

// An agenda is the events to come, in a heap of four children to a node: half
// as deep as a binary one, and a node's children share a cache line.
type agenda struct {
	events []event
	// hollow: the first event has been taken, and its place is kept for the
	// next one to be added, which spares half the work.
	hollow bool
}

func (a *agenda) clear() {
	a.events, a.hollow = a.events[:0], false
}

// first looks at the first event; ok is false when there is none.
func (a *agenda) first() (e event, ok bool) {
	if a.hollow {
		a.hollow = false
		last := len(a.events) - 1
		e := a.events[last]
		a.events = a.events[:last]
		if last > 0 {
			a.sink(e)
		}
	}
	if len(a.events) == 0 {
		return event{}, false
	}
	return a.events[0], true
}

// take removes the event that first has shown.
func (a *agenda) take() { a.hollow = true }

func (a *agenda) add(e event) {
	if a.hollow {
		a.hollow = false
		a.sink(e)
		return
	}
	a.events = append(a.events, e)
	events := a.events
	i := len(events) - 1
	for i > 0 {
		parent := (i - 1) / 4
		if e.before(events[parent]) == 0 {
			break
		}
		events[i] = events[parent]
		i = parent
	}
	events[i] = e
}

// sink puts e in the place of the first event and then where it belongs.
func (a *agenda) sink(e event) {
	events := a.events
	i := 0
	for {
		least := firstChild(events, i)
		if least < 0 || events[least].before(e) == 0 {
			break
		}
		events[i] = events[least]
		i = least
	}
	events[i] = e
}

// firstChild is the child of node i that happens first, or −1 without children.
func firstChild(events []event, i int) int {
	child := 4*i + 1
	if child+4 <= len(events) {
		c := events[child : child+4 : child+4]
		left := c[1].before(c[0])
		right := 2 + c[3].before(c[2])
		return child + left + (right-left)*c[right&3].before(c[left&3])
	}
	if child >= len(events) {
		return -1
	}
	least := child
	for j := child + 1; j < len(events); j++ {
		least += (j - least) * events[j].before(events[least])
	}
	return least
}
