package plan

import (
	"slices"

	"bemanna/internal/centre"
	"bemanna/schedule"
)

// crowdPrice is what each person beyond a limit on lunches or seats costs, for
// each interval: as much as somebody who is missing from a floor, so that calls
// give way where there is any room, and the plan is told where there is none.
const crowdPrice = floorPrice

// The rules of the schedule engine that limit each crowd.
var crowdRules = map[schedule.Crowd]string{schedule.AtLunch: schedule.RuleLunches, schedule.Seated: schedule.RuleSeats}

// crowdCap is a cap of the schedule engine with the unit whose people it counts.
type crowdCap struct {
	schedule.Cap
	unit string // its name; "": all
}

// crowdCaps are the limits on lunches and seats of the centre and of its units.
func crowdCaps(c *centre.Centre, avail []centre.Availability) []crowdCap {
	var out []crowdCap
	limit := func(l centre.Crowding, unit string, agents []int) {
		if l.LunchAtOnce > 0 {
			out = append(out, crowdCap{schedule.Cap{Crowd: schedule.AtLunch, Agents: agents, Most: l.LunchAtOnce, Cost: crowdPrice}, unit})
		}
		if l.Seats > 0 {
			out = append(out, crowdCap{schedule.Cap{Crowd: schedule.Seated, Agents: agents, Most: l.Seats, Cost: crowdPrice}, unit})
		}
	}
	limit(c.Rules.Crowding, "", nil)
	for _, u := range c.Units {
		own := []int{}
		for i, a := range avail {
			if a.Person.Unit == u.ID {
				own = append(own, i)
			}
		}
		limit(u.Crowding, u.Name, own)
	}
	return out
}

// crowdRemarks says when more have lunch, or a seat, than may, and how many too
// many they are at most.
func (d *draft) crowdRemarks() []Remark {
	var out []Remark
	heads := d.problem.Heads(d.plan)
	for i, limit := range crowdCaps(d.c, d.avail) {
		for t := 0; t < d.r.Grid.N; t++ {
			from, most := t, 0
			for t < d.r.Grid.N && heads[i][t] > limit.Most {
				most = max(most, heads[i][t])
				t++
			}
			if t > from {
				out = append(out, Remark{
					Kind: RemarkCrowd, Group: limit.unit, Rule: crowdRules[limit.Crowd],
					Start: d.r.Grid.Time(from), End: d.r.Grid.Time(t), Value: float64(most - limit.Most),
				})
			}
		}
	}
	return out
}

// tooMany counts the people beyond the limits on lunches and seats, over all
// intervals.
func (d *draft) tooMany(days []schedule.AgentDay) int {
	sum := 0
	for i, heads := range d.problem.Heads(schedule.Plan{Days: days}) {
		for _, n := range heads {
			sum += max(0, n-d.problem.Caps[i].Most)
		}
	}
	return sum
}

// crowds tells whether more would be too many somewhere if agent i kept to the day
// that the news leave.
func (k *checkIn) crowds(i int) bool {
	with := slices.Clone(k.draft.plan.Days)
	with[i] = k.kept.plan.Days[i]
	return k.draft.tooMany(with) > k.draft.tooMany(k.draft.plan.Days)
}
