package schedule

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// crew takes agents off an excess on all cores at the same time.
type crew struct {
	excess [][]float64 // of each worker after the first
	worth  []float64   // of each agent
}

// newCrew gathers as many workers as there are cores, for a number of agents and
// of cells.
func newCrew(agents, cells int) crew {
	c := crew{worth: make([]float64, agents)}
	for range runtime.GOMAXPROCS(0) - 1 {
		c.excess = append(c.excess, make([]float64, cells))
	}
	return c
}

// workers is the number of agents who are served at the same time.
func (c *crew) workers() int { return len(c.excess) + 1 }

// supply calls serve for all agents and gives the sum of what they are worth.
// Serve takes the agent off an excess, by whole numbers, and uses what belongs to
// the worker alone. So the sums are the same whoever serves whom.
func (c *crew) supply(excess []float64, serve func(worker, i int, excess []float64) float64) float64 {
	var next atomic.Int64
	work := func(worker int, excess []float64) {
		for i := int(next.Add(1)) - 1; i < len(c.worth); i = int(next.Add(1)) - 1 {
			c.worth[i] = serve(worker, i, excess)
		}
	}
	var group sync.WaitGroup
	for w, own := range c.excess {
		group.Go(func() { work(w+1, own) })
	}
	work(0, excess)
	group.Wait()
	for _, own := range c.excess {
		for i, e := range own {
			excess[i] += e
		}
		clear(own)
	}
	sum := 0.0
	for _, worth := range c.worth {
		sum += worth
	}
	return sum
}
