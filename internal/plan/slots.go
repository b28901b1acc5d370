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
	// Close asks what each time costs as well if the groups of Unit that can be
	// closed are, and their callers overflow.
	Close bool
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
	// Closing are the names of the groups that would be closed, if that is asked, and
	// Stay the share of their callers who wait for the groups that take over.
	Closing []string `json:"closing,omitempty"`
	Stay    float64  `json:"stay,omitempty"`
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
	// Price is what the day costs more, in calls that are not answered in time: late
	// e-mail and floors that are not kept count too.
	Price float64 `json:"price"`
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
	// Shut is the same time with the groups closed; nil where that is not asked.
	Shut *Shut `json:"shut,omitempty"`
}

// late is by which a time is ranked: calls that are not answered in time.
func (x GatherTime) late() float64 {
	if x.Shut != nil {
		return x.Shut.Late
	}
	return x.Price
}

// Slots ranks all times at which people could be taken off their work, by who is
// missing and then by the price that the schedule engine finds: those who take part
// move their pauses and their work so that the day costs least, and everybody else
// keeps to the plan. What callers feel of it is said beside, by the pooled formula:
// who is on the telephone then is not; who pauses or writes e-mail does so at
// another time, at the price of a middling quarter-hour of theirs.
//
// Errors: nobody to gather, people or a unit that do not exist, a length that is
// not from one interval to longestGathering.
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
	var closing []centre.Group
	if q.Close {
		closing, _, _ = closable(h.c, "", q.Unit) // checked
		out.Closing, out.Stay = names(closing), centre.UsualStay
	}
	found := make([][]GatherTime, len(h.days))
	err := inParallel(len(h.days), nil, func(i int) (err error) {
		found[i], err = h.slotsOn(ctx, h.days[i], people, closing, q)
		return errors.Join(err, ctx.Err())
	})
	for _, day := range found {
		out.Slots = append(out.Slots, day...)
	}
	slices.SortStableFunc(out.Slots, func(a, b GatherTime) int {
		return cmp.Or(cmp.Compare(len(a.Missing), len(b.Missing)), cmp.Compare(a.late(), b.late()))
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
	if q.Close {
		if _, _, err := closable(c, "", q.Unit); err != nil {
			return err
		}
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
func (h *Horizon) slotsOn(ctx context.Context, a *aheadDay, people []centre.Person, closing []centre.Group, q SlotQuery) ([]GatherTime, error) {
	d, err := newOrderDay(a.scene(a.r, a.turnout), "")
	if err != nil {
		return nil, err
	}
	g, err := d.gather(people)
	if err != nil {
		return nil, err
	}
	wanted := schedule.Gathering{Kind: schedule.Meeting, Length: intervals(d.r.Grid, q.Length)}
	if q.Within != (civil.Span{}) {
		wanted.Within = span(d.r.Grid, q.Within)
	}
	for _, m := range g.members {
		if m.agent >= 0 {
			wanted.Agents = append(wanted.Agents, m.agent)
		}
	}
	var shut *shutDay
	if q.Close {
		shut = d.shut(closing)
	}
	slots, err := schedule.Slots(ctx, a.problem, a.draft.plan, wanted)
	if err != nil {
		return nil, err
	}
	var out []GatherTime
	for _, s := range slots {
		if len(s.Missing) == len(wanted.Agents) {
			continue // nobody could come
		}
		x, err := g.at(s, shut)
		if err != nil {
			return nil, err
		}
		out = append(out, x)
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

// at says what a slot is to callers.
func (g *gathering) at(slot schedule.Slot, shut *shutDay) (GatherTime, error) {
	s := slot.Span
	out := GatherTime{
		Date: g.date, Start: g.r.Grid.Time(s.From), End: g.r.Grid.Time(s.To), Missing: []string{}, Uncovered: []string{},
		Price: Round(float64(slot.Price)/callPrice, 2),
	}
	var able []member
	for _, m := range g.members {
		if m.agent < 0 || slices.ContainsFunc(slot.Missing, func(why schedule.Reason) bool { return why.Agent == m.id }) {
			out.Missing = append(out.Missing, m.id)
		} else {
			able = append(able, m)
		}
	}
	x, err := g.loss(s, able, nil)
	if err != nil {
		return out, err
	}
	out.Cost, out.Late, out.Lost = g.share(x.late), Round(x.late, 2), Round(x.lost, 2)
	for t := s.From; t < s.To; t++ {
		for _, name := range g.uncovered(g.without(able, t), t) {
			if !slices.Contains(out.Uncovered, name) {
				out.Uncovered = append(out.Uncovered, name)
			}
		}
	}
	if shut != nil {
		closed, err := g.shutFor(s, able, shut)
		if err != nil {
			return out, err
		}
		out.Shut = &closed
	}
	return out, nil
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
