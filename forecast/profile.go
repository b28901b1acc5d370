package forecast

import (
	"math"

	"gonum.org/v1/gonum/floats"
)

// profiles are how a day's calls fall on its slots, by type of day: each sums
// to 1 over the slots, or is nil for a type that has not been seen.
type profiles struct {
	byType [7][]float64
	all    []float64 // of all types together
	days   int       // that were learnt from
}

// shapes are the days from which profiles are learnt.
type shapes struct {
	slots   int
	without part      // of the model
	calls   []float64 // days × slots; NaN: closed or not known
	total   []float64 // calls of the day, as if all slots were open
	age     []float64 // days before the forecast
	kind    []int     // type of day, 0 to 6
}

// profileHalfLife is the age in open days at which a day weighs half. A day
// whose distance from its type's profile is over oddShape times the median
// distance weighs less, by the square.
const (
	profileHalfLife = 45.0
	oddShape        = 1.7
)

func (s shapes) days() int { return len(s.total) }

// fit learns the profiles: for each type of day the weighted mean of the days'
// shares, then shrunk towards those of the types that are like it.
func (s shapes) fit() profiles {
	p := profiles{days: s.days()}
	weights := s.weights()
	p.all = s.mean(weights, func(int) bool { return true })
	var raw [7]*estimate
	for kind := range raw {
		raw[kind] = s.estimate(kind, weights)
	}
	like := raw
	if s.without.has(shrinkPart) {
		like = [7]*estimate{}
	}
	for kind, e := range raw {
		if e != nil {
			p.byType[kind] = normalised(e.shrunk(like, kind))
		}
	}
	p.all = normalised(p.all)
	return p
}

func (s shapes) weights() []float64 {
	if s.days() == 0 {
		return nil
	}
	usual := median(append([]float64(nil), s.total...))
	w := make([]float64, s.days())
	for d := range w {
		w[d] = math.Exp2(-s.age[d]/profileHalfLife) * min(1, s.total[d]/usual)
	}
	return w
}

// mean gives the weighted mean of the shares of the days chosen, slot by slot;
// a slot that none of them knows has NaN.
func (s shapes) mean(weights []float64, of func(d int) bool) []float64 {
	sum, weight := make([]float64, s.slots), make([]float64, s.slots)
	for d, w := range weights {
		if w == 0 || !of(d) {
			continue
		}
		w /= s.total[d]
		for i, v := range s.calls[d*s.slots : (d+1)*s.slots] {
			if !math.IsNaN(v) {
				sum[i] += w * v
				weight[i] += w * s.total[d]
			}
		}
	}
	floats.Div(sum, weight)
	return sum
}

// estimate is the profile of a type of day from its own days alone.
type estimate struct {
	share []float64
	days  float64 // effective number of days
	calls float64 // of its median day
}

func (s shapes) estimate(kind int, weights []float64) *estimate {
	var totals []float64
	for d, k := range s.kind {
		if k == kind {
			totals = append(totals, s.total[d])
		}
	}
	if len(totals) == 0 {
		return nil
	}
	ofKind := func(d int) bool { return s.kind[d] == kind }
	share := s.mean(weights, ofKind)
	own := make([]float64, len(weights))
	for range 2 {
		s.doubt(own, weights, share, ofKind)
		share = s.mean(own, ofKind)
	}
	var sum, squares float64
	for _, w := range own {
		sum += w
		squares += w * w
	}
	return &estimate{share, sum * sum / squares, median(totals)}
}

// doubt fills in the weights of the days chosen: less for those of odd shape.
func (s shapes) doubt(own, weights, share []float64, of func(d int) bool) {
	distance := make([]float64, len(weights))
	var chosen []float64
	for d := range weights {
		own[d] = 0
		if !of(d) {
			continue
		}
		for i, v := range s.calls[d*s.slots : (d+1)*s.slots] {
			if !math.IsNaN(v) && !math.IsNaN(share[i]) {
				distance[d] += math.Abs(v/s.total[d] - share[i])
			}
		}
		chosen = append(chosen, distance[d])
	}
	usual := oddShape * median(chosen)
	for d, w := range weights {
		if of(d) {
			own[d] = w
			if distance[d] > usual {
				own[d] *= usual / distance[d] * usual / distance[d]
			}
		}
	}
}

// noise gives the Poisson variance of the share of slot i.
func (e *estimate) noise(i int) float64 {
	return max(e.share[i], 1e-6) / max(e.calls, 1) / e.days
}

// shrunk gives the profile drawn towards a mean of those of the other types,
// weighted by their likeness, as far as its own noise explains the difference:
// positive-part James–Stein (Efron and Morris, JASA 68 (1973) 117–130). Where
// one of the two does not know a slot, the other stands.
func (e *estimate) shrunk(all [7]*estimate, kind int) []float64 {
	target, weight := make([]float64, len(e.share)), make([]float64, len(e.share))
	for k, o := range all {
		if o == nil || k == kind {
			continue
		}
		w := 1 / e.unlikeness(o)
		for i, v := range o.share {
			if !math.IsNaN(v) {
				target[i] += w * v
				weight[i] += w
			}
		}
	}
	floats.Div(target, weight)
	var noise, gap float64
	for i, v := range e.share {
		if g := v - target[i]; !math.IsNaN(g) {
			gap += g * g
			noise += e.noise(i)
		}
	}
	b := 1.
	if noise < gap {
		b = noise / gap
	}
	for i, v := range e.share {
		switch {
		case math.IsNaN(target[i]):
			target[i] = v
		case !math.IsNaN(v):
			target[i] = (1-b)*v + b*target[i]
		}
	}
	return target
}

// unlikeness gives the squared distance of two profiles beyond their noise.
func (e *estimate) unlikeness(o *estimate) float64 {
	var sum float64
	for i, v := range e.share {
		if g := v - o.share[i]; !math.IsNaN(g) {
			sum += g*g - e.noise(i) - o.noise(i)
		}
	}
	return max(sum, 1e-7)
}

// normalised scales v to a sum of 1, with the mean of its neighbours in the
// place of slots that are not known.
// It is flat when it sums to 0.
func normalised(v []float64) []float64 {
	fillGaps(v)
	sum := floats.Sum(v)
	if sum == 0 {
		sum = float64(len(v))
		floats.AddConst(1, v)
	}
	floats.Scale(1/sum, v)
	return v
}

// fillGaps puts in the place of NaN what stands nearest before and after it, or
// the mean of the two; 1 everywhere when there is nothing.
func fillGaps(v []float64) {
	last := math.NaN()
	for i := 0; i < len(v); i++ {
		if !math.IsNaN(v[i]) {
			last = v[i]
			continue
		}
		j := i
		for j < len(v) && math.IsNaN(v[j]) {
			j++
		}
		fill := last
		switch {
		case j == len(v) && math.IsNaN(last):
			fill = 1
		case j < len(v) && math.IsNaN(last):
			fill = v[j]
		case j < len(v):
			fill = (last + v[j]) / 2
		}
		for ; i < j; i++ {
			v[i] = fill
		}
		i--
	}
}
