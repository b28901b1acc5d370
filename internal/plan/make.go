package plan

import (
	"context"
	"fmt"
	"slices"
	"time"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/schedule"
)

// Store is what the spine wants of the store to make a plan.
type Store interface {
	History
	Memory
	Duties
	Rosters
}

// Query asks for the plan of a day.
type Query struct {
	Date  civil.Date
	Now   time.Time
	Seed  uint64
	Model forecast.Model
	// Iterations bounds the search; 0 is the engine's own choice.
	Iterations int
	// Reports are what has been reported of the day already (see Reported).
	Reports []Report
	// Week is what people work on the days around it (see WorkAround).
	Week Week
}

// Make makes the plan of a day: forecast, need, leads, and who does what when.
// The plan is as good as can be with what there is; what it lacks is said in
// its remarks.
func Make(ctx context.Context, c *centre.Centre, s Store, q Query) (*Day, error) {
	forecasts, err := q.Forecasts(ctx, c, s)
	if err != nil {
		return nil, err
	}
	r, err := Need(c, q.Date, forecasts)
	if err != nil {
		return nil, err
	}
	return Schedule(ctx, c, s, q, r)
}

// Forecasts is the first step of Make. It keeps what it learns for the next time.
// It refuses to go on when there are data of more than a day after now: the clock
// or the data are wrong.
func (q Query) Forecasts(ctx context.Context, c *centre.Centre, s Store) ([]GroupForecast, error) {
	until, err := s.DataUntil(ctx, c.Source)
	if err != nil {
		return nil, err
	}
	if until.Sub(q.Now) > 24*time.Hour {
		return nil, fmt.Errorf("the clock says %s but there are data until %s: one of them is wrong",
			q.Now.In(c.Location).Format(time.DateTime), until.In(c.Location).Format(time.DateTime))
	}
	all, err := Forecasts(ctx, c, s, ForecastQuery{From: q.Date, Days: 1, Today: q.today(c), Model: q.Model})
	if err != nil {
		return nil, err
	}
	return all, keep(ctx, c, s, all)
}

func (q Query) today(c *centre.Centre) civil.Date { return civil.DateOf(q.Now.In(c.Location)) }

// Schedule is the last step of Make: who does what when on the day of a
// requirement.
func Schedule(ctx context.Context, c *centre.Centre, s Store, q Query, r *Requirement) (*Day, error) {
	until, err := s.DataUntil(ctx, c.Source)
	if err != nil {
		return nil, err
	}
	duties, err := Leads(ctx, c, s, r.Date)
	if err != nil {
		return nil, err
	}
	published, err := s.Rostered(ctx, r.Date, r.Date+1)
	if err != nil {
		return nil, err
	}
	draft, err := newDraft(c, r, available(c, r.Date, q.Reports), lostCalls)
	if err != nil {
		return nil, err
	}
	draft.keepRest(q.Week)
	draft.keepRoster(published)
	draft.appoint(duties)
	if draft, err = draft.settle(ctx, q); err != nil {
		return nil, err
	}
	day, err := draft.day(ctx, q.Seed)
	if err != nil {
		return nil, err
	}
	day.Made, day.DataUntil = q.Now.In(c.Location).Truncate(time.Second), until.In(c.Location)
	day.Reports = q.Reports
	day.remarkData(c, r, q.today(c))
	return day, nil
}

// solve seeks who does what when, and checks it.
func (d *draft) solve(ctx context.Context, q Query) (err error) {
	d.plan, err = schedule.Solve(ctx, d.problem, schedule.Options{Seed: q.Seed, Iterations: q.Iterations})
	if err != nil {
		return err
	}
	return breach(d.r.Date, schedule.Check(d.problem, d.plan))
}

// breach is the error of a plan that breaks rules; nil: none.
func breach(day civil.Date, broken []schedule.Violation) error {
	if len(broken) == 0 {
		return nil
	}
	return fmt.Errorf("the plan of %s breaks %d rules, the first: %s: %s: %s", day, len(broken), broken[0].Rule, broken[0].Agent, broken[0].Text)
}

// draft is a day between the engines: the problem as the schedule engine sees
// it, and what its indexes mean.
type draft struct {
	c        *centre.Centre
	r        *Requirement
	avail    []centre.Availability // one for each agent of the problem
	tables   []Table
	prices   timePrices
	week     Week
	restless []Remark // those whom the rules of rest leave no shift
	off      []string // ids of those whom the published roster has off
	unkept   []Remark // what was published and cannot be kept
	problem  schedule.Problem
	plan     schedule.Plan
}

// newDraft poses the problem of a day for those who can be planned; the leads
// are not bound yet.
func newDraft(c *centre.Centre, r *Requirement, avail []centre.Availability, phone phoneCosts) (*draft, error) {
	d := &draft{c: c, r: r, avail: avail}
	demands, err := newDemands(c, r, len(d.avail), phone)
	if err != nil {
		return nil, err
	}
	d.problem = schedule.Problem{
		Grid:    schedule.Grid{Start: r.Grid.Start, Step: r.Grid.Step, N: r.Grid.N},
		Demands: demands.list,
		Agents:  staff(c, r, d.avail, demands),
		Rules:   rules(c, r.Grid),
	}
	for _, limit := range crowdCaps(c, avail) {
		d.problem.Caps = append(d.problem.Caps, limit.Cap)
	}
	return d, nil
}

// appoint finds who leads which table, and binds the leads to the meeting.
func (d *draft) appoint(duties []Duty) {
	d.tables = actingTables(d.c, duties, d.able)
	d.bindLeads()
}

// meeting gives the intervals of the morning meeting; empty on days on which
// everything is closed, or when the centre has none.
func (d *draft) meeting() schedule.Span {
	closed := !slices.ContainsFunc(d.r.Groups, func(g GroupNeed) bool { return slices.Contains(g.Open, true) })
	if d.c.Meeting.Length == 0 || closed {
		return schedule.Span{}
	}
	from := d.r.Grid.Index(clockTime(d.r.Grid, d.c.Meeting.At))
	return schedule.Span{From: from, To: from + intervals(d.r.Grid, d.c.Meeting.Length)}
}

// able tells whether somebody is here and may be at the morning meeting.
func (d *draft) able(id string) bool {
	i := d.agent(id)
	if i < 0 {
		return false
	}
	a, m := d.problem.Agents[i], d.meeting()
	if slices.ContainsFunc(a.Fixed, func(b schedule.Block) bool {
		return b.Kind != schedule.Other && b.From < m.To && m.From < b.To
	}) {
		return false
	}
	return slices.ContainsFunc(a.Shifts, func(s schedule.Shift) bool { return m.Len() == 0 || s.From <= m.From && m.To <= s.To })
}

func (d *draft) agent(id string) int {
	return slices.IndexFunc(d.problem.Agents, func(a schedule.Agent) bool { return a.ID == id })
}

// bindLeads fixes the meeting for the leads, and leaves them the shifts that
// hold it.
func (d *draft) bindLeads() {
	m := d.meeting()
	if m.Len() == 0 {
		return
	}
	for _, t := range d.tables {
		i := d.agent(t.Lead)
		if i < 0 {
			continue
		}
		a := &d.problem.Agents[i]
		a.Fixed = append(a.Fixed, schedule.Block{Span: m, Kind: schedule.Lead})
		a.Shifts = slices.DeleteFunc(a.Shifts, func(s schedule.Shift) bool { return s.From > m.From || m.To > s.To })
	}
}

// crews gives the crews of the plan.
func (d *draft) crews() crews {
	out := make(crews, d.r.Grid.N)
	for i, day := range d.plan.Days {
		for _, a := range day.Activities {
			if a.Kind != schedule.Phone {
				continue
			}
			for t := a.From; t < a.To; t++ {
				if groups := d.mastered(i, t); len(groups) > 0 {
					out.add(t, groups, 1)
				}
			}
		}
	}
	return out
}
