package plan

import (
	"context"
	"errors"
	"math"
	"slices"

	"bemanna/erlang"
	"bemanna/internal/centre"
	"bemanna/schedule"
)

// Quantile says for what kind of day people are wanted.
type Quantile string

// The quantiles.
const (
	// P50 is a day as expected, over all that the forecast leaves open.
	P50 Quantile = "p50"
	// P90 is a day with more calls, and fewer people who come, than nine of ten.
	P90 Quantile = "p90"
)

// scene is a day of the horizon as it may come: what is asked for, and who of
// the centre's own people is on the telephone.
type scene struct {
	*aheadDay
	r     *Requirement // of the scene, not of the plan of the day
	there float64      // share of planned telephone time in which people are logged in
	crews [][]erlang.Crew
}

// scenes sets a day at both quantiles. People keep the days that they have,
// whatever comes; those who come in addition are not among them yet. Other volumes
// scale the need; where a group is closed, it is worked out anew.
func (h *Horizon) scenes(a *aheadDay, w WhatIf) (p50, p90 *scene, err error) {
	there := w.come(a.turnout)
	r, hard := a.r, a.hard
	closed := w.closesOn(a.date)
	if len(w.Volume) > 0 || closed {
		forecasts := w.recast(h.c, a.date, a.forecasts)
		r, hard = a.requirement(h.c, forecasts), a.requirement(h.c, busy(forecasts))
		if closed {
			err = errors.Join(r.size(h.c), hard.size(h.c))
		} else {
			err = errors.Join(r.scale(a.r, a.elastic), hard.scale(a.hard, a.elastic))
		}
		hard.atLeast(r)
	}
	return a.scene(r, there), a.scene(hard, there.bad(a.people())), err
}

// scale gives each pool its need from that of the same day with other volumes, by
// the elasticities of the need. The groups must be open at the same times.
func (r *Requirement) scale(from *Requirement, elastic [][]float64) error {
	return r.staff(func(p *PoolNeed) ([]float64, error) {
		i := from.pool(p.ID)
		need := slices.Clone(from.Pools[i].Need)
		for t := range need {
			if before, now := from.work(p, t), r.work(p, t); before > 0 && now != before {
				need[t] *= math.Pow(now/before, elastic[i][t])
			}
		}
		return need, nil
	})
}

// moreCalls is by how much the calls of a day are multiplied to see how its need
// grows with them.
const moreCalls = 1.1

// elasticities tell by how many per cent the need of each pool grows in each
// interval when there is one per cent more of everything, seen from a day with
// moreCalls. The need grows more slowly than the calls: large crews are better used.
func (a *aheadDay) elasticities(c *centre.Centre, r *Requirement) ([][]float64, error) {
	w := WhatIf{Volume: []VolumeChange{{Factor: moreCalls}}}
	more := a.requirement(c, w.recast(c, a.date, a.forecasts))
	if err := more.size(c); err != nil {
		return nil, err
	}
	out := matrix(len(r.Pools), r.Grid.N)
	for i := range out {
		for t := range out[i] {
			if need := r.Pools[i].Need[t]; need > 0 {
				out[i][t] = math.Log(more.Pools[i].Need[t]/need) / math.Log(moreCalls)
			}
		}
	}
	return out, nil
}

// work is that of a pool in interval t, in erlangs.
func (r *Requirement) work(p *PoolNeed, t int) float64 {
	queues, _, _ := r.queues(p, t)
	work := 0.0
	for _, q := range queues {
		work += q.ArrivalRate / q.ServiceRate
	}
	return work
}

func (a *aheadDay) scene(r *Requirement, at Turnout) *scene {
	s := &scene{aheadDay: a, r: r, there: at.there(), crews: make([][]erlang.Crew, r.Grid.N)}
	for t, crews := range a.own {
		s.crews[t] = s.loggedIn(crews)
	}
	return s
}

// loggedIn gives crews in people logged in.
func (s *scene) loggedIn(crews []crew) []erlang.Crew {
	out := make([]erlang.Crew, len(crews))
	for i, cr := range crews {
		out[i] = erlang.Crew{Agents: float64(cr.agents) * s.there, Groups: cr.groups}
	}
	return out
}

// most gives the greater of each two numbers.
func most(x, y []float64) []float64 {
	out := make([]float64, len(x))
	for i := range x {
		out[i] = max(x[i], y[i])
	}
	return out
}

// hours is the planned telephone time in hours that a number of people logged
// in, summed over intervals, amounts to.
func (s *scene) hours(loggedIn float64) float64 {
	return loggedIn / s.there * s.r.Grid.Step.Hours()
}

// balance holds need against people, in hours of planned telephone time of each
// group: over a day, with the people of each interval sent where they are missed
// most by skill.
type balance struct{ need, there, missing []float64 }

// balance sends the crews of each interval to the groups. No other way of sending
// them leaves less missing in all: the ratios of people to need are as even as
// skills allow, which makes every sum of convex functions of them as small as it
// can be, the shortfall among them (Fujishige, Mathematics of Operations Research
// 5(2), 1980, pp. 186–196).
func (s *scene) balance(crews func(t int) []erlang.Crew) (balance, error) {
	n := len(s.r.Groups)
	out := balance{make([]float64, n), make([]float64, n), make([]float64, n)}
	needs := make([]erlang.Queue, n)
	for t := range s.r.Grid.N {
		for g := range needs {
			needs[g] = erlang.Queue{ArrivalRate: s.r.Groups[g].Need[t], ServiceRate: 1}
		}
		spread, err := erlang.Pool(needs, crews(t))
		if err != nil {
			return out, err
		}
		for g, need := range needs {
			out.need[g] += s.hours(need.ArrivalRate)
			out.there[g] += s.hours(spread.Capacity[g])
			out.missing[g] += s.hours(max(0, need.ArrivalRate-spread.Capacity[g]))
		}
	}
	return out, nil
}

// groupsOf gives the indexes of the groups of the requirement that somebody
// masters, rising, open or not.
func (s *scene) groupsOf(p centre.Person) []int {
	var out []int
	for g := range s.r.Groups {
		for _, skill := range p.Skills {
			if skill.Group == s.r.Groups[g].Group.ID {
				out = append(out, g)
			}
		}
	}
	return out
}

// alone plans the day of one person for whom the work of each interval is worth
// so many calls: the shift that is worth most of those there are, with lunch and
// breaks where they cost least.
func (s *scene) alone(ctx context.Context, shifts []schedule.Shift, worth []float64) (schedule.AgentDay, error) {
	phone := schedule.Demand{ID: "phone", Kind: schedule.Phone, Cost: make([][]schedule.Money, s.r.Grid.N)}
	for t, x := range worth {
		phone.Cost[t] = []schedule.Money{schedule.Money(math.Round(max(0, x)*callPrice)) + 1, 0}
	}
	plan, err := schedule.Solve(ctx, schedule.Problem{
		Grid:    s.problem.Grid,
		Demands: []schedule.Demand{phone},
		Agents:  []schedule.Agent{{ID: "called", Skills: []int{0}, Shifts: shifts}},
		Rules:   s.problem.Rules,
	}, schedule.Options{Iterations: 1})
	if err != nil {
		return schedule.AgentDay{}, err
	}
	return plan.Days[0], ctx.Err()
}
