package erlang

const (
	// negligible times the agents of a block is taken as no agents: rounding.
	negligible = 1e-12
	// balanced times the agents of a block may be without work when the block
	// counts as being in balance. It is well above the rounding of all edges.
	balanced = 1e-9
)

// spread divides the crews over the groups, max–min fair, and leaves each
// group and crew in the block of its ratio of agents to load.
//
// All groups of a block can have the same ratio unless some of them are served
// by too few: then the maximal flow at that ratio leaves them short. They take
// every crew that serves any of them and become a block with a lower ratio.
// The rest, with the other crews, has a higher one. Each cut is final, so
// there are fewer cuts than groups.
func (w *network) spread(loads []float64, crews []Crew) (capacity []float64) {
	capacity = make([]float64, len(loads))
	for block, blocks := 0, 1; block < blocks; {
		agents, load := w.totals(block, loads, crews)
		ratio := 0.0
		if load > 0 {
			ratio = agents / load
		}
		w.reset(block, ratio, loads, crews)
		w.fill(block, negligible*agents)
		short := 0.0
		for g := range loads {
			if node := w.crews + g; w.block[node] == block {
				short += w.left[node]
				capacity[g] = ratio * loads[g]
			}
		}
		if short > balanced*agents {
			w.cut(block, blocks)
			blocks++
		} else {
			block++
		}
	}
	return capacity
}

// totals is the agents and the load of a block.
func (w *network) totals(block int, loads []float64, crews []Crew) (agents, load float64) {
	for node, b := range w.block {
		switch {
		case b != block:
		case node < w.crews:
			agents += crews[node].Agents
		default:
			load += loads[node-w.crews]
		}
	}
	return agents, load
}

// reset takes all agents of a block back and gives every group work for ratio
// times its load.
func (w *network) reset(block int, ratio float64, loads []float64, crews []Crew) {
	for node, b := range w.block {
		switch {
		case b != block:
		case node < w.crews:
			w.left[node] = crews[node].Agents
			for _, index := range w.of[node] {
				w.edges[index].flow = 0
			}
		default:
			w.left[node] = ratio * loads[node-w.crews]
		}
	}
}

// cut moves the groups that the last search did not reach, and every crew of
// the block that serves any of them, into a block of their own.
func (w *network) cut(block, fresh int) {
	for node := w.crews; node < len(w.block); node++ {
		if w.block[node] != block || w.via[node] != unreached {
			continue
		}
		w.block[node] = fresh
		for _, index := range w.of[node] {
			if crew := w.edges[index].crew; w.block[crew] == block {
				w.block[crew] = fresh
			}
		}
	}
}

// pools numbers the sets of groups of a block that are joined by crews, in
// the order of their first group.
func (w *network) pools() (pool []int, count int) {
	pool = make([]int, len(w.block)-w.crews)
	clear(w.via) // now: whether a node was seen
	for g := range pool {
		node := w.crews + g
		switch {
		case w.block[node] < 0:
			pool[g] = -1
		case w.via[node] == 0:
			w.join(node)
			for _, member := range w.line {
				if member >= w.crews {
					pool[member-w.crews] = count
				}
			}
			count++
		}
	}
	return pool, count
}

// join lists the nodes of a block that edges join to a node, in line.
func (w *network) join(node int) {
	w.via[node] = 1
	w.line = append(w.line[:0], node)
	for i := 0; i < len(w.line); i++ {
		for _, index := range w.of[w.line[i]] {
			e := w.edges[index]
			next := e.crew + e.group - w.line[i]
			if w.block[next] == w.block[node] && w.via[next] == 0 {
				w.via[next] = 1
				w.line = append(w.line, next)
			}
		}
	}
}
