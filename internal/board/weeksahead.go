package board

import (
	"context"
	"slices"
	"time"

	"bemanna/internal/civil"
	"bemanna/internal/plan"
)

// mostHorizons is how many runs of days are kept: some megabytes each.
const mostHorizons = 2

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
	return &ahead{weeks: plan.WeeksAhead, orders: newWorkbench[*order](turn, clock), slots: newWorkbench[*plan.Slots](turn, clock)}
}

// shut stops all work and waits for its end.
func (a *ahead) shut() {
	a.orders.shut()
	a.slots.shut()
}

// from and until are the first and the last day of the weeks ahead.
func (x basis) from() civil.Date  { return plan.ComingWeeks(x.today, x.weeks).From }
func (x basis) until() civil.Date { return plan.ComingWeeks(x.today, x.weeks).Until }

// order works out an order of temps for the weeks ahead, or finds the one that was
// worked out by the run of the morning.
func (a *ahead) order(ctx context.Context, x basis, question plan.WhatIf, o plan.TempsOptions) (*order, error) {
	h, err := a.horizon(ctx, x, x.from(), x.until())
	if err != nil {
		return nil, err
	}
	t, err := h.TempsKept(ctx, x.db, question, o)
	if err != nil {
		return nil, err
	}
	return &order{t, h.Absence()}, nil
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
	q := plan.ComingWeeks(x.today, x.weeks)
	q.From, q.Until = from, until
	h, err := plan.Ahead(ctx, x.c, x.db, q)
	if err != nil {
		return nil, err
	}
	a.horizons = append(a.horizons, keptHorizon{x, from, until, h})
	a.horizons = slices.Delete(a.horizons, 0, max(0, len(a.horizons)-mostHorizons))
	return h, nil
}
