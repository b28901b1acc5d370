package forecast

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"
)

// vertex is a point of a simplex and the value of the function there.
type vertex struct {
	x []float64
	f float64
}

// minimise looks for the minimum of f near from by the method of Nelder and
// Mead (A simplex method for function minimization, Computer Journal 7 (1965)
// 308–313) with coefficients 1, 2, ½ and ½, starting from a simplex of the
// given edge. It stops when the values or the vertices lie within tolerance of
// the best, and otherwise with the step that brings the evaluations of f to the
// number given. NaN counts as +∞.
func minimise(f func([]float64) float64, from []float64, edge, tolerance float64, evaluations int) []float64 {
	n := len(from)
	at := func(x []float64) vertex {
		evaluations--
		v := f(x)
		if math.IsNaN(v) {
			v = math.Inf(1)
		}
		return vertex{x, v}
	}
	simplex := []vertex{at(slices.Clone(from))}
	for i := range from {
		x := slices.Clone(from)
		x[i] += edge
		simplex = append(simplex, at(x))
	}
	for {
		slices.SortStableFunc(simplex, func(a, b vertex) int { return cmp.Compare(a.f, b.f) })
		best, worst := simplex[0], &simplex[n]
		if evaluations <= 0 || worst.f-best.f <= tolerance && size(simplex) <= tolerance {
			return best.x
		}
		centre := centroid(simplex[:n])
		along := func(t float64) vertex { // from the centre away from the worst
			x := slices.Clone(centre)
			floats.AddScaled(x, t, centre)
			floats.AddScaled(x, -t, worst.x)
			return at(x)
		}
		reflected := along(1)
		switch {
		case reflected.f < best.f:
			if expanded := along(2); expanded.f < reflected.f {
				reflected = expanded
			}
			*worst = reflected
		case reflected.f < simplex[n-1].f:
			*worst = reflected
		default:
			t := -.5
			if reflected.f < worst.f {
				t = .5
			}
			if contracted := along(t); contracted.f < min(reflected.f, worst.f) {
				*worst = contracted
				continue
			}
			for i := 1; i <= n; i++ {
				floats.AddScaled(simplex[i].x, 1, best.x)
				floats.Scale(.5, simplex[i].x)
				simplex[i] = at(simplex[i].x)
			}
		}
	}
}

func centroid(vertices []vertex) []float64 {
	c := make([]float64, len(vertices[0].x))
	for _, v := range vertices {
		floats.Add(c, v.x)
	}
	floats.Scale(1/float64(len(vertices)), c)
	return c
}

// size gives the greatest difference of a coordinate from the best vertex.
func size(simplex []vertex) float64 {
	var d float64
	for _, v := range simplex[1:] {
		d = max(d, floats.Distance(v.x, simplex[0].x, math.Inf(1)))
	}
	return d
}
