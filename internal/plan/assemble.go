package plan

import (
	"cmp"
	"context"
	"math"
	"slices"
	"time"

	"bemanna/erlang"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/schedule"
)

// day turns the draft and its plan into the document.
func (d *draft) day(ctx context.Context, seed uint64) (*Day, error) {
	cs := d.crews()
	pooled, err := d.r.evaluate(cs)
	if err != nil {
		return nil, err
	}
	out := d.document(&pooled.service)
	o, err := d.expect(ctx, out, pooled, seed)
	if err != nil {
		return nil, err
	}
	d.sumUp(&out.Summary, o)
	d.countHardHours(out)
	if out.Meeting, err = d.meetingCost(cs, pooled); err != nil {
		return nil, err
	}
	if out.Actions, err = d.actions(cs, pooled, o); err != nil {
		return nil, err
	}
	out.Remarks = d.remarks(out, cs, o)
	return out, nil
}

// document writes down what the day asks for and who does what when.
func (d *draft) document(o *service) *Day {
	together := Round(d.r.Correlation, 3)
	out := &Day{
		Date: d.r.Date, Centre: d.c.Name, IntervalSeconds: int(d.r.Grid.Step / time.Second),
		Target: dayTarget(d.c.Target), LoginRate: d.r.Turnout.LoginRate, AbsenceRate: Round(d.r.Turnout.Absence, 4),
		TimePrices: d.prices, Correlation: &together,
		Groups: d.groups(o), Email: d.email(), Agents: d.agents(), Tables: d.tables,
		Volume: d.volume(), Closings: d.r.Closings,
		Actions: []Action{}, Notes: []string{}, Remarks: []Remark{},
	}
	for _, u := range d.c.Units {
		out.Units = append(out.Units, Unit{ID: u.ID, Name: u.Name})
	}
	return out
}

func dayTarget(t centre.Target) DayTarget {
	return DayTarget{Share: t.Share, Within: int(t.Within / time.Second), Definition: t.Definition}
}

// groups lists the groups that are open on the day.
func (d *draft) groups(o *service) []Group {
	out := []Group{}
	for g := range d.r.Groups {
		n := &d.r.Groups[g]
		if !slices.Contains(n.Open, true) {
			continue
		}
		group := Group{
			ID: n.Group.ID, Name: n.Group.Name, Unit: n.Group.Unit, Open: d.hours(n),
			PatienceSeconds: Round(n.Patience.Mean, 0), PatienceLow: Round(n.Patience.Low, 0), PatienceHigh: Round(n.Patience.High, 0),
			Target:   dayTarget(n.Group.Target),
			Priority: n.Group.Priority, Overflow: n.Group.Overflow, Pool: d.r.Pools[n.Pool].ID,
			DayShare: Round(n.Forecast.DayShare, 3),
		}
		for t, open := range n.Open {
			if !open {
				continue
			}
			q := n.queue(t, d.r.Grid.Step)
			group.Intervals = append(group.Intervals, Interval{
				Start: d.r.Grid.Time(t), Offered: Round(n.Forecast.Mean[t], 2),
				P10: Round(n.Forecast.Quantile(t, 0.1), 1), P90: Round(n.Forecast.Quantile(t, 0.9), 1),
				Spread: Round(n.Forecast.Spread[t], 4), HandleTime: Round(1/q.ServiceRate, 0),
				Required: erlang.Whole(n.Need[t]), Need: Round(n.Need[t], 2),
				Staffed: Round(o.staffed[g][t], 2), ServiceLevel: Round(o.level[g][t], 4),
			})
		}
		out = append(out, group)
	}
	return out
}

// hours gives the opening hours of the day from the first to the last open
// interval.
func (d *draft) hours(n *GroupNeed) string {
	first, last := slices.Index(n.Open, true), len(n.Open)-1
	for !n.Open[last] {
		last--
	}
	return civil.ClockOf(d.r.Grid.Time(first)).String() + "-" + civil.EndClock(d.r.Grid.Time(last+1)).String()
}

func (d *draft) email() []EmailDay {
	out := []EmailDay{}
	hours := d.r.Grid.Step.Hours()
	for i, e := range d.r.Email {
		demand := len(d.r.Pools) + i
		worked := 0
		for _, day := range d.plan.Days {
			for _, a := range day.Activities {
				if a.Kind == schedule.Email && a.Demands[0] == demand {
					worked += a.Len()
				}
			}
		}
		due, _ := d.r.emailWork(e)
		out = append(out, EmailDay{
			ID: e.Group.ID, Name: e.Group.Name, Unit: e.Group.Unit,
			Expected: Round(expected(e)+e.Waiting, 1), Waiting: Round(e.Waiting, 1),
			Due: Round(due*hours, 2), Planned: float64(worked) * hours,
			HandleTime: Round(emailHandleTime(e), 0), Deadline: e.Group.Deadline.Seconds(),
			Arrivals: d.arrivals(e),
		})
	}
	return out
}

// arrivals gives the intervals in which e-mail is expected.
func (d *draft) arrivals(e GroupForecast) []Arrival {
	out := []Arrival{}
	for t, m := range e.Forecast.Mean {
		if m = Round(m, 2); m > 0 {
			out = append(out, Arrival{Start: d.r.Grid.Time(t), Messages: m})
		}
	}
	return out
}

// agents lists everybody who would work on the day, absent ones included.
func (d *draft) agents() []Agent {
	out := make([]Agent, 0, len(d.avail))
	for i, a := range d.avail {
		day := d.plan.Days[i]
		agent := Agent{
			ID: a.Person.ID, Name: a.Person.Name, Unit: a.Person.Unit, Table: a.Person.Table,
			Employment: string(a.Person.Employment), Absent: a.Absent,
			Skills: []string{}, Activities: []Activity{},
		}
		for _, s := range a.Person.Skills {
			agent.Skills = append(agent.Skills, s.Group)
		}
		if day.Shift.Len() > 0 {
			agent.Shift = &Period{d.r.Grid.Time(day.Shift.From), d.r.Grid.Time(day.Shift.To)}
		}
		for _, act := range day.Activities {
			agent.Activities = join(agent.Activities, d.activities(i, act))
		}
		out = append(out, agent)
	}
	return out
}

// activities cuts an activity of the schedule engine where the groups that the
// agent takes change, because one opens or closes.
func (d *draft) activities(agent int, a schedule.Activity) []Activity {
	one := func(from, to int, groups []string) Activity {
		return Activity{d.r.Grid.Time(from), d.r.Grid.Time(to), string(a.Kind), groups}
	}
	switch a.Kind {
	case schedule.Email:
		if d.r.ownWork(a) {
			return []Activity{{d.r.Grid.Time(a.From), d.r.Grid.Time(a.To), string(schedule.Other), nil}}
		}
		return []Activity{one(a.From, a.To, []string{d.r.Email[a.Demands[0]-len(d.r.Pools)].Group.ID})}
	case schedule.Phone:
	default:
		return []Activity{one(a.From, a.To, nil)}
	}
	var out []Activity
	from, groups := a.From, d.takes(agent, a.From)
	for t := a.From + 1; t <= a.To; t++ {
		var next []string
		if t < a.To {
			next = d.takes(agent, t)
		}
		if t == a.To || !slices.Equal(groups, next) {
			out = append(out, one(from, t, groups))
			from, groups = t, next
		}
	}
	return out
}

// join appends activities, those that continue the last one to it.
func join(all, more []Activity) []Activity {
	for _, a := range more {
		if n := len(all) - 1; n >= 0 && all[n].Kind == a.Kind && all[n].End.Equal(a.Start) && slices.Equal(all[n].Groups, a.Groups) {
			all[n].End = a.End
			continue
		}
		all = append(all, a)
	}
	return all
}

// takes gives the ids of the groups that an agent on the telephone takes in
// interval t: all that the agent masters and that are open, by the priority of
// the group and then in the agent's own order. For which of them the plan
// counts on the agent is not said: the next call decides.
func (d *draft) takes(agent, t int) []string {
	groups := d.mastered(agent, t)
	skills := d.personAt(agent, t).Skills
	own := func(g int) int {
		return slices.IndexFunc(skills, func(s centre.Skill) bool {
			return s.Group == d.r.Groups[g].Group.ID
		})
	}
	slices.SortStableFunc(groups, func(a, b int) int {
		return cmp.Or(cmp.Compare(d.r.Groups[a].Group.Priority, d.r.Groups[b].Group.Priority), cmp.Compare(own(a), own(b)))
	})
	ids := make([]string, len(groups))
	for i, g := range groups {
		ids[i] = d.r.Groups[g].Group.ID
	}
	return ids
}

// sumUp counts people and hours.
func (d *draft) sumUp(s *Summary, o *service) {
	hours := d.r.Grid.Step.Hours()
	for i, day := range d.plan.Days {
		switch {
		case day.Shift.Len() == 0:
			s.Away++
			continue
		case d.avail[i].Person.Employment != centre.Permanent:
			s.Temps++
		}
		s.People++
		for _, a := range day.Activities {
			switch a.Kind {
			case schedule.Phone:
				s.PhoneHours += float64(a.Len()) * hours
			case schedule.Email:
				if d.r.ownWork(a) {
					s.FreeHours += float64(a.Len()) * hours
				} else {
					s.EmailHours += float64(a.Len()) * hours
				}
			default: // off the telephone, and not at e-mail
			}
		}
	}
	s.GapHours = Round(d.gapHours(o), 2)
}

// gapHours gives the hours of people short of the need, over the intervals of
// pools below the target.
func (d *draft) gapHours(o *service) float64 {
	sum := 0.0
	for _, p := range d.r.Pools {
		for t, need := range p.Need {
			if d.below(p, o, t) {
				sum += max(0, need-o.pool(p, t)) * d.r.Grid.Step.Hours()
			}
		}
	}
	return sum
}

// pool gives the people logged in that go to a pool in interval t.
func (o *service) pool(p PoolNeed, t int) float64 {
	sum := 0.0
	for _, g := range p.Groups {
		sum += o.staffed[g][t]
	}
	return sum
}

// meetingCost says what the morning meeting costs: the expected share with the
// leads on the telephone instead.
func (d *draft) meetingCost(cs crews, pooled *outcome) (*Meeting, error) {
	m := d.meeting()
	if m.Len() == 0 {
		return nil, nil //nolint:nilnil // no meeting today
	}
	with := cs.clone()
	out := &Meeting{Start: d.r.Grid.Time(m.From), End: d.r.Grid.Time(m.From).Add(d.c.Meeting.Length)}
	for i, day := range d.plan.Days {
		for _, a := range day.Activities {
			if a.Kind == schedule.Lead {
				out.Leads++
				d.release(with, i, a.Span)
			}
		}
	}
	better, err := d.r.evaluate(with)
	if err != nil {
		return nil, err
	}
	out.Cost = Round(better.share()-pooled.share(), 5)
	return out, nil
}

// release puts an agent onto the telephone for a while, with all groups that
// the agent masters.
func (d *draft) release(cs crews, agent int, s schedule.Span) {
	for t := s.From; t < s.To; t++ {
		if groups := d.mastered(agent, t); len(groups) > 0 {
			cs.add(t, groups, 1)
		}
	}
}

// mastered gives the open groups that an agent masters, rising.
func (d *draft) mastered(agent, t int) []int { return d.masters(d.personAt(agent, t), t) }

// masters gives the groups open in interval t that a person masters, rising.
func (d *draft) masters(p centre.Person, t int) []int {
	var out []int
	for g := range d.r.Groups {
		n := &d.r.Groups[g]
		if n.Open[t] && slices.ContainsFunc(p.Skills, func(s centre.Skill) bool { return s.Group == n.Group.ID }) {
			out = append(out, g)
		}
	}
	return out
}

// Round keeps the given number of decimals: what is published is read by
// people and compared by programs.
func Round(x float64, decimals int) float64 {
	k := math.Pow(10, float64(decimals))
	return math.Round(x*k) / k
}
