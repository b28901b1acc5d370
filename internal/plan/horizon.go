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
	forecasts []GroupForecast // of the day
	published []Rostered      // for the days of the horizon
	*draft                    // of the people of the centre
	turnout   Turnout         // to be expected
	own       crews           // those of them on the telephone
	hard      *Requirement    // with more calls than nine of ten
}

// aheadIterations is how long the plan of a day weeks ahead is sought: five times
// as many raise the share in time of six weeks of the demo by 0.1 percentage
// points, which is within the margin of its simulation.
const aheadIterations = 40

// AheadStore is what the spine wants of a store to look ahead.
type AheadStore interface {
	History
	Rosters
}

// Ahead looks at the days from q.From to q.Until: it forecasts them and plans
// each of them with the people who are there by contract and booking, as Make
// would; a published roster is kept. In weeks of which too little is booked yet, as
// many are away as usual.
func Ahead(ctx context.Context, c *centre.Centre, s AheadStore, q HorizonQuery) (*Horizon, error) {
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
	h := &Horizon{c: c, q: q}
	c, h.unbooked = foresee(c, q.Today, q.From, q.Until)
	for d := q.From; d <= q.Until; d++ {
		if openOn(c, d) {
			h.days = append(h.days, &aheadDay{date: d, forecasts: onDay(c, forecasts, d, d-q.From), published: published})
		}
	}
	err = inParallel(len(h.days), nil, func(i int) error { return h.days[i].plan(ctx, c, q.Seed) })
	return h, err
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

// plan sizes the day and plans its people.
func (a *aheadDay) plan(ctx context.Context, c *centre.Centre, seed uint64) error {
	r, err := Need(c, a.date, a.forecasts)
	if err != nil {
		return err
	}
	a.turnout = r.Turnout
	r.Turnout = Turnout{LoginRate: a.turnout.there()} // of those who are planned, absent ones among them
	if a.draft, err = newDraft(c, r, c.Available(a.date), lostCalls); err != nil {
		return err
	}
	a.keepRoster(a.published)
	a.appoint(nil)
	if a.draft.plan, err = schedule.Solve(ctx, a.problem, schedule.Options{Seed: seed, Iterations: aheadIterations}); err != nil {
		return fmt.Errorf("planning %s: %w", a.date, err)
	}
	a.own = a.crews()
	a.hard, err = hardDay(c, a.date, a.forecasts, r)
	return errors.Join(err, ctx.Err())
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
