package plan

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"

	"bemanna/erlang"
	"bemanna/internal/centre"
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

// outcome is what a plan is expected to give, group by group and interval by
// interval, and for the day.
type outcome struct {
	staffed [][]float64 // [group][interval] people logged in that go to the group
	level   [][]float64 // [group][interval] expected share answered in time
	calls   float64
	inTime  float64
	luck    float64 // variance of inTime on a day whose rates are known
}

// share is the expected share of the day's calls answered in time; 1 where no
// calls are expected: nobody waits.
func (o *outcome) share() float64 {
	if o.calls == 0 {
		return 1
	}
	return o.inTime / o.calls
}

// uncertainty says how a day is evaluated: with Scale times the calls that are
// expected, and with Spread times the forecast's spread around them.
type uncertainty struct{ scale, spread float64 }

// asForecast is a day with the calls that are expected, and all that the
// forecast leaves open.
var asForecast = uncertainty{scale: 1, spread: 1}

// evaluate works out what the crews of a day give: the crews of an interval
// share the calls as fairly as their skills allow (erlang.Pool), and each pool
// that results is an Erlang A queue under a rate that is not quite known.
func (r *Requirement) evaluate(c *centre.Centre, cs crews, u uncertainty) (*outcome, error) {
	o := &outcome{staffed: matrix(len(r.Groups), r.Grid.N), level: matrix(len(r.Groups), r.Grid.N)}
	for t := range r.Grid.N {
		if err := r.evaluateInterval(c, o, cs[t], t, u); err != nil {
			return nil, err
		}
	}
	return o, nil
}

func (r *Requirement) evaluateInterval(c *centre.Centre, o *outcome, cs []crew, t int, u uncertainty) error {
	var queues []erlang.Queue
	var open []int
	index := make(map[int]int, len(r.Groups)) // group -> queue
	for g := range r.Groups {
		if r.Groups[g].Open[t] {
			q := r.Groups[g].queue(t, r.Grid.Step)
			q.ArrivalRate *= u.scale
			index[g] = len(queues)
			queues, open = append(queues, q), append(open, g)
		}
	}
	if len(queues) == 0 {
		return nil
	}
	staff := make([]erlang.Crew, 0, len(cs))
	for _, cr := range cs {
		one := erlang.Crew{Agents: float64(cr.agents) * c.LoginRate}
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
	inTime := make([]float64, len(pooling.Pools))
	for i, g := range open {
		o.staffed[g][t] = pooling.Capacity[i]
		p := pooling.Pool[i]
		if p < 0 { // no calls
			o.level[g][t] = 1
			continue
		}
		target := r.Groups[g].target()
		mixed, err := pooling.Pools[p].Queue.Mixed(pooling.Pools[p].Agents, target.Threshold, u.spread*spreads[p])
		if err != nil {
			return err
		}
		calls := queues[i].ArrivalRate * r.Grid.Step.Seconds()
		o.level[g][t] = mixed.ServiceLevel(target.Definition)
		o.calls += calls
		o.inTime += calls * o.level[g][t]
		inTime[p] += calls * o.level[g][t]
	}
	for p, q := range pooling.Pools {
		o.luck += luck(q, inTime[p], r.Grid.Step.Seconds())
	}
	return nil
}

// luck gives the variance of the number of calls answered in time in an
// interval of a queue, of which so many are expected. Waits of calls that come
// soon after each other are alike: the number behaves as if every 2/ω seconds
// one lot of calls drew its fate together, ω being the rate at which the queue
// forgets its state, about µ(√n − √a)² (Gamarnik and Goldberg, On the rate of
// convergence to stationarity of the M/M/N queue in the Halfin–Whitt regime,
// Annals of Applied Probability 23 (2013) 1879–1912) and, because a queue that
// is left is soon short, the geometric mean of the rates of service and of
// hanging up. Against simulated days the standard deviation is right or up to
// half too large, the more so the larger the queue.
func luck(p erlang.PooledQueue, inTime, seconds float64) float64 {
	q := p.Queue
	calls := q.ArrivalRate * seconds
	level := inTime / calls
	gap := math.Sqrt(p.Agents) - math.Sqrt(q.ArrivalRate/q.ServiceRate)
	forget := q.ServiceRate*gap*gap + math.Sqrt(q.ServiceRate*q.AbandonRate)
	lots := math.Min(calls, math.Max(1, seconds*forget/2))
	return calls * calls * level * (1 - level) / lots
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

// dayCorrelation is how far the errors of two groups' day totals go together.
// Neither 0 nor 1 is true: weather, news and forgotten events move all groups,
// and each has its own. One half is an assumption.
const dayCorrelation = 0.5

// daySigma is the relative standard deviation of the day's rate of calls over
// all groups, and ofSpread the part of the intervals' spread that is left when
// the day's rate is known.
func (r *Requirement) daySigma() (sigma, ofSpread float64) {
	total, sum, square, within := 0.0, 0.0, 0.0, 0.0
	for _, g := range r.Groups {
		for _, d := range g.Forecast.Days {
			e := d.Total * d.Sigma
			total, sum, square = total+d.Total, sum+e, square+e*e
			within += d.Total * (1 - g.Forecast.DayShare)
		}
	}
	if total == 0 {
		return 0, 1
	}
	return math.Sqrt(dayCorrelation*sum*sum+(1-dayCorrelation)*square) / total, math.Sqrt(within / total)
}

// probability gives the chance that the day reaches the target share, over
// what the forecast does not know of the day's calls and over the luck of a
// single day with those calls.
func (r *Requirement) probability(c *centre.Centre, cs crews, target float64) (float64, error) {
	sigma, ofSpread := r.daySigma()
	const reach, steps = 3.0, 12 // standard deviations on either side, and steps over both
	chance, weights := 0.0, 0.0
	for i := range steps + 1 {
		z := reach * (2*float64(i)/steps - 1)
		o, err := r.evaluate(c, cs, uncertainty{scale: math.Exp(sigma*z - sigma*sigma/2), spread: ofSpread})
		if err != nil {
			return 0, err
		}
		w := distuv.UnitNormal.Prob(z)
		weights += w
		chance += w * o.reaches(target)
	}
	return chance / weights, nil
}

// reaches gives the chance that a day with these calls reaches the target.
func (o *outcome) reaches(target float64) float64 {
	margin, sd := o.inTime-target*o.calls, math.Sqrt(o.luck)
	switch {
	case sd > 0:
		return distuv.UnitNormal.CDF(margin / sd)
	case margin >= 0:
		return 1
	default:
		return 0
	}
}
