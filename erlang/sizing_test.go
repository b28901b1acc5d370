package erlang_test

import (
	"fmt"
	"testing"

	"bemanna/erlang"
)

// TestSmallCentre: 20 calls in 15 minutes, 300 s each, answered within a
// minute. Any Erlang C calculator has these
// levels.
func TestSmallCentre(t *testing.T) {
	q := erlang.Queue{ArrivalRate: 20.0 / 900, ServiceRate: 1.0 / 300}
	for n, want := range map[float64]float64{8: 59.2, 9: 80.4, 10: 91.0, 11: 96.1} {
		absolute(t, fmt.Sprint(n, " people"), 100*perform(t, q, n, 60).ServiceLevel(erlang.OfOffered), want, 0.05)
	}
}

// TestLargeCentre: 350 calls in 30 minutes of 320 s each, where one person
// less makes the mean wait half as long again. Any Erlang C calculator has
// these waits.
func TestLargeCentre(t *testing.T) {
	q := erlang.Queue{ArrivalRate: 350.0 / 1800, ServiceRate: 1.0 / 320}
	for n, want := range map[float64]float64{69: 14.3, 68: 20.4, 67: 29.8, 66: 45.3, 65: 73.3} {
		absolute(t, fmt.Sprint(n, " people"), perform(t, q, n, 20).SpeedOfAnswer, want, 0.05)
	}
}

func TestEachPartOfATargetBinds(t *testing.T) {
	q := erlang.Queue{ArrivalRate: 20.0 / 900, ServiceRate: 1.0 / 300, AbandonRate: 1.0 / 180}
	loose := erlang.Target{Share: 0.5, Threshold: 60}
	base, err := q.Agents(loose)
	if err != nil {
		t.Fatal(err)
	}
	for name, tighten := range map[string]func(*erlang.Target){
		"share":           func(g *erlang.Target) { g.Share = 0.95 },
		"threshold":       func(g *erlang.Target) { g.Threshold, g.Share = 0, 0.9 },
		"occupancy":       func(g *erlang.Target) { g.MaxOccupancy = 0.5 },
		"abandonment":     func(g *erlang.Target) { g.MaxAbandonment = 0.01 },
		"speed of answer": func(g *erlang.Target) { g.MaxSpeedOfAnswer = 2 },
		"min agents":      func(g *erlang.Target) { g.MinAgents = 30 },
	} {
		for _, theta := range []float64{0, 1.0 / 180} {
			q.AbandonRate = theta
			if name == "abandonment" && theta == 0 {
				continue
			}
			target := loose
			tighten(&target)
			if n, err := q.Agents(target); err != nil || n <= base {
				t.Errorf("%s, θ=%v: %d agents, %v; want more than %d", name, theta, n, err, base)
			}
		}
	}
}

func TestTargetsThatAskNothing(t *testing.T) {
	busy := erlang.Queue{ArrivalRate: 1, ServiceRate: 0.1, AbandonRate: 0.1}
	quiet := erlang.Queue{ServiceRate: 0.1}
	for _, c := range []struct {
		name   string
		queue  erlang.Queue
		target erlang.Target
		want   int
	}{
		{"no calls", quiet, erlang.Target{Share: 0.8, Threshold: 20}, 0},
		{"no calls but a floor", quiet, erlang.Target{Share: 0.8, Threshold: 20, MinAgents: 2}, 2},
		{"nothing asked", busy, erlang.Target{}, 0},
		{"only a floor", busy, erlang.Target{MinAgents: 3}, 3},
	} {
		n, err := c.queue.Agents(c.target)
		x, errReal := c.queue.AgentsReal(c.target)
		if err != nil || errReal != nil || n != c.want || x != float64(c.want) {
			t.Errorf("%s: %d agents (%v) and %v real ones (%v), want %d", c.name, n, err, x, errReal, c.want)
		}
	}
}

// TestLevelsRoundTrip: the share that n agents reach asks for n agents.
func TestLevelsRoundTrip(t *testing.T) {
	for _, theta := range []float64{0, 1.0 / 180} {
		q := erlang.Queue{ArrivalRate: 20.0 / 300, ServiceRate: 1.0 / 300, AbandonRate: theta}
		for n := 21; n < 35; n++ {
			for _, d := range definitions {
				target := erlang.Target{Threshold: 20, Definition: d}
				target.Share = perform(t, q, float64(n), 20).ServiceLevel(d)
				got, err := q.Agents(target)
				x, errReal := q.AgentsReal(target)
				if err != nil || errReal != nil || got != n {
					t.Errorf("θ=%v %v: %d agents (%v, %v), want %d", theta, d, got, err, errReal, n)
				}
				absolute(t, "real agents", x, float64(n), 1e-6)
			}
		}
	}
}

func TestWhole(t *testing.T) {
	for x, want := range map[float64]int{
		0: 0, 1e-12: 0, 1e-6: 1, 0.5: 1, 1: 1, 2.0000000001: 2, 2.000001: 3,
		20.0 * (1 + 1e-12): 20, 1e6 + 1e-4: 1_000_000, 1e6 + 0.01: 1_000_001,
	} {
		if got := erlang.Whole(x); got != want {
			t.Errorf("Whole(%v) = %d, want %d", x, got, want)
		}
	}
}
