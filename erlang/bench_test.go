package erlang_test

import (
	"math"
	"math/rand/v2"
	"strconv"
	"testing"

	"bemanna/erlang"
)

func BenchmarkC(b *testing.B) {
	for _, c := range []struct{ n, a float64 }{{20, 17.3}, {200, 187.3}, {10_000, 9950.3}} {
		b.Run("n="+strconv.FormatFloat(c.n, 'f', -1, 64), func(b *testing.B) {
			for b.Loop() {
				erlang.C(c.n, c.a)
			}
		})
	}
}

// hour is a queue in the units people type: calls per hour, times in seconds.
func hour(calls, handle, patience float64) erlang.Queue {
	return erlang.Queue{ArrivalRate: calls / 3600, ServiceRate: 1 / handle, AbandonRate: 1 / patience}
}

func BenchmarkPerformance(b *testing.B) {
	for _, c := range []struct {
		name     string
		n, calls float64
	}{{"20", 20, 207.6}, {"20-overload", 20, 288}, {"200", 200, 2247.6}, {"10000", 10_000, 119_403.6}} {
		q := hour(c.calls, 300, 180)
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := q.Performance(c.n, 60); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// week is a made week of 15-minute intervals for 12 groups: 8064 loads up to
// 33 erlangs, with one peak a day.
func week() []float64 {
	random := rand.New(rand.NewPCG(1, 2))
	loads := make([]float64, 0, 12*7*96)
	for range 12 {
		peak := math.Exp(4*random.Float64() - 0.5)
		for i := range 7 * 96 {
			hour := float64(i%96) / 4
			fromPeak := (hour - 11.5) / 3.5
			shape := math.Exp(-fromPeak*fromPeak) + 0.02
			loads = append(loads, peak*shape*(0.8+0.4*random.Float64()))
		}
	}
	return loads
}

func BenchmarkWeekOfSizings(b *testing.B) {
	loads := week()
	target := erlang.Target{Share: 0.85, Threshold: 60}
	for _, c := range []struct {
		name        string
		abandonRate float64
	}{{"C", 0}, {"A", 1.0 / 180}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				for _, load := range loads {
					q := erlang.Queue{ArrivalRate: load / 300, ServiceRate: 1.0 / 300, AbandonRate: c.abandonRate}
					if _, err := q.Agents(target); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
		b.Run(c.name+"-real", func(b *testing.B) {
			for b.Loop() {
				for _, load := range loads {
					q := erlang.Queue{ArrivalRate: load / 300, ServiceRate: 1.0 / 300, AbandonRate: c.abandonRate}
					if _, err := q.AgentsReal(target); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

// centre is 14 groups with loads of 1 to 15 erlangs and 20 crews, half of
// them specialists, that fall into several pools.
func centre() ([]erlang.Queue, []erlang.Crew) {
	random := rand.New(rand.NewPCG(3, 4))
	loads := make([]float64, 14)
	for g := range loads {
		loads[g] = 1 + 14*random.Float64()
	}
	crews := make([]erlang.Crew, 20)
	for k := range crews {
		skills := 1
		if k%2 == 1 {
			skills = 2 + random.IntN(5)
		}
		crews[k] = erlang.Crew{Agents: float64(1 + random.IntN(10)), Groups: random.Perm(14)[:skills]}
	}
	return ofLoads(loads...), crews
}

func BenchmarkPool(b *testing.B) {
	queues, crews := centre()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := erlang.Pool(queues, crews); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPoolingPerformance(b *testing.B) {
	pooling, err := erlang.Pool(centre())
	if err != nil {
		b.Fatal(err)
	}
	thresholds := make([]float64, 14)
	for g := range thresholds {
		thresholds[g] = 60
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := pooling.Performance(thresholds); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMixed(b *testing.B) {
	q := hour(207.6, 300, 180)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := q.Mixed(20, 60, 0.2); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPatience has 100 agents and a mean patience of 300 s, below the
// critical load and above it.
func BenchmarkPatience(b *testing.B) {
	for _, c := range []struct {
		name     string
		patience erlang.Patience
	}{
		{"Weibull", erlang.Weibull{Shape: 0.6, Mean: 300}},
		{"Gamma", erlang.Gamma{Shape: 2, Mean: 300}},
		{"LogNormal", erlang.LogNormal{Mean: 300, CV: 1.5}},
		{"HyperExponential", erlang.HyperExponential{Mean: 300, CV: 2}},
		{"Deterministic", erlang.Deterministic{Seconds: 300}},
		{"Empirical-1000", stepped(erlang.Weibull{Shape: 0.6, Mean: 300}, 1000)},
	} {
		for _, load := range []float64{98, 130} {
			q := erlang.Queue{ArrivalRate: load / 240, ServiceRate: 1.0 / 240, Patience: c.patience}
			b.Run(c.name+"/"+strconv.FormatFloat(load, 'f', -1, 64), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := q.Performance(100, 20); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func BenchmarkAgentsWithPatience(b *testing.B) {
	q := erlang.Queue{ArrivalRate: 98.0 / 240, ServiceRate: 1.0 / 240, Patience: erlang.Weibull{Shape: 0.6, Mean: 300}}
	for b.Loop() {
		if _, err := q.Agents(erlang.Target{Share: 0.85, Threshold: 20}); err != nil {
			b.Fatal(err)
		}
	}
}
