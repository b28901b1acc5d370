package plan

import (
	"math"
	"time"

	"bemanna/erlang"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/schedule"
)

// Prices of work that stays undone, in thousandths of a call that is not
// answered in time: the one unit of all costs.
const (
	callPrice  = 1000
	emptyPrice = 1 * callPrice  // an open pool without anybody, for each interval
	floorPrice = 20 * callPrice // each person short of a floor, for each interval
	// An e-mail that is late weighs half a call, one that could be answered
	// today but may wait until tomorrow next to nothing: the phone comes first.
	latePrice  = callPrice / 2
	earlyPrice = callPrice / 50
	idlePrice  = callPrice / 20 // an interval of a shift in which nothing is open
	ownPrice   = callPrice      // an interval of somebody's own work that the shift leaves out
)

// demands are the day's streams of work in the schedule engine's terms: first
// the pools of phone groups, then the e-mail groups.
type demands struct {
	list []schedule.Demand
	of   map[string]int // id of an answer group -> index
}

// phoneCosts gives the cost of 0, 1, 2, … people on the telephone for a pool in
// interval t, falling and convex; nil when all its groups are closed.
type phoneCosts func(c *centre.Centre, r *Requirement, p *PoolNeed, t, people int) ([]schedule.Money, error)

// newDemands prices the day: the telephone by phone, the rest at the price of
// time of 1 (see draft.priced).
func newDemands(c *centre.Centre, r *Requirement, people int, phone phoneCosts) (demands, error) {
	d := demands{of: map[string]int{}}
	for i, p := range r.Pools {
		demand := schedule.Demand{ID: p.ID, Kind: schedule.Phone, Cost: make([][]schedule.Money, r.Grid.N)}
		for t := range demand.Cost {
			row, err := phone(c, r, &p, t, people)
			if err != nil {
				return demands{}, err
			}
			demand.Cost[t] = row
		}
		for _, g := range p.Groups {
			d.of[r.Groups[g].Group.ID] = i
		}
		d.list = append(d.list, demand)
	}
	for i, e := range r.Email {
		d.of[e.Group.ID] = len(r.Pools) + i
	}
	d.list = append(d.list, offPhone(c, r, people, nil)...)
	return d, nil
}

// lostCalls are the costs by which a day is planned: the number of calls that
// are expected not to be answered in time, over all that the forecast leaves
// open.
func lostCalls(c *centre.Centre, r *Requirement, p *PoolNeed, t, people int) ([]schedule.Money, error) {
	queues, _, floor := r.queues(p, t)
	if len(queues) == 0 {
		return nil, nil
	}
	pooled := erlang.Joined(queues)
	calls := pooled.ArrivalRate * r.Grid.Step.Seconds()
	within := r.Groups[p.Groups[0]].Group.Target.Within.Seconds()
	cv := r.spread(p.Groups, t)
	lost := make([]float64, people+1)
	for n := range lost {
		level := 1.0
		if pooled.ArrivalRate > 0 {
			mixed, err := pooled.Mixed(float64(n)*r.Turnout.LoginRate, within, cv)
			if err != nil {
				return nil, err
			}
			level = mixed.ServiceLevel(erlang.OfOffered)
		}
		lost[n] = calls * (1 - level)
		if level > 1-1e-4 {
			lost = lost[:n+1] // one more would do nothing
			break
		}
	}
	row := convex(lost)
	for n := range row {
		if n == 0 {
			row[n] += emptyPrice
		}
		row[n] += schedule.Money(max(0, floor-n)) * floorPrice
	}
	return row, nil
}

// convex gives the greatest convex row below lost, in thousandths: far below
// the load the first people help less than the next ones, which a table of
// falling gains cannot say.
func convex(lost []float64) []schedule.Money {
	hull := []int{0}
	for n := 1; n < len(lost); n++ {
		for len(hull) > 1 {
			a, b := hull[len(hull)-2], hull[len(hull)-1]
			if (lost[b]-lost[a])*float64(n-a) <= (lost[n]-lost[a])*float64(b-a) {
				break
			}
			hull = hull[:len(hull)-1]
		}
		hull = append(hull, n)
	}
	exact := make([]float64, len(lost))
	for i := range hull {
		a := hull[i]
		b := a
		if i+1 < len(hull) {
			b = hull[i+1]
		}
		for n := a; n <= b; n++ {
			exact[n] = lost[a]
			if b > a {
				exact[n] += (lost[b] - lost[a]) * float64(n-a) / float64(b-a)
			}
		}
	}
	return roundConvex(exact)
}

// roundConvex rounds a falling convex row to whole thousandths so that it
// stays falling and convex: from the last entry on, each step is rounded but
// never smaller than the one after it.
func roundConvex(exact []float64) []schedule.Money {
	row := make([]schedule.Money, len(exact))
	last := len(exact) - 1
	row[last] = schedule.Money(math.Round(exact[last] * callPrice))
	gain := schedule.Money(0)
	for n := last - 1; n >= 0; n-- {
		gain = max(gain, schedule.Money(math.Round((exact[n]-exact[n+1])*callPrice)))
		row[n] = row[n+1] + gain
	}
	return row
}

// emailWork gives the work of the day in agent-intervals: what is due before
// the evening, and what may wait. In a steady state a day's work is what has
// come since the day before; with a deadline of a day or less all of it is due,
// with a longer one half of it can be left.
func (r *Requirement) emailWork(e GroupForecast) (due, rest float64) {
	work := (expected(e) + e.Waiting) * emailHandleTime(e) / (r.Grid.Step.Seconds() * r.Turnout.LoginRate)
	if e.Group.Deadline > 24*time.Hour {
		return work / 2, work / 2
	}
	return work, 0
}

func expected(e GroupForecast) float64 {
	sum := 0.0
	for _, m := range e.Forecast.Mean {
		sum += m
	}
	return sum
}

func emailHandleTime(e GroupForecast) float64 {
	for _, h := range e.Forecast.HandleTime {
		if h > 0 {
			return h
		}
	}
	return e.Group.HandleTime.Seconds()
}

// emailWindow is the time in which e-mail may be worked: the group's hours, or
// all day.
func emailWindow(c *centre.Centre, grid civil.Grid, g centre.Group) schedule.Span {
	spans := g.Hours.On(civil.DateOf(grid.Start), c.Calendar)
	if len(spans) == 0 {
		if len(g.Hours) == 0 {
			return schedule.Span{To: grid.N}
		}
		return schedule.Span{}
	}
	s := span(grid, spans[0])
	for _, more := range spans[1:] {
		m := span(grid, more)
		s.From, s.To = min(s.From, m.From), max(s.To, m.To)
	}
	return s
}
