package plan

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/ingest"
)

// soFar puts the calls of a day that have come before now into its forecasts:
// what came is known, and the rest of the day follows it (forecast.Update). It
// gives the end of what is known; the zero time where nothing is, as on other
// days than today.
func soFar(ctx context.Context, c *centre.Centre, h History, day civil.Date, now time.Time, forecasts []GroupForecast) ([]GroupForecast, time.Time, error) {
	until, err := h.DataUntil(ctx, c.Source)
	if err != nil {
		return nil, time.Time{}, err
	}
	if until.After(now) {
		until = now
	}
	grid := civil.DayGrid(day, c.Interval, c.Location)
	n := min(grid.N, grid.Index(until)) // whole intervals that are over
	if n <= 0 {
		return forecasts, time.Time{}, nil
	}
	out := slices.Clone(forecasts)
	for i := range out {
		f := &out[i]
		if f.Group.Channel == centre.Email {
			continue // it comes as totals of days
		}
		measures, err := h.Series(ctx,
			Selection{Source: c.Source, Names: f.Group.History, Channel: string(f.Group.Channel)},
			ingest.SeriesOptions{Step: c.Interval, Location: c.Location, From: grid.Start, To: grid.Time(n)})
		if err != nil {
			return nil, time.Time{}, err
		}
		seen := make([]float64, n)
		for t := range seen {
			seen[t] = at(measures.Offered, t)
		}
		if err := f.see(seen); err != nil {
			return nil, time.Time{}, fmt.Errorf("answer group %q: %w", f.Group.ID, err)
		}
	}
	return out, grid.Time(n).In(c.Location), nil
}

// see updates the forecast of a day by what came in its first intervals; NaN is
// not known.
func (f *GroupForecast) see(seen []float64) error {
	rest, err := f.Forecast.Update(seen)
	if err != nil {
		return err
	}
	day, n := f.Forecast, len(seen)
	day.Mean = slices.Concat(day.Mean[:n], rest.Mean)
	day.Spread = slices.Concat(day.Spread[:n], rest.Spread)
	for t, calls := range seen {
		if !math.IsNaN(calls) {
			day.Mean[t], day.Spread[t] = calls, 0
		}
	}
	f.Forecast = day
	return nil
}
