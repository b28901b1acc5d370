package plan

import (
	"context"
	"fmt"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
)

const (
	// WeeksAhead is how many weeks from next Monday on a manager looks at.
	WeeksAhead = 6
	// SimulatedAhead are the simulated days behind each share then: as many wherever it
	// is asked, so that all say the same.
	SimulatedAhead = 30
	// seedAhead settles the random choices, for the same reason.
	seedAhead = 1
)

// ComingWeeks asks for some weeks from next Monday on.
func ComingWeeks(today, weeks civil.Date) HorizonQuery {
	from := today.Monday() + 7
	return HorizonQuery{From: from, Until: from + 7*weeks - 1, Today: today, Model: forecast.DayLevel{}, Seed: seedAhead}
}

// UsualTemps asks for the temps of a unit, or of all, as things stand.
func UsualTemps(c *centre.Centre, unit string) TempsOptions {
	return TempsOptions{Unit: unit, Redial: c.Redial, Simulated: SimulatedAhead}
}

// WorkAhead works out what will be asked of the coming weeks in the morning, so that
// it is there: the days, the orders of temps of all and of each unit, and the groups
// that drift. All of it goes to the store; a horizon and a what-if that ask for the
// same are quick from then on. It gives the number of days.
func WorkAhead(ctx context.Context, c *centre.Centre, s DriftStore, today, weeks civil.Date) (days int, err error) {
	q := ComingWeeks(today, weeks)
	h, err := Ahead(ctx, c, s, q)
	if err != nil {
		return 0, err
	}
	for _, unit := range append([]centre.Unit{{}}, c.Units...) {
		if _, err := h.TempsKept(ctx, s, WhatIf{}, UsualTemps(c, unit.ID)); err != nil {
			return 0, fmt.Errorf("temps of unit %q: %w", unit.ID, err)
		}
	}
	_, err = Drifting(ctx, c, s, today, q.Model)
	return len(h.days), err
}
