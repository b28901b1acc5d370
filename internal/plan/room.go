package plan

import (
	"math"

	"bemanna/erlang"
)

const (
	// roomPerCall is what is tried first: by how many per cent everybody's time can be
	// less for each per cent of calls that are in time beyond the aim.
	roomPerCall = 2
	// roomTries is how often more is tried at most, and roomNear how near the aim, as
	// a share of the calls, is near enough to take what is left to be straight.
	roomTries = 5
	roomNear  = 0.003
)

// room is the part of everybody's time on the telephone that a day can do without,
// taken evenly over its intervals, and still reach its aim: for training, or
// whatever else can wait. At hours that are well chosen there is room for more. 0 where
// the aim is not reached. It is found by the secant method.
func (d *orderDay) room() (float64, error) {
	all := d.total()
	if d.deficit() > 0 || all.calls == 0 {
		return 0, nil
	}
	const most = 0.99
	part, beyond := 0.0, all.inTime-d.aim
	next := min(most, roomPerCall*beyond/all.calls)
	for range roomTries {
		inTime, err := d.inTimeWithout(next)
		if err != nil {
			return 0, err
		}
		last, lastBeyond := part, beyond
		part, beyond = next, inTime-d.aim
		if beyond == lastBeyond {
			break
		}
		next = min(most, max(0, part-beyond*(part-last)/(beyond-lastBeyond)))
		if math.Abs(beyond) <= roomNear*all.calls {
			break
		}
	}
	return next, nil
}

// inTimeWithout gives the calls in time of the day with a part of everybody's time
// taken away.
func (d *orderDay) inTimeWithout(part float64) (float64, error) {
	sum := 0.0
	for t := range d.now {
		crews := d.crewsAt(t)
		fewer := make([]erlang.Crew, len(crews))
		for i, c := range crews {
			fewer[i] = erlang.Crew{Agents: (1 - part) * c.Agents, Groups: c.Groups}
		}
		x, err := d.look.at(t, fewer)
		if err != nil {
			return 0, err
		}
		sum += x.inTime
	}
	return sum, nil
}
