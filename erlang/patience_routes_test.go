package erlang_test

import (
	"fmt"
	"math"
	"testing"

	"bemanna/erlang"
)

// A route works out a queue with general patience once more: H in closed form
// and the integrals by the trapezoidal rule after a double exponential
// substitution (Takahasi and Mori, Publications of RIMS 9, 1974). The package
// does neither.
type route struct {
	name     string
	patience erlang.Patience
	survival func(x float64) float64
	willing  func(x float64) float64 // H(x)
}

func routes() []route {
	const gammaMean, weibull, root = 120.0, 150.0, 40.0
	k := 2 / gammaMean
	sigma := math.Sqrt(math.Log1p(1.5 * 1.5))
	mu := math.Log(200) - sigma*sigma/2
	above := func(z float64) float64 { return math.Erfc(z/math.Sqrt2) / 2 }
	return []route{
		{
			"Erlang-2",
			erlang.Gamma{Shape: 2, Mean: gammaMean},
			func(x float64) float64 { return math.Exp(-k*x) * (1 + k*x) },
			func(x float64) float64 { return 2/k - math.Exp(-k*x)*(2/k+x) },
		},
		{
			"Weibull of shape 2",
			erlang.Weibull{Shape: 2, Mean: weibull * math.Sqrt(math.Pi) / 2},
			func(x float64) float64 { return math.Exp(-x * x / weibull / weibull) },
			func(x float64) float64 { return weibull * math.Sqrt(math.Pi) / 2 * math.Erf(x/weibull) },
		},
		{
			"Weibull of shape 1/2",
			erlang.Weibull{Shape: 0.5, Mean: 2 * root},
			func(x float64) float64 { return math.Exp(-math.Sqrt(x / root)) },
			func(x float64) float64 {
				r := math.Sqrt(x / root)
				return 2 * root * (1 - (1+r)*math.Exp(-r))
			},
		},
		{
			"log-normal",
			erlang.LogNormal{Mean: 200, CV: 1.5},
			func(x float64) float64 { return above((math.Log(x) - mu) / sigma) },
			func(x float64) float64 {
				z := (math.Log(x) - mu) / sigma
				return 200*above(sigma-z) + x*above(z)
			},
		},
		{
			"two kinds", &erlang.Mixture{Parts: []erlang.Part{{3, erlang.Exponential{Mean: 20}}, {7, erlang.Exponential{Mean: 400}}}},
			func(x float64) float64 { return 0.3*math.Exp(-x/20) + 0.7*math.Exp(-x/400) },
			func(x float64) float64 { return -0.3*20*math.Expm1(-x/20) - 0.7*400*math.Expm1(-x/400) },
		},
		{
			"balking",
			erlang.Balking{Share: 0.1, Then: erlang.Exponential{Mean: 90}},
			func(x float64) float64 { return 0.9 * math.Exp(-x/90) },
			func(x float64) float64 { return -0.9 * 90 * math.Expm1(-x/90) },
		},
	}
}

// perform is the performance with whole agents.
func (r route) perform(q erlang.Queue, n int, threshold float64) erlang.Performance {
	calls, service := q.ArrivalRate, float64(n)*q.ServiceRate
	x := double(preciseInverseB(n, calls/q.ServiceRate))
	var p erlang.Performance
	idle, all, answered := (x-1)/service, 0.0, 0.0
	add := func(early bool) func(at, width float64) {
		return func(at, width float64) {
			weight, stay := math.Exp(calls*r.willing(at)-service*at)*width, r.survival(at)
			all += weight
			answered += weight * stay
			p.AverageWait += weight * r.willing(at)
			p.SpeedOfAnswer += weight * stay * at
			if early {
				p.AnsweredWithin += weight * stay
				p.AbandonedWithin += weight * (1 - stay)
			} else {
				p.AnsweredLate += weight * stay
				p.AbandonedWithin += weight * (1 - r.survival(threshold))
			}
		}
	}
	// x = T/(1 + e^(−π·sinh s)) on (0, T), and T + e^(s − e^(−s)) beyond.
	const fine = 1.0 / 64
	early, late := add(true), add(false)
	for s := -4.0; s <= 4; s += fine {
		u := math.Pi * math.Sinh(s)
		at := threshold / (1 + math.Exp(-u))
		early(at, at/(1+math.Exp(u))*math.Pi*math.Cosh(s)*fine)
	}
	for s := -4.0; s <= 9; s += fine {
		beyond := math.Exp(s - math.Exp(-s))
		late(threshold+beyond, beyond*(1+math.Exp(-s))*fine)
	}
	total := idle + all
	answered = (answered + idle) / total
	p.Delay, p.Abandonment = all/total, 1-answered
	p.AbandonedWithin /= total
	p.AnsweredWithin = (p.AnsweredWithin + idle) / total
	p.AnsweredLate /= total
	p.AverageWait /= total
	p.SpeedOfAnswer /= total * answered
	p.QueueLength = calls * p.AverageWait
	p.Occupancy = calls / service * answered
	p.OfferedRate = calls
	return p
}

func TestPatienceByAnotherRoute(t *testing.T) {
	for _, r := range routes() {
		for _, c := range []struct {
			n                       int
			load, handle, threshold float64
		}{
			{1, 0.3, 240, 20}, {2, 3, 60, 5}, {12, 10, 300, 60}, {12, 13, 300, 60}, {60, 59, 180, 10}, {60, 80, 180, 30},
		} {
			q := erlang.Queue{ArrivalRate: c.load / c.handle, ServiceRate: 1 / c.handle, Patience: r.patience}
			name := fmt.Sprintf("%s, %d agents, %v erlangs", r.name, c.n, c.load)
			equal(t, name, perform(t, q, float64(c.n), c.threshold), r.perform(q, c.n, c.threshold), 2e-13)
		}
	}
}
