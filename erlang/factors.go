package erlang

import (
	"slices"

	"gonum.org/v1/gonum/integrate/quad"
)

// factorNodes is the number of rates that stand for an uncertain rate of a day.
const factorNodes = 12

// A weightedFactor is a value of the factor that all rates of a day have in
// common, and its weight.
type weightedFactor struct{ factor, weight float64 }

// commonFactors are values for a gamma distribution with mean 1 and the given
// coefficient of variation: Gauss–Legendre nodes over the range that the rate
// is followed over. The weights add up to 1 and the mean is 1 to rounding.
func commonFactors(cv float64) []weightedFactor {
	if cv < smallestCV {
		return []weightedFactor{{1, 1}}
	}
	var nodes, weights [factorNodes]float64
	least, most := rateRange(cv)
	quad.Legendre{}.FixedLocations(nodes[:], weights[:], least, most)
	factors := make([]weightedFactor, factorNodes)
	shape := 1 / (cv * cv)
	total, mean := 0.0, 0.0
	slices.Reverse(nodes[:]) // rising; the weights are symmetric
	for i, x := range nodes {
		// The density is that over calls, divided by the factor: see Mixed.
		w := weights[i] * poisson(shape, shape*x) / x
		factors[i] = weightedFactor{x, w}
		total += w
		mean += w * x
	}
	for i := range factors {
		factors[i].weight /= total
		factors[i].factor *= total / mean
	}
	return factors
}
