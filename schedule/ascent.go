package schedule

import "context"

// Products are converted to float64 before they are added, which keeps the
// compiler from fusing the two: the same bits on every machine.

// ascent looks for the prices that prove the best bound, by the volume algorithm
// (Barahona & Anbil 2000, Mathematical Programming 87:385–399): a subgradient
// method that steps along a running mean of the excess demand, from the best
// prices so far.
type ascent struct {
	values []float64 // the best prices so far
	scale  []float64 // of the steps in each
	// evaluate gives the bound at some prices, and the excess.
	evaluate            func(values, excess []float64) float64
	trial, excess, mean []float64
}

// Parameters of the volume algorithm, from Barahona & Anbil but for the numbers.
const (
	ascents       = 300 // evaluations at most; 600 prove better bounds but guide no better
	firstStep     = 0.1
	mostBlend     = 0.1  // weight of the newest excess in the mean
	patience      = 10   // evaluations without a better bound until steps are cut
	stepCut       = 0.75 // then
	blendCut      = 0.9
	stepGrowth    = 1.1 // when a better bound is found and the way is still up
	aimAtDistance = 0.5 // how far from the bound to the plan's cost a step aims
)

func newAscent(values, scale []float64, evaluate func(values, excess []float64) float64) *ascent {
	n := len(values)
	return &ascent{values, scale, evaluate, make([]float64, n), make([]float64, n), make([]float64, n)}
}

// climb improves the prices; cost is that of a plan.
func (v *ascent) climb(ctx context.Context, cost Money, evaluations int) {
	bound := v.evaluate(v.values, v.mean)
	step, blend := firstStep, mostBlend
	for waited := 0; evaluations > 0 && ctx.Err() == nil; evaluations-- {
		norm := 1e-9
		for i, e := range v.mean {
			norm += float64(e * e * v.scale[i])
		}
		length := step * aimAtDistance * max(float64(cost)-bound, 1) / norm
		for i, e := range v.mean {
			v.trial[i] = max(0, v.values[i]+float64(length*v.scale[i]*e))
		}
		found := v.evaluate(v.trial, v.excess)
		up := v.blend(blend)
		if found <= bound {
			if waited++; waited == patience {
				step, blend, waited = step*stepCut, max(blend*blendCut, 1e-3), 0
			}
			continue
		}
		bound, waited = found, 0
		copy(v.values, v.trial)
		if up > 0 {
			step = min(2, step*stepGrowth)
		}
	}
}

// blend mixes the newest excess into the mean so that it becomes as short as
// possible, within limits, and tells whether both still point the same way.
func (v *ascent) blend(most float64) float64 {
	var mm, mx, xx float64
	for i, m := range v.mean {
		x := v.excess[i]
		mm += float64(m * m)
		mx += float64(m * x)
		xx += float64(x * x)
	}
	weight := most
	if d := mm - float64(2*mx) + xx; d > 0 {
		weight = min(most, max(most/10, (mm-mx)/d))
	}
	for i := range v.mean {
		v.mean[i] += float64(weight * (v.excess[i] - v.mean[i]))
	}
	return mx
}
