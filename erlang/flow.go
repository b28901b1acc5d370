package erlang

// A network is crews and groups as a graph, for the flow of agents from crews
// along edges to the groups they serve. Nodes are numbered crews first, then
// groups. The nodes are divided into blocks; agents flow inside a block only.
type network struct {
	crews int
	edges []edge
	of    [][]int   // the edges at each node
	block []int     // by node; −1 for a crew without work and a group without calls
	left  []float64 // by node: agents who still have no work, or work without agents
	via   []int     // by node: the edge by which the last search came, or a constant below
	line  []int     // nodes in the order in which the last search came to them
}

type edge struct {
	crew, group int // nodes
	flow        float64
}

const (
	unreached = -1
	start     = -2
)

// newNetwork has all groups with calls and all crews that serve them in
// block 0.
func newNetwork(loads []float64, crews []Crew) *network {
	nodes := len(crews) + len(loads)
	ints := make([]int, 3*nodes)
	w := &network{
		crews: len(crews),
		of:    make([][]int, nodes),
		block: ints[:nodes], via: ints[nodes : 2*nodes], line: ints[2*nodes : 2*nodes : 3*nodes],
		left: make([]float64, nodes),
	}
	most := 0
	for _, crew := range crews {
		most += len(crew.Groups)
	}
	w.edges = make([]edge, 0, most)
	for k, crew := range crews {
		for _, g := range crew.Groups {
			if loads[g] > 0 && crew.Agents > 0 {
				w.edges = append(w.edges, edge{crew: k, group: len(crews) + g})
			}
		}
	}
	w.index()
	for k := range crews {
		if len(w.of[k]) == 0 {
			w.block[k] = -1
		}
	}
	for g, load := range loads {
		if load == 0 {
			w.block[len(crews)+g] = -1
		}
	}
	return w
}

// index lists the edges at each node.
func (w *network) index() {
	degree := w.via // not in use yet
	for _, e := range w.edges {
		degree[e.crew]++
		degree[e.group]++
	}
	room := make([]int, 2*len(w.edges))
	for node := range w.of {
		w.of[node], room = room[:0:degree[node]], room[degree[node]:]
	}
	for i, e := range w.edges {
		w.of[e.crew] = append(w.of[e.crew], i)
		w.of[e.group] = append(w.of[e.group], i)
	}
}

// fill sends as many agents of a block as possible to work, along shortest
// augmenting paths (Edmonds and Karp, Journal of the ACM 19(2), 1972).
// Amounts of least and below are taken as 0. After it, the nodes with
// via ≠ unreached are those that agents without work could still reach.
func (w *network) fill(block int, least float64) {
	for {
		end := w.search(block, least)
		if end == unreached {
			return
		}
		amount := w.left[end]
		first := end
		for w.via[first] != start {
			e := w.edges[w.via[first]]
			if first == e.crew {
				amount = min(amount, e.flow)
			}
			first = e.crew + e.group - first
		}
		amount = min(amount, w.left[first])
		w.left[first] -= amount
		w.left[end] -= amount
		for node := end; w.via[node] != start; {
			e := &w.edges[w.via[node]]
			if node == e.crew {
				e.flow -= amount
			} else {
				e.flow += amount
			}
			node = e.crew + e.group - node
		}
	}
}

// search goes through a block, breadth first, from the crews with agents
// without work. It returns the first group with work left, or unreached.
func (w *network) search(block int, least float64) (end int) {
	w.line = w.line[:0]
	for node, b := range w.block {
		if b != block {
			continue
		}
		w.via[node] = unreached
		if node < w.crews && w.left[node] > least {
			w.via[node] = start
			w.line = append(w.line, node)
		}
	}
	for i := 0; i < len(w.line); i++ {
		node := w.line[i]
		for _, index := range w.of[node] {
			e := &w.edges[index]
			next := e.crew + e.group - node
			if w.block[next] != block || w.via[next] != unreached {
				continue
			}
			if next == e.crew && e.flow <= least {
				continue // nobody to call back
			}
			w.via[next] = index
			if next == e.group && w.left[next] > least {
				return next
			}
			w.line = append(w.line, next)
		}
	}
	return unreached
}
