package plan

import (
	"math"
	"slices"

	"bemanna/erlang"
	"bemanna/internal/centre"
)

// served is what becomes of some calls.
type served struct {
	calls  float64
	inTime float64 // answered within the targets of their groups
	lost   float64 // whose callers gave up
	price  float64 // kronor that the lost ones would have been billed at, if nobody called again
	// unpriced are the lost ones of groups that are not billed by the case.
	unpriced float64
}

// losing are so many calls of a group whose callers give up.
func losing(g centre.Group, calls float64) served {
	if g.Price == 0 {
		return served{lost: calls, unpriced: calls}
	}
	return served{lost: calls, price: calls * g.Price}
}

func (s *served) add(o served, times float64) {
	s.calls += times * o.calls
	s.inTime += times * o.inTime
	s.lost += times * o.lost
	s.price += times * o.price
	s.unpriced += times * o.unpriced
}

// share is the part answered in time; 1 without calls: nobody waits.
func (s served) share() float64 {
	if s.calls == 0 {
		return 1
	}
	return s.inTime / s.calls
}

// appraiser tells what becomes of the calls of a day with any crews, quickly
// enough to try thousands of shifts.
//
// It does as evaluate does: the crews of an interval share the calls as fairly as
// their skills allow, and each pool that results is an Erlang A queue. That takes
// everybody in a pool to be able to take all of its calls. So there is a second
// bound: the groups of a pool of the requirement, and those of a unit, are served
// no better than if all who master any of them did nothing else.
//
// A set of groups is met again and again with almost as many people. So its levels
// are worked out once for each half of a person, and straight between.
type appraiser struct {
	s      *scene
	counts []bool // by group: whether its calls count
	// By interval: the open groups, their queues, and the index of each group
	// among them, or -1.
	open   [][]int
	queues [][]erlang.Queue
	index  [][]int
	bounds [][]*levels // by interval: the sets of groups of the second bound
	levels map[poolAt]*levels
}

// poolAt is a set of groups that share people in an interval.
type poolAt struct {
	t      int
	groups string
}

// levels is what becomes of the calls of a set of groups with 0, ½, 1, … people
// logged in.
type levels struct {
	queue  erlang.Queue
	groups []int // of the requirement
	spread float64
	at     [][]served // by people, and then by group of the set; nil: not worked out
}

// perPerson is how finely levels are tabled.
const perPerson = 2

// newAppraiser prepares for a day. Only the groups of a unit count, if one is
// named; all of them are served.
func newAppraiser(s *scene, unit string) *appraiser {
	n := s.r.Grid.N
	a := &appraiser{
		s: s, counts: make([]bool, len(s.r.Groups)), open: make([][]int, n), queues: make([][]erlang.Queue, n),
		index: make([][]int, n), bounds: make([][]*levels, n), levels: map[poolAt]*levels{},
	}
	for g := range s.r.Groups {
		a.counts[g] = unit == "" || s.r.Groups[g].Group.Unit == unit
	}
	for t := range n {
		a.index[t] = make([]int, len(s.r.Groups))
		for g := range s.r.Groups {
			a.index[t][g] = -1
			if s.r.Groups[g].Open[t] {
				a.index[t][g] = len(a.open[t])
				a.open[t] = append(a.open[t], g)
				a.queues[t] = append(a.queues[t], s.r.Groups[g].queue(t, s.r.Grid.Step))
			}
		}
		a.bounds[t] = a.bound(t)
	}
	return a
}

// bound prepares the sets of groups of the second bound.
func (a *appraiser) bound(t int) []*levels {
	r := a.s.r
	var sets [][]int
	add := func(in func(g int) bool) {
		var set []int
		for _, g := range a.open[t] {
			if in(g) {
				set = append(set, g)
			}
		}
		if len(set) > 0 && !slices.ContainsFunc(sets, func(other []int) bool { return slices.Equal(set, other) }) {
			sets = append(sets, set)
		}
	}
	for p := range r.Pools {
		add(func(g int) bool { return r.Groups[g].Pool == p })
	}
	for g := range r.Groups {
		add(func(o int) bool { return r.Groups[o].Group.Unit == r.Groups[g].Group.Unit })
	}
	var out []*levels
	for _, set := range sets {
		var queues []erlang.Queue
		for _, g := range set {
			queues = append(queues, a.queues[t][a.index[t][g]])
		}
		out = append(out, a.set(t, set, erlang.Joined(queues)))
	}
	return out
}

// set gives the table of a set of groups.
func (a *appraiser) set(t int, groups []int, queue erlang.Queue) *levels {
	key := make([]byte, 0, 2*len(groups))
	for _, g := range groups {
		key = append(key, byte(g), byte(g>>8))
	}
	at := poolAt{t, string(key)}
	if a.levels[at] == nil {
		a.levels[at] = &levels{queue: queue, groups: groups, spread: a.s.r.spread(groups, t)}
	}
	return a.levels[at]
}

// at gives what becomes of the calls of interval t with some crews.
func (a *appraiser) at(t int, crews []erlang.Crew) (served, error) {
	var out served
	if len(a.open[t]) == 0 {
		return out, nil
	}
	by, err := a.shared(t, crews)
	if err != nil {
		return out, err
	}
	for _, set := range a.bounds[t] {
		if err := set.served(a.s, t, masters(crews, set.groups), func(g int, o served) {
			by[g].inTime, by[g].lost = min(by[g].inTime, o.inTime), max(by[g].lost, o.lost)
			by[g].price, by[g].unpriced = max(by[g].price, o.price), max(by[g].unpriced, o.unpriced)
		}); err != nil {
			return out, err
		}
	}
	for _, g := range a.open[t] {
		if a.counts[g] {
			out.add(by[g], 1)
		}
	}
	return out, nil
}

// shared gives what becomes of the calls of each group if the crews share them
// fairly.
func (a *appraiser) shared(t int, crews []erlang.Crew) ([]served, error) {
	staff := make([]erlang.Crew, 0, len(crews))
	for _, cr := range crews {
		own := erlang.Crew{Agents: cr.Agents, Groups: make([]int, 0, len(cr.Groups))}
		for _, g := range cr.Groups {
			if i := a.index[t][g]; i >= 0 {
				own.Groups = append(own.Groups, i)
			}
		}
		staff = append(staff, own)
	}
	pooling, err := erlang.Pool(a.queues[t], staff)
	if err != nil {
		return nil, err
	}
	by := make([]served, len(a.s.r.Groups))
	for p, pool := range pooling.Pools {
		var groups []int
		for i, g := range a.open[t] {
			if pooling.Pool[i] == p {
				groups = append(groups, g)
			}
		}
		if err := a.set(t, groups, pool.Queue).served(a.s, t, pool.Agents, func(g int, o served) { by[g] = o }); err != nil {
			return nil, err
		}
	}
	return by, nil
}

// masters gives the people who master any of some groups.
func masters(crews []erlang.Crew, groups []int) float64 {
	sum := 0.0
	for _, cr := range crews {
		if slices.ContainsFunc(cr.Groups, func(g int) bool { return slices.Contains(groups, g) }) {
			sum += cr.Agents
		}
	}
	return sum
}

// served reads the table, straight between two entries, and gives it group by
// group.
func (l *levels) served(s *scene, t int, agents float64, give func(g int, o served)) error {
	below := math.Floor(agents * perPerson)
	part := agents*perPerson - below
	low, err := l.entry(s, t, int(below))
	if err != nil {
		return err
	}
	high := low
	if part > 0 {
		if high, err = l.entry(s, t, int(below)+1); err != nil {
			return err
		}
	}
	for i, g := range l.groups {
		var o served
		o.add(low[i], 1-part)
		o.add(high[i], part)
		give(g, o)
	}
	return nil
}

// entry works out what becomes of the calls with so many half people.
func (l *levels) entry(s *scene, t, halves int) ([]served, error) {
	for len(l.at) <= halves {
		l.at = append(l.at, nil)
	}
	if l.at[halves] != nil {
		return l.at[halves], nil
	}
	out := make([]served, len(l.groups))
	var threshold float64 // of the group before, which is often the same
	var mixed erlang.Performance
	for i, g := range l.groups {
		need := &s.r.Groups[g]
		target := need.target()
		if target.Threshold != threshold {
			var err error
			if mixed, err = l.queue.MixedQuickly(float64(halves)/perPerson, target.Threshold, l.spread); err != nil {
				return nil, err
			}
			threshold = target.Threshold
		}
		if calls := need.Forecast.Mean[t]; calls > 0 {
			out[i].add(served{calls: 1, inTime: mixed.ServiceLevel(target.Definition)}, calls)
			out[i].add(losing(need.Group, mixed.Abandonment), calls)
		}
	}
	l.at[halves] = out
	return out, nil
}
