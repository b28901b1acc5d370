package board

import (
	"slices"
	"time"

	"bemanna/internal/plan"
)

// pool is a run of hours of groups that share their people.
type pool struct {
	name  string
	hours []hour // one for each hour of the day's axis
}

// hour sums up an hour of a pool. Need and staffed are people, means over its
// open intervals; inTime are calls.
type hour struct {
	start                        time.Time
	open                         int // intervals
	calls, inTime, need, staffed float64
}

// mark says how an hour stands to the target.
type mark int

const (
	markNone  mark = iota // closed, or no calls
	markShort             // below the target
	markFits
	markRoom // two thirds of the calls that the target gives away are answered in time too
)

func (h hour) mark(target float64) mark {
	switch {
	case h.calls == 0:
		return markNone
	case h.inTime < target*h.calls:
		return markShort
	case h.inTime > (target+(1-target)*2/3)*h.calls:
		return markRoom
	default:
		return markFits
	}
}

// level is the share answered in time; 0 without calls.
func (h hour) level() float64 {
	if h.calls == 0 {
		return 0
	}
	return h.inTime / h.calls
}

// missing is how many people an hour is short of; negative when there are more than
// needed.
func (h hour) missing() float64 { return h.need - h.staffed }

// openHours are the hours of real time from the first to the last in which a
// group is open: a day on which clocks change has one less or one more.
func openHours(d *plan.Day) []time.Time {
	var first, last time.Time
	for _, g := range d.Groups {
		for _, x := range g.Intervals {
			at := x.Start.Truncate(time.Hour)
			if first.IsZero() || at.Before(first) {
				first = at
			}
			if at.After(last) {
				last = at
			}
		}
	}
	var out []time.Time
	if first.IsZero() {
		return nil
	}
	for at := first; !at.After(last); at = at.Add(time.Hour) {
		out = append(out, at)
	}
	return out
}

// pools sums up the groups of a day by pool and hour, in the order of their
// first groups. The hours are those of the axis.
func pools(d *plan.Day, axis []time.Time) []pool {
	var ids []string
	var out []pool
	for _, g := range d.Groups {
		i := slices.Index(ids, g.Pool)
		if i < 0 {
			i = len(ids)
			ids = append(ids, g.Pool)
			p := pool{name: d.PoolName(g), hours: make([]hour, len(axis))}
			for h, at := range axis {
				p.hours[h].start = at
			}
			out = append(out, p)
		}
		out[i].add(g)
	}
	for i := range out {
		for h := range out[i].hours {
			if x := &out[i].hours[h]; x.open > 0 {
				x.need, x.staffed = x.need/float64(x.open), x.staffed/float64(x.open)
			}
		}
	}
	return out
}

// add sums up a group, people as sums over intervals.
func (p *pool) add(g plan.Group) {
	open := make([]int, len(p.hours))
	for _, x := range g.Intervals {
		h := int(x.Start.Truncate(time.Hour).Sub(p.hours[0].start) / time.Hour)
		sum := &p.hours[h]
		open[h]++
		sum.calls += x.Offered
		sum.inTime += x.Offered * x.ServiceLevel
		sum.need += x.Need
		sum.staffed += x.Staffed
	}
	for h, n := range open {
		p.hours[h].open = max(p.hours[h].open, n)
	}
}
