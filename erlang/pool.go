package erlang

import "fmt"

// A Crew is a number of agents, which may be a fraction, who all take calls
// from the same groups.
type Crew struct {
	Agents float64
	Groups []int // indices into the queues given to Pool
}

// Pooling says which groups of calls share agents, and how many agents each
// group gets. [Pool] makes it.
type Pooling struct {
	Pool     []int         // the pool of each group; −1 for a group without calls
	Capacity []float64     // the agents that go to each group, which may be a fraction
	Pools    []PooledQueue // each pool as a single queue, in the order of its first group
	Spare    float64       // agents who serve only groups without calls

	part []float64 // each group's part of the calls of its pool
}

// A PooledQueue is the calls of a pool, and the agents who answer them.
type PooledQueue struct {
	Queue  Queue
	Agents float64
}

// Pool spreads crews with several skills over groups of calls, without
// simulation: the agents of each crew go to the groups it serves such that
// the ratios of agents to load are max–min fair in the lexicographic order.
// The least ratio is as large as it can be, then the second least, and so on.
// Groups whose ratios are equal and that share crews form a pool, and a pool
// is taken as one queue with all its calls and all the agents that go to it.
// So a specialist counts for its own group alone, and an agent with many
// skills is never counted twice.
//
// The spread is exact (to a relative 1e-9) and unique. A group without calls
// takes no agents, has pool −1 and the performance of a queue without calls:
// service level 1. A group with calls that no crew serves is a pool of its
// own with no agents: service level 0.
//
// What the approximation neglects: that the agents of a pool do not all take
// all of its calls (little flexibility is enough to come near the whole
// effect of pooling, but not all the way); that an agent who idles in one
// pool may have the skill to help in another at that moment; priorities; that
// a mix of handle times varies more than the exponential with the same mean;
// and that the groups of a pool differ in patience. Simulate where a decision
// hangs on one agent.
//
// Sources: the pools are those of complete resource pooling (Harrison and
// López, Queueing Systems 33, 1999, pp. 339–368); the fair spread is the
// lexicographically optimal base of a polymatroid, found by decomposition
// (Fujishige, Mathematics of Operations Research 5(2), 1980, pp. 186–196).
//
// The error is an [*InputError] for a queue, a number of agents or a group
// out of range.
func Pool(queues []Queue, crews []Crew) (Pooling, error) {
	loads := make([]float64, len(queues))
	for i, q := range queues {
		if err := q.check(); err != nil {
			return Pooling{}, fmt.Errorf("queue %d: %w", i, err)
		}
		loads[i] = q.load()
	}
	for k, crew := range crews {
		if err := crew.check(len(queues)); err != nil {
			return Pooling{}, fmt.Errorf("crew %d: %w", k, err)
		}
	}
	w := newNetwork(loads, crews)
	p := Pooling{Capacity: w.spread(loads, crews)}
	for k, crew := range crews {
		if w.block[k] < 0 {
			p.Spare += crew.Agents
		}
	}
	pool, count := w.pools()
	p.Pool, p.Pools = pool, make([]PooledQueue, count)
	p.merge(queues)
	return p, nil
}

func (c Crew) check(groups int) error {
	if !finite(c.Agents) {
		return &InputError{"Crew.Agents", c.Agents, "a number of agents, 0 or more"}
	}
	for _, g := range c.Groups {
		if g < 0 || g >= groups {
			return &InputError{"Crew.Groups", float64(g), fmt.Sprintf("an index below %d", groups)}
		}
	}
	return nil
}

// merge fills in the queue and the agents of each pool.
func (p *Pooling) merge(queues []Queue) {
	for i, pool := range p.Pool {
		if pool >= 0 {
			p.Pools[pool].Queue.join(queues[i])
			p.Pools[pool].Agents += p.Capacity[i]
		}
	}
	p.part = make([]float64, len(queues))
	for i, pool := range p.Pool {
		if pool >= 0 {
			p.part[i] = queues[i].ArrivalRate / p.Pools[pool].Queue.ArrivalRate
		}
	}
}

// Joined gives queues as one: their calls together, with the means that join
// says. No queues, or none with calls: a queue without calls that serves at one
// call a second.
func Joined(queues []Queue) Queue {
	all := Queue{ServiceRate: 1}
	for _, q := range queues {
		all.join(q)
	}
	return all
}

// join adds the calls of another queue. The handle time becomes the mean over
// calls. So does the rate at which callers hang up, and not the patience:
// most waits are short against the patience, and then what counts is how many
// hang up at once (Zeltyn and Mandelbaum, Queueing Systems 51, 2005).
func (q *Queue) join(other Queue) {
	if other.ArrivalRate == 0 {
		return
	}
	if q.ArrivalRate == 0 {
		*q = other
		return
	}
	calls := q.ArrivalRate + other.ArrivalRate
	weight := other.ArrivalRate / calls
	q.ServiceRate = calls / (q.load() + other.load())
	q.Patience = joinedPatience(*q, other)
	q.AbandonRate += weight * (other.AbandonRate - q.AbandonRate)
	q.RedialShare += weight * (other.RedialShare - q.RedialShare)
	q.ArrivalRate = calls
}

// Performance gives the performance of each group, with a threshold in
// seconds for each group. The probabilities, waits and occupancy are those of
// the group's pool; the queue and the call attempts are the group's part.
func (p Pooling) Performance(thresholds []float64) ([]Performance, error) {
	if len(thresholds) != len(p.Pool) {
		return nil, &InputError{"thresholds", float64(len(thresholds)), fmt.Sprintf("one for each of the %d groups", len(p.Pool))}
	}
	performances := make([]Performance, len(p.Pool))
	for i, pool := range p.Pool {
		if err := checkThreshold(thresholds[i]); err != nil {
			return nil, fmt.Errorf("group %d: %w", i, err)
		}
		var shared PooledQueue
		if pool >= 0 {
			shared = p.Pools[pool]
		} else {
			shared.Queue.ServiceRate = 1 // any will do: there are no calls
		}
		performance := shared.Queue.perform(shared.Agents, thresholds[i])
		performance.QueueLength *= p.part[i]
		performance.OfferedRate *= p.part[i]
		performances[i] = performance
	}
	return performances, nil
}

// PooledNeed gives the real number of agents that one crew with all skills
// needs to meet the target for the calls of all queues together, and how it
// divides over the queues, in proportion to load. The shares add up to the
// total; keep the fractions and round last, with [Whole]. Without calls the
// total is the target's MinAgents, divided evenly.
//
// Errors are those of [Queue.Agents].
func PooledNeed(queues []Queue, t Target) (total float64, share []float64, err error) {
	if err := t.check(); err != nil {
		return 0, nil, err
	}
	for i, q := range queues {
		if err := q.check(); err != nil {
			return 0, nil, fmt.Errorf("queue %d: %w", i, err)
		}
	}
	all := Joined(queues)
	if total, err = all.AgentsReal(t); err != nil {
		return 0, nil, err
	}
	share = make([]float64, len(queues))
	for i, q := range queues {
		if load := all.load(); load > 0 {
			share[i] = total * q.load() / load
		} else {
			share[i] = total / float64(len(queues))
		}
	}
	return total, share, nil
}
