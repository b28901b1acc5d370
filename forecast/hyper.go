package forecast

import "math"

// hyper are the parameters of the day level that are found by maximum marginal
// likelihood, penalised by a log-normal prior around typical.
type hyper struct {
	calendar float64 // factor on the variance of the effects that are common
	slow     float64 // size of the slow level
	fast     float64 // standard deviation of the fast level
	noise    float64 // standard deviation of a day
	fastSpan float64 // days in which the fast level's correlation falls to 1/e; above 1
}

// typical are the hyper-parameters before anything has been learnt, and
// priorSD the standard deviations of their logarithms around it.
var (
	typical = hyper{calendar: 1, slow: .08, fast: .04, noise: .03, fastSpan: 4}
	priorSD = [...]float64{1, .6, .6, .6, .6}
)

// logs gives the hyper-parameters on the scale on which they are searched.
func (h hyper) logs() []float64 {
	return []float64{math.Log(h.calendar), math.Log(h.slow), math.Log(h.fast), math.Log(h.noise), math.Log(h.fastSpan - 1)}
}

func fromLogs(x []float64) hyper {
	return hyper{math.Exp(x[0]), math.Exp(x[1]), math.Exp(x[2]), math.Exp(x[3]), 1 + math.Exp(x[4])}
}

// The slow level hardly reverts: over the times of interest it is a random walk
// whose steps are those of a process of standard deviation hyper.slow and 90
// days.
const (
	slowSpan = 700.0
	slowUnit = 90.0
)

func (h hyper) drift() drift {
	return drift{sd: [2]float64{h.slow * math.Sqrt(slowSpan/slowUnit), h.fast}, span: [2]float64{slowSpan, h.fastSpan}}
}

// The search for the hyper-parameters starts with steps of searchStep in their
// logarithms and ends at searchTolerance or with so many evaluations: the
// likelihood is flat, and more of them do not make better forecasts.
const (
	searchStep      = 0.5
	searchTolerance = 0.05
	evaluations     = 160
)

// search finds the hyper-parameters of greatest posterior density.
func (d days) search() hyper {
	from := typical.logs()
	noise := make([]float64, d.n())
	misfit := func(x []float64) float64 {
		var penalty float64
		for i, v := range x {
			z := (v - from[i]) / priorSD[i]
			penalty += z * z / 2
		}
		h := fromLogs(x)
		d.noise(noise, h)
		return d.posterior(h, noise).misfit() + penalty
	}
	return fromLogs(minimise(misfit, from, searchStep, searchTolerance, evaluations))
}
