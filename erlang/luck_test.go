package erlang_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"bemanna/erlang"
)

// simulatedDay gives the calls of a day and those answered in time, call by
// call; agents finish their calls when they leave, and the queue is drained
// with those of the last interval. It starts from an empty system, and counts
// the calls that come after a warm-up.
func simulatedDay(day []erlang.Interval, threshold, warmUp float64, random *rand.Rand) (calls, inTime float64) {
	type caller struct{ since, until float64 }
	var waiting []caller
	busy, i := 0, 0
	in, end := day[0], day[0].Duration
	draw := func(rate float64) float64 {
		if rate == 0 {
			return math.Inf(1)
		}
		return random.ExpFloat64() / rate
	}
	next := draw(in.ArrivalRate)
	answer := func(now float64) {
		for len(waiting) > 0 && busy < in.Agents {
			first := waiting[0]
			waiting = waiting[1:]
			if first.until < now {
				continue
			}
			busy++
			if now-first.since <= threshold && first.since >= warmUp {
				inTime++
			}
		}
	}
	for now := 0.0; i < len(day) || len(waiting) > 0; {
		done := now + draw(float64(busy)*in.ServiceRate)
		switch first := min(done, next, end); {
		case i < len(day) && first == end:
			now = end
			if i++; i < len(day) {
				in = day[i]
				end += in.Duration
				next = now + draw(in.ArrivalRate)
			} else {
				next, end = math.Inf(1), math.Inf(1)
			}
			busy = min(busy, in.Agents)
		case first == next:
			now = next
			next = now + draw(in.ArrivalRate)
			if now >= warmUp {
				calls++
			}
			waiting = append(waiting, caller{now, now + draw(in.AbandonRate)})
		case math.IsInf(done, 1): // nobody is left to answer
			return calls, inTime
		default:
			now = done
			busy--
		}
		answer(now)
	}
	return calls, inTime
}

// TestLuckOfSimulatedDays: the standard deviation is up to 9 % below that of
// simulated days, which are known to 2.5 % here.
func TestLuckOfSimulatedDays(t *testing.T) {
	for _, c := range []struct {
		load, patience, threshold float64
		agents                    int
	}{{1, 90, 60, 2}, {5, 180, 20, 6}, {5, 180, 60, 4}, {20, 180, 60, 22}, {20, 600, 120, 19}, {60, 120, 30, 52}} {
		q := erlang.Queue{ArrivalRate: c.load / 300, ServiceRate: 1.0 / 300, AbandonRate: 1 / c.patience}
		const warmUp, span, days = 3000.0, 12000.0, 800
		luck, err := q.Luck(float64(c.agents), c.threshold, span)
		if err != nil {
			t.Fatal(err)
		}
		level := perform(t, q, float64(c.agents), c.threshold).AnsweredWithin
		day := []erlang.Interval{{Duration: warmUp + span, ArrivalRate: q.ArrivalRate, ServiceRate: q.ServiceRate, AbandonRate: q.AbandonRate, Agents: c.agents}}
		random := rand.New(rand.NewPCG(1, 2))
		square := 0.0
		for range days {
			calls, inTime := simulatedDay(day, c.threshold, warmUp, random)
			square += (inTime - level*calls) * (inTime - level*calls) / days
		}
		if ratio := math.Sqrt(luck / square); ratio < 0.84 || ratio > 1.05 {
			t.Errorf("%+v: standard deviation %.3f of the simulated", c, ratio)
		}
	}
}

// TestLuckOfFewCalls: when calls are rare each has its own fate.
func TestLuckOfFewCalls(t *testing.T) {
	q := erlang.Queue{ArrivalRate: 1e-6, ServiceRate: 1.0 / 300, AbandonRate: 1.0 / 180}
	level := perform(t, q, 1, 0).AnsweredWithin
	luck, err := q.Luck(1, 0, 1e9)
	if err != nil {
		t.Fatal(err)
	}
	relative(t, "luck", luck, 1e3*level*(1-level), 1e-2)
}

// TestLuckIsContinuousInAgents and in proportion to time.
func TestLuckIsContinuousInAgents(t *testing.T) {
	q := erlang.Queue{ArrivalRate: 20.0 / 300, ServiceRate: 1.0 / 300, AbandonRate: 1.0 / 180}
	for _, n := range []float64{15, 20, 21, 25} {
		var luck [3]float64
		for i, agents := range []float64{n - 1e-9, n, n + 1e-9} {
			var err error
			if luck[i], err = q.Luck(agents, 60, 900); err != nil {
				t.Fatal(err)
			}
		}
		relative(t, fmt.Sprint("just below ", n), luck[0], luck[1], 1e-6)
		relative(t, fmt.Sprint("just above ", n), luck[2], luck[1], 1e-6)
		double, err := q.Luck(n, 60, 1800)
		if err != nil {
			t.Fatal(err)
		}
		relative(t, "in twice the time", double, 2*luck[1], 1e-12)
	}
}

func TestLuckSpecialCases(t *testing.T) {
	q := erlang.Queue{ArrivalRate: 0.1, ServiceRate: 0.01}
	for _, c := range []struct {
		q      erlang.Queue
		agents float64
	}{{erlang.Queue{ServiceRate: 1}, 3}, {q, 0}, {q, 9}, {erlang.Queue{ArrivalRate: 0.1, ServiceRate: 0.01, AbandonRate: 0.01}, 0}} {
		if luck, err := c.q.Luck(c.agents, 20, 900); luck != 0 || err != nil {
			t.Errorf("%+v with %v agents: luck %v, %v, want 0", c.q, c.agents, luck, err)
		}
	}
	_, err := q.Luck(12, 20, nan)
	wantField(t, err, "seconds")
	_, err = q.Luck(nan, 20, 900)
	wantField(t, err, "agents")
	_, err = erlang.Queue{ArrivalRate: 1e5, ServiceRate: 1}.Luck(1.0001e5, 0, 900)
	wantField(t, err, "agents")
	// General patience, and thresholds that no double reaches the start of.
	q.Patience = erlang.Deterministic{Seconds: 60}
	for _, threshold := range []float64{0, 20, 1e6} {
		if luck, err := q.Luck(11.5, threshold, 900); !(luck > 0 && luck < 1000) || err != nil {
			t.Errorf("threshold %v: luck %v, %v", threshold, luck, err)
		}
	}
}
