package board

import (
	"context"
	"slices"
	"time"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/plan"
)

const (
	// weeksAhead is how many weeks from next Monday on the manager looks at.
	weeksAhead = 6
	// simulatedDays are behind each share, and aheadSeed settles the random
	// choices: as in the command temps, so that both say the same.
	simulatedDays = 30
	aheadSeed     = 1
	// mostHorizons is how many runs of days are kept: some megabytes each.
	mostHorizons = 2
)

// ahead is what the board has worked out of the days ahead.
type ahead struct {
	weeks  civil.Date // looked at
	orders *workbench[*order]
	slots  *workbench[*plan.Slots]
	// horizons belong to whoever has the turn of the workbenches; the one used
	// last is the last.
	horizons []keptHorizon
}

// order is an order of temps, with what is expected of the days it is for.
type order struct {
	*plan.Temps
	Away float64 // share of the planned people who are expected to be away unexpectedly
}

type keptHorizon struct {
	basis
	from, until civil.Date
	*plan.Horizon
}

func newAhead(turn chan struct{}, clock func() time.Time) *ahead {
	return &ahead{weeks: weeksAhead, orders: newWorkbench[*order](turn, clock), slots: newWorkbench[*plan.Slots](turn, clock)}
}

// shut stops all work and waits for its end.
func (a *ahead) shut() {
	a.orders.shut()
	a.slots.shut()
}

// from and until are the first and the last day of the weeks ahead.
func (x basis) from() civil.Date  { return x.today.Monday() + 7 }
func (x basis) until() civil.Date { return x.from() + 7*x.weeks - 1 }

// order works out an order of temps for the weeks ahead.
func (a *ahead) order(ctx context.Context, x basis, question plan.WhatIf, o plan.TempsOptions) (*order, error) {
	h, err := a.horizon(ctx, x, x.from(), x.until())
	if err != nil {
		return nil, err
	}
	t, err := h.Temps(ctx, question, o)
	if err != nil {
		return nil, err
	}
	away, err := usuallyAway(x.c, t)
	return &order{t, away}, err
}

// usuallyAway is the mean over the days of an order of the share of the planned
// people who are expected to be away.
func usuallyAway(c *centre.Centre, t *plan.Temps) (float64, error) {
	away := 0.0
	for _, d := range t.Days {
		need, err := plan.Need(c, d.From, nil)
		if err != nil {
			return 0, err
		}
		away += need.Turnout.Absence / float64(len(t.Days))
	}
	return away, nil
}

// gathering ranks the times for a meeting.
func (a *ahead) gathering(ctx context.Context, x basis, from, until civil.Date, q plan.SlotQuery) (*plan.Slots, error) {
	h, err := a.horizon(ctx, x, from, until)
	if err != nil {
		return nil, err
	}
	return h.Slots(ctx, q)
}

// horizon gives some days ahead, planned once. Only whoever has the turn may ask.
func (a *ahead) horizon(ctx context.Context, x basis, from, until civil.Date) (*plan.Horizon, error) {
	i := slices.IndexFunc(a.horizons, func(h keptHorizon) bool {
		return h.c == x.c && h.stamp == x.stamp && h.from == from && h.until == until
	})
	if i >= 0 {
		h := a.horizons[i]
		a.horizons = append(slices.Delete(a.horizons, i, i+1), h)
		return h.Horizon, nil
	}
	h, err := plan.Ahead(ctx, x.c, x.db, plan.HorizonQuery{
		From: from, Until: until, Today: x.today, Model: forecast.DayLevel{}, Seed: aheadSeed,
	})
	if err != nil {
		return nil, err
	}
	a.horizons = append(a.horizons, keptHorizon{x, from, until, h})
	a.horizons = slices.Delete(a.horizons, 0, max(0, len(a.horizons)-mostHorizons))
	return h, nil
}
