package plan

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
)

// soFar puts the calls of a plan's day that have come before now into its
// forecasts: what came is known, and the rest of the day follows it. It gives the
// end of what is known; the zero time where nothing is, as on other days than
// today.
func soFar(ctx context.Context, c *centre.Centre, h History, made *Day, now time.Time, forecasts []GroupForecast) ([]GroupForecast, time.Time, error) {
	until, err := h.DataUntil(ctx, c.Source)
	if err != nil {
		return nil, time.Time{}, err
	}
	if until.After(now) {
		until = now
	}
	grid := civil.DayGrid(made.Date, c.Interval, c.Location)
	n := min(grid.N, grid.Index(until)) // whole intervals that are over
	if n <= 0 {
		return forecasts, time.Time{}, nil
	}
	out := slices.Clone(forecasts)
	for i := range out {
		f := &out[i]
		seen, err := readToday(ctx, c, h, f.Group, made.Date, grid.Time(n))
		if err == nil {
			err = f.see(seen, grid.Index(made.DataUntil))
		}
		if err != nil {
			return nil, time.Time{}, fmt.Errorf("answer group %q: %w", f.Group.ID, err)
		}
	}
	return out, grid.Time(n).In(c.Location), nil
}

// see updates the forecast of a day by what came in its first intervals; NaN is
// not known. The first ones, as many as used, are in the forecast already.
func (f *GroupForecast) see(seen []float64, used int) (err error) {
	fresh := slices.Clone(seen)
	for t := range min(len(fresh), max(0, used)) {
		fresh[t] = math.NaN()
	}
	if f.Forecast, err = upToDate(f.Forecast, fresh); err != nil {
		return err
	}
	f.Forecast.Mean, f.Forecast.Spread = slices.Clone(f.Forecast.Mean), slices.Clone(f.Forecast.Spread)
	for t, calls := range seen {
		if !math.IsNaN(calls) {
			f.Forecast.Mean[t], f.Forecast.Spread[t] = calls, 0
		}
	}
	return nil
}
