package sim_test

import (
	"fmt"
	"math"
	"testing"

	"bemanna/erlang/sim"
)

// centre is a day of ten hours and ten groups in quarter-hours, 5 000 calls of
// 4 minutes, with people who each master three neighbouring groups and work in
// shifts of eight hours with a lunch.
func centre() sim.Model {
	const (
		n, groups, people = 40, 10, 50
		calls, handle     = 5000, 240
	)
	m := sim.Model{Step: 900, N: n, DayCV: 0.1}
	rates := make([]float64, n)
	for t := range rates {
		rates[t] = calls / groups / (n * m.Step) * (1 + 0.5*math.Cos(math.Pi*float64(2*t-n)/n))
	}
	for range groups {
		m.Groups = append(m.Groups, sim.Group{
			ArrivalRate: rates, HandleTime: repeat(n, handle), AbandonRate: repeat(n, 1./180), Threshold: 60,
		})
	}
	for p := range people {
		g := []int{p % groups, (p + 1) % groups, (p + 2) % groups}
		start := float64(p%5) * 1800
		lunch := start + 3*3600 + float64(p%4)*1800
		m.Agents = append(m.Agents, sim.Agent{Duties: []sim.Duty{
			{From: start, To: lunch, Groups: g},
			{From: lunch + 2700, To: start + 8*3600, Groups: g},
		}})
	}
	return m
}

// report adds the events per second to a benchmark of runs on one core.
func report(b *testing.B, m sim.Model, days int) {
	b.Helper()
	var events int64
	b.ReportAllocs()
	for b.Loop() {
		events += run(b, m, sim.Options{Replications: days, Seed: 1, Workers: 1}).Events()
	}
	b.ReportMetric(float64(events)/1e6/b.Elapsed().Seconds(), "Mevents/s")
	b.ReportMetric(float64(events)/float64(b.N*days), "events/day")
}

// BenchmarkCentre is a plain day of several skills.
func BenchmarkCentre(b *testing.B) {
	for _, days := range []int{100, 1000} {
		b.Run(fmt.Sprintf("days=%d", days), func(b *testing.B) { report(b, centre(), days) })
	}
}

// BenchmarkQueue is one queue, as a formula could have it.
func BenchmarkQueue(b *testing.B) {
	for _, agents := range []int{10, 50, 200} {
		b.Run(fmt.Sprintf("agents=%d", agents), func(b *testing.B) {
			const n, handle = 8, 300
			load := float64(agents) - math.Sqrt(float64(agents))
			report(b, sim.Model{Step: 3600, N: n, Groups: []sim.Group{{
				ArrivalRate: repeat(n, load/handle), HandleTime: repeat(n, handle), AbandonRate: repeat(n, 1./120), Threshold: 20,
			}}, Agents: []sim.Agent{{Duties: always(0), Count: agents}}}, 100)
		})
	}
}
