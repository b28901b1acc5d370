package plan

import (
	"slices"

	"bemanna/erlang"
)

// crew is a set of people who take the same groups.
type crew struct {
	groups []int // indexes of Requirement.Groups, rising
	agents int
}

// crews are the crews of each interval of the day, sorted by their groups.
type crews [][]crew

// add puts people who take the groups given onto the telephone in interval t.
func (cs crews) add(t int, groups []int, agents int) {
	i, found := slices.BinarySearchFunc(cs[t], groups, func(c crew, g []int) int { return slices.Compare(c.groups, g) })
	if !found {
		cs[t] = slices.Insert(cs[t], i, crew{groups: groups})
	}
	cs[t][i].agents += agents
}

// masters gives the number of people on the telephone in interval t who take a
// group.
func (cs crews) masters(t, group int) int {
	n := 0
	for _, c := range cs[t] {
		if slices.Contains(c.groups, group) {
			n += c.agents
		}
	}
	return n
}

// clone gives crews that can be changed without changing cs.
func (cs crews) clone() crews {
	out := make(crews, len(cs))
	for t := range cs {
		out[t] = slices.Clone(cs[t])
	}
	return out
}

// service is what each group gets in each interval.
type service struct {
	staffed [][]float64 // [group][interval] people logged in that go to the group
	level   [][]float64 // [group][interval] expected share answered in time
}

func newService(r *Requirement) *service {
	return &service{matrix(len(r.Groups), r.Grid.N), matrix(len(r.Groups), r.Grid.N)}
}

// outcome is what a plan is worth.
type outcome struct {
	service
	calls  float64
	inTime float64
}

// share is the expected share of the day's calls answered in time; 1 where no
// calls are expected: nobody waits.
func (o *outcome) share() float64 {
	if o.calls == 0 {
		return 1
	}
	return o.inTime / o.calls
}

// evaluate works out what the crews of a day give: the crews of an interval
// share the calls as fairly as their skills allow (erlang.Pool), and each pool
// that results is an Erlang A queue under a rate that is not quite known. That
// is quick, and right where many share their work; where few people master a
// group it flatters. It serves to compare plans; what is said of a plan is
// simulated (expect).
func (r *Requirement) evaluate(cs crews) (*outcome, error) {
	o := &outcome{service: *newService(r)}
	for t := range r.Grid.N {
		if err := r.evaluateInterval(o, cs[t], t); err != nil {
			return nil, err
		}
	}
	return o, nil
}

func (r *Requirement) evaluateInterval(o *outcome, cs []crew, t int) error {
	var queues []erlang.Queue
	var open []int
	index := make(map[int]int, len(r.Groups)) // group -> queue
	for g := range r.Groups {
		if r.Groups[g].Open[t] {
			index[g] = len(queues)
			queues, open = append(queues, r.Groups[g].queue(t, r.Grid.Step)), append(open, g)
		}
	}
	if len(queues) == 0 {
		return nil
	}
	staff := make([]erlang.Crew, 0, len(cs))
	for _, cr := range cs {
		one := erlang.Crew{Agents: float64(cr.agents) * r.Turnout.LoginRate}
		for _, g := range cr.groups {
			one.Groups = append(one.Groups, index[g])
		}
		staff = append(staff, one)
	}
	pooling, err := erlang.Pool(queues, staff)
	if err != nil {
		return err
	}
	spreads := r.poolSpreads(pooling, open, t)
	for i, g := range open {
		o.staffed[g][t] = pooling.Capacity[i]
		p := pooling.Pool[i]
		if p < 0 { // no calls
			o.level[g][t] = 1
			continue
		}
		target := r.Groups[g].target()
		mixed, err := pooling.Pools[p].Queue.Mixed(pooling.Pools[p].Agents, target.Threshold, spreads[p])
		if err != nil {
			return err
		}
		calls := queues[i].ArrivalRate * r.Grid.Step.Seconds()
		o.level[g][t] = mixed.ServiceLevel(target.Definition)
		o.calls += calls
		o.inTime += calls * o.level[g][t]
	}
	return nil
}

// poolSpreads gives the relative standard deviation of the rate of each pool.
func (r *Requirement) poolSpreads(p erlang.Pooling, open []int, t int) []float64 {
	members := make([][]int, len(p.Pools))
	for i, g := range open {
		if k := p.Pool[i]; k >= 0 {
			members[k] = append(members[k], g)
		}
	}
	out := make([]float64, len(members))
	for k, groups := range members {
		out[k] = r.spread(groups, t)
	}
	return out
}

// matrix gives rows × columns zeros.
func matrix(rows, columns int) [][]float64 {
	all := make([]float64, rows*columns)
	out := make([][]float64, rows)
	for i := range out {
		out[i], all = all[:columns:columns], all[columns:]
	}
	return out
}
