package schedule

import "math"

// adam moves prices along a noisy excess (Kingma & Ba 2015, Adam: a method for
// stochastic optimization, ICLR, algorithm 1): each price has a pace of its own,
// by how steadily its excess points one way.
type adam struct {
	mean, spread         []float64 // of the excess, and of its square
	meanSeen, spreadSeen float64   // how much of them still is the zero they began with
	newest               float64   // weight of the newest square in the spread
}

// Parameters of Adam: the memory of the mean is that of Kingma & Ba; the least
// spread, in agents, keeps a price from running on a trifle.
const (
	meanMemory  = 0.9
	leastSpread = 0.1
)

// newAdam begins with a number of prices; newest is the weight of the newest
// square of the excess in the spread.
func newAdam(prices int, newest float64) *adam {
	return &adam{mean: make([]float64, prices), spread: make([]float64, prices), meanSeen: 1, spreadSeen: 1, newest: newest}
}

// step moves the values along the excess, each at most about the pace times the
// most that it may be, and none below zero.
func (m *adam) step(values, excess, most []float64, pace float64) {
	m.meanSeen *= meanMemory
	m.spreadSeen *= 1 - m.newest
	for i, e := range excess {
		m.mean[i] += float64((1 - meanMemory) * (e - m.mean[i]))
		m.spread[i] += float64(m.newest * (float64(e*e) - m.spread[i]))
		if m.spread[i] > 0 {
			step := m.mean[i] / (1 - m.meanSeen) / (math.Sqrt(m.spread[i]/(1-m.spreadSeen)) + leastSpread)
			values[i] = max(0, values[i]+float64(pace*most[i]*step))
		}
	}
}
