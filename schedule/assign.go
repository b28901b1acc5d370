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
	// cells has a cell for each group and interval, [t·demands+g], and one for
	// each e-mail pool, [g]: stride is the number of demands or 0.
	cells  []cell
	stride []int
	// could[(t·demands+g)·demands+h] is the number of agents on g who could be
	// on h instead; push[t·demands+g] holds the h, pull[t·demands+h] the g, for
	// which it is not zero.
	could      []int32
	push, pull []set
	cost       Money // of all demands
	log        []change
	chain      chain
}

// cell is what has one table of costs.
type cell struct {
	costs      []Money // of n = 0, 1, 2, … agents, or agent-intervals on e-mail
	n          int
	gain, loss Money // what one more saves and what one less costs
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
		model:  m,
		mode:   make([]mode, n*agents),
		on:     make([]int32, n*agents),
		cells:  make([]cell, n*demands),
		stride: make([]int, demands),
		could:  make([]int32, n*demands*demands),
		push:   make([]set, n*demands),
		pull:   make([]set, n*demands),
		chain:  chain{seen: make(set, words), queue: make([]int32, 0, demands), from: make([]int32, demands)},
	}
	for i := range s.on {
		s.on[i] = none
	}
	bits := make(set, 2*n*demands*words)
	for i := range s.push {
		s.push[i], bits = bits[:words:words], bits[words:]
		s.pull[i], bits = bits[:words:words], bits[words:]
	}
	for g, d := range m.Demands {
		if d.Kind == Email {
			s.cells[g].costs = d.Backlog
		} else {
			s.stride[g] = demands
			for t, costs := range d.Cost {
				s.cells[t*demands+g].costs = costs
			}
		}
	}
	for i := range s.cells {
		if c := &s.cells[i]; len(c.costs) > 0 {
			s.cost += c.costs[0]
			c.price()
		}
	}
	for a := range m.Agents {
		for t, pin := range m.pins[a] {
			if pin != nil && len(pin.Demands) > 0 {
				s.hold(t, pin.Demands[0])
			}
		}
	}
	return s
}

// hold counts somebody who is pinned to demand g in interval t, whom no chain
// moves.
func (s *assignment) hold(t, g int) {
	c := s.cell(t, g)
	s.cost -= c.gain
	c.n++
	c.price()
}

// cell gives the cell of demand g in interval t.
func (s *assignment) cell(t, g int) *cell { return &s.cells[s.cellOf(t, g)] }

func (s *assignment) cellOf(t, g int) int { return t*s.stride[g] + g }

// price sets what one more saves and what one less costs.
func (c *cell) price() {
	c.gain, c.loss = 0, 0
	if c.n+1 < len(c.costs) {
		c.gain = c.costs[c.n] - c.costs[c.n+1]
	}
	if c.n > 0 && c.n < len(c.costs) {
		c.loss = c.costs[c.n-1] - c.costs[c.n]
	}
}

// insert lets agent a work in interval t, where the best chain has a place;
// there must be something that the agent may do in the mode.
func (s *assignment) insert(t, a int, md mode) {
	end, _ := s.bestEntry(t, a, md)
	s.set(t, a, md, s.pushAlong(t, end))
}

// pushAlong moves one agent along each link of the chain that ends at a
// demand, and gives the demand where it begins, which has one agent less now.
func (s *assignment) pushAlong(t int, end int32) int32 {
	for s.chain.from[end] != none {
		before := s.chain.from[end]
		s.move(t, before, end)
		end = before
	}
	return end
}

// pullAlong moves one agent along each link of the chain that begins at a
// demand and ends where there is a gap.
func (s *assignment) pullAlong(t int, from int32) {
	for s.chain.from[from] != none {
		s.move(t, from, s.chain.from[from])
		from = s.chain.from[from]
	}
}

// settle makes each interval optimal again after the price of e-mail has
// changed through others: whoever is better used elsewhere leaves a pool, and
// pools draw whoever is worth more there, until nothing improves.
func (s *assignment) settle() {
	for before := s.cost + 1; s.cost < before; {
		before = s.cost
		for g, d := range s.Demands {
			for t := range s.Grid.N {
				if d.Kind == Email && d.open(t) {
					s.settlePool(t, int32(g))
				}
			}
		}
	}
}

func (s *assignment) settlePool(t int, g int32) {
	if s.push[t*len(s.Demands)+int(g)].has(int(g)) { // somebody is there
		if end, gain := s.bestChain(t, g); gain > s.cell(t, int(g)).loss {
			s.pushAlong(t, end)
			return
		}
	}
	s.pullAlong(t, s.cheapestSource(t, g))
}

// bestEntry finds the demand that gains most if agent a comes to interval t
// and others move along a chain: the demand at the end of the chain and its
// gain. Without anything to do: none, 0.
func (s *assignment) bestEntry(t, a int, md mode) (int32, Money) {
	c := &s.chain
	c.begin()
	for g := range s.skillsAt(a, t).both(s.open[md][t]) {
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
		if v := s.cell(t, int(g)).gain; v > most {
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
	s.pullAlong(t, s.cheapestSource(t, g))
}

// cheapestSource finds the demand from which a chain brings one agent to
// demand gap at the least cost: gap itself if no chain saves anything.
func (s *assignment) cheapestSource(t int, gap int32) int32 {
	c, base := &s.chain, t*len(s.Demands)
	c.begin()
	c.reach(gap, none)
	best, least := gap, s.cell(t, int(gap)).gain
	for g, ok := c.next(); ok; g, ok = c.next() {
		if g != gap {
			if v := s.cell(t, int(g)).loss; v < least {
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
		if i := row + a; s.on[i] == from && s.skillsAt(a, t).has(int(to)) && s.open[s.mode[i]][t].has(int(to)) {
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
		s.cost += s.cell(t, int(old)).loss
		s.count(t, a, int(old), -1)
	}
	s.mode[i], s.on[i] = md, g
	if g != none {
		s.cost -= s.cell(t, int(g)).gain
		s.count(t, a, int(g), 1)
	}
}

// count adds agent a to demand g in interval t, or takes the agent away.
func (s *assignment) count(t, a, g, by int) {
	i := t*len(s.Demands) + g
	c := s.cell(t, g)
	c.n += by
	c.price()
	md := s.mode[t*len(s.Agents)+a]
	for h := range s.skillsAt(a, t).both(s.open[md][t]) {
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
