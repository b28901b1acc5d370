package plan

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
)

// ErrNoCalls says that the store knows no calls of the days to be explained.
var ErrNoCalls = errors.New("no calls are known")

// PastStore is what the spine wants of a store to explain days that are over.
type PastStore interface {
	Store
	Reviewed
	Workings
}

// ExplainQuery asks why the calls of days that are over were answered in time, or
// were not, as they were.
type ExplainQuery struct {
	From, To civil.Date // first and last day
	Unit     string     // id of the unit whose calls count; "": all calls
	Draws    int        // simulated courses of a plan, 2 or more, and six times those of each combination; 0: as many as a plan has
	Seed     uint64     // of the simulation, and of the search of plans made afterwards
	// Model and Iterations are those of plans made afterwards; 0 iterations are the
	// engine's own choice.
	Model      forecast.Model
	Iterations int
	Progress   func(done, total int) // days; nil: nobody watches

	storedOnly bool // days without a stored plan are left out
}

// Explanation says why days went otherwise than planned.
type Explanation struct {
	From   civil.Date `json:"from"`
	To     civil.Date `json:"to"`
	Centre string     `json:"centre"`
	Unit   string     `json:"unit,omitempty"` // the name of the unit whose calls count
	Target DayTarget  `json:"target"`
	Draws  int        `json:"draws"`      // of the plan of each day
	Each   int        `json:"draws_each"` // of each combination of a day
	Seed   uint64     `json:"seed"`

	Total Split           `json:"total"` // all calls of all days
	Days  []ExplainedDay  `json:"days"`
	Parts []ExplainedPart `json:"parts"` // over all days: each unit, then its groups; those of no unit last
	// Unheard are the open days of which telephony tells of no calls.
	Unheard []civil.Date `json:"days_without_calls"`
}

// ExplainedDay is a day of an explanation.
type ExplainedDay struct {
	Date civil.Date `json:"date"`
	// Version is that of the plan that was stored before anything opened and anybody
	// checked in; 0: there is none, and the plan was made afterwards of what was known
	// when the day began.
	Version  int            `json:"version"`
	Attended bool           `json:"attendance"` // whether it is known who was there and logged in
	Staffing StaffingSource `json:"staffing_from"`
	Unknown  int            `json:"unknown_intervals"` // open intervals of groups of which no calls are known; they count as none
	Split
}

// ExplainedPart is a unit or an answer group of an explanation.
type ExplainedPart struct {
	ID   string   `json:"id"`
	Name string   `json:"name"`
	Kind PartKind `json:"kind"`
	Unit string   `json:"unit,omitempty"` // of a group: the id of its unit; "": all units answer it
	Split
}

// PartKind says what a part is.
type PartKind string

// The kinds of parts.
const (
	PartUnit  PartKind = "unit"
	PartGroup PartKind = "group"
)

// Lacks tells whether data are missing for some of the days.
func (e *Explanation) Lacks() bool {
	return len(e.Unheard) > 0 || e.Total.Measured == nil ||
		slices.ContainsFunc(e.Days, func(d ExplainedDay) bool { return !d.Attended || d.Unknown > 0 })
}

// Explain goes from what the plans of the days from q.From to q.To expected to
// what telephony measured. Four things came otherwise than planned: the calls,
// their handle times, how much people were logged in, and how many people were on
// the telephone. The day is simulated with each of the sixteen ways to take some
// of them as planned and the others as they came, and each factor gets its mean
// effect over all orders in which they can be exchanged (Shapley, "A Value for
// n-Person Games", 1953): no order is preferred, and the effects add up.
//
//   - As planned is the newest plan that was stored before anything opened, as it was
//     before anybody checked in: its people and its forecast with all that this left
//     open; the expected share is the one that the plan stated. Without a stored plan
//     one is made as Replay does, with people and bookings as the centre file has them
//     now.
//   - The calls that came are as many in each interval as telephony counted, where
//     the plan had rates and chance. So calls that came in lumps, or more evenly than
//     chance has it, have an effect though no more or fewer came; over many days it
//     is none. Handle times have the profile of the forecast and the day's mean of
//     each group.
//   - The log-in rate and the hours on the telephone are those of the attendance
//     file, by unit as far as it tells of units. Who did what when is the newest plan
//     of the day, so that what was changed in the course of the day counts as
//     staffing; the people of each unit are there as much more or less as the hours
//     say, but not below a tenth. Units of which nothing is told have what is left of
//     the centre, shared out as in the newest plan.
//   - On days without attendance the newest plan alone says who was there, if it was
//     changed since: people checked in. The log-in rate is not told then, and without a
//     changed plan the staffing is not either.
//   - What is left between the simulation of all that came and what telephony
//     measured is not explained. Where factors are not told, it holds these too.
//
// A span of days, a unit and a group are explained as one large day: calls are
// added up, not percentages. So the effects of days do not add up to those of the
// span. Days run in parallel; the result does not depend on it.
//
// What is worked out of a day with a stored plan is kept in the store, until its
// calls, attendance or plan change.
func Explain(ctx context.Context, c *centre.Centre, s PastStore, q ExplainQuery) (*Explanation, error) {
	out := &Explanation{From: q.From, To: q.To, Centre: c.Name, Target: dayTarget(c.Target), Unheard: []civil.Date{}}
	if q.Unit != "" {
		unit := slices.IndexFunc(c.Units, func(u centre.Unit) bool { return u.ID == q.Unit })
		if unit < 0 {
			return nil, fmt.Errorf("unit %q: not in the centre file", q.Unit)
		}
		out.Unit = c.Units[unit].Name
	}
	open, days, err := accounts(ctx, c, s, &q)
	if err != nil {
		return nil, err
	}
	out.Draws, out.Each, out.Seed = q.Draws, q.draws(), q.Seed
	for i, d := range days {
		if d == nil {
			out.Unheard = append(out.Unheard, open[i])
		}
	}
	days = slices.DeleteFunc(days, func(d *pastAccount) bool { return d == nil })
	if len(days) == 0 {
		return nil, fmt.Errorf("nothing to explain from %s to %s: %w of any open day", q.From, q.To, ErrNoCalls)
	}
	out.addUp(c, days, q.Unit)
	return out, nil
}

// accounts accounts for each open day, nil where there is nothing to account for, and
// keeps what was worked out. It fills in how often days are simulated.
func accounts(ctx context.Context, c *centre.Centre, s PastStore, q *ExplainQuery) (open []civil.Date, days []*pastAccount, err error) {
	if q.Draws == 0 {
		q.Draws = planDays
	}
	for d := q.From; d <= q.To; d++ {
		if openOn(c, d) {
			open = append(open, d)
		}
	}
	days = make([]*pastAccount, len(open))
	fresh := make([]*Working, len(open))
	err = inParallel(len(open), q.Progress, func(i int) (err error) {
		if days[i], fresh[i], err = explainDay(ctx, c, s, *q, open[i]); err != nil {
			err = fmt.Errorf("explaining %s: %w", open[i], err)
		}
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	var keep []Working
	for _, w := range fresh {
		if w != nil {
			keep = append(keep, *w)
		}
	}
	return open, days, s.KeepWorkings(ctx, keep)
}

// addUp explains the days by themselves and together, and the units and groups.
func (e *Explanation) addUp(c *centre.Centre, days []*pastAccount, unit string) {
	whole := slice{
		func(g *groupAccount) bool { return unit == "" || g.Unit == unit },
		func(c *unitCrew) bool { return unit == "" || c.Unit == unit },
	}
	var total account
	for _, d := range days {
		a := d.sum(whole.groups, whole.crews)
		total.add(a)
		e.Days = append(e.Days, ExplainedDay{
			Date: d.Date, Version: d.Version, Attended: d.Staffing.told() == asItCame, Staffing: d.Staffing,
			Unknown: d.unknown(whole.groups), Split: a.split(),
		})
	}
	e.Total = total.split()
	part := func(p ExplainedPart, own slice) {
		var sum account
		for _, d := range days {
			sum.add(d.sum(own.groups, own.crews))
		}
		if sum.Expected+sum.Offered > 0 {
			p.Split = sum.split()
			e.Parts = append(e.Parts, p)
		}
	}
	for _, u := range append(slices.Clone(c.Units), centre.Unit{}) {
		if unit != "" && u.ID != unit {
			continue
		}
		if u.ID != "" {
			part(ExplainedPart{ID: u.ID, Name: u.Name, Kind: PartUnit}, slice{
				func(g *groupAccount) bool { return g.Unit == u.ID }, func(c *unitCrew) bool { return c.Unit == u.ID },
			})
		}
		for _, g := range c.Groups {
			if g.Unit == u.ID { // who was there for a group is not known: people answer several
				part(ExplainedPart{ID: g.ID, Name: g.Name, Kind: PartGroup, Unit: u.ID}, slice{
					func(o *groupAccount) bool { return o.ID == g.ID }, func(*unitCrew) bool { return false },
				})
			}
		}
	}
}

// slice says which groups and which people count.
type slice struct {
	groups func(*groupAccount) bool
	crews  func(*unitCrew) bool
}
