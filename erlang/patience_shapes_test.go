package erlang_test

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"bemanna/erlang"
)

// drawPatience draws any distribution of the package, also mixtures of them,
// with a mean from 2 s to a day.
func drawPatience(t *rapid.T) erlang.Patience {
	mean := math.Pow(10, rapid.Float64Range(0.3, 5).Draw(t, "log10 patience"))
	switch rapid.IntRange(0, 9).Draw(t, "kind of patience") {
	case 0:
		return erlang.Exponential{Mean: mean}
	case 1:
		return erlang.Weibull{Shape: rapid.Float64Range(0.2, 10).Draw(t, "shape"), Mean: mean}
	case 2, 3:
		return erlang.Gamma{Shape: rapid.Float64Range(0.1, 50).Draw(t, "shape"), Mean: mean}
	case 4:
		return erlang.LogNormal{Mean: mean, CV: rapid.Float64Range(0.05, 10).Draw(t, "cv")}
	case 5:
		return erlang.HyperExponential{Mean: mean, CV: rapid.Float64Range(1, 10).Draw(t, "cv")}
	case 6:
		return erlang.Deterministic{Seconds: mean}
	case 7:
		return drawEmpirical(t, mean)
	case 8:
		return erlang.Balking{Share: rapid.Float64Range(0, 1).Draw(t, "balking"), Then: drawPatience(t)}
	}
	return &erlang.Mixture{Parts: []erlang.Part{
		{Share: rapid.Float64Range(0.01, 1).Draw(t, "first share"), Patience: drawPatience(t)},
		{Share: rapid.Float64Range(0.01, 1).Draw(t, "second share"), Patience: drawPatience(t)},
	}}
}

func drawEmpirical(t *rapid.T, mean float64) *erlang.Empirical {
	e := &erlang.Empirical{TailRate: 1 / mean}
	last := erlang.Step{Survival: 1}
	for range rapid.IntRange(0, 8).Draw(t, "steps") {
		last.Seconds += mean * rapid.Float64Range(0.001, 1).Draw(t, "until the step")
		last.Survival *= rapid.Float64Range(0, 1).Draw(t, "left")
		e.Steps = append(e.Steps, last)
	}
	return e
}

func TestSurvivalAndQuantileAreInverse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		patience := drawPatience(t)
		p := rapid.Float64Range(0, 1).Draw(t, "p")
		at := patience.Quantile(p)
		if at < 0 || math.IsNaN(at) {
			t.Fatalf("%+v: quantile of %v is %v", patience, p, at)
		}
		const rounding = 1e-9
		if lost := 1 - patience.Survival(at*(1+rounding)); lost < p-rounding {
			t.Errorf("%+v: only %v hung up by the quantile of %v, %v s", patience, lost, p, at)
		}
		if lost := 1 - patience.Survival(at*(1-rounding)); at > 0 && !math.IsInf(at, 1) && lost > p+rounding {
			t.Errorf("%+v: already %v hung up before the quantile of %v, %v s", patience, lost, p, at)
		}
		if more := patience.Quantile(min(1, p+0.01)); more < at {
			t.Errorf("%+v: quantile falls from %v s to %v s", patience, at, more)
		}
	})
}

func TestSurvivalFalls(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		patience := drawPatience(t)
		before := patience.Survival(0)
		if !(before >= 0 && before <= 1) {
			t.Fatalf("%+v: survival at 0 is %v", patience, before)
		}
		for _, at := range []float64{1e-9, 0.1, 1, 10, 60, 600, 6000, 1e5, 1e9} {
			after := patience.Survival(at)
			if !(after >= 0 && after <= before*(1+1e-12)) {
				t.Errorf("%+v: survival rises from %v to %v at %v s", patience, before, after, at)
			}
			before = after
		}
	})
}

// own hides what the package knows of its distributions: a patience that
// somebody else wrote.
type own struct{ erlang.Patience }

func TestMeanPatienceIsTheAreaBelowSurvival(t *testing.T) {
	for _, p := range smooth(300) {
		relative(t, fmt.Sprintf("%+v", p), erlang.MeanPatience(own{p}), erlang.MeanPatience(p), 1e-12)
	}
	steps := &erlang.Empirical{Steps: []erlang.Step{{10, 0.75, 0}, {30, 0.5, 0}}, TailRate: 0.05}
	for _, c := range []struct {
		patience erlang.Patience
		want     float64
	}{
		{erlang.Deterministic{Seconds: 70}, 70},
		{steps, 10 + 0.75*20 + 0.5/0.05},
		{&erlang.Empirical{Steps: []erlang.Step{{10, 0.75, 0}, {30, 0, 0}}}, 10 + 0.75*20},
		{&erlang.Empirical{}, inf},
		{erlang.Balking{Share: 0.25, Then: steps}, 0.75 * 35},
		{erlang.Balking{Share: 1}, 0},
		{erlang.Balking{Share: 0.9}, inf},
		{&erlang.Mixture{Parts: []erlang.Part{{3, steps}, {1, erlang.Exponential{Mean: 75}}}}, 45},
		{own{erlang.Exponential{Mean: inf}}, inf},
	} {
		relative(t, fmt.Sprintf("%+v", c.patience), erlang.MeanPatience(c.patience), c.want, 1e-14)
	}
}

// smooth are distributions without jumps.
func smooth(mean float64) []erlang.Patience {
	return []erlang.Patience{
		erlang.Exponential{Mean: mean},
		erlang.Weibull{Shape: 0.3, Mean: mean},
		erlang.Weibull{Shape: 0.6, Mean: mean},
		erlang.Weibull{Shape: 2, Mean: mean},
		erlang.Weibull{Shape: 12, Mean: mean},
		erlang.Gamma{Shape: 0.5, Mean: mean},
		erlang.Gamma{Shape: 2, Mean: mean},
		erlang.Gamma{Shape: 80, Mean: mean},
		erlang.LogNormal{Mean: mean, CV: 0.1},
		erlang.LogNormal{Mean: mean, CV: 1.5},
		erlang.HyperExponential{Mean: mean, CV: 1},
		erlang.HyperExponential{Mean: mean, CV: 4},
	}
}

// TestVariation integrates 2t·P(R > t), which is the second moment.
func TestVariation(t *testing.T) {
	for _, c := range []struct {
		patience erlang.Patience
		cv       float64
	}{
		{erlang.HyperExponential{Mean: 200, CV: 3}, 3},
		{erlang.LogNormal{Mean: 200, CV: 1.5}, 1.5},
		{erlang.Gamma{Shape: 4, Mean: 200}, 0.5},
		{erlang.Weibull{Shape: 0.5, Mean: 200}, math.Sqrt(5)}, // Γ(5)/Γ(3)² − 1
		{erlang.Exponential{Mean: 200}, 1},
	} {
		sum, before := 0.0, 0.0
		const steps = 20_000
		for i := range steps + 1 { // the trapezoidal rule in the logarithm of t
			at := math.Exp(-10 + 35*float64(i)/steps)
			now := 2 * at * at * c.patience.Survival(at)
			sum += (before + now) / 2 * 35 / steps
			before = now
		}
		relative(t, fmt.Sprintf("variation of %+v", c.patience), math.Sqrt(sum/200/200-1), c.cv, 1e-6)
	}
}

func TestPatienceOutOfRangeNamesTheField(t *testing.T) {
	good := erlang.Exponential{Mean: 100}
	for _, c := range []struct {
		field    string
		patience erlang.Patience
	}{
		{"Exponential.Mean", erlang.Exponential{}},
		{"Exponential.Mean", erlang.Exponential{Mean: nan}},
		{"Exponential.Mean", erlang.Exponential{Mean: -inf}},
		{"Exponential.Mean", erlang.Exponential{Mean: 1e200}},
		{"Queue.AbandonRate", erlang.Exponential{Mean: 1e12}},
		{"Deterministic.Seconds", erlang.Deterministic{Seconds: -1}},
		{"Deterministic.Seconds", erlang.Deterministic{Seconds: inf}},
		{"Weibull.Shape", erlang.Weibull{Shape: 0, Mean: 1}},
		{"Weibull.Shape", erlang.Weibull{Shape: nan, Mean: 1}},
		{"Weibull.Mean", erlang.Weibull{Shape: 1, Mean: inf}},
		{"Gamma.Shape", erlang.Gamma{Shape: inf, Mean: 1}},
		{"Gamma.Mean", erlang.Gamma{Shape: 1}},
		{"LogNormal.CV", erlang.LogNormal{Mean: 1}},
		{"LogNormal.Mean", erlang.LogNormal{Mean: -1, CV: 1}},
		{"HyperExponential.CV", erlang.HyperExponential{Mean: 1, CV: 0.9}},
		{"HyperExponential.Mean", erlang.HyperExponential{CV: 2}},
		{"Balking.Share", erlang.Balking{Share: 1.1, Then: good}},
		{"Weibull.Shape", erlang.Balking{Share: 0.1, Then: erlang.Weibull{}}},
		{"Mixture.Parts", &erlang.Mixture{}},
		{"Mixture.Parts", (*erlang.Mixture)(nil)},
		{"Part.Share", &erlang.Mixture{Parts: []erlang.Part{{0, good}}}},
		{"Part.Patience", &erlang.Mixture{Parts: []erlang.Part{{1, nil}}}},
		{"Gamma.Shape", &erlang.Mixture{Parts: []erlang.Part{{1, good}, {1, erlang.Gamma{}}}}},
		{"Empirical", (*erlang.Empirical)(nil)},
		{"Empirical.TailRate", &erlang.Empirical{TailRate: -1}},
		{"Step.Seconds", &erlang.Empirical{Steps: []erlang.Step{{Seconds: -1, Survival: 1}}}},
		{"Step.Seconds", &erlang.Empirical{Steps: []erlang.Step{{Seconds: 5, Survival: 1}, {Seconds: 5, Survival: 0.5}}}},
		{"Step.Survival", &erlang.Empirical{Steps: []erlang.Step{{Seconds: 5, Survival: 0.5}, {Seconds: 6, Survival: 0.6}}}},
		{"Patience.Survival(0)", own{erlang.Exponential{}}},
	} {
		q := erlang.Queue{ArrivalRate: 0.1, ServiceRate: 0.01, Patience: c.patience}
		_, performance := q.Performance(10, 20)
		_, agents := q.Agents(erlang.Target{Share: 0.8, Threshold: 20})
		_, pool := erlang.Pool([]erlang.Queue{q}, nil)
		_, mixed := q.Mixed(10, 20, 0.1)
		for _, err := range []error{performance, agents, pool, mixed} {
			wantField(t, err, c.field)
		}
	}
}
