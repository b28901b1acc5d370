package schedule

import "math/bits"

// none stands for no demand.
const none = int32(-1)

// assignment says who works on which demand in each interval, and what the
// demands cost. In each interval it is a transportation problem, kept optimal
// by augmenting chains: whoever comes pushes others along the chain that saves
// most, and whoever leaves is replaced along the chain that costs least
// (Ahuja, Magnanti & Orlin 1993, Network Flows, ch. 9). A pool of e-mail joins
// the intervals; its price is that of the moment.
//
// Every change is logged and can be taken back.
type assignment struct {
	*model
	mode []mode  // [t·agents+a]
	on   []int32 // [t·agents+a]: the demand, or none
	n    []int   // [t·demands+g]: agents on g
	done []int   // [g]: agent-intervals of the day on an e-mail pool
	// could[(t·demands+g)·demands+h] is the number of agents on g who could be
	// on h instead; push[t·demands+g] holds the h, pull[t·demands+h] the g, for
	// which it is not zero.
	could      []int32
	push, pull []set
	cost       Money // of all demands
	log        []change

	chain chain
}

// change is an entry of the log: what an agent did before.
type change struct {
	t, a int
	mode mode
	on   int32
}

// chain is the room for one search.
type chain struct {
	seen  set
	queue []int32 // the demands that were reached
	done  int     // of the queue
	from  []int32 // from[g]: the demand before g on the way; none: the first
}

func newAssignment(m *model) *assignment {
	agents, demands, n := len(m.Agents), len(m.Demands), m.Grid.N
	words := setWords(demands)
	s := &assignment{
		model: m,
		mode:  make([]mode, n*agents),
		on:    make([]int32, n*agents),
		n:     make([]int, n*demands),
		done:  make([]int, demands),
		could: make([]int32, n*demands*demands),
		push:  make([]set, n*demands),
		pull:  make([]set, n*demands),
		chain: chain{seen: make(set, words), queue: make([]int32, 0, demands), from: make([]int32, demands)},
	}
	for i := range s.on {
		s.on[i] = none
	}
	bits := make(set, 2*n*demands*words)
	for i := range s.push {
		s.push[i], bits = bits[:words:words], bits[words:]
		s.pull[i], bits = bits[:words:words], bits[words:]
	}
	for _, d := range m.Demands {
		if d.Kind == Email && len(d.Backlog) > 0 {
			s.cost += d.Backlog[0]
		}
		for t := range d.Cost {
			if d.open(t) {
				s.cost += d.Cost[t][0]
			}
		}
	}
	return s
}

// gain is what one more agent on demand g in interval t saves.
func (s *assignment) gain(t, g int) Money {
	d := &s.Demands[g]
	row, n := d.Backlog, s.done[g]
	if d.Kind == Phone {
		row, n = d.Cost[t], s.n[t*len(s.Demands)+g]
	}
	if n+1 >= len(row) {
		return 0
	}
	return row[n] - row[n+1]
}

// loss is what one agent less on demand g in interval t costs; there must be one.
func (s *assignment) loss(t, g int) Money {
	d := &s.Demands[g]
	row, n := d.Backlog, s.done[g]
	if d.Kind == Phone {
		row, n = d.Cost[t], s.n[t*len(s.Demands)+g]
	}
	if n >= len(row) {
		return 0
	}
	return row[n-1] - row[n]
}

// insert lets agent a work in interval t, where the best chain has a place;
// there must be something that the agent may do in the mode.
func (s *assignment) insert(t, a int, md mode) {
	g, _ := s.bestEntry(t, a, md)
	for s.chain.from[g] != none {
		before := s.chain.from[g]
		s.move(t, before, g)
		g = before
	}
	s.set(t, a, md, g)
}

// bestEntry finds the demand that gains most if agent a comes to interval t
// and others move along a chain: the demand at the end of the chain and its
// gain. Without anything to do: none, 0.
func (s *assignment) bestEntry(t, a int, md mode) (int32, Money) {
	c := &s.chain
	c.begin()
	for g := range s.skills[a].both(s.open[md][t]) {
		c.reach(int32(g), none)
	}
	return s.bestEnd(t)
}

// bestChain is bestEntry for somebody who comes to demand g.
func (s *assignment) bestChain(t int, g int32) (int32, Money) {
	s.chain.begin()
	s.chain.reach(g, none)
	return s.bestEnd(t)
}

// bestEnd follows the chains from where the search has begun.
func (s *assignment) bestEnd(t int) (int32, Money) {
	c, base := &s.chain, t*len(s.Demands)
	best, most := none, Money(-1)
	for g, ok := c.next(); ok; g, ok = c.next() {
		if v := s.gain(t, int(g)); v > most {
			best, most = g, v
		}
		c.spread(s.push[base+int(g)], g)
	}
	return best, max(most, 0)
}

// remove takes agent a out of interval t and fills the gap from where an agent
// less costs least, if that is better than leaving it.
func (s *assignment) remove(t, a int) {
	g := s.on[t*len(s.Agents)+a]
	s.set(t, a, away, none)
	if g == none {
		return
	}
	for g := s.cheapestSource(t, g); s.chain.from[g] != none; g = s.chain.from[g] {
		s.move(t, g, s.chain.from[g])
	}
}

// cheapestSource finds the demand from which a chain brings one agent to
// demand gap at the least cost: gap itself if no chain saves anything.
func (s *assignment) cheapestSource(t int, gap int32) int32 {
	c, base := &s.chain, t*len(s.Demands)
	c.begin()
	c.reach(gap, none)
	best, least := gap, s.gain(t, int(gap))
	for g, ok := c.next(); ok; g, ok = c.next() {
		if g != gap {
			if v := s.loss(t, int(g)); v < least {
				best, least = g, v
			}
		}
		c.spread(s.pull[base+int(g)], g)
	}
	return best
}

func (c *chain) begin() {
	c.queue, c.done = c.queue[:0], 0
	clear(c.seen)
}

// next gives the demand reached first of those not yet given.
func (c *chain) next() (int32, bool) {
	if c.done == len(c.queue) {
		return none, false
	}
	c.done++
	return c.queue[c.done-1], true
}

func (c *chain) reach(g, from int32) {
	c.seen.add(int(g))
	c.from[g] = from
	c.queue = append(c.queue, g)
}

// spread reaches the members of next that were not seen before.
func (c *chain) spread(next set, from int32) {
	for i, w := range next {
		for w &^= c.seen[i]; w != 0; w &= w - 1 {
			c.reach(int32(i*64+bits.TrailingZeros64(w)), from)
		}
	}
}

// move sends one of those on demand from who can to demand to.
func (s *assignment) move(t int, from, to int32) {
	row := t * len(s.Agents)
	for a := range s.Agents {
		if i := row + a; s.on[i] == from && s.skills[a].has(int(to)) && s.open[s.mode[i]][t].has(int(to)) {
			s.set(t, a, s.mode[i], to)
			return
		}
	}
	panic("schedule: a chain without an agent to move") // could and on disagree
}

// set puts agent a in interval t on a demand, or on none.
func (s *assignment) set(t, a int, md mode, g int32) {
	i := t*len(s.Agents) + a
	s.log = append(s.log, change{t, a, s.mode[i], s.on[i]})
	s.put(t, a, md, g)
}

// undo takes back all changes after the first keep of the log.
func (s *assignment) undo(keep int) {
	for i := len(s.log) - 1; i >= keep; i-- {
		c := s.log[i]
		s.put(c.t, c.a, c.mode, c.on)
	}
	s.log = s.log[:keep]
}

// put is set without the log.
func (s *assignment) put(t, a int, md mode, g int32) {
	i := t*len(s.Agents) + a
	if old := s.on[i]; old != none {
		s.cost += s.loss(t, int(old))
		s.count(t, a, int(old), -1)
	}
	s.mode[i], s.on[i] = md, g
	if g != none {
		s.cost -= s.gain(t, int(g))
		s.count(t, a, int(g), 1)
	}
}

// count adds agent a to demand g in interval t, or takes the agent away.
func (s *assignment) count(t, a, g, by int) {
	i := t*len(s.Demands) + g
	s.n[i] += by
	if s.Demands[g].Kind == Email {
		s.done[g] += by
	}
	md := s.mode[t*len(s.Agents)+a]
	for h := range s.skills[a].both(s.open[md][t]) {
		could := &s.could[i*len(s.Demands)+h]
		*could += int32(by)
		if *could == 0 {
			s.push[i].remove(h)
			s.pull[i-g+h].remove(g)
		} else {
			s.push[i].add(h)
			s.pull[i-g+h].add(g)
		}
	}
}
