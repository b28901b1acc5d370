package board

import (
	"context"
	"sync"
	"time"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/plan"
)

const (
	busyDays = 28 // ahead
	// mostStale is the age of the data from which busy hours are no longer shown.
	mostStale = 60 * 24 * time.Hour
)

// Busy is the busy hours of all telephone groups of a centre as they are known
// on a day.
type Busy struct {
	Centre  string
	Updated civil.Date
	Until   time.Time // the end of the data
	Groups  []plan.BusyHours
}

// BusyNow works out the busy hours of the coming four weeks. There are no
// groups when the data are more than 60 days old.
func BusyNow(ctx context.Context, c *centre.Centre, h plan.History, now time.Time) (Busy, error) {
	until, err := h.DataUntil(ctx, c.Source)
	if err != nil {
		return Busy{}, err
	}
	today := civil.DateOf(now.In(c.Location))
	out := Busy{Centre: c.Name, Updated: today, Until: until.In(c.Location)}
	if now.Sub(until) > mostStale {
		return out, nil
	}
	all, err := plan.Forecasts(ctx, c, h, plan.ForecastQuery{
		From: today, Days: busyDays, Groups: phoneGroups(c), Today: today, Model: forecast.DayLevel{},
	})
	if err != nil {
		return Busy{}, err
	}
	for _, f := range all {
		out.Groups = append(out.Groups, plan.Busy(c, f))
	}
	return out, nil
}

func phoneGroups(c *centre.Centre) []string {
	ids := []string{}
	for _, g := range c.Groups {
		if g.Channel == centre.Phone {
			ids = append(ids, g.ID)
		}
	}
	return ids
}

// busyCache keeps the busy hours of a day: a forecast of four weeks takes
// seconds, and the page is open to everybody.
type busyCache struct {
	mu    sync.Mutex
	known Busy
	stamp string
}

// busyNow gives the busy hours, worked out once a day and when data have come.
// The forecast goes on when the reader who asked first has gone.
func (b *Board) busyNow(ctx context.Context, c *centre.Centre) (Busy, error) {
	db, err := b.source.open(ctx)
	if err != nil {
		return Busy{}, err
	}
	until, err := db.DataUntil(ctx, c.Source)
	if err != nil {
		return Busy{}, err
	}
	now := b.clock()
	stamp := civil.DateOf(now.In(c.Location)).String() + until.String()
	b.busy.mu.Lock()
	defer b.busy.mu.Unlock()
	if b.busy.stamp == stamp {
		return b.busy.known, nil
	}
	known, err := BusyNow(context.WithoutCancel(ctx), c, db, now)
	if err == nil {
		b.busy.known, b.busy.stamp = known, stamp
	}
	return known, err
}
