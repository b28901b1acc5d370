package plan

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/schedule"
)

// SlotQuery asks when some people could best be taken off their work together:
// for a meeting, training or coaching.
type SlotQuery struct {
	People []string // ids; without any, the permanent people of Unit
	Unit   string
	Length time.Duration
	Within civil.Span // of each day; zero: the hours of the shifts
}

// Slots are the times for a gathering, the best first.
type Slots struct {
	Centre string       `json:"centre"`
	From   civil.Date   `json:"from"`
	Until  civil.Date   `json:"until"`
	Length float64      `json:"length_s"`
	People []SlotPerson `json:"people"`
	Slots  []GatherTime `json:"slots"`
	Target DayTarget    `json:"target"`
	// Unbooked tells of weeks of which too little is booked; nil: none.
	Unbooked *Unbooked `json:"unbooked,omitempty"`
}

// SlotPerson is somebody who is to take part.
type SlotPerson struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// GatherTime is a time at which people could be taken off their work.
type GatherTime struct {
	Date  civil.Date `json:"date"`
	Start time.Time  `json:"start"`
	End   time.Time  `json:"end"`
	// Cost is how much lower the expected share of the day answered in time is
	// for it, Late how many calls that is, Lost how many of the callers give up.
	Cost float64 `json:"cost"`
	Late float64 `json:"late_calls"`
	Lost float64 `json:"lost_calls"`
	// Missing are the ids of those who cannot take part: off, absent or booked.
	Missing []string `json:"missing"`
	// Uncovered are the names of groups that would have fewer people on the
	// telephone than they must have, because of it.
	Uncovered []string `json:"uncovered"`
}

// Slots ranks all times at which people could be taken off their work, by who is
// missing, whether a group is left without the people that it must have, and what
// it costs. The price is by the pooled formula of evaluate: who is on the
// telephone then is not; who pauses or writes e-mail does so at another time, at
// the price of a middling quarter-hour of theirs.
//
// Errors: nobody to gather, people or a unit that do not exist, a length that is
// not from one interval to 10 hours.
func (h *Horizon) Slots(ctx context.Context, q SlotQuery) (*Slots, error) {
	if err := q.Check(h.c); err != nil {
		return nil, err
	}
	people, _ := q.people(h.c) // checked
	out := &Slots{
		Centre: h.c.Name, From: h.q.From, Until: h.q.Until, Length: q.Length.Seconds(),
		Target: dayTarget(h.c.Target), Unbooked: h.unbooked, Slots: []GatherTime{},
	}
	for _, p := range people {
		out.People = append(out.People, SlotPerson{p.ID, p.Name})
	}
	found := make([][]GatherTime, len(h.days))
	err := inParallel(len(h.days), func(i int) (err error) {
		found[i], err = h.slotsOn(h.days[i], people, q)
		return errors.Join(err, ctx.Err())
	})
	for _, day := range found {
		out.Slots = append(out.Slots, day...)
	}
	slices.SortStableFunc(out.Slots, func(a, b GatherTime) int {
		return cmp.Or(cmp.Compare(len(a.Missing), len(b.Missing)), cmp.Compare(len(a.Uncovered), len(b.Uncovered)), cmp.Compare(a.Late, b.Late))
	})
	return out, err
}

// longestGathering bounds what is looked for.
const longestGathering = 10 * time.Hour

// Check tells what is wrong with a query.
func (q SlotQuery) Check(c *centre.Centre) error {
	if q.Length < c.Interval || q.Length > longestGathering {
		return fmt.Errorf("length %v: want from %v to %v", q.Length, c.Interval, longestGathering)
	}
	_, err := q.people(c)
	return err
}

// people gives those who are to take part, in the order of the centre file.
func (q SlotQuery) people(c *centre.Centre) ([]centre.Person, error) {
	var out []centre.Person
	for _, p := range c.People {
		if slices.Contains(q.People, p.ID) || len(q.People) == 0 && p.Unit == q.Unit && p.Employment == centre.Permanent {
			out = append(out, p)
		}
	}
	for _, id := range q.People {
		if !slices.ContainsFunc(out, func(p centre.Person) bool { return p.ID == id }) {
			return nil, fmt.Errorf("person %q: want somebody of the centre", id)
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("unit %q: want people, or a unit that has some", q.Unit)
	}
	return out, nil
}

// slotsOn prices the times of one day on which anybody could take part.
func (h *Horizon) slotsOn(a *aheadDay, people []centre.Person, q SlotQuery) ([]GatherTime, error) {
	d, err := newOrderDay(a.scene(a.r, attendanceOn(h.c, a.date)), "")
	if err != nil {
		return nil, err
	}
	g, err := d.gather(people)
	if err != nil {
		return nil, err
	}
	length := intervals(d.r.Grid, q.Length)
	within := schedule.Span{To: d.r.Grid.N}
	if q.Within != (civil.Span{}) {
		within = span(d.r.Grid, q.Within)
	}
	var out []GatherTime
	for from := within.From; from+length <= within.To; from++ {
		x, err := g.at(schedule.Span{From: from, To: from + length})
		if err != nil {
			return nil, err
		}
		if len(x.Missing) < len(people) {
			out = append(out, x)
		}
	}
	return out, nil
}

// gathering is some people on a day who are to be taken off their work.
type gathering struct {
	*orderDay
	members []member
	total   served
}

// member is one of them.
type member struct {
	id     string
	agent  int // index of the problem; -1: off
	phone  []bool
	middle float64 // calls in time that an interval of the shift wins on average
}

func (d *orderDay) gather(people []centre.Person) (*gathering, error) {
	g := &gathering{orderDay: d, total: d.total()}
	for _, p := range people {
		m := member{id: p.ID, agent: d.agent(p.ID)}
		if m.agent >= 0 {
			day := d.draft.plan.Days[m.agent]
			by, err := d.gainsOf(d.groupsOf(p))
			if err != nil {
				return nil, err
			}
			for t := day.Shift.From; t < day.Shift.To; t++ {
				m.middle += by[t] / float64(day.Shift.Len())
			}
			m.phone = onPhone(day, len(by))
		}
		g.members = append(g.members, m)
	}
	return g, nil
}

// at prices a time.
func (g *gathering) at(s schedule.Span) (GatherTime, error) {
	out := GatherTime{
		Date: g.date, Start: g.r.Grid.Time(s.From), End: g.r.Grid.Time(s.To), Missing: []string{}, Uncovered: []string{},
	}
	var able []member
	for _, m := range g.members {
		if g.can(m, s) {
			able = append(able, m)
		} else {
			out.Missing = append(out.Missing, m.id)
		}
	}
	late, lost := 0.0, 0.0
	for t := s.From; t < s.To; t++ {
		left := g.without(able, t)
		then, err := g.look.at(t, g.loggedIn(left))
		if err != nil {
			return out, err
		}
		late += g.now[t].inTime - then.inTime + g.postponed(able, t)
		lost += then.lost - g.now[t].lost + g.postponed(able, t)*g.lostForLate()
		for _, name := range g.uncovered(left, t) {
			if !slices.Contains(out.Uncovered, name) {
				out.Uncovered = append(out.Uncovered, name)
			}
		}
	}
	if g.total.calls > 0 {
		out.Cost = Round(late/g.total.calls, 5)
	}
	out.Late, out.Lost = Round(late, 2), Round(lost, 2)
	return out, nil
}

// can tells whether somebody is at work then and not bound to anything that
// others wait for.
func (g *gathering) can(m member, s schedule.Span) bool {
	if m.agent < 0 {
		return false
	}
	shift := g.draft.plan.Days[m.agent].Shift
	return shift.From <= s.From && s.To <= shift.To &&
		!slices.ContainsFunc(g.problem.Agents[m.agent].Fixed, func(b schedule.Block) bool {
			return b.Kind != schedule.Other && b.From < s.To && s.From < b.To
		})
}

// without gives the crews of interval t less some members.
func (g *gathering) without(members []member, t int) []crew {
	left := slices.Clone(g.own[t])
	for _, m := range members {
		if !m.phone[t] {
			continue
		}
		groups := g.mastered(m.agent, t)
		if i := slices.IndexFunc(left, func(c crew) bool { return slices.Equal(c.groups, groups) }); i >= 0 {
			left[i].agents--
		}
	}
	return left
}

// postponed is the price in calls of what members do later who are not on the
// telephone in interval t.
func (g *gathering) postponed(members []member, t int) float64 {
	sum := 0.0
	for _, m := range members {
		if !m.phone[t] {
			sum += m.middle
		}
	}
	return sum
}

// lostForLate is how many callers give up for each call that is not in time.
func (g *gathering) lostForLate() float64 {
	if late := g.total.calls - g.total.inTime; late > 0 {
		return g.total.lost / late
	}
	return 0
}

// uncovered names the groups that would be short of the people they must have in
// interval t, and are not now.
func (g *gathering) uncovered(left []crew, t int) []string {
	var out []string
	for _, i := range g.look.open[t] {
		group := g.r.Groups[i].Group
		if n := (crews{left}).masters(0, i); n < group.MinStaff && n < g.own.masters(t, i) {
			out = append(out, group.Name)
		}
	}
	return out
}
