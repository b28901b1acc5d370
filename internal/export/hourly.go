package export

import (
	"bemanna/internal/civil"
	"bemanna/internal/plan"
)

// hour sums up an hour of a pool. Need and staffed are means over its open
// intervals.
type hour struct {
	quarters             int // open intervals
	calls, need, staffed float64
	inTime               float64
}

// mark says in one sign whether the expected share answered in time is below
// the target (-), about at it (=), or leaves room (+): two thirds of the calls
// that the target gives away are answered in time too.
func (h hour) mark(target float64) string {
	switch {
	case h.calls == 0:
		return ""
	case h.inTime < target*h.calls:
		return "-"
	case h.inTime > (target+(1-target)*2/3)*h.calls:
		return "+"
	default:
		return "="
	}
}

// poolHours is a pool by the hour of the clock.
type poolHours struct {
	id, name string
	hours    [24]hour
}

// hourly sums up the groups of a day by pool and hour, pools in the order of
// their first groups.
func hourly(d *plan.Day) []poolHours {
	return byHour(d, func(g plan.Group) (id, name string) { return g.Pool, d.PoolName(g) })
}

// hourlyGroups sums up each group of a day by hour.
func hourlyGroups(d *plan.Day) []poolHours {
	return byHour(d, func(g plan.Group) (id, name string) { return g.ID, g.Name })
}

func byHour(d *plan.Day, pool func(plan.Group) (id, name string)) []poolHours {
	var out []poolHours
	index := map[string]int{}
	for _, g := range d.Groups {
		id, name := pool(g)
		i, seen := index[id]
		if !seen {
			i = len(out)
			index[id] = i
			out = append(out, poolHours{id: id, name: name})
		}
		open := map[int]int{}
		for _, x := range g.Intervals {
			h := &out[i].hours[x.Start.Hour()]
			open[x.Start.Hour()]++
			h.calls += x.Offered
			h.need += x.Need
			h.staffed += x.Staffed
			h.inTime += x.Offered * x.ServiceLevel
		}
		for h, n := range open {
			out[i].hours[h].quarters = max(out[i].hours[h].quarters, n)
		}
	}
	for i := range out {
		for h := range out[i].hours {
			if n := float64(out[i].hours[h].quarters); n > 0 {
				out[i].hours[h].need /= n
				out[i].hours[h].staffed /= n
			}
		}
	}
	return out
}

// hours gives the first and the last hour in which anything is open.
func hours(pools []poolHours) (first, last int) {
	first, last = 24, -1
	for _, p := range pools {
		for h, x := range p.hours {
			if x.quarters > 0 {
				first, last = min(first, h), max(last, h)
			}
		}
	}
	return first, last
}

// unitCount is who is at work in a unit and what for, in hours.
type unitCount struct {
	here, away, temps int
	phone, email      float64
}

func countUnit(d *plan.Day, unit string) unitCount {
	var c unitCount
	for _, a := range d.Agents {
		switch {
		case a.Unit != unit:
			continue
		case a.Shift == nil:
			c.away++
			continue
		case a.Employment != "permanent":
			c.temps++
		}
		c.here++
		for _, act := range a.Activities {
			switch act.Kind {
			case "phone":
				c.phone += act.End.Sub(act.Start).Hours()
			case "email":
				c.email += act.End.Sub(act.Start).Hours()
			}
		}
	}
	return c
}

// seats is a table with the agents who sit at it.
type seats struct {
	id, name string
	lead     string
	agents   []plan.Agent
}

// starts gives the times at which a kind of activity begins at the table, in
// the order of its agents.
func (s seats) starts(kind string) []string {
	var out []string
	for _, a := range s.agents {
		for _, act := range a.Activities {
			if act.Kind == kind {
				out = append(out, civil.ClockOf(act.Start).String())
			}
		}
	}
	return out
}

// seating lists the tables with their agents, and at the end those without a
// table, unit by unit.
func seating(d *plan.Day) []seats {
	var out []seats
	for _, t := range d.Tables {
		s := seats{id: t.ID, name: t.Name, lead: t.Lead}
		for _, a := range d.Agents {
			if a.Table == t.ID {
				s.agents = append(s.agents, a)
			}
		}
		out = append(out, s)
	}
	rest := seats{id: "–"}
	for _, a := range d.Agents {
		if a.Table == "" {
			rest.agents = append(rest.agents, a)
		}
	}
	if len(rest.agents) > 0 {
		out = append(out, rest)
	}
	return out
}
