package plan

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// The hard hours of a unit's day are those in which the need of its groups, and of
// the groups that all units answer, is nearest to what the plan has there, or most
// above it. Who is on the telephone then is counted over the weeks, so that all get
// their share.

// hardShare is the share of a day's open hours that count as its hard ones.
const hardShare = 0.25

// hardHours are the starts of the hard intervals of each unit's day, by unit.
type hardHours map[string]map[int64]bool

// hardHours finds the hard intervals of a day: of two that are as hard, the earlier.
func (d *Day) hardHours() hardHours {
	out := hardHours{}
	for _, u := range append(slices.Clone(d.Units), Unit{}) {
		out[u.ID] = d.hardest(u.ID)
	}
	return out
}

func (d *Day) hardest(unit string) map[int64]bool {
	type hour struct {
		start         int64
		need, staffed float64
	}
	var hours []hour
	at := map[int64]int{}
	for _, g := range d.Groups {
		if g.Unit != unit && g.Unit != "" {
			continue
		}
		for _, x := range g.Intervals {
			start := x.Start.Unix()
			i, known := at[start]
			if !known {
				i = len(hours)
				at[start], hours = i, append(hours, hour{start: start})
			}
			hours[i].need += x.Need
			hours[i].staffed += x.Staffed
		}
	}
	pressure := func(h hour) float64 { return h.need / max(h.staffed, 0.01) }
	slices.SortFunc(hours, func(a, b hour) int {
		return cmp.Or(cmp.Compare(pressure(b), pressure(a)), cmp.Compare(a.start, b.start))
	})
	hard := map[int64]bool{}
	for _, h := range hours[:int(math.Ceil(hardShare*float64(len(hours))))] {
		hard[h.start] = true
	}
	return hard
}

// of gives the hours that somebody is on the telephone in the hard intervals of
// their unit.
func (h hardHours) of(a Agent, interval time.Duration) float64 {
	n := 0
	for _, act := range a.Activities {
		if act.Kind != "phone" {
			continue
		}
		for start := range h[a.Unit] {
			if act.Start.Unix() <= start && start < act.End.Unix() {
				n++
			}
		}
	}
	return float64(n) * interval.Hours()
}
