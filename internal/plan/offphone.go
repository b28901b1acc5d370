package plan

import (
	"math"
	"slices"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/schedule"
)

// freePrice is what an interval of work that can wait for another day is worth:
// somebody whose place on the telephone gains less is free for it.
const freePrice = callPrice / 50

// timePrices are what time off the telephone is worth in each unit, relative to
// what it is worth beside calls by the prices of this package; 1 where nothing is
// said.
type timePrices map[string]float64

func (p timePrices) of(unit string) float64 {
	if price, ok := p[unit]; ok {
		return price
	}
	return 1
}

// atMost gives the prices with a limit on those of some units.
func (p timePrices) atMost(limit float64, units []string) timePrices {
	out := timePrices{}
	for _, u := range units {
		out[u] = min(p.of(u), limit)
	}
	return out
}

// ownUnits are the units whose people have work of their own; "" is that of the
// people who have no unit.
func ownUnits(c *centre.Centre) []string {
	units := make([]string, 0, len(c.Units)+1)
	for _, u := range c.Units {
		units = append(units, u.ID)
	}
	return append(units, "")
}

// offPhone are the demands for time off the telephone: the e-mail groups, and
// last the work that the people of each unit have of their own.
func offPhone(c *centre.Centre, r *Requirement, people int, prices timePrices) []schedule.Demand {
	var out []schedule.Demand
	for _, e := range r.Email {
		out = append(out, r.emailDemand(c, e, people, prices.of(e.Group.Unit)))
	}
	for _, u := range ownUnits(c) {
		out = append(out, ownDemand(r.Grid, u, people, prices.of(u)))
	}
	return out
}

// emailDemand prices a pool of e-mail: what is due today costs most, the rest
// of what has come may wait.
func (r *Requirement) emailDemand(c *centre.Centre, e GroupForecast, people int, worth float64) schedule.Demand {
	due, rest := r.emailWork(e)
	d := schedule.Demand{ID: e.Group.ID, Kind: schedule.Email, Window: emailWindow(c, r.Grid, e.Group)}
	perInterval := r.Grid.Step.Seconds() / emailHandleTime(e)
	most := min(int(math.Ceil(due+rest))+1, people*max(1, d.Window.Len()))
	d.Backlog = make([]schedule.Money, most+1)
	for k := most - 1; k >= 0; k-- {
		price := 0.0
		switch {
		case float64(k) < due:
			price = latePrice
		case float64(k) < due+rest:
			price = earlyPrice
		}
		d.Backlog[k] = d.Backlog[k+1] + schedule.Money(math.Round(price*perInterval*worth))
	}
	return d
}

// ownDemand is work that the people of a unit have of their own: there is no end
// of it.
func ownDemand(grid civil.Grid, unit string, people int, worth float64) schedule.Demand {
	d := schedule.Demand{ID: "own " + unit, Kind: schedule.Email, Window: schedule.Span{To: grid.N}}
	d.Backlog = make([]schedule.Money, people*grid.N+1)
	for k := range d.Backlog {
		d.Backlog[k] = schedule.Money(len(d.Backlog)-1-k) * schedule.Money(math.Round(freePrice*worth))
	}
	return d
}

// ownWork tells whether an activity of the schedule engine is work of one's own
// rather than e-mail.
func (r *Requirement) ownWork(a schedule.Activity) bool {
	return a.Kind == schedule.Email && a.Demands[0] >= len(r.Pools)+len(r.Email)
}

// ownIndex is the demand for the own work of a person.
func (r *Requirement) ownIndex(c *centre.Centre, p centre.Person) int {
	units := ownUnits(c)
	i := slices.Index(units, p.Unit)
	if i < 0 {
		i = len(units) - 1
	}
	return len(r.Pools) + len(r.Email) + i
}

// priced gives the draft with other prices of time off the telephone.
func (d *draft) priced(prices timePrices) *draft {
	out := *d
	out.prices = prices
	phones := d.problem.Demands[:len(d.r.Pools)]
	out.problem.Demands = slices.Concat(phones, offPhone(d.c, d.r, len(d.avail), prices))
	return &out
}

// everywhere is one price for all units.
func everywhere(c *centre.Centre, price float64) timePrices {
	prices := timePrices{}
	for _, u := range ownUnits(c) {
		prices[u] = price
	}
	return prices
}
