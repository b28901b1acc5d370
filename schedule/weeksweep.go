package schedule

import "context"

// Sweeps, as found by trial on weeks of 66 and 300 agents: more weight to the
// prices only follows them, less only descends.
const (
	weekSweeps  = 10
	firstWeight = 0.9
	lastWeight  = 0.3
)

// sweep plans the weeks of all agents anew, one after the other and several times,
// each by a mixture of what it saves now and what the guides say it should: at
// first more of the latter. Nothing is turned down on the way, which leads past
// where descent would end; the best plan met is kept.
func (w *weekSearch) sweep(ctx context.Context, sweeps int) {
	var best weekSnapshot
	best.take(w)
	for k := range sweeps {
		weight := firstWeight + float64((lastWeight-firstWeight)*float64(k)/float64(sweeps))
		for _, a := range w.rand.Perm(len(w.weeks)) {
			if ctx.Err() == nil {
				w.renew(a, weight)
			}
		}
		if w.total() < best.cost {
			best.take(w)
		}
	}
	best.restore(w)
}

// renew plans the week of agent a anew, whatever that costs.
func (w *weekSearch) renew(a int, weight float64) {
	for _, s := range w.days {
		s.take(a)
	}
	w.replan(a, weight)
	for _, s := range w.days {
		s.log = s.log[:0]
	}
}
