package forecast

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// TestGammaFactor compares with the quantiles of the Gamma distribution, within
// what is said of nearNormal.
func TestGammaFactor(t *testing.T) {
	for _, spread := range []float64{.01, .05, .1, .2, .21, .5, 1, 3} {
		shape := 1 / (spread * spread)
		for _, test := range []struct{ p, tolerance float64 }{
			{.001, 3e-3}, {.01, 1e-3}, {.1, 1e-3}, {.5, 1e-3}, {.9, 1e-3}, {.99, 1e-3}, {.999, 3e-3},
		} {
			got := gammaFactor(spread, distuv.UnitNormal.Quantile(test.p))
			want := distuv.Gamma{Alpha: shape, Beta: shape}.Quantile(test.p)
			if math.Abs(got-want) > test.tolerance*want {
				t.Errorf("spread %v: quantile %v is %v, want %v", spread, test.p, got, want)
			}
		}
	}
	if got := gammaFactor(0, 2); got != 1 {
		t.Errorf("without a spread: %v, want 1", got)
	}
}
