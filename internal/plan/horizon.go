package plan

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/schedule"
)

// HorizonQuery asks for the days ahead of which temps are ordered, meetings are
// laid, and so on.
type HorizonQuery struct {
	From, Until civil.Date // first and last day
	Today       civil.Date // the first day of which nothing is known
	Model       forecast.Model
	Seed        uint64
}

// Horizon is how the days ahead stand: what the forecast says of them, and how
// the people of the centre would work. What-ifs begin from it, so that it is
// worked out once.
type Horizon struct {
	c    *centre.Centre
	q    HorizonQuery
	days []*aheadDay // those on which a telephone group is open
	// unbooked tells of weeks of which too little is booked; nil: none.
	unbooked *Unbooked
}

// aheadDay is a day of the horizon, with all who are booked for it at work.
type aheadDay struct {
	date      civil.Date
	stamp     string          // of what the plan rests on
	forecasts []GroupForecast // of the day
	published []Rostered      // for the day
	*draft                    // of the people of the centre
	turnout   Turnout         // to be expected
	own       crews           // those of them on the telephone
	hard      *Requirement    // with more calls than nine of ten
	elastic   [][]float64     // how the need grows with the calls, by pool and interval
}

// aheadIterations is how long the plan of a day weeks ahead is sought: five times
// as many raise the share in time of six weeks of the demo by 0.1 percentage
// points, which is within the margin of its simulation.
const aheadIterations = 40

// HorizonStore is what the spine wants of the store to look ahead.
type HorizonStore interface {
	History
	Rosters
	Memory
	Workings
}

// Ahead looks at the days from q.From to q.Until: it forecasts them and plans
// each of them with the people who are there by contract and booking, as Make
// would; a published roster is kept. In weeks of which too little is booked yet, as
// many are away as usual.
//
// What it works out is kept in the store: a day of which nothing has changed since
// is not planned again.
func Ahead(ctx context.Context, c *centre.Centre, s HorizonStore, q HorizonQuery) (*Horizon, error) {
	if q.Until < q.From {
		return nil, fmt.Errorf("days from %s to %s: want the last not before the first", q.From, q.Until)
	}
	forecasts, err := Forecasts(ctx, c, s, ForecastQuery{
		From: q.From, Days: int(q.Until-q.From) + 1, Today: q.Today, Model: q.Model,
	})
	if err != nil {
		return nil, err
	}
	published, err := s.Rostered(ctx, q.From, q.Until+1)
	if err != nil {
		return nil, err
	}
	if err := keep(ctx, c, s, forecasts); err != nil {
		return nil, err
	}
	coming, err := turnouts(c, min(q.Today, q.From))
	if err != nil {
		return nil, fmt.Errorf("attendance: %w", err)
	}
	h := &Horizon{c: c, q: q}
	c, h.unbooked = foresee(c, q.Today, q.From, q.Until)
	for d := q.From; d <= q.Until; d++ {
		if openOn(c, d) {
			h.days = append(h.days, &aheadDay{
				date: d, forecasts: onDay(c, forecasts, d, d-q.From), turnout: coming(d),
				published: slices.DeleteFunc(slices.Clone(published), func(r Rostered) bool { return r.Date != d }),
			})
		}
	}
	return h, h.plan(ctx, c, s)
}

// plan plans the days of which no plan is kept, and keeps them.
func (h *Horizon) plan(ctx context.Context, c *centre.Centre, s Workings) error {
	before, err := s.Workings(ctx, workedDays)
	if err != nil {
		return err
	}
	fresh := make([]*Working, len(h.days))
	err = inParallel(len(h.days), nil, func(i int) (err error) {
		a := h.days[i]
		if a.stamp, err = a.stampIn(c, h.q.Seed); err != nil {
			return err
		}
		worked := before[workedDayName(a.date)].day(a.stamp)
		if err := a.plan(ctx, c, h.q.Seed, worked); err != nil || worked != nil {
			return err
		}
		fresh[i], err = a.working()
		return err
	})
	if err != nil {
		return err
	}
	var all []Working
	for _, w := range fresh {
		if w != nil {
			all = append(all, *w)
		}
	}
	return s.KeepWorkings(ctx, all)
}

// onDay cuts forecasts to the day that is the i-th of them.
func onDay(c *centre.Centre, all []GroupForecast, d, i civil.Date) []GroupForecast {
	out := slices.Clone(all)
	for k := range out {
		f := &out[k]
		f.Forecast = between(f.Forecast, d.Start(c.Location), (d + 1).Start(c.Location))
		f.Usual = f.Usual[i : i+1]
		if i > 0 {
			f.Waiting, f.Seen = 0, nil
		}
	}
	return out
}

// plan sizes the day and plans its people, or takes what was worked out before.
func (a *aheadDay) plan(ctx context.Context, c *centre.Centre, seed uint64, worked *workedDay) (err error) {
	r, hard := a.requirement(c, a.forecasts), a.requirement(c, busy(a.forecasts))
	phone := lostCalls
	if worked != nil {
		err = errors.Join(r.staffAs(worked.Need), hard.staffAs(worked.Hard))
		phone, a.elastic = worked.phone, worked.Elastic
	} else if err = errors.Join(r.size(c), hard.size(c)); err == nil {
		a.elastic, err = a.elasticities(c, r)
	}
	if err != nil {
		return fmt.Errorf("need of %s: %w", a.date, err)
	}
	a.hard = hard.atLeast(r)
	if a.draft, err = newDraft(c, r, c.Available(a.date), phone); err != nil {
		return err
	}
	a.keepRoster(a.published)
	a.appoint(nil)
	if worked != nil {
		a.draft.plan = worked.Plan
	} else if a.draft.plan, err = schedule.Solve(ctx, a.problem, schedule.Options{Seed: seed, Iterations: aheadIterations}); err != nil {
		return fmt.Errorf("planning %s: %w", a.date, err)
	}
	a.own = a.crews()
	return ctx.Err()
}

// requirement asks for the calls of the day as they are given, with nobody needed
// yet. Of those who are planned, absent ones are among those not logged in.
func (a *aheadDay) requirement(c *centre.Centre, forecasts []GroupForecast) *Requirement {
	r := &Requirement{
		Date: a.date, Grid: civil.DayGrid(a.date, c.Interval, c.Location), Turnout: Turnout{LoginRate: a.turnout.there()},
	}
	r.ask(c, forecasts)
	return r
}

// atLeast raises the need of a day with more calls to that of the day as expected.
func (r *Requirement) atLeast(expected *Requirement) *Requirement {
	for g := range r.Groups {
		r.Groups[g].Need = most(r.Groups[g].Need, expected.Groups[g].Need)
	}
	return r
}

// people is how many are planned on the day.
func (a *aheadDay) people() int {
	n := 0
	for _, day := range a.draft.plan.Days {
		if day.Shift.Len() > 0 {
			n++
		}
	}
	return n
}

// Absence is the share of the planned people who are expected to be away unexpectedly,
// the mean over the days; 0 without any.
func (h *Horizon) Absence() float64 {
	away := 0.0
	for _, a := range h.days {
		away += a.turnout.Absence / float64(len(h.days))
	}
	return away
}
