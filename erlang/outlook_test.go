package erlang_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"bemanna/erlang"
)

// plannedDay is a day staffed for an expected share of 0.886 in 60 s.
func plannedDay(t *testing.T, peak float64) []erlang.Interval {
	t.Helper()
	day := bellDay(38, peak, 180)
	for i, n := range staffDay(t, day, erlang.Target{Share: 0.886, Threshold: 60}, erlang.StaffOptions{WholeDay: true, Floor: 0.7}) {
		day[i].Agents = n
	}
	return day
}

// TestOutlookOfSimulatedDays: the factor of each day is drawn, then its calls.
func TestOutlookOfSimulatedDays(t *testing.T) {
	day := plannedDay(t, 6)
	target := erlang.Target{Share: 0.85, Threshold: 60}
	for _, cv := range []float64{0, 0.2} {
		got, err := erlang.Expect(day, target, cv, erlang.TransientOptions{})
		if err != nil {
			t.Fatal(err)
		}
		const days = 2000
		random := rand.New(rand.NewPCG(3, 4))
		shares := make([]float64, days)
		reached, allCalls, allInTime := 0.0, 0.0, 0.0
		for d := range shares {
			factor := 1.0
			if cv > 0 { // gamma with the shape 25: a sum of exponentials
				factor = 0
				for range 25 {
					factor += random.ExpFloat64() / 25
				}
			}
			scaled := slices.Clone(day)
			for i := range scaled {
				scaled[i].ArrivalRate *= factor
			}
			calls, inTime := simulatedDay(scaled, 60, 0, random)
			shares[d] = inTime / calls
			allCalls += calls
			allInTime += inTime
			if shares[d] >= target.Share {
				reached++
			}
		}
		slices.Sort(shares)
		name := fmt.Sprintf("cv %v: ", cv)
		absolute(t, name+"share", got.Share, allInTime/allCalls, 0.006)
		absolute(t, name+"chance", got.Chance, reached/days, 0.035)
		absolute(t, name+"low", got.Low, shares[days/20], 0.02)
		absolute(t, name+"high", got.High, shares[days-days/20], 0.02)
	}
}

// TestAnExpectedShareIsNoPromise: a plan that expects 88.6 % misses 85 % on
// many days, the more so the less is known of the calls.
func TestAnExpectedShareIsNoPromise(t *testing.T) {
	day := plannedDay(t, 6)
	missed := 0.0
	for _, cv := range []float64{0, 0.1, 0.2, 0.4} {
		o, err := erlang.Expect(day, erlang.Target{Share: 0.85, Threshold: 60}, cv, erlang.TransientOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if 1-o.Chance <= missed || o.Low >= o.Share || o.High <= o.Share {
			t.Errorf("cv %v: %+v, missed %v at the one before", cv, o, missed)
		}
		missed = 1 - o.Chance
	}
}

// TestTallyOfALongDayIsLuck: the variance of a day is that of the long run
// when the rates stay the same.
func TestTallyOfALongDayIsLuck(t *testing.T) {
	for _, patience := range []float64{60, 180, math.Inf(1)} {
		in := erlang.Interval{Duration: 1e5, ArrivalRate: 10.0 / 300, ServiceRate: 1.0 / 300, AbandonRate: 1 / patience, Agents: 12}
		q := erlang.Queue{ArrivalRate: in.ArrivalRate, ServiceRate: in.ServiceRate, AbandonRate: in.AbandonRate}
		level := perform(t, q, 12, 30).AnsweredWithin
		day := slices.Repeat([]erlang.Interval{in}, 60)
		tally, err := erlang.TallyDay(day, erlang.Target{Share: level, Threshold: 30}, erlang.TransientOptions{})
		if err != nil {
			t.Fatal(err)
		}
		luck, err := q.Luck(12, 30, 60e5)
		if err != nil {
			t.Fatal(err)
		}
		relative(t, fmt.Sprint("variance with patience ", patience), tally.Variance, luck, 5e-3)
		relative(t, "calls", tally.Calls, 60e5*in.ArrivalRate, 1e-12)
		relative(t, "in time", tally.InTime, tally.Calls*level, 1e-3)
	}
}

// TestGroupsAreJoined: two groups alike have the same expected share, and less
// luck, as one of them alone.
func TestGroupsAreJoined(t *testing.T) {
	day := plannedDay(t, 4)
	target := erlang.Target{Share: 0.85, Threshold: 60}
	one, err := erlang.Expect(day, target, 0, erlang.TransientOptions{})
	if err != nil {
		t.Fatal(err)
	}
	two, err := erlang.Foresee(target.Share, 0, func(float64) (erlang.Tally, error) {
		tally, err := erlang.TallyDay(day, target, erlang.TransientOptions{})
		return tally.Plus(tally), err
	})
	if err != nil {
		t.Fatal(err)
	}
	relative(t, "share", two.Share, one.Share, 1e-12)
	relative(t, "range", two.High-two.Low, (one.High-one.Low)/math.Sqrt2, 1e-6)
}

func TestOutlookSpecialCases(t *testing.T) {
	closed := []erlang.Interval{{Duration: 900, ServiceRate: 1.0 / 300}}
	for _, cv := range []float64{0, 0.3} {
		o, err := erlang.Expect(closed, erlang.Target{Share: 0.85, Threshold: 60}, cv, erlang.TransientOptions{})
		if want := (erlang.Outlook{Share: 1, Low: 1, High: 1, Chance: 1}); o != want || err != nil {
			t.Errorf("closed day: %+v, %v", o, err)
		}
	}
	_, err := erlang.Expect(closed, erlang.Target{Share: 0.85, Definition: erlang.OfAnswered}, 0, erlang.TransientOptions{})
	wantField(t, err, "Target.Definition")
	_, err = erlang.Expect(closed, erlang.Target{Share: 0.85}, nan, erlang.TransientOptions{})
	wantField(t, err, "cv")
	_, err = erlang.Expect(nil, erlang.Target{Share: 0.85}, 0, erlang.TransientOptions{})
	wantField(t, err, "day")
}
