package schedule

import "slices"

// tidy lets agents stay with what they work on as long as possible, at the same
// cost: nobody's kind of work and no number of agents changes, only who is
// counted where. First each interval is matched to the one before, then
// intervals are matched to both neighbours until nothing improves.
func (s *assignment) tidy() {
	for t := range s.Grid.N {
		s.rematch(t, func(a int, g int32) int { return same(g, s.before(t, a)) })
	}
	for changed := true; changed; {
		changed = false
		for t := range s.Grid.N {
			if s.rematch(t, func(a int, g int32) int { return same(g, s.before(t, a)) + same(g, s.after(t, a)) }) {
				changed = true
			}
		}
	}
	s.log = s.log[:0]
}

func same(g, h int32) int {
	if g == h {
		return 1
	}
	return 0
}

// before is what agent a worked on last before interval t, pauses left out.
func (s *assignment) before(t, a int) int32 {
	for t--; t >= 0; t-- {
		if g := s.on[t*len(s.Agents)+a]; g != none {
			return g
		}
	}
	return none
}

// after is what agent a works on next after interval t, pauses left out.
func (s *assignment) after(t, a int) int32 {
	for t++; t < s.Grid.N; t++ {
		if g := s.on[t*len(s.Agents)+a]; g != none {
			return g
		}
	}
	return none
}

// trade is an agent who goes from one demand to another, and how much that
// makes the plan less steady.
type trade struct {
	agent int
	cost  int
}

// rematch exchanges agents in interval t, the numbers on each demand being the
// same, so that the sum of keep(agent, demand) is greatest: it cancels negative
// cycles until there is none (Ahuja, Magnanti & Orlin 1993, section 9.6). It
// tells whether anything changed.
func (s *assignment) rematch(t int, keep func(a int, g int32) int) bool {
	changed := false
	for {
		trades := s.trades(t, keep)
		cycle := negativeCycle(trades, len(s.Demands))
		if cycle == nil {
			return changed
		}
		for i, g := range cycle {
			to := cycle[(i+1)%len(cycle)]
			a := trades[g*len(s.Demands)+to].agent
			s.set(t, a, s.mode[t*len(s.Agents)+a], int32(to))
		}
		changed = true
	}
}

// trades gives the cheapest trade from each demand to each other,
// [from·demands+to]; without one, its agent is -1.
func (s *assignment) trades(t int, keep func(a int, g int32) int) []trade {
	n := len(s.Demands)
	trades := make([]trade, n*n)
	for i := range trades {
		trades[i].agent = -1
	}
	for a := range s.Agents {
		i := t*len(s.Agents) + a
		g := s.on[i]
		if g == none {
			continue
		}
		kept := keep(a, g)
		for h := range s.skillsAt(a, t).both(s.open[s.mode[i]][t]) {
			tr := &trades[int(g)*n+h]
			if cost := kept - keep(a, int32(h)); int(g) != h && (tr.agent < 0 || cost < tr.cost) {
				*tr = trade{a, cost}
			}
		}
	}
	return trades
}

// negativeCycle finds a cycle of trades with a negative sum of costs, as the
// demands along it; nil: there is none (Bellman & Ford).
func negativeCycle(trades []trade, n int) []int {
	dist, from := make([]int, n), make([]int, n)
	last := -1
	for range n {
		last = -1
		for g := range n {
			for h := range n {
				if tr := trades[g*n+h]; tr.agent >= 0 && dist[g]+tr.cost < dist[h] {
					dist[h], from[h], last = dist[g]+tr.cost, g, h
				}
			}
		}
		if last < 0 {
			return nil
		}
	}
	for range n { // back into the cycle
		last = from[last]
	}
	cycle := []int{last}
	for g := from[last]; g != last; g = from[g] {
		cycle = append(cycle, g)
	}
	slices.Reverse(cycle)
	return cycle
}
