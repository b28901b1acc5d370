package plan

import "bemanna/erlang"

// roomSteps is how often the room of a day is halved. What is left is taken to be
// straight: where the curve bends down, that is somewhat too little.
const roomSteps = 4

// room is the part of everybody's time on the telephone that a day can do without,
// taken evenly over its intervals, and still reach its aim: for training, or
// whatever else can wait. At hours that are well chosen there is room for more. 0 where
// the aim is not reached.
func (d *orderDay) room() (float64, error) {
	if d.deficit() > 0 || d.total().calls == 0 {
		return 0, nil
	}
	low, high := 0.0, 1.0
	atLow, atHigh := d.total().inTime, 0.0
	for range roomSteps {
		middle := (low + high) / 2
		inTime, err := d.inTimeWithout(middle)
		if err != nil {
			return 0, err
		}
		if inTime >= d.aim {
			low, atLow = middle, inTime
		} else {
			high, atHigh = middle, inTime
		}
	}
	return low + (high-low)*(atLow-d.aim)/(atLow-atHigh), nil
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
