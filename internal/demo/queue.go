package demo

import (
	"math"
	"slices"
)

// call is somebody who rings; all times are seconds, instants being counted
// from midnight.
type call struct {
	group, slot int
	arrive      float64
	patience    float64
	talk, after float64
	answered    bool    // set by the queue, as is wait
	wait        float64 // until answered
}

// floor is where calls wait: a line for each group, first come first served,
// and a pool of people for each unit who take the calls of their unit and of
// the groups that all units share. Urgent groups go before all others.
type floor struct {
	groups []group
	people [][]int     // people of each unit in each slot
	lines  [][]*call   // waiting, by group
	busy   [][]float64 // when the people of each unit who talk will be free
}

const slotSeconds = 900

// run takes the calls of a day, in the order of their arrival, through the
// queue. Who is on the telephone when people are taken away finishes the call;
// after closing time the last crew stays until nobody waits.
func (f *floor) run(calls []*call) {
	f.lines = make([][]*call, len(f.groups))
	f.busy = make([][]float64, len(f.people))
	slots := len(f.people[0])
	for next, slot := 0, 0; ; {
		boundary := math.Inf(1)
		if slot < slots {
			boundary = float64(slot * slotSeconds)
		}
		arrival := math.Inf(1)
		if next < len(calls) {
			arrival = calls[next].arrive
		}
		unit, who := f.nextFree()
		free := math.Inf(1)
		if unit >= 0 {
			free = f.busy[unit][who]
		}
		switch {
		case boundary <= arrival && boundary <= free:
			if slot == slots {
				return // all three are infinite: nothing is left to happen
			}
			slot++
			for u := range f.people {
				f.serve(u, slot-1, boundary)
			}
		case free <= arrival:
			f.busy[unit] = slices.Delete(f.busy[unit], who, who+1)
			f.serve(unit, max(slot-1, 0), free)
		default:
			c := calls[next]
			next++
			f.lines[c.group] = append(f.lines[c.group], c)
			f.serve(f.takes(c, max(slot-1, 0)), max(slot-1, 0), arrival)
		}
	}
}

// nextFree finds who is free first, -1 when nobody talks.
func (f *floor) nextFree() (unit, who int) {
	unit = -1
	for u, ends := range f.busy {
		for i, end := range ends {
			if unit < 0 || end < f.busy[unit][who] {
				unit, who = u, i
			}
		}
	}
	return unit, who
}

// takes picks the unit for a new call: its own, or the one with most people
// free.
func (f *floor) takes(c *call, slot int) int {
	if u := f.groups[c.group].Unit; u >= 0 {
		return u
	}
	best := 0
	for u := range f.people {
		if f.people[u][slot]-len(f.busy[u]) > f.people[best][slot]-len(f.busy[best]) {
			best = u
		}
	}
	return best
}

// serve gives waiting calls to the free people of a unit.
func (f *floor) serve(unit, slot int, now float64) {
	for len(f.busy[unit]) < f.people[unit][slot] {
		c := f.head(unit, now)
		if c == nil {
			return
		}
		f.lines[c.group] = f.lines[c.group][1:]
		c.wait, c.answered = now-c.arrive, true
		f.busy[unit] = append(f.busy[unit], now+c.talk+c.after)
	}
}

// head gives the call that the unit should take, nil when there is none, after
// those who gave up have left the lines.
func (f *floor) head(unit int, now float64) (first *call) {
	for g := range f.lines {
		if u := f.groups[g].Unit; u >= 0 && u != unit {
			continue
		}
		line := f.lines[g]
		for len(line) > 0 && line[0].arrive+line[0].patience <= now {
			line = line[1:]
		}
		f.lines[g] = line
		if len(line) > 0 && (first == nil || f.before(line[0], first)) {
			first = line[0]
		}
	}
	return first
}

func (f *floor) before(a, b *call) bool {
	if ua, ub := f.groups[a.group].Urgent, f.groups[b.group].Urgent; ua != ub {
		return ua
	}
	return a.arrive < b.arrive
}
