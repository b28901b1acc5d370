package plan

import (
	"container/heap"
	"math"
	"math/rand/v2"
	"testing"

	"bemanna/erlang"
)

// TestLuckAgainstSimulation holds the chance that a single day of known rates
// reaches 85 % against a simulation of such days, call by call: for queues as
// small and as large as those of a contact centre.
func TestLuckAgainstSimulation(t *testing.T) {
	const (
		seconds, days = 9 * 3600, 400
		threshold     = 60
		target        = 0.85
	)
	for _, x := range []struct {
		name            string
		calls, aht      float64 // a quarter-hour; seconds
		patience, count float64
	}{
		{"small", 8, 300, 240, 5},
		{"middle", 20, 300, 240, 9},
		{"large", 60, 330, 180, 25},
	} {
		q := erlang.Queue{ArrivalRate: x.calls / 900, ServiceRate: 1 / x.aht, AbandonRate: 1 / x.patience}
		p, err := q.Performance(x.count, threshold)
		if err != nil {
			t.Fatal(err)
		}
		calls := q.ArrivalRate * seconds
		inTime := calls * p.ServiceLevel(erlang.OfOffered)
		o := outcome{calls: calls, inTime: inTime, luck: luck(erlang.PooledQueue{Queue: q, Agents: x.count}, inTime, seconds)}

		r := rand.New(rand.NewPCG(1, 2))
		reached, sum, square := 0.0, 0.0, 0.0
		for range days {
			share := simulateDay(r, q, int(x.count), seconds, threshold)
			sum, square = sum+share, square+share*share
			if share >= target {
				reached++
			}
		}
		mean := sum / days
		sd := math.Sqrt(square/days - mean*mean)
		t.Logf("%s: expected %.3f, simulated %.3f; deviation %.3f, simulated %.3f; chance %.2f, simulated %.2f",
			x.name, o.share(), mean, math.Sqrt(o.luck)/o.calls, sd, o.reaches(target), reached/days)
		if math.Abs(mean-o.share()) > 0.015 {
			t.Errorf("%s: the mean share is %.3f, want %.3f", x.name, mean, o.share())
		}
		if ratio := math.Sqrt(o.luck) / o.calls / sd; ratio < 0.7 || ratio > 1.5 {
			t.Errorf("%s: the deviation is %.2f times that of simulated days", x.name, ratio)
		}
		if diff := o.reaches(target) - reached/days; math.Abs(diff) > 0.12 {
			t.Errorf("%s: the chance is off by %.2f", x.name, diff)
		}
	}
}

// simulateDay gives the share of the calls of a day answered within the
// threshold: Poisson arrivals, exponential service and patience, first come,
// first served, from an empty start.
func simulateDay(r *rand.Rand, q erlang.Queue, agents int, seconds, threshold float64) float64 {
	free := make(clocks, agents) // when each agent is free
	offered, inTime := 0.0, 0.0
	for at := r.ExpFloat64() / q.ArrivalRate; at < seconds; at += r.ExpFloat64() / q.ArrivalRate {
		offered++
		start := math.Max(at, free[0])
		if start-at > r.ExpFloat64()/q.AbandonRate {
			continue // gave up before anybody was free
		}
		if start-at <= threshold {
			inTime++
		}
		free[0] = start + r.ExpFloat64()/q.ServiceRate
		heap.Fix(&free, 0)
	}
	return inTime / offered
}

// clocks is a heap of times, the earliest first.
type clocks []float64

func (c clocks) Len() int           { return len(c) }
func (c clocks) Less(i, j int) bool { return c[i] < c[j] }
func (c clocks) Swap(i, j int)      { c[i], c[j] = c[j], c[i] }
func (c *clocks) Push(any)          { panic("the number of agents is fixed") }
func (c *clocks) Pop() any          { panic("the number of agents is fixed") }
