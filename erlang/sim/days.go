package sim

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"

	"bemanna/erlang"
)

// Day is the calls of a whole day, and how the days differed.
type Day struct {
	Calls
	counts []erlang.Counts // of each replication
}

// levels are the service levels of the days that had calls, in rising order.
func (d Day) levels(def erlang.Definition) []float64 {
	if seconds, ok := def.Below(); ok && seconds != d.below {
		return nil
	}
	var levels []float64
	for _, c := range d.counts {
		if level := c.ServiceLevel(def); !math.IsNaN(level) {
			levels = append(levels, level)
		}
	}
	slices.Sort(levels)
	return levels
}

// Quantile is the service level that a share p of the days does not exceed:
// the smallest with at least this share of the days at or below it. Days
// without calls are left out; it is NaN when no other is there.
func (d Day) Quantile(def erlang.Definition, p float64) float64 {
	levels := d.levels(def)
	if len(levels) == 0 || !(p >= 0 && p <= 1) {
		return math.NaN()
	}
	return stat.Quantile(p, stat.Empirical, levels, nil)
}

// tie is by how much a level may miss a share and still reach it, for shares
// worked out from levels.
const tie = 1e-12

// Chance is the share of the days whose service level reaches a share, of
// those that had calls. Its interval is Wilson's, which holds near 0 and 1
// too (Wilson, "Probable inference", JASA 22, 1927).
func (d Day) Chance(def erlang.Definition, share float64) Estimate {
	levels := d.levels(def)
	if len(levels) == 0 || math.IsNaN(share) {
		return Estimate{math.NaN(), math.NaN(), math.NaN()}
	}
	below, _ := slices.BinarySearch(levels, share-tie)
	n := float64(len(levels))
	p := 1 - float64(below)/n
	const z = 1.959963984540054 // the normal 0.975 quantile
	centre := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return Estimate{p, centre - half, centre + half}.share()
}
