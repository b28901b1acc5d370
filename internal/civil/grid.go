package civil

import "time"

// Grid is one civil day cut into intervals of equal real length. A day of
// quarter-hours has 96 of them, 92 in spring and 100 in autumn when the clocks
// change.
type Grid struct {
	Start time.Time // midnight, in the location of the centre
	Step  time.Duration
	N     int
}

// DayGrid cuts day d of loc into intervals of length step. A step that does
// not divide the day leaves out the rest.
func DayGrid(d Date, step time.Duration, loc *time.Location) Grid {
	start := d.Start(loc)
	return Grid{Start: start, Step: step, N: int((d + 1).Start(loc).Sub(start) / step)}
}

// Time gives the start of interval i; Time(N) is the end of the last.
func (g Grid) Time(i int) time.Time { return g.Start.Add(time.Duration(i) * g.Step) }

// Index gives the interval that holds t: below 0 before the day, N or more
// after it.
func (g Grid) Index(t time.Time) int {
	i := t.Sub(g.Start)
	if i < 0 {
		return int((i - g.Step + 1) / g.Step)
	}
	return int(i / g.Step)
}
