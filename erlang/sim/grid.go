package sim

import "math"

var inf = math.Inf(1)

// A grid is the intervals of a day.
type grid struct {
	step float64
	n    int
}

func (g grid) end() float64 { return float64(g.n) * g.step }

// interval is the interval of a time before the end of the grid.
func (g grid) interval(at float64) int {
	return min(int(at/g.step), g.n-1)
}

// spreadOver is spread over those intervals alone that are open; nil is all.
func (g grid) spreadOver(open []bool, from, to, weight float64, sums []float64) {
	if open == nil {
		g.spread(from, to, weight, sums)
		return
	}
	if from >= g.end() {
		return
	}
	for t := g.interval(from); t < g.n && from < to; t++ {
		end := min(to, float64(t+1)*g.step)
		if open[t] {
			sums[t] += weight * (end - from)
		}
		from = end
	}
}

// spread adds weight·(the seconds of [from, to) in an interval) to the sum of
// each interval.
func (g grid) spread(from, to, weight float64, sums []float64) {
	if from >= g.end() {
		return
	}
	for t := g.interval(from); t < g.n; t++ {
		end := float64(t+1) * g.step
		if to <= end {
			sums[t] += weight * (to - from)
			return
		}
		sums[t] += weight * (end - from)
		from = end
	}
}
