package erlang

import (
	"math"

	"gonum.org/v1/gonum/integrate/quad"
)

// panelNodes is the number of Gauss–Legendre nodes in a panel.
const panelNodes = 20

// panelValues are the values of a function at the nodes of a panel.
type panelValues [panelNodes]float64

// gauss is what a panel, the interval from −1 to 1, knows of polynomials of
// degree below 2·panelNodes, which its sums integrate exactly, and of degree
// below panelNodes, which its values determine.
var gauss = newGaussRule()

type gaussRule struct {
	nodes, weights panelValues
	running        [panelNodes]panelValues // by node: weights of the integral from −1 to the node
	tail           [2]panelValues          // weights of the two highest Legendre coefficients
	start          panelValues             // weights of the value at −1
}

func newGaussRule() *gaussRule {
	r := &gaussRule{}
	quad.Legendre{}.FixedLocations(r.nodes[:], r.weights[:], -1, 1)
	var legendre [panelNodes + 1]panelValues // by degree
	for i, x := range r.nodes {
		legendre[0][i], legendre[1][i] = 1, x
		for k := 1; k < panelNodes; k++ {
			order := float64(k)
			legendre[k+1][i] = ((2*order+1)*x*legendre[k][i] - order*legendre[k-1][i]) / (order + 1)
		}
	}
	// The coefficient of degree k is (k + 1/2)·Σ weight·P_k·value, and the
	// integral of P_k from −1 is (P_{k+1} − P_{k−1})/(2k+1); x + 1 for k = 0.
	for i, x := range r.nodes {
		for j, weight := range r.weights {
			sum := (x + 1) / 2
			for k := 1; k < panelNodes; k++ {
				sum += legendre[k][j] * (legendre[k+1][i] - legendre[k-1][i]) / 2
			}
			r.running[i][j] = weight * sum
		}
	}
	sign := 1.0 // P_k(−1)
	for k := range panelNodes {
		for j, weight := range r.weights {
			coefficient := (float64(k) + 0.5) * weight * legendre[k][j]
			r.start[j] += sign * coefficient
			if d := panelNodes - 1 - k; d < len(r.tail) {
				r.tail[d][j] = coefficient
			}
		}
		sign = -sign
	}
	return r
}

func (v *panelValues) dot(w *panelValues) float64 {
	sum := 0.0
	for i, x := range v {
		sum += x * w[i]
	}
	return sum
}

// total is the integral over the panel.
func (r *gaussRule) total(values *panelValues) float64 { return values.dot(&r.weights) }

// integrals are the integrals from −1 to each node.
func (r *gaussRule) integrals(values *panelValues) (to panelValues) {
	for i := range to {
		to[i] = values.dot(&r.running[i])
	}
	return to
}

// unresolved is how much of a function its values leave open: the larger of
// its two highest Legendre coefficients that they determine. The coefficients
// of an analytic function fall as a geometric series.
func (r *gaussRule) unresolved(values *panelValues) float64 {
	return max(math.Abs(values.dot(&r.tail[0])), math.Abs(values.dot(&r.tail[1])))
}
