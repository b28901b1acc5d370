package forecast

import (
	"sort"
	"time"

	"bemanna/internal/civil"
)

// startOf gives the index of the first interval of a civil day; it may lie
// outside the series.
func (s Series) startOf(d civil.Date) int {
	clock := newWall(s)
	i := int(d.Start(clock.zone).Sub(s.Start)/s.Step) - 1
	for {
		if date, _ := clock.at(s.Time(i)); date >= d {
			return i
		}
		i++
	}
}

// cut gives the intervals from i up to but not including j; what lies outside
// the series is unknown.
func (s Series) cut(i, j int) Series {
	c := Series{Start: s.Time(i), Step: s.Step, Values: unknown(max(0, j-i))}
	for k := range c.Values {
		if at := i + k; at >= 0 && at < len(s.Values) {
			c.Values[k] = s.Values[at]
		}
	}
	return c
}

// before gives what was known at the midnight that starts day d.
func (h History) before(d civil.Date) History {
	zone := h.Offered.Start.Location()
	from := min(0, h.Offered.startOf(d))
	known := History{Offered: h.Offered.cut(from, h.Offered.startOf(d))}
	if len(h.Answered.Values) > 0 {
		known.Answered = h.Answered.cut(0, h.Answered.startOf(d))
	}
	if len(h.Handled.Values) > 0 {
		known.Handled = h.Handled.cut(0, h.Handled.startOf(d))
	}
	n := sort.Search(len(h.Daily), func(i int) bool { return civil.DateOf(h.Daily[i].Date.In(zone)) >= d })
	known.Daily = h.Daily[:n]
	return known
}

// asIntervals turns a history that has nothing but daily totals into one of
// intervals of a day, so that there is something to score against.
func (h History) asIntervals() History {
	if len(h.Offered.Values) > 0 || len(h.Daily) == 0 {
		return h
	}
	zone := h.Offered.Start.Location()
	first := civil.DateOf(h.Daily[0].Date.In(zone))
	last := civil.DateOf(h.Daily[len(h.Daily)-1].Date.In(zone))
	h.Offered = Series{Start: first.Start(zone), Step: 24 * time.Hour, Values: unknown(int(last-first) + 1)}
	for _, t := range h.Daily {
		h.Offered.Values[civil.DateOf(t.Date.In(zone))-first] = t.Value
	}
	h.Daily = nil
	return h
}
