package plan

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"bemanna/erlang/sim"
	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/schedule"
)

// pastDay is a day that is over: its plan, what came, and what a simulation makes
// of each combination of the two.
type pastDay struct {
	before, after *Day               // the plan before anything opened, and the newest one
	attendance    *centre.Attendance // nil: not known
	stage         *stage
	came          []pastGroup            // by group of before
	courses       [combinations][]served // by group of before
}

// explainDay plays a day in all combinations; nil when the store knows no calls of
// it.
func explainDay(ctx context.Context, c *centre.Centre, s PastStore, q ExplainQuery, date civil.Date) (*pastDay, error) {
	measures, err := measuresOf(ctx, c, s, date)
	if err != nil || measures == nil {
		return nil, err
	}
	d := &pastDay{attendance: attendanceOf(c, date)}
	if err := d.recall(ctx, c, s, q, date); err != nil {
		return nil, err
	}
	if step := time.Duration(d.before.IntervalSeconds) * time.Second; step != c.Interval {
		return nil, fmt.Errorf("the plan has intervals of %v, want %v as the centre has", step, c.Interval)
	}
	both := *d.before
	both.Agents = slices.Concat(d.before.Agents, d.after.Agents) // the stage reaches over all that anybody does
	if d.stage, err = newStage(&both); err != nil {
		return nil, err
	}
	for i := range d.before.Groups {
		d.came = append(d.came, newPastGroup(d.stage, &d.stage.d.Groups[i], measures[d.before.Groups[i].ID]))
	}
	return d, d.play(ctx, q)
}

// attendanceOf is how a day turned out, where it is known how long people were on
// the telephone and logged in.
func attendanceOf(c *centre.Centre, date civil.Date) *centre.Attendance {
	i := slices.IndexFunc(c.Attendance, func(a centre.Attendance) bool { return a.Date == date })
	if i < 0 || c.Attendance[i].Phone == 0 {
		return nil
	}
	return &c.Attendance[i]
}

// recall reads the plans of the day, or makes the one that could have been made
// when it began.
func (d *pastDay) recall(ctx context.Context, c *centre.Centre, s PastStore, q ExplainQuery, date civil.Date) error {
	known, err := foretold(ctx, c, s, date)
	switch {
	case err != nil:
		return err
	case known != nil:
		if d.before, err = storedVersion(ctx, c, s, date, known.Version); err == nil {
			d.after, err = Stored(ctx, c, s, date)
		}
		return err
	}
	morning := date.Start(c.Location)
	week, err := WorkAround(ctx, c, s, date)
	if err != nil {
		return err
	}
	model := q.Model
	if model == nil {
		model = forecast.DayLevel{}
	}
	d.before, err = Make(ctx, c, asOf{s, morning}, Query{
		Date: date, Now: morning, Seed: q.Seed, Model: model, Iterations: q.Iterations, Week: week,
	})
	d.after = d.before
	return err
}

// play simulates the day in each combination. Without attendance log-in rate and
// staffing stay as planned.
func (d *pastDay) play(ctx context.Context, q ExplainQuery) error {
	for s := range combinations {
		if known := s &^ (cameLoginRate | cameStaffing); d.attendance == nil && s != known {
			d.courses[s] = d.courses[known]
			continue
		}
		r, err := sim.Run(ctx, d.model(s), sim.Options{Replications: q.Draws, Seed: q.Seed, Workers: 1})
		if err != nil {
			return err
		}
		lost := d.unheard(s)
		for i, g := range d.stage.d.Groups {
			own := served{calls: r.Group(i).Offered().Mean}
			if own.calls > 0 {
				own.inTime = own.calls * r.Group(i).ServiceLevel(g.Target.definition()).Mean
			}
			own.calls += lost[g.ID]
			d.courses[s] = append(d.courses[s], own)
		}
	}
	return nil
}

// unheard are the calls that the plan counts as lost because their group is closed
// for a window, where they count.
func (d *pastDay) unheard(s combination) map[string]float64 {
	lost := map[string]float64{}
	if s&cameVolume == 0 && d.before.heard() < 1 {
		for _, c := range d.before.Closings {
			lost[c.Group] += c.Lost
		}
	}
	return lost
}

// model is the day with some factors as they came.
func (d *pastDay) model(s combination) sim.Model {
	m := d.stage.model()
	m.Agents = d.agents(s)
	for i := range m.Groups {
		g := &m.Groups[i]
		if s&cameVolume != 0 {
			g.Calls = d.came[i].calls
		}
		if s&cameHandleTime != 0 {
			for t := range g.HandleTime {
				g.HandleTime[t] *= d.came[i].handleFactor()
			}
		}
	}
	return m
}

// leastPresence is how little of their time people are taken to be there: the
// simulation has no pauses that are longer.
const leastPresence = 0.1

// agents are the people of the plan, there as much as was planned or as came. Who
// is there more than all the time has a colleague, and each of the two is there
// for half of it.
func (d *pastDay) agents(s combination) []sim.Agent {
	doc, presence := d.before, d.stage.d.LoginRate
	if s&cameLoginRate != 0 {
		presence = d.attendance.LoggedIn / d.attendance.Phone
	}
	if s&cameStaffing != 0 {
		doc = d.after
		if planned := phoneHours(doc); planned > 0 {
			presence *= d.attendance.Phone / planned
		}
	}
	presence = max(presence, leastPresence)
	count := math.Ceil(presence)
	var out []sim.Agent
	for i := range doc.Agents {
		a := d.stage.agent(&doc.Agents[i])
		if len(a.Duties) == 0 {
			continue
		}
		a.Count, a.Pauses.Share = int(count), 1-presence/count
		out = append(out, a)
	}
	return out
}

// phoneHours are the hours on the telephone that a plan has.
func phoneHours(d *Day) float64 {
	hours := 0.0
	for _, a := range d.Agents {
		for _, act := range a.Activities {
			if act.Kind == string(schedule.Phone) {
				hours += act.End.Sub(act.Start).Hours()
			}
		}
	}
	return hours
}

// unknown counts the open intervals of groups of which no calls are known.
func (d *pastDay) unknown(counts func(Group) bool) int {
	n := 0
	for i, g := range d.before.Groups {
		if counts(g) {
			n += d.came[i].unknown
		}
	}
	return n
}

// account adds up the groups that count.
func (d *pastDay) account(counts func(Group) bool) account {
	a := account{attended: d.attendance != nil, unknown: d.attendance == nil}
	for i, g := range d.before.Groups {
		if !counts(g) {
			continue
		}
		for s := range a.courses {
			a.courses[s].add(d.courses[s][i], 1)
		}
		came := &d.came[i]
		a.expected += came.expected
		a.offered += came.offered
		a.measured += came.inTime
		a.handled, a.foreseen, a.answered = a.handled+came.handled, a.foreseen+came.foreseen, a.answered+came.answered
	}
	if d.attendance == nil {
		a.untold = a.measured - a.courses[asItCame].inTime
		return a
	}
	planned := phoneHours(d.before)
	a.rates = [2]attendedDay{{planned, planned * d.stage.d.LoginRate}, {d.attendance.Phone, d.attendance.LoggedIn}}
	return a
}
