package plan

import (
	"context"
	"fmt"
	"slices"

	"bemanna/schedule"
)

// former gives the plan of a document in the terms of the draft's problem, for
// those whom the problem knows.
//
// A document does not say for which pool somebody on the telephone was counted,
// since the next call decides. They are counted anew, as is best for those who
// are here now: when somebody is away the calls find the others by themselves,
// and nobody has to do anything for it.
func (d *draft) former(ctx context.Context, day *Day) (schedule.Plan, error) {
	var plan schedule.Plan
	for i := range d.problem.Agents {
		plan.Days = append(plan.Days, d.formerDay(i, day))
	}
	counted, err := schedule.Solve(ctx, d.counting(plan), schedule.Options{Iterations: 1})
	if err != nil {
		return schedule.Plan{}, fmt.Errorf("counting who is on the telephone: %w", err)
	}
	for i := range plan.Days {
		plan.Days[i].Activities = d.count(i, plan.Days[i], counted.Days[i])
	}
	return plan, nil
}

// formerDay is the day of an agent of the problem, without the demands of the
// telephone.
func (d *draft) formerDay(agent int, day *Day) schedule.AgentDay {
	out := schedule.AgentDay{Agent: d.problem.Agents[agent].ID}
	i := slices.IndexFunc(day.Agents, func(a Agent) bool { return a.ID == out.Agent })
	if i < 0 || day.Agents[i].Shift == nil {
		return out
	}
	grid := d.r.Grid
	out.Shift = schedule.Span{From: grid.Index(day.Agents[i].Shift.Start), To: grid.Index(day.Agents[i].Shift.End)}
	for _, x := range day.Agents[i].Activities {
		act := schedule.Activity{Span: schedule.Span{From: grid.Index(x.Start), To: grid.Index(x.End)}, Kind: schedule.Kind(x.Kind)}
		if act.Kind == schedule.Email {
			if k := d.emailDemand(x.Groups); k >= 0 {
				act.Demands = []int{k}
			} else {
				act.Kind = schedule.Other // the pool is gone
			}
		}
		if act.Kind == schedule.Other {
			out.Activities = append(out.Activities, d.others(agent, act.Span)...)
			continue
		}
		out.Activities = append(out.Activities, act)
	}
	return out
}

// works tells whether somebody has a shift in a plan.
func (d *Day) works(person string) bool {
	return slices.ContainsFunc(d.Agents, func(a Agent) bool { return a.ID == person && a.Shift != nil })
}

// others tells what is booked from what is work of one's own in time that a
// document calls other.
func (d *draft) others(agent int, span schedule.Span) []schedule.Activity {
	own := []int{d.r.ownIndex(d.c, d.avail[agent].Person)}
	var out []schedule.Activity
	for t := span.From; t < span.To; t++ {
		act := schedule.Activity{Span: schedule.Span{From: t, To: t + 1}, Kind: schedule.Email, Demands: own}
		if d.booked(agent, t) {
			act.Kind, act.Demands = schedule.Other, nil
		}
		if n := len(out) - 1; n >= 0 && out[n].Kind == act.Kind {
			out[n].To++
		} else {
			out = append(out, act)
		}
	}
	return out
}

// booked tells whether something is fixed for an agent of the problem in
// interval t.
func (d *draft) booked(agent, t int) bool {
	return slices.ContainsFunc(d.problem.Agents[agent].Fixed, func(b schedule.Block) bool { return b.From <= t && t < b.To })
}

// emailDemand is the demand of the only group of an e-mail activity; -1: none.
func (d *draft) emailDemand(groups []string) int {
	return slices.IndexFunc(d.problem.Demands, func(k schedule.Demand) bool {
		return k.Kind == schedule.Email && slices.Contains(groups, k.ID)
	})
}

// counting is the problem of counting those on the telephone: all else stands
// still, and no rule has a say.
func (d *draft) counting(plan schedule.Plan) schedule.Problem {
	p := schedule.Problem{Grid: d.problem.Grid, Demands: slices.Clone(d.problem.Demands)}
	for k := range p.Demands {
		p.Demands[k].Backlog = nil
	}
	for i, day := range plan.Days {
		agent := schedule.Agent{ID: day.Agent, Skills: d.problem.Agents[i].Skills, Loans: d.problem.Agents[i].Loans}
		if day.Shift.Len() > 0 && len(d.problem.Agents[i].Shifts) > 0 {
			agent.Shifts = []schedule.Shift{{Span: day.Shift}}
			for t := day.Shift.From; t < day.Shift.To; t++ {
				if doing(day, t).Kind == schedule.Phone && !d.away(i, t) {
					continue
				}
				agent.Pinned = append(agent.Pinned, schedule.Activity{Span: schedule.Span{From: t, To: t + 1}, Kind: schedule.Other})
			}
		}
		p.Agents = append(p.Agents, agent)
	}
	return p
}

// away tells whether an agent of the problem is absent in interval t.
func (d *draft) away(agent, t int) bool {
	return slices.ContainsFunc(d.problem.Agents[agent].Fixed, func(b schedule.Block) bool {
		return b.Kind == schedule.Absent && b.From <= t && t < b.To
	})
}

// doing is what a day has in interval t; the zero Activity: nothing.
func doing(day schedule.AgentDay, t int) schedule.Activity {
	if i := slices.IndexFunc(day.Activities, func(a schedule.Activity) bool { return a.From <= t && t < a.To }); i >= 0 {
		return day.Activities[i]
	}
	return schedule.Activity{}
}

// count cuts the time on the telephone of a day by the demands that somebody is
// counted on. Who is not counted, because of an absence, stands by the first.
func (d *draft) count(agent int, day, counted schedule.AgentDay) []schedule.Activity {
	first := slices.IndexFunc(d.problem.Agents[agent].Skills, func(k int) bool {
		return d.problem.Demands[k].Kind == schedule.Phone
	})
	var out []schedule.Activity
	for _, act := range day.Activities {
		if act.Kind != schedule.Phone {
			out = append(out, act)
			continue
		}
		if first < 0 { // no longer
			out = append(out, schedule.Activity{Span: act.Span, Kind: schedule.Other})
			continue
		}
		for t := act.From; t < act.To; t++ {
			demands := []int{d.problem.Agents[agent].Skills[first]}
			if on := doing(counted, t); on.Kind == schedule.Phone {
				demands = on.Demands[:1]
			}
			if n := len(out) - 1; n >= 0 && out[n].To == t && out[n].Kind == schedule.Phone && out[n].Demands[0] == demands[0] {
				out[n].To++
			} else {
				out = append(out, schedule.Activity{Span: schedule.Span{From: t, To: t + 1}, Kind: schedule.Phone, Demands: demands})
			}
		}
	}
	return out
}
