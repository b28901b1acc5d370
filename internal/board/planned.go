package board

import (
	"context"
	"errors"
	"sync"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/plan"
	"bemanna/internal/store"
)

// plans keeps the newest plans of the days that were asked for, so that each is
// read and parsed once. They are shared by all readers: nobody changes them.
type plans struct {
	mu     sync.Mutex
	centre *centre.Centre // whose times they are in
	days   map[civil.Date]*plan.Day
}

// mostDays is how many plans are kept: some hundred kilobytes each.
const mostDays = 64

// newest gives the newest plan of a day; nil where there is none.
func (p *plans) newest(ctx context.Context, c *centre.Centre, db *store.Store, date civil.Date) (*plan.Day, error) {
	versions, err := db.PlanVersions(ctx, date)
	if err != nil || len(versions) == 0 {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock() // of many who ask at once one reads
	if p.centre != c || len(p.days) >= mostDays {
		p.centre, p.days = c, map[civil.Date]*plan.Day{}
	}
	if d := p.days[date]; d != nil && d.Version >= versions[0].Version {
		return d, nil
	}
	d, err := plan.Stored(ctx, c, db, date)
	if errors.Is(err, plan.ErrNoPlan) { // deleted meanwhile
		return nil, nil //nolint:nilnil // no plan
	}
	if err == nil {
		p.days[date] = d
	}
	return d, err
}
