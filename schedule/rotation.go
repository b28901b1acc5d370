package schedule

import (
	"math"
	"slices"
)

// Costs of a duty. Each kind is far more than all that can be said for the
// kinds before it.
const (
	weekOfDebt = 1000 // one week ahead of the fair share

	// Somebody who led last week leads again only if all the others are this
	// much more ahead, and likewise for the week before last.
	ledLastWeek       = 12 * weekOfDebt
	ledWeekBeforeLast = weekOfDebt / 2

	notMember   = 1_000_000_000
	notEligible = 1_000 * notMember
	nobody      = 1_000 * notEligible
)

// mostMadeUp is how much of a lead over others, or of an arrear, in the weeks
// before the first one is made up for.
const mostMadeUp = 2 * weekOfDebt

// rotation shares out duties week by week.
type rotation struct {
	RotaProblem
	tablesOf [][]int // by agent
	// ahead is by how much an agent has had more than a fair share, in
	// thousandths of a week: of leads and of deputyships.
	aheadLead, aheadDeputy []int64
	lastLed                []int // week; negative: before the first
}

func newRotation(p RotaProblem) *rotation {
	n := len(p.Agents)
	r := &rotation{p, make([][]int, n), make([]int64, n), make([]int64, n), make([]int, n)}
	for t, table := range p.Tables {
		for _, a := range table.Members {
			r.tablesOf[a] = append(r.tablesOf[a], t)
		}
	}
	for a, agent := range p.Agents {
		r.lastLed[a] = math.MinInt / 2
		if agent.SinceLed >= 0 {
			r.lastLed[a] = -1 - agent.SinceLed
		}
		r.aheadLead[a] = r.aheadBefore(a)
	}
	return r
}

// aheadBefore is how much more agent a has led before the first week than the
// eligible members of the same tables on average.
func (r *rotation) aheadBefore(a int) int64 {
	sum, n := 0, 0
	for _, t := range r.tablesOf[a] {
		for _, b := range r.Tables[t].Members {
			if r.Agents[b].Eligible {
				sum += r.Agents[b].Led
				n++
			}
		}
	}
	if n == 0 {
		return 0
	}
	ahead := weekOfDebt*int64(r.Agents[a].Led) - weekOfDebt*int64(sum)/int64(n)
	return min(mostMadeUp, max(-mostMadeUp, ahead))
}

// week shares out the duties of one week: leads first, then deputies among
// those who are left.
func (r *rotation) week(w int) []Duty {
	busy := make([]bool, len(r.Agents))
	leads := r.assign(busy, func(t, a int) int64 { return r.leadCost(w, t, a) })
	deputies := r.assign(busy, func(t, a int) int64 { return r.deputyCost(w, t, a) })
	duties := make([]Duty, len(r.Tables))
	for t := range duties {
		duties[t] = Duty{Lead: leads[t], Deputy: deputies[t]}
		if a := leads[t]; a >= 0 {
			duties[t].StandIn = !r.member(t, a) || !r.Agents[a].Eligible
			r.aheadLead[a] += weekOfDebt
			r.lastLed[a] = w
		}
		if a := deputies[t]; a >= 0 {
			r.aheadDeputy[a] += weekOfDebt
		}
		r.takeShares(w, t, leads[t])
	}
	return duties
}

// assign gives each table one of those who are not busy, at the least sum of
// costs, and -1 where there is nobody; those whom it takes become busy.
func (r *rotation) assign(busy []bool, cost func(t, a int) int64) []int {
	costs := make([][]int64, len(r.Tables))
	for t := range costs {
		costs[t] = make([]int64, len(r.Agents)+len(r.Tables)) // a nobody for each table
		for c := range costs[t] {
			costs[t][c] = nobody
			if c < len(r.Agents) && !busy[c] {
				costs[t][c] = cost(t, c)
			}
		}
	}
	taken := cheapestMatching(costs)
	for t, a := range taken {
		if costs[t][a] >= nobody {
			taken[t] = -1
		} else {
			busy[a] = true
		}
	}
	return taken
}

func (r *rotation) leadCost(w, t, a int) int64 {
	if r.Agents[a].Present[w] <= 0.5 {
		return nobody
	}
	cost := r.aheadLead[a]
	switch w - r.lastLed[a] {
	case 1:
		cost += ledLastWeek
	case 2:
		cost += ledWeekBeforeLast
	}
	if !r.member(t, a) {
		cost += notMember
	}
	if !r.Agents[a].Eligible {
		cost += notEligible
	}
	return cost
}

func (r *rotation) deputyCost(w, t, a int) int64 {
	switch {
	case r.Agents[a].Present[w] <= 0.5, !r.Agents[a].Eligible:
		return nobody
	case !r.member(t, a):
		return notMember + r.aheadDeputy[a]
	}
	return r.aheadDeputy[a]
}

func (r *rotation) member(t, a int) bool { return slices.Contains(r.tablesOf[a], t) }

// takeShares charges the fair shares of a table's week to those of its members
// who could have led it, and of its deputyship to those who could beside the
// lead.
func (r *rotation) takeShares(w, t, lead int) {
	charge := func(ahead []int64) func(int, float64) {
		return func(a int, share float64) { ahead[a] -= int64(math.Round(weekOfDebt * share)) }
	}
	r.share(w, t, -1, charge(r.aheadLead))
	r.share(w, t, lead, charge(r.aheadDeputy))
}
