package schedule

import (
	"context"
	"math"
)

// Products are converted to float64 before they are added, which keeps the
// compiler from fusing the two: the same bits on every machine.

// ascent looks for the prices that prove the best bound, in two phases. Adam goes
// far in a few steps, as each price has a pace of its own, but ends in steps to and
// fro. The volume algorithm (Barahona & Anbil 2000, Mathematical Programming
// 87:385–399) goes on from there: a subgradient method that steps along a running
// mean of the excess demand, from the best prices so far.
type ascent struct {
	values []float64 // the best prices so far
	bound  float64   // that they prove
	most   []float64 // no price need be higher
	scale  []float64 // of the steps of the volume algorithm in each
	// evaluate gives the bound at some prices, and the excess.
	evaluate            func(values, excess []float64) float64
	trial, excess, mean []float64
}

// Parameters of the approach: a shorter memory for the spread than that of Kingma &
// Ba; the others as found by trial on days of 66 agents.
const (
	approaches   = 50   // steps
	firstPace    = 0.05 // of the first step, as a share of the highest price that makes sense
	lastPace     = 0.05 // of the last step, as a share of the first
	newestSpread = 0.01
	volumeMemory = 0.98 // of the mean that the volume algorithm begins with
)

// Parameters of the volume algorithm, from Barahona & Anbil but for the numbers.
const (
	ascents       = 300 // evaluations at most
	firstStep     = 1
	mostBlend     = 0.1 // weight of the newest excess in the mean
	hastyBlend    = 0.2 // where few evaluations are left
	few           = 1000
	stepCut       = 0.75 // after patience
	blendCut      = 0.9
	stepGrowth    = 1.2 // when a better bound is found and the way is still up
	aimAtDistance = 0.5 // how far from the bound to the plan's cost a step aims
)

// patience is the number of evaluations without a better bound until steps are
// cut: the more may be tried, the more pays.
func patience(evaluations int) int { return min(max(4, evaluations/75), 10) }

func newAscent(values, most, scale []float64, evaluate func(values, excess []float64) float64) *ascent {
	n := len(values)
	return &ascent{
		values: values, most: most, scale: scale, evaluate: evaluate,
		trial: make([]float64, n), excess: make([]float64, n), mean: make([]float64, n),
	}
}

// climb improves the prices; cost is that of a plan.
func (v *ascent) climb(ctx context.Context, cost Money, evaluations int) {
	v.bound = v.evaluate(v.values, v.mean)
	first := min(approaches, evaluations)
	v.approach(ctx, first)
	v.close(ctx, cost, evaluations-first)
}

// approach is Adam.
func (v *ascent) approach(ctx context.Context, steps int) {
	copy(v.trial, v.values)
	copy(v.excess, v.mean)
	adam := newAdam(len(v.values), newestSpread)
	for k := range steps {
		if ctx.Err() != nil {
			return
		}
		adam.step(v.trial, v.excess, v.most, firstPace*math.Pow(lastPace, float64(k)/float64(steps)))
		if found := v.evaluate(v.trial, v.excess); found > v.bound {
			v.bound = found
			copy(v.values, v.trial)
		}
		for i, e := range v.excess {
			v.mean[i] += float64((1 - volumeMemory) * (e - v.mean[i]))
		}
	}
}

// close is the volume algorithm.
func (v *ascent) close(ctx context.Context, cost Money, evaluations int) {
	step, blend, enough := float64(firstStep), mostBlend, patience(evaluations)
	if evaluations < few {
		blend = hastyBlend
	}
	for waited := 0; evaluations > 0 && ctx.Err() == nil; evaluations-- {
		norm := 1e-9
		for i, e := range v.mean {
			norm += float64(e * e * v.scale[i])
		}
		length := step * aimAtDistance * max(float64(cost)-v.bound, 1) / norm
		for i, e := range v.mean {
			v.trial[i] = max(0, v.values[i]+float64(length*v.scale[i]*e))
		}
		found := v.evaluate(v.trial, v.excess)
		up := v.blend(blend)
		if found <= v.bound {
			if waited++; waited == enough {
				step, blend, waited = step*stepCut, max(blend*blendCut, 1e-3), 0
			}
			continue
		}
		v.bound, waited = found, 0
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
