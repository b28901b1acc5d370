package erlang

import (
	"slices"

	"gonum.org/v1/gonum/integrate/quad"
)

// momentNodes is the number of Gauss nodes by which a function of time is
// known over a step.
const momentNodes = 6

// nodeTimes are the Gauss nodes of a step from 0 to 1, rising, and nodeWeights
// their weights. nodeResidues are the residues, by node, of ∫ℓ(u)·e^(ux) du from
// 0 to 1, where ℓ is the Lagrange polynomial of the node.
//
// With these the integral ∫p(t)·f(t) dt of a chain p and a smooth f comes out
// of the systems that are solved for the step anyway, as Σ f(t_g)·∫ℓ_g·p: only
// f is approximated, by the polynomial through its values at the nodes.
var nodeTimes, nodeWeights, nodeResidues = func() (times, weights [momentNodes]float64, residues [momentNodes]complexLane) {
	quad.Legendre{}.FixedLocations(times[:], weights[:], 0, 1)
	slices.Reverse(times[:]) // and the weights are symmetric
	for q, pole := range cramPoles {
		legendre := legendreResidues(2*cramResidues[q], pole)
		for g, u := range times {
			// ℓ_g = w_g·Σ_j (2j+1)·P_j(u_g)·P_j, by the orthogonality of the
			// Legendre polynomials P_j over the nodes.
			sum := complex(0, 0)
			before, value := 0.0, 1.0 // P_j(u_g)
			for j := range momentNodes {
				sum += complex(weights[g]*float64(2*j+1)*value, 0) * legendre[j]
				n := float64(j)
				before, value = value, ((2*n+1)*(2*u-1)*value-n*before)/(n+1)
			}
			residues[g].re[q], residues[g].im[q] = real(sum), imag(sum)
		}
	}
	return
}()

// legendreResidues gives the residues at a pole of I_j(x) = ∫P_j(2u−1)·e^(ux) du
// from 0 to 1, when that of eˣ is known: I_{j+1} = I_{j−1} − 2(2j+1)·I_j/x,
// from P'_{j+1} − P'_{j−1} = (2j+1)·P_j by parts.
func legendreResidues(residue, pole complex128) (residues [momentNodes]complex128) {
	residues[0] = residue / pole
	residues[1] = (residue - 2*residues[0]) / pole
	for j := 1; j+1 < momentNodes; j++ {
		residues[j+1] = residues[j-1] - complex(float64(2*(2*j+1)), 0)*residues[j]/pole
	}
	return residues
}
