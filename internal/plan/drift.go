package plan

import (
	"context"
	"encoding/json"
	"math"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/ingest"
)

// Drift tells of a group whose calls have left the forecasts: two whole weeks
// running they were far off, on the same side, as forecast when each week began.
type Drift struct {
	Group string         `json:"group"` // id
	Name  string         `json:"name"`
	Weeks [2]DriftedWeek `json:"weeks"` // the older one first
}

// DriftedWeek is what was forecast of a week, and what came.
type DriftedWeek struct {
	Monday   civil.Date `json:"monday"`
	Expected float64    `json:"expected"`
	Came     float64    `json:"came"`
}

const (
	// farOff is how far off, relative to the forecast, a week must be.
	farOff = 0.25
	// notLuck is by how many standard deviations of counts it must be beyond chance:
	// small groups are often far off.
	notLuck = 3
)

// off is by how much more came than was expected, relative to that; 0 where it may be
// luck.
func (w DriftedWeek) off() float64 {
	if more := w.Came - w.Expected; math.Abs(more) > max(farOff*w.Expected, notLuck*math.Sqrt(w.Expected)) {
		return more / max(w.Expected, 1)
	}
	return 0
}

// Off is by how much more came in both weeks than was expected, relative to that.
func (d Drift) Off() float64 {
	expected := d.Weeks[0].Expected + d.Weeks[1].Expected
	return (d.Weeks[0].Came + d.Weeks[1].Came - expected) / max(expected, 1)
}

// DriftStore is what the spine wants of a store to look for groups that drift.
type DriftStore interface {
	Store
	Workings
}

// Drifting gives the telephone groups whose calls have left the forecasts in the
// last two whole weeks of which there are data, in the order of the centre file. What
// it finds is kept in the store for the rest of the week.
func Drifting(ctx context.Context, c *centre.Centre, s DriftStore, today civil.Date, m forecast.Model) ([]Drift, error) {
	until, err := s.DataUntil(ctx, c.Source)
	if err != nil || until.IsZero() {
		return nil, err
	}
	const weekend = 2 // on which there may be no data, as everything is closed
	monday := min(today, DayAfter(c, until)+weekend).Monday()
	const name = "drift"
	stamp, err := stampOf(name, monday, c.Source, c.Interval, c.Groups, c.Events, c.Overrides)
	if err != nil {
		return nil, err
	}
	before, err := s.Workings(ctx, name)
	if err != nil {
		return nil, err
	}
	var out []Drift
	if w := before[name]; w.Stamp == stamp && json.Unmarshal(w.Doc, &out) == nil {
		return out, nil
	}
	if out, err = drifting(ctx, c, s, monday, m); err != nil {
		return nil, err
	}
	doc, err := json.Marshal(out)
	if err != nil {
		return nil, err
	}
	return out, s.KeepWorkings(ctx, []Working{{Name: name, Until: monday + 6, Stamp: stamp, Doc: doc}})
}

// drifting looks at the two weeks before a Monday.
func drifting(ctx context.Context, c *centre.Centre, s Store, monday civil.Date, m forecast.Model) ([]Drift, error) {
	var weeks [2]map[string]DriftedWeek
	for i := range weeks {
		var err error
		if weeks[i], err = lookBack(ctx, c, s, monday-civil.Date(7*(2-i)), m); err != nil {
			return nil, err
		}
	}
	var out []Drift
	for _, g := range c.Groups {
		d := Drift{Group: g.ID, Name: g.Name, Weeks: [2]DriftedWeek{weeks[0][g.ID], weeks[1][g.ID]}}
		if d.Weeks[0].off()*d.Weeks[1].off() > 0 {
			out = append(out, d)
		}
	}
	return out, nil
}

// lookBack holds the forecasts made when a week began against what came in the
// intervals of which that is known, by group. Groups without a week of history then
// are left out.
func lookBack(ctx context.Context, c *centre.Centre, s Store, monday civil.Date, m forecast.Model) (map[string]DriftedWeek, error) {
	start, end := monday.Start(c.Location), (monday + 7).Start(c.Location)
	forecasts, err := Forecasts(ctx, c, asOf{s, start}, ForecastQuery{From: monday, Days: 7, Today: monday, Model: m})
	if err != nil {
		return nil, err
	}
	out := map[string]DriftedWeek{}
	for _, f := range forecasts {
		if f.Group.Channel != centre.Phone || f.Usual[0] == 0 {
			continue
		}
		came, err := s.Series(ctx, selection(c, f.Group), ingest.SeriesOptions{Step: c.Interval, Location: c.Location, From: start, To: end})
		if err != nil {
			return nil, err
		}
		w := DriftedWeek{Monday: monday}
		for t, mean := range f.Forecast.Mean {
			if calls := at(came.Offered, t); mean > 0 && !math.IsNaN(calls) { // open, and known
				w.Expected, w.Came = w.Expected+mean, w.Came+calls
			}
		}
		w.Expected = Round(w.Expected, 1)
		out[f.Group.ID] = w
	}
	return out, nil
}
