package plan

import (
	"fmt"
	"slices"
	"time"

	"bemanna/internal/centre"
	"bemanna/schedule"
)

// closable gives the groups that close when a group does, or a unit that meets, and
// those of the unit that cannot. The error tells of a group that cannot close, and of
// a unit that has none that can.
func closable(c *centre.Centre, group, unit string) (closing, open []centre.Group, err error) {
	if (group == "") == (unit == "") {
		return nil, nil, fmt.Errorf("group %q and unit %q: want one of them", group, unit)
	}
	if group != "" {
		g, known := c.Group(group)
		if !known {
			return nil, nil, fmt.Errorf("unknown answer group %q", group)
		}
		return []centre.Group{g}, nil, g.Closable()
	}
	for _, g := range c.Groups {
		switch {
		case g.Unit != unit || g.Channel != centre.Phone:
		case g.Closable() == nil:
			closing = append(closing, g)
		default:
			open = append(open, g)
		}
	}
	if len(closing) == 0 {
		return nil, nil, fmt.Errorf("unit %q has no group that could be closed: want one with an overflow", unit)
	}
	return closing, open, nil
}

// names lists groups for people.
func names(groups []centre.Group) []string {
	out := []string{}
	for _, g := range groups {
		out = append(out, g.Name)
	}
	return out
}

// Shut is what becomes of calls when groups are closed for a while.
type Shut struct {
	// Moved are the calls that overflow, Lost those whose callers give up, most on
	// hearing that the group is closed. Late is how many calls fewer are answered in
	// time in all, and Cost how much lower the share of the day in time is for it.
	Moved float64 `json:"moved_calls"`
	Lost  float64 `json:"lost_calls"`
	Late  float64 `json:"late_calls"`
	Cost  float64 `json:"cost"`
}

// shutDay is a day of which some groups are closed in all intervals, from which any
// window is cut: intervals do not touch each other.
type shutDay struct {
	closed      []int // indexes of the groups
	look        *appraiser
	moved, lost []float64 // by interval
}

// shut closes groups for the whole of a day.
func (d *orderDay) shut(closing []centre.Group) *shutDay {
	r := *d.r
	r.Groups = slices.Clone(r.Groups)
	for i := range r.Groups {
		r.Groups[i].Open = slices.Clone(r.Groups[i].Open)
	}
	out := &shutDay{moved: make([]float64, r.Grid.N), lost: make([]float64, r.Grid.N)}
	for _, g := range closing {
		from := r.group(g.ID)
		if from < 0 {
			continue // not assigned on the day
		}
		out.closed = append(out.closed, from)
		for t := range r.Grid.N {
			moved, lost := r.closeAt(from, r.group(g.Overflow), t, centre.UsualStay)
			out.moved[t] += moved
			out.lost[t] += lost
		}
	}
	s := *d.scene
	s.r = &r
	out.look = newAppraiser(&s, "")
	return out
}

// loss is what a span costs callers.
type loss struct{ late, lost, moved float64 }

// loss prices a span in which some members are taken off their work; with the groups
// closed if shut says which. Who is on the telephone then is not; who pauses or writes
// e-mail does so at another time, at the price of a middling quarter-hour of theirs.
func (g *gathering) loss(at schedule.Span, able []member, shut *shutDay) (loss, error) {
	var out loss
	look := g.look
	if shut != nil {
		look = shut.look
	}
	for t := at.From; t < at.To; t++ {
		then, err := look.at(t, g.loggedIn(g.without(able, t)))
		if err != nil {
			return out, err
		}
		out.late += g.now[t].inTime - then.inTime + g.postponed(able, t)
		out.lost += then.lost - g.now[t].lost + g.postponed(able, t)*g.lostForLate()
		if shut != nil {
			out.lost += shut.lost[t]
			out.moved += shut.moved[t]
		}
	}
	// Pools that part may flatter those who stay.
	out.late, out.lost = max(0, out.late), max(0, out.lost)
	return out, nil
}

// share is the part of the day's calls that some calls are, closed windows of the day
// among them.
func (g *gathering) share(calls float64) float64 {
	all := g.total.calls
	for _, other := range g.r.Closings {
		all += other.Lost
	}
	if all == 0 {
		return 0
	}
	return Round(calls/all, 5)
}

// shutFor prices a window.
func (g *gathering) shutFor(at schedule.Span, able []member, shut *shutDay) (Shut, error) {
	x, err := g.loss(at, able, shut)
	return Shut{Moved: Round(x.moved, 1), Lost: Round(x.lost, 1), Late: Round(x.late, 1), Cost: g.share(x.late)}, err
}

// allOpen tells whether all the groups that close are open in a span.
func (s *shutDay) allOpen(r *Requirement, at schedule.Span) bool {
	for _, g := range s.closed {
		if slices.Contains(r.Groups[g].Open[at.From:at.To], false) {
			return false
		}
	}
	return len(s.closed) > 0
}

// checkWindow tells of a length that no window can have.
func checkWindow(c *centre.Centre, length time.Duration) error {
	if length < c.Interval || length%c.Interval != 0 {
		return fmt.Errorf("length %v, want a multiple of the interval of %v", length, c.Interval)
	}
	return nil
}
