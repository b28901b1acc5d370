package sim

// A floor is the seats of the agents. A person has a seat for the day; by
// erlang.FirstToFinish people change seats, and calls stay where they are.
type floor struct {
	seats   []seat
	seatOf  []int32 // by person
	benches []bench // by crew
	// leavers are the seats of the people of a crew who should have gone but are
	// busy, by crew. Seats may stand there that are not leaving any more.
	leavers [][]int32
	// What seats are busy with, for Preempt only.
	calls    []call
	messages []message
}

type seat struct {
	until      float64 // s, when the work in hand ends
	idleSince  float64
	person     int32
	crew       int32 // or away
	doing      int8  // onCalls, onEmail or nothing
	benched    bool
	leaving    bool  // busy, to be relieved by the first of the crew who is free
	then       int32 // the crew or away, after leaving
	prev, next int32 // on the bench
}

const nothing = -1

// A bench is the free seats of a crew, the one that has been free the longest
// first.
type bench struct {
	head, tail int32
	free       int
}

func newFloor(r *roster, recalls bool) floor {
	f := floor{
		seats:   make([]seat, r.people),
		seatOf:  make([]int32, r.people),
		benches: make([]bench, len(r.crews)),
		leavers: make([][]int32, len(r.crews)),
	}
	if recalls {
		f.calls = make([]call, r.people)
		f.messages = make([]message, r.people)
	}
	return f
}

func (f *floor) clear() {
	for i := range f.seats {
		f.seats[i] = seat{person: int32(i), crew: away, doing: nothing}
		f.seatOf[i] = int32(i)
	}
	for i := range f.benches {
		f.benches[i] = bench{head: none, tail: none}
		f.leavers[i] = f.leavers[i][:0]
	}
}

// rest puts a seat last on the bench of its crew.
func (f *floor) rest(seat int32, now float64) {
	s := &f.seats[seat]
	b := &f.benches[s.crew]
	s.benched, s.idleSince = true, now
	s.prev, s.next = b.tail, none
	if b.tail == none {
		b.head = seat
	} else {
		f.seats[b.tail].next = seat
	}
	b.tail = seat
	b.free++
}

// call takes a seat from its bench.
func (f *floor) call(seat int32) {
	s := &f.seats[seat]
	b := &f.benches[s.crew]
	s.benched = false
	if s.prev == none {
		b.head = s.next
	} else {
		f.seats[s.prev].next = s.next
	}
	if s.next == none {
		b.tail = s.prev
	} else {
		f.seats[s.next].prev = s.prev
	}
	b.free--
}

// swap lets two people change seats.
func (f *floor) swap(a, b int32) {
	s, t := &f.seats[a], &f.seats[b]
	s.person, t.person = t.person, s.person
	f.seatOf[s.person], f.seatOf[t.person] = a, b
}

// relieve is the seat of somebody of a crew who waits to leave, or none.
func (f *floor) relieve(crew int32) int32 {
	for {
		waiting := f.leavers[crew]
		if len(waiting) == 0 {
			return none
		}
		last := len(waiting) - 1
		seat := waiting[last]
		f.leavers[crew] = waiting[:last]
		if s := &f.seats[seat]; s.leaving && s.crew == crew {
			return seat
		}
	}
}
