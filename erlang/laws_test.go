package erlang_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"bemanna/erlang"
)

// Laws that hold for every queue, whatever the formulas.

var definitions = []erlang.Definition{
	erlang.OfOffered, erlang.OfAnswered, erlang.ExcludingShort, erlang.IncludingAbandoned, erlang.ExcludingBelow(5),
}

// drawQueue draws a load from 0.01 to 1000 erlangs, a handle time of 30 s to
// 20 min and a patience of 2 s to a day.
func drawQueue(t *rapid.T) erlang.Queue {
	handle := rapid.Float64Range(30, 1200).Draw(t, "handle time")
	load := math.Pow(10, rapid.Float64Range(-2, 3).Draw(t, "log10 load"))
	patience := math.Pow(10, rapid.Float64Range(0.3, 5).Draw(t, "log10 patience"))
	return erlang.Queue{ArrivalRate: load / handle, ServiceRate: 1 / handle, AbandonRate: 1 / patience}
}

// drawAnyQueue draws a queue with a rate, with general patience, or without
// end to the patience of its callers.
func drawAnyQueue(t *rapid.T) erlang.Queue {
	q := drawQueue(t)
	switch rapid.SampledFrom([]string{"rate", "shape", "endless"}).Draw(t, "patience") {
	case "shape":
		q.Patience = drawPatience(t)
	case "endless":
		q.AbandonRate = 0
	}
	return q
}

// drawAgents draws from a fifth of the load to well above it.
func drawAgents(t *rapid.T, q erlang.Queue) float64 {
	load := q.ArrivalRate / q.ServiceRate
	return rapid.Float64Range(load/5, load+6*math.Sqrt(load)+2).Draw(t, "agents")
}

func drawThreshold(t *rapid.T) float64 {
	return rapid.Float64Range(0, 300).Draw(t, "threshold")
}

func TestBlockingIsBelowDelay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := math.Pow(10, rapid.Float64Range(-3, 4).Draw(t, "log10 load"))
		n := rapid.Float64Range(0, 2*a+5).Draw(t, "servers")
		b, c := erlang.B(n, a), erlang.C(n, a)
		if !(0 <= b && b <= c && c <= 1) {
			t.Errorf("B(%v, %v) = %v and C = %v, want 0 ≤ B ≤ C ≤ 1", n, a, b, c)
		}
		if more := erlang.B(n+0.5, a); more > b {
			t.Errorf("B rises from %v to %v with half a server more", b, more)
		}
	})
}

func TestMoreAgentsAreNeverWorse(t *testing.T) {
	const rounding = 1e-12
	rapid.Check(t, func(t *rapid.T) {
		q, threshold := drawAnyQueue(t), drawThreshold(t)
		n := drawAgents(t, q)
		m := n + rapid.Float64Range(0.01, 3).Draw(t, "more")
		few, many := perform(t, q, n, threshold), perform(t, q, m, threshold)
		for _, d := range definitions {
			if l, h := few.ServiceLevel(d), many.ServiceLevel(d); h < l-rounding {
				t.Errorf("%v: level %v with %v agents, %v with %v", d, l, n, h, m)
			}
		}
		for what, pair := range map[string][2]float64{
			"delay":           {few.Delay, many.Delay},
			"abandonment":     {few.Abandonment, many.Abandonment},
			"average wait":    {few.AverageWait, many.AverageWait},
			"speed of answer": {few.SpeedOfAnswer, many.SpeedOfAnswer},
			"queue":           {few.QueueLength, many.QueueLength},
			"occupancy":       {few.Occupancy, many.Occupancy},
		} {
			if pair[1] > pair[0]*(1+rounding) {
				t.Errorf("%s rises from %v to %v with %v agents instead of %v", what, pair[0], pair[1], m, n)
			}
		}
	})
}

func TestIdentitiesOfAbandonment(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q, threshold := drawAnyQueue(t), drawThreshold(t)
		n := drawAgents(t, q)
		p := perform(t, q, n, threshold)
		if math.IsInf(p.AverageWait, 1) {
			return
		}
		relativeTo := func(what string, got, want float64) {
			if math.Abs(got-want) > 1e-11*want+1e-14 {
				t.Errorf("%s: %v, want %v", what, got, want)
			}
		}
		load := q.ArrivalRate / q.ServiceRate
		if q.Patience == nil {
			relativeTo("P_ab = θ·E[W]", p.Abandonment, q.AbandonRate*p.AverageWait)
		}
		relativeTo("E[Q] = λ·E[W]", p.QueueLength, q.ArrivalRate*p.AverageWait)
		relativeTo("occupancy = a(1−P_ab)/n", p.Occupancy, load*(1-p.Abandonment)/n)
		relativeTo("every call ends", p.AnsweredWithin+p.AnsweredLate+p.Abandonment, 1)
		relativeTo("waits ≤ T", p.ServiceLevel(erlang.IncludingAbandoned), p.AnsweredWithin+p.AbandonedWithin)
		relativeTo("answered at once", perform(t, q, n, 0).AnsweredWithin, 1-p.Delay)
		if p.Abandonment > p.Delay*(1+1e-12) || p.AbandonedWithin > p.Abandonment*(1+1e-12) {
			t.Errorf("%v abandon, %v of them in time, of %v who wait", p.Abandonment, p.AbandonedWithin, p.Delay)
		}
		if answered := p.SpeedOfAnswer * (1 - p.Abandonment); answered > p.AverageWait*(1+1e-11) {
			t.Errorf("the answered wait %v s for each call, all calls together only %v s", answered, p.AverageWait)
		}
	})
}

// TestSpeedOfAnswerIsTheMeanWait integrates P(answered after t) over t with
// Simpson's rule.
func TestSpeedOfAnswerIsTheMeanWait(t *testing.T) {
	for _, c := range []struct{ n, a, theta float64 }{
		{3, 2, 0.5}, {3, 4, 0.5}, {20, 18, 0.2}, {20, 30, 2}, {7.5, 9.2, 1.1}, {400, 500, 0.8}, {0.5, 60, 1},
	} {
		q := erlang.Queue{ArrivalRate: c.a, ServiceRate: 1, AbandonRate: c.theta}
		const pieces = 4000
		longest := 40 / c.theta
		sum := 0.0
		for i := 0; i <= pieces; i++ {
			weight := 2.0 + 2*float64(i%2)
			if i == 0 || i == pieces {
				weight = 1
			}
			sum += weight * perform(t, q, c.n, longest*float64(i)/pieces).AnsweredLate
		}
		p := perform(t, q, c.n, 0)
		relative(t, "ASA", p.SpeedOfAnswer, sum*longest/pieces/3/(1-p.Abandonment), 1e-5)
	}
}

// TestPatienceLikeHandleTimeIsPoisson: with θ = µ each call leaves at the
// rate µ whether it waits or talks, so the number in the system is Poisson(a).
func TestPatienceLikeHandleTimeIsPoisson(t *testing.T) {
	for _, a := range []float64{0.5, 4, 19, 30} {
		p := perform(t, erlang.Queue{ArrivalRate: a, ServiceRate: 1, AbandonRate: 1}, 20, 0)
		term, below, waiting := math.Exp(-a), 0.0, 0.0
		for k := range 200 {
			if k < 20 {
				below += term
			} else {
				waiting += float64(k-20) * term
			}
			term *= a / float64(k+1)
		}
		absolute(t, "delay", p.Delay, 1-below, 1e-14)
		relative(t, "queue", p.QueueLength, waiting, 1e-12)
	}
}

// TestEndlessPatienceIsErlangC: Erlang A tends to Erlang C as θ → 0 where the
// agents can keep up.
func TestEndlessPatienceIsErlangC(t *testing.T) {
	patient := erlang.Queue{ArrivalRate: 12, ServiceRate: 1}
	nearly := patient
	nearly.AbandonRate = 1e-8
	c, a := perform(t, patient, 15, 0.3), perform(t, nearly, 15, 0.3)
	absolute(t, "delay", a.Delay, c.Delay, 1e-7)
	absolute(t, "level", a.ServiceLevel(erlang.OfOffered), c.ServiceLevel(erlang.OfOffered), 1e-7)
	absolute(t, "ASA", a.SpeedOfAnswer, c.SpeedOfAnswer, 1e-7)
}

func TestAgentsIsTheSmallest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := drawAnyQueue(t)
		target := erlang.Target{
			Share:      rapid.Float64Range(0.05, 0.99).Draw(t, "share"),
			Threshold:  drawThreshold(t),
			Definition: rapid.SampledFrom(definitions).Draw(t, "definition"),
		}
		if rapid.Bool().Draw(t, "more parts") {
			target.MaxOccupancy = rapid.Float64Range(0.3, 1).Draw(t, "occupancy")
			target.MaxAbandonment = rapid.Float64Range(0.001, 1).Draw(t, "abandonment")
			target.MaxSpeedOfAnswer = rapid.Float64Range(0.1, 100).Draw(t, "speed of answer")
		}
		n, err := q.Agents(target)
		if err != nil {
			t.Fatal(err)
		}
		if !target.MetBy(perform(t, q, float64(n), target.Threshold)) {
			t.Errorf("%d agents do not meet the target", n)
		}
		if n > 1 && target.MetBy(perform(t, q, float64(n-1), target.Threshold)) {
			t.Errorf("%d agents would do, not %d", n-1, n)
		}
		x, err := q.AgentsReal(target)
		if err != nil {
			t.Fatal(err)
		}
		if !target.MetBy(perform(t, q, x, target.Threshold)) {
			t.Errorf("%v agents do not meet the target", x)
		}
		if less := x - 1e-9*max(1, x); less > 1e-5 && target.MetBy(perform(t, q, less, target.Threshold)) {
			t.Errorf("%v agents would do, not %v", less, x)
		}
		if got := erlang.Whole(x); got != n && got != n-1 || float64(n) < x {
			t.Errorf("%v real agents against %d whole ones", x, n)
		}
	})
}
