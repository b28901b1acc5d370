package erlang

import (
	"math"
	"slices"
)

// A panel is a step of the walk, seen at its nodes.
type panel struct {
	time          panelValues // s
	width         panelValues // time per unit of the panel
	waiting, lost panelValues // P(R > time) and P(R ≤ time)
	rise, reach   panelValues // g′ and H′ per unit of the panel
}

const (
	// deepestFall is how much the logarithm of w may change in a panel, so that
	// no weight hides between an end of it and the next node.
	deepestFall = 40
	// surprise is how far P(R > x) at the start of a panel may be from what the
	// nodes say of it: after a jump the step may be far too long.
	surprise = 1e-4
)

// panel goes on to a later time and gives how much more than allowed the
// panel left open. Above 1 it stays where it is, if it may refuse.
func (w *offeredWalk) panel(sums *offeredSums, to float64, mayRefuse bool) (excess float64) {
	p := w.look(to)
	rise, reach := gauss.total(&p.rise), gauss.total(&p.reach)
	excess = max(
		open(&p.reach, w.willing+reach),
		math.Abs(p.waiting.dot(&gauss.start)-w.waiting)/surprise,
	)
	matters := to > w.low
	if matters {
		excess = max(excess, open(&p.rise, 1+math.Abs(rise)))
	}
	if mayRefuse && excess > 1 {
		return excess
	}
	height := gauss.integrals(&p.rise)
	if matters {
		fall := max(0, slices.Max(height[:])) - min(0, rise)
		excess = max(excess, math.Pow(fall/deepestFall, panelNodes))
	}
	if mayRefuse && excess > 1 {
		return excess
	}
	part, left := w.weigh(&p, &height, sums)
	if matters {
		excess = max(excess, left)
	}
	if mayRefuse && excess > 1 {
		return excess
	}
	*sums = sums.plus(part)
	w.x, w.height, w.willing = to, w.height+rise, w.willing+reach
	return excess
}

// look evaluates the patience from here to a later time.
func (w *offeredWalk) look(to float64) (p panel) {
	half := math.Log1p((to-w.x)/w.x) / 2
	for i, node := range gauss.nodes {
		time := w.x * math.Exp(half*(1+node))
		waiting, lost := split(w.patience, time)
		p.time[i], p.width[i] = time, time*half
		p.waiting[i], p.lost[i] = waiting, lost
		p.rise[i] = w.slope(waiting, lost) * p.width[i]
		p.reach[i] = waiting * p.width[i]
	}
	return p
}

// weigh gives the sums over a panel, and how much more than allowed it leaves
// open of what the given sums come to with it, and with what is sure to follow.
func (w *offeredWalk) weigh(p *panel, height *panelValues, before *offeredSums) (part offeredSums, excess float64) {
	willing := gauss.integrals(&p.reach)
	w.raise(w.height + slices.Max(height[:]))
	var all, lost, answered, waited, heard panelValues
	for i, width := range p.width {
		all[i] = math.Exp(w.height+height[i]) * width
		lost[i] = p.lost[i] * all[i]
		answered[i] = p.waiting[i] * all[i]
		waited[i] = (w.willing + willing[i]) * all[i]
		heard[i] = p.time[i] * answered[i]
	}
	part = offeredSums{
		all: gauss.total(&all), lost: gauss.total(&lost), answered: gauss.total(&answered),
		waited: gauss.total(&waited), heard: gauss.total(&heard),
	}
	after := before.plus(part)
	if w.x < w.soon {
		after = after.plus(w.ahead.times(math.Exp(-w.level)))
	}
	least := traces * after.all
	excess = max(
		open(&all, after.all),
		open(&lost, max(after.lost, least)),
		open(&answered, max(after.answered, least)),
	)
	return part, excess
}

// open is how much of a function a panel leaves open, over what is allowed
// for its size.
func open(values *panelValues, size float64) float64 {
	if allowed := resolution * size; allowed > 0 {
		return gauss.unresolved(values) / allowed
	}
	return 0
}
