package erlang_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bemanna/erlang"
)

// TestRemissionOfLeukaemia: the weeks that 21 patients treated with 6-MP stayed
// in remission (Freireich and others, Blood 21, 1963), the example of every
// textbook, with survival and Greenwood's errors as Klein and Moeschberger have
// them ("Survival Analysis", 2003, section 4.2).
func TestRemissionOfLeukaemia(t *testing.T) {
	var waits []erlang.Wait
	for _, weeks := range []float64{6, 6, 6, 7, 10, 13, 16, 22, 23} {
		waits = append(waits, erlang.Wait{Seconds: weeks, Abandoned: true})
	}
	for _, weeks := range []float64{6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35} {
		waits = append(waits, erlang.Wait{Seconds: weeks})
	}
	e := estimate(t, waits)
	want := []erlang.Step{
		{6, 0.8571, 0.0764},
		{7, 0.8067, 0.0869},
		{10, 0.7529, 0.0963},
		{13, 0.6902, 0.1068},
		{16, 0.6275, 0.1141},
		{22, 0.5378, 0.1282},
		{23, 0.4482, 0.1346},
		{35, 0.4482, 0.1346},
	}
	if len(e.Steps) != len(want) {
		t.Fatalf("%d steps, want %d: %+v", len(e.Steps), len(want), e.Steps)
	}
	for i, step := range e.Steps {
		absolute(t, "week", step.Seconds, want[i].Seconds, 0)
		absolute(t, fmt.Sprint("survival in week ", step.Seconds), step.Survival, want[i].Survival, 5e-5)
		absolute(t, fmt.Sprint("its error in week ", step.Seconds), step.StandardError, want[i].StandardError, 6e-5)
	}
	absolute(t, "tail", e.TailRate, 9.0/359, 1e-15)
	absolute(t, "two weeks after the end", e.Survival(37), e.Survival(35)*math.Exp(-2*9.0/359), 1e-15)
}

func estimate(t rapid.TB, waits []erlang.Wait) *erlang.Empirical {
	t.Helper()
	e, err := erlang.EstimatePatience(waits)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestEstimatesAtTheEdge(t *testing.T) {
	for _, c := range []struct {
		name  string
		waits []erlang.Wait
		want  erlang.Empirical
	}{
		{"no records", nil, erlang.Empirical{}},
		{"only calls answered at once", []erlang.Wait{{}, {}}, erlang.Empirical{}},
		{
			"all answered",
			[]erlang.Wait{{Seconds: 8}, {Seconds: 3}},
			erlang.Empirical{Steps: []erlang.Step{{8, 1, 0}}},
		},
		{
			"all hung up",
			[]erlang.Wait{{4, true}, {2, true}},
			erlang.Empirical{Steps: []erlang.Step{{2, 0.5, math.Sqrt(0.125)}, {4, 0, 0}}},
		},
		{
			"one who balks, of three who had to wait",
			[]erlang.Wait{{0, true}, {0, false}, {5, false}, {5, false}},
			erlang.Empirical{Steps: []erlang.Step{{0, 2.0 / 3, 2.0 / 3 * math.Sqrt(1.0/6)}, {5, 2.0 / 3, 2.0 / 3 * math.Sqrt(1.0/6)}}, TailRate: 0.1},
		},
		{
			"answered and hung up at the same time",
			[]erlang.Wait{{7, false}, {7, true}},
			erlang.Empirical{Steps: []erlang.Step{{7, 0.5, math.Sqrt(0.125)}}, TailRate: 1.0 / 14},
		},
	} {
		near := cmp.Comparer(func(x, y float64) bool { return math.Abs(x-y) < 1e-15 })
		if diff := cmp.Diff(&c.want, estimate(t, c.waits), near); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
	for _, seconds := range []float64{nan, inf, -1} {
		_, err := erlang.EstimatePatience([]erlang.Wait{{Seconds: seconds}})
		wantField(t, err, "Wait.Seconds")
	}
}

// TestEstimateHasNoFavourites: a record is what it is, wherever it stands and
// in whatever unit.
func TestEstimateHasNoFavourites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		waits := rapid.SliceOf(rapid.Custom(func(t *rapid.T) erlang.Wait {
			return erlang.Wait{
				Seconds:   float64(rapid.IntRange(0, 20).Draw(t, "seconds")), // heavy ties
				Abandoned: rapid.Bool().Draw(t, "abandoned"),
			}
		})).Draw(t, "waits")
		e := estimate(t, waits)
		q := erlang.Queue{ArrivalRate: 1, ServiceRate: 1, Patience: e}
		if _, err := q.Performance(2, 3); err != nil {
			t.Errorf("the estimate is no patience: %v", err)
		}
		other := rapid.Permutation(waits).Draw(t, "in another order")
		if diff := cmp.Diff(e, estimate(t, other)); diff != "" {
			t.Errorf("the order of records matters:\n%s", diff)
		}
		twice := estimate(t, append(slices.Clone(waits), waits...))
		for _, at := range []float64{0, 1, 7.5, 20} {
			if diff := math.Abs(e.Survival(at) - twice.Survival(at)); diff > 1e-12 {
				t.Errorf("at %v s: %v, with every record twice %v", at, e.Survival(at), twice.Survival(at))
			}
		}
	})
}

// TestPatienceIsRecovered simulates waits that end with an answer or with the
// patience, and looks for the patience in them.
func TestPatienceIsRecovered(t *testing.T) {
	for i, truth := range []erlang.Patience{
		erlang.Exponential{Mean: 120},
		erlang.Weibull{Shape: 0.6, Mean: 200},
		erlang.Gamma{Shape: 3, Mean: 60},
		erlang.Balking{Share: 0.15, Then: erlang.LogNormal{Mean: 100, CV: 1}},
	} {
		random := rand.New(rand.NewPCG(21, uint64(i)))
		waits := make([]erlang.Wait, 20_000)
		for k := range waits {
			offered, willing := 90*random.ExpFloat64(), truth.Quantile(random.Float64())
			waits[k] = erlang.Wait{Seconds: min(offered, willing), Abandoned: willing <= offered}
		}
		e := estimate(t, waits)
		for _, at := range []float64{0, 5, 20, 60, 120} {
			step := e.Steps[0]
			for _, s := range e.Steps {
				if s.Seconds <= at {
					step = s
				}
			}
			if got, want := e.Survival(at), truth.Survival(at); math.Abs(got-want) > 4*step.StandardError {
				t.Errorf("%+v at %v s: survival %v, want %v within four standard errors of %v", truth, at, got, want, step.StandardError)
			}
		}
		q := erlang.Queue{ArrivalRate: 0.1, ServiceRate: 0.01, Patience: truth}
		want := perform(t, q, 9, 20)
		q.Patience = e
		absolute(t, "level", perform(t, q, 9, 20).ServiceLevel(erlang.OfOffered), want.ServiceLevel(erlang.OfOffered), 0.01)
	}
}

// TestEmpiricalApproachesWhatItSteps: the exact sums over ever finer steps of
// an exponential distribution tend to Erlang A.
func TestEmpiricalApproachesWhatItSteps(t *testing.T) {
	q := hour(200, 300, 120)
	want := perform(t, q, 17, 20)
	for _, steps := range []int{100, 1000} {
		q.Patience = stepped(erlang.Exponential{Mean: 120}, steps)
		got := perform(t, q, 17, 20)
		absolute(t, fmt.Sprint(steps, " steps: level"), got.AnsweredWithin, want.AnsweredWithin, 1e-3*100/float64(steps))
		relative(t, fmt.Sprint(steps, " steps: abandonment"), got.Abandonment, want.Abandonment, 1e-2*100/float64(steps))
	}
}

// stepped is a distribution in steps of equal probability.
func stepped(p erlang.Patience, steps int) *erlang.Empirical {
	e := &erlang.Empirical{}
	for i := range steps {
		share := (float64(i) + 0.5) / float64(steps)
		e.Steps = append(e.Steps, erlang.Step{Seconds: p.Quantile(share), Survival: 1 - float64(i+1)/float64(steps)})
	}
	return e
}

func TestAbandonRate(t *testing.T) {
	for _, c := range []struct {
		abandoned, waited float64
		want              erlang.AbandonRate
	}{
		// The limits are those of Garwood's table (1936).
		{0, 1, erlang.AbandonRate{Rate: 0, Low: 0, High: 3.689}},
		{1, 1, erlang.AbandonRate{Rate: 1, Low: 0.0253, High: 5.572}},
		{10, 1, erlang.AbandonRate{Rate: 10, Low: 4.795, High: 18.390}},
		{10, 2000, erlang.AbandonRate{Rate: 0.005, Low: 4.795 / 2000, High: 18.390 / 2000}},
	} {
		got, err := erlang.EstimateAbandonRate(c.abandoned, c.waited)
		if err != nil {
			t.Fatal(err)
		}
		absolute(t, "rate", got.Rate*c.waited, c.want.Rate*c.waited, 1e-12)
		absolute(t, "low", got.Low*c.waited, c.want.Low*c.waited, 1e-3)
		absolute(t, "high", got.High*c.waited, c.want.High*c.waited, 1e-3)
	}
	many, err := erlang.EstimateAbandonRate(1e6, 1e8)
	if err != nil {
		t.Fatal(err)
	}
	relative(t, "low of many", many.Low, 0.01*(1-1.96e-3), 1e-5)
	relative(t, "high of many", many.High, 0.01*(1+1.96e-3), 1e-5)
	for _, x := range []float64{nan, inf, -1} {
		_, err := erlang.EstimateAbandonRate(x, 1)
		wantField(t, err, "AbandonEvidence.Abandoned")
		_, err = erlang.EstimateAbandonRate(1, x)
		wantField(t, err, "AbandonEvidence.Waited")
	}
	_, err = erlang.EstimateAbandonRate(1, 0)
	wantField(t, err, "AbandonEvidence.Waited")
}

// TestAbandonRateIsRecovered: the limits hold the true rate as often as they
// say.
func TestAbandonRateIsRecovered(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 2))
	const rate, groups = 1.0 / 150, 2000
	held := 0
	for range groups {
		var e erlang.AbandonEvidence
		for range 200 {
			offered, willing := 30*random.ExpFloat64(), random.ExpFloat64()/rate
			e.Waited += min(offered, willing)
			if willing <= offered {
				e.Abandoned++
			}
		}
		estimate, err := e.Estimate()
		if err != nil {
			t.Fatal(err)
		}
		if estimate.Low <= rate && rate <= estimate.High {
			held++
		}
	}
	if share := float64(held) / groups; share < 0.94 || share > 0.995 {
		t.Errorf("%.1f %% of the limits hold the rate, want 95 %% or some more", 100*share)
	}
}

func TestShrinking(t *testing.T) {
	few := erlang.AbandonEvidence{Abandoned: 3, Waited: 60}
	shrunk, err := few.Shrunk(1.0/180, 10).Estimate()
	if err != nil {
		t.Fatal(err)
	}
	relative(t, "few", shrunk.Rate, 13.0/(60+1800), 1e-15)
	alone, err := few.Estimate()
	if err != nil {
		t.Fatal(err)
	}
	if !(shrunk.High-shrunk.Low < alone.High-alone.Low) {
		t.Errorf("limits %v wide after shrinking, %v before", shrunk.High-shrunk.Low, alone.High-alone.Low)
	}
	if few.Shrunk(0.01, 0) != few {
		t.Errorf("a prior without weight changes %+v to %+v", few, few.Shrunk(0.01, 0))
	}
	rapid.Check(t, func(t *rapid.T) {
		e := erlang.AbandonEvidence{
			Abandoned: rapid.Float64Range(0, 1e5).Draw(t, "abandoned"),
			Waited:    rapid.Float64Range(1, 1e7).Draw(t, "waited"),
		}
		rate := rapid.Float64Range(1e-4, 1).Draw(t, "rate")
		got := e.Shrunk(rate, rapid.Float64Range(0, 1e4).Draw(t, "weight"))
		own, mixed := e.Abandoned/e.Waited, got.Abandoned/got.Waited
		if mixed < min(own, rate)*(1-1e-12) || mixed > max(own, rate)*(1+1e-12) {
			t.Errorf("%v is not between %v and %v", mixed, own, rate)
		}
	})
	for _, bad := range []erlang.AbandonEvidence{few.Shrunk(0, 1), few.Shrunk(1, -1), few.Shrunk(nan, 1)} {
		_, err := bad.Estimate()
		wantField(t, err, "AbandonEvidence.Abandoned")
	}
}
