package erlang_test

import (
	"fmt"
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"bemanna/erlang"
)

// mixedFinely is the service level over a fine grid of rates: call-weighted,
// with the numerator and the denominator summed apart.
func mixedFinely(t *testing.T, q erlang.Queue, n, threshold, cv float64, d erlang.Definition) float64 {
	t.Helper()
	shape := 1 / (cv * cv)
	factor := distuv.Gamma{Alpha: shape, Beta: shape}
	step := cv / 50
	var sum erlang.Counts
	below, excludes := d.Below()
	for x := step / 2; x < 1+10*cv+15*cv*cv; x += step {
		scaled := q
		scaled.ArrivalRate *= x
		p := perform(t, scaled, n, threshold)
		calls := x * factor.Prob(x) * p.OfferedRate / scaled.ArrivalRate
		short := 0.0
		if excludes {
			short = perform(t, scaled, n, below).AbandonedWithin
		}
		sum = sum.Plus(erlang.Counts{
			Answered:        calls * (1 - p.Abandonment),
			Abandoned:       calls * p.Abandonment,
			AnsweredWithin:  calls * p.AnsweredWithin,
			AbandonedWithin: calls * p.AbandonedWithin,
			AbandonedBelow:  calls * short,
		})
	}
	return sum.ServiceLevel(d)
}

func TestMixedAgainstAFineGrid(t *testing.T) {
	for _, load := range []float64{1, 15, 100, 1000} {
		for _, patience := range []float64{60, 180, 1000, math.Inf(1)} {
			for _, cv := range []float64{0.05, 0.2, 0.8} {
				q := erlang.Queue{ArrivalRate: load / 300, ServiceRate: 1.0 / 300, AbandonRate: 1 / patience}
				n, err := q.Agents(erlang.Target{Share: 0.85, Threshold: 60})
				if err != nil {
					t.Fatal(err)
				}
				p, err := q.Mixed(float64(n), 60, cv)
				if err != nil {
					t.Fatal(err)
				}
				tolerance := 0.005
				if load <= 100 && cv <= 0.2 {
					tolerance = 0.001
				}
				for _, d := range definitions {
					name := fmt.Sprintf("load %v, patience %v, cv %v, %v", load, patience, cv, d)
					absolute(t, name, p.ServiceLevel(d), mixedFinely(t, q, float64(n), 60, cv, d), tolerance)
				}
			}
		}
	}
}

func TestMixedWithRedials(t *testing.T) {
	q, err := erlang.Queue{ArrivalRate: 20.0 / 300, ServiceRate: 1.0 / 300, AbandonRate: 1.0 / 90}.WithRedials(0.6)
	if err != nil {
		t.Fatal(err)
	}
	p, err := q.Mixed(20, 60, 0.2)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range definitions {
		absolute(t, d.String(), p.ServiceLevel(d), mixedFinely(t, q, 20, 60, 0.2, d), 0.001)
	}
}

// TestMixedKeepsTheIdentities: they are linear in the means that Mixed takes.
func TestMixedKeepsTheIdentities(t *testing.T) {
	q := erlang.Queue{ArrivalRate: 20.0 / 300, ServiceRate: 1.0 / 300, AbandonRate: 1.0 / 90}
	p, err := q.Mixed(20, 60, 0.3)
	if err != nil {
		t.Fatal(err)
	}
	relative(t, "P_ab = θ·E[W]", p.Abandonment, q.AbandonRate*p.AverageWait, 1e-13)
	relative(t, "E[Q] = λ·E[W]", p.QueueLength, q.ArrivalRate*p.AverageWait, 1e-13)
	relative(t, "every call ends", p.AnsweredWithin+p.AnsweredLate+p.Abandonment, 1, 1e-13)
	relative(t, "first calls only", p.OfferedRate, q.ArrivalRate, 1e-15)
	// Work per time: the quadrature has E[Γ·…] on one side and E[…] on the other.
	relative(t, "occupancy", p.Occupancy, 20*(1-p.Abandonment)/20, 1e-3)
}

func TestMixedTendsToPerformance(t *testing.T) {
	q := erlang.Queue{ArrivalRate: 20.0 / 300, ServiceRate: 1.0 / 300, AbandonRate: 1.0 / 90}
	certain := perform(t, q, 20, 60)
	for _, cv := range []float64{0, 1e-9, 1e-5, 1e-3} {
		p, err := q.Mixed(20, 60, cv)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range definitions {
			absolute(t, fmt.Sprint("cv ", cv, " ", d), p.ServiceLevel(d), certain.ServiceLevel(d), 1e-3*cv+10*cv*cv)
		}
	}
}

// TestUncertaintyCosts: with 20 % uncertainty the level that is to be expected
// falls well below the one that the forecast promises.
func TestUncertaintyCosts(t *testing.T) {
	q := erlang.Queue{ArrivalRate: 20.0 / 300, ServiceRate: 1.0 / 300, AbandonRate: 1.0 / 180}
	before := 1.0
	for _, cv := range []float64{0, 0.1, 0.2, 0.4} {
		p, err := q.Mixed(22, 60, cv)
		if err != nil {
			t.Fatal(err)
		}
		level := p.ServiceLevel(erlang.OfOffered)
		if level >= before {
			t.Errorf("level %v at cv %v, want less than %v", level, cv, before)
		}
		before = level
	}
}

func TestMixedSpecialCases(t *testing.T) {
	q := erlang.Queue{ArrivalRate: 0.1, ServiceRate: 0.01}
	for _, cv := range []float64{nan, inf, -0.1, 1.1} {
		_, err := q.Mixed(12, 20, cv)
		wantField(t, err, "cv")
	}
	_, err := q.Mixed(nan, 20, 0.2)
	wantField(t, err, "agents")
	_, err = erlang.Queue{ArrivalRate: 9e9, ServiceRate: 1}.Mixed(9e9, 20, 0.5)
	wantField(t, err, "Queue.ArrivalRate")

	none, err := q.Mixed(0, 20, 0.2)
	if err != nil || none.ServiceLevel(erlang.OfOffered) != 0 {
		t.Errorf("no agents: %+v, %v, want level 0", none, err)
	}
	endless, err := q.Mixed(12, 20, 0.2)
	if err != nil || !math.IsInf(endless.AverageWait, 1) || !(endless.ServiceLevel(erlang.OfOffered) > 0.5) {
		t.Errorf("endless patience: %+v, %v, want an infinite wait and a level above 0.5", endless, err)
	}
	quiet, err := erlang.Queue{ServiceRate: 1}.Mixed(3, 20, 0.2)
	if err != nil || quiet.ServiceLevel(erlang.OfOffered) != 1 {
		t.Errorf("no calls: %+v, %v, want level 1", quiet, err)
	}
	impatient := erlang.Queue{ArrivalRate: 0.1, ServiceRate: 0.01, AbandonRate: 0.02}
	unstaffed, err := impatient.Mixed(0, 20, 0.2)
	if err != nil || unstaffed.Abandonment < 1-1e-15 || !math.IsInf(unstaffed.SpeedOfAnswer, 1) {
		t.Errorf("no agents: %+v, %v, want all to abandon", unstaffed, err)
	}
	hasty := erlang.Queue{ArrivalRate: 0.1, ServiceRate: 0.01, Patience: erlang.Deterministic{Seconds: 10}}
	gone, err := hasty.Mixed(0, 20, 0.2)
	if err != nil || gone.AbandonedWithin < 1-1e-15 || gone.ServiceLevel(erlang.OfOffered) != 0 {
		t.Errorf("no agents, nobody waits as long as the threshold: %+v, %v, want all to abandon in time", gone, err)
	}
}

func TestMixedDoesNotAllocate(t *testing.T) {
	q := erlang.Queue{ArrivalRate: 0.1, ServiceRate: 0.01, AbandonRate: 0.02}
	if allocations := testing.AllocsPerRun(20, func() { _, _ = q.Mixed(11, 20, 0.2) }); allocations != 0 {
		t.Errorf("%v allocations, want none", allocations)
	}
}
