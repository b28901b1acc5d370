package sim

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/stat/distuv"
)

// Service is the shape of the distribution of a time; the mean is given beside
// it. The zero value is exponential.
type Service struct {
	Shape Shape
	CV    float64 // coefficient of variation, for Lognormal, Gamma and Uniform
}

// Shape is a family of distributions of times.
type Shape uint8

const (
	// Exponential times have the CV 1, whatever CV says.
	Exponential Shape = iota
	// Deterministic times are all the same.
	Deterministic
	// Lognormal times have the given CV.
	Lognormal
	// Gamma times have the given CV.
	Gamma
	// Uniform times lie on mean·(1 ± √3·CV), so that CV is at most 1/√3.
	Uniform
)

// A spread draws times with mean 1.
type spread struct {
	shape        Shape
	sigma, shift float64 // of the logarithm; half the width and start, when uniform
	gamma        distuv.Gamma
}

func (s Service) spread(src rand.Source) spread {
	switch {
	case s.CV == 0 && s.Shape != Exponential:
		return spread{shape: Deterministic}
	case s.Shape == Lognormal:
		// E = exp(shift + sigma²/2) = 1 and E² (exp(sigma²) − 1) = CV².
		variance := math.Log1p(s.CV * s.CV)
		return spread{shape: Lognormal, sigma: math.Sqrt(variance), shift: -variance / 2}
	case s.Shape == Gamma:
		alpha := 1 / (s.CV * s.CV)
		return spread{shape: Gamma, gamma: distuv.Gamma{Alpha: alpha, Beta: alpha, Src: src}}
	case s.Shape == Uniform:
		half := math.Sqrt(3) * s.CV
		return spread{shape: Uniform, sigma: 2 * half, shift: max(0, 1-half)}
	}
	return spread{shape: s.Shape}
}

func (s *spread) draw(rnd *rand.Rand) float64 {
	switch s.shape {
	case Exponential:
		return rnd.ExpFloat64()
	case Lognormal:
		return math.Exp(s.shift + s.sigma*rnd.NormFloat64())
	case Gamma:
		return s.gamma.Rand()
	case Uniform:
		return s.shift + s.sigma*rnd.Float64()
	default: // Deterministic
		return 1
	}
}
