package plan

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/ingest"
)

// pastDay is a day that is over, with all that a simulation of it takes.
type pastDay struct {
	before, after *Day // the plan before anything opened, and the newest one
	staffing      StaffingSource
	crews         []unitCrew
	stage         *stage
	came          []pastGroup // by group of before
}

// pastAccount is a day that is over as it is accounted for: what became of the calls
// of each group in each combination of what was planned and what came.
type pastAccount struct {
	Date     civil.Date
	Version  int // as of ExplainedDay
	Staffing StaffingSource
	Groups   []groupAccount
	Crews    []unitCrew
}

// groupAccount is what became of the calls of an answer group.
type groupAccount struct {
	ID, Unit string
	Courses  [combinations]course
	Tally    tally
}

// pastPlans are the versions of the plan of a day that explain it; 0: there is none,
// and it is made afterwards.
type pastPlans struct{ Before, Newest int }

// pastPlansOf looks for the newest plan that was stored before anything opened, as it
// was before anybody checked in, and for the newest of all.
func pastPlansOf(ctx context.Context, c *centre.Centre, s Reviewed, date civil.Date) (pastPlans, error) {
	known, err := foretold(ctx, c, s, date)
	if err != nil || known == nil {
		return pastPlans{}, err
	}
	versions, err := s.PlanVersions(ctx, date)
	if err != nil {
		return pastPlans{}, err
	}
	before, err := storedVersion(ctx, c, s, date, known.Version)
	if err != nil {
		return pastPlans{}, err
	}
	if before, err = origin(ctx, c, s, before); err != nil {
		return pastPlans{}, err
	}
	return pastPlans{before.Version, versions[0].Version}, nil
}

// explainDay accounts for a day, as it was kept or by a simulation; nil when the
// store knows no calls of it. What is to be kept of it is beside it; nil: nothing.
func explainDay(ctx context.Context, c *centre.Centre, s PastStore, q ExplainQuery, date civil.Date) (*pastAccount, *Working, error) {
	measures, err := measuresOf(ctx, c, s, date)
	if err != nil || measures == nil {
		return nil, nil, err
	}
	plans, err := pastPlansOf(ctx, c, s, date)
	if err != nil || plans.Before == 0 && q.storedOnly {
		return nil, nil, err
	}
	if plans.Before == 0 {
		out, err := accountFor(ctx, c, s, q, date, plans, measures)
		return out, nil, err
	}
	return keptAccount(ctx, c, s, q, date, plans, measures)
}

// accountFor plays a day in all combinations.
func accountFor(ctx context.Context, c *centre.Centre, s PastStore, q ExplainQuery, date civil.Date, plans pastPlans, measures map[string]ingest.Measures) (*pastAccount, error) {
	d := &pastDay{}
	if err := d.recall(ctx, c, s, q, date, plans); err != nil {
		return nil, err
	}
	if step := time.Duration(d.before.IntervalSeconds) * time.Second; step != c.Interval {
		return nil, fmt.Errorf("the plan has intervals of %v, want %v as the centre has", step, c.Interval)
	}
	if err := d.set(attendanceOf(c, date)); err != nil {
		return nil, err
	}
	for i := range d.before.Groups {
		d.came = append(d.came, newPastGroup(d.stage, &d.stage.d.Groups[i], measures[d.before.Groups[i].ID]))
	}
	return d.account(ctx, q)
}

// recall reads the plans of the day, or makes the one that could have been made
// when it began.
func (d *pastDay) recall(ctx context.Context, c *centre.Centre, s PastStore, q ExplainQuery, date civil.Date, plans pastPlans) error {
	if plans.Before > 0 {
		var first, last error
		d.before, first = storedVersion(ctx, c, s, date, plans.Before)
		d.after, last = storedVersion(ctx, c, s, date, plans.Newest)
		return errors.Join(first, last)
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

// set prepares the stage, and says who was there.
func (d *pastDay) set(a *centre.Attendance) (err error) {
	both := *d.before
	both.Agents = slices.Concat(d.before.Agents, d.after.Agents) // the stage reaches over all that anybody does
	if d.stage, err = newStage(&both); err != nil {
		return err
	}
	d.staffing = staffingSource(a, d.before, d.after)
	d.crews = unitCrews(a, d.before, d.after, d.stage.d.LoginRate)
	return nil
}

// account plays the day and adds up what became of the calls of each group.
func (d *pastDay) account(ctx context.Context, q ExplainQuery) (*pastAccount, error) {
	courses, err := d.play(ctx, q)
	if err != nil {
		return nil, err
	}
	out := &pastAccount{Date: d.before.Date, Version: d.before.Version, Staffing: d.staffing, Crews: d.crews}
	for i, g := range d.before.Groups {
		a := groupAccount{ID: g.ID, Unit: g.Unit, Tally: d.came[i].tally}
		for s := range courses {
			a.Courses[s] = courses[s][i]
		}
		out.Groups = append(out.Groups, a)
	}
	return out, nil
}

// unknown counts the open intervals of groups of which no calls are known.
func (p *pastAccount) unknown(counts func(*groupAccount) bool) int {
	n := 0
	for i := range p.Groups {
		if counts(&p.Groups[i]) {
			n += p.Groups[i].Tally.Unknown
		}
	}
	return n
}

// sum adds up the groups that count, and the crews that do.
func (p *pastAccount) sum(counts func(*groupAccount) bool, crews func(*unitCrew) bool) account {
	told := p.Staffing.told()
	a := account{told: told, whole: told == asItCame, lacking: told != asItCame}
	for i := range p.Groups {
		g := &p.Groups[i]
		if !counts(g) {
			continue
		}
		for s := range a.courses {
			a.courses[s].add(g.Courses[s])
		}
		a.tally.add(g.Tally)
	}
	if a.lacking {
		a.untold = a.InTime - a.courses[asItCame].InTime
	}
	for i := range p.Crews {
		if c := &p.Crews[i]; crews(c) {
			a.staff(c)
		}
	}
	return a
}

// staff adds a crew of a day, as far as it is told.
func (a *account) staff(c *unitCrew) {
	for i, t := range []phoneTime{c.Planned, c.Came} {
		if a.told&cameStaffing != 0 {
			a.hours[i] += t.Phone
		}
		if a.told&cameLoginRate != 0 {
			a.rates[i].add(t)
		}
	}
}
