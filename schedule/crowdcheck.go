package schedule

import "slices"

// Heads counts by cap and interval those whom the caps of the problem count. The
// days of the plan must be those of the agents.
func (p Problem) Heads(plan Plan) [][]int {
	heads := make([][]int, len(p.Caps))
	for i, limit := range p.Caps {
		heads[i] = make([]int, p.Grid.N)
		for a, d := range plan.Days {
			if limit.Agents != nil && !slices.Contains(limit.Agents, a) {
				continue
			}
			for _, act := range d.Activities {
				if act.Kind == Lunch || limit.Crowd == Seated && act.Kind != Absent {
					for t := act.From; t < act.To; t++ {
						heads[i][t]++
					}
				}
			}
		}
	}
	return heads
}

// costCrowd prices those beyond the caps on a crowd.
func costCrowd(of Crowd) func(*planInspection) Money {
	return func(c *planInspection) Money {
		sum := Money(0)
		for i, heads := range c.problem.Heads(*c.plan) {
			limit := &c.problem.Caps[i]
			if limit.Crowd != of {
				continue
			}
			for _, n := range heads {
				if n > limit.Most {
					sum += limit.Cost * Money(n-limit.Most)
				}
			}
		}
		return sum
	}
}
