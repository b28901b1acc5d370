package sim_test

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"bemanna/erlang"
	"bemanna/erlang/sim"
)

func TestBadInputIsNamed(t *testing.T) {
	nan := math.NaN()
	for field, change := range map[string]func(*sim.Model, *sim.Options){
		"Model.Step":                     func(m *sim.Model, _ *sim.Options) { m.Step = nan },
		"Model.N":                        func(m *sim.Model, _ *sim.Options) { m.N = 0 },
		"Model.DayCV":                    func(m *sim.Model, _ *sim.Options) { m.DayCV = -1 },
		"Model.Departure":                func(m *sim.Model, _ *sim.Options) { m.Departure = 9 },
		"Model.Selection":                func(m *sim.Model, _ *sim.Options) { m.Selection = 9 },
		"Model.Lines":                    func(m *sim.Model, _ *sim.Options) { m.Lines = -1 },
		"Model.Below":                    func(m *sim.Model, _ *sim.Options) { m.Below = math.Inf(1) },
		"Model.Groups[0].ArrivalRate":    func(m *sim.Model, _ *sim.Options) { m.Groups[0].ArrivalRate = nil },
		"Model.Groups[0].ArrivalRate[1]": func(m *sim.Model, _ *sim.Options) { m.Groups[0].ArrivalRate[1] = nan },
		"Model.Groups[0].Calls":          func(m *sim.Model, _ *sim.Options) { m.Groups[0].Calls = []int{1} },
		"Model.Groups[0].Calls[1]":       func(m *sim.Model, _ *sim.Options) { m.Groups[0].Calls = []int{1, -1} },
		"Model.Groups[0].AbandonRate[0]": func(m *sim.Model, _ *sim.Options) { m.Groups[0].AbandonRate = []float64{-1, 0} },
		"Model.Groups[0].HandleTime":     func(m *sim.Model, _ *sim.Options) { m.Groups[0].HandleTime = []float64{1} },
		"Model.Groups[0].HandleTime[0]":  func(m *sim.Model, _ *sim.Options) { m.Groups[0].HandleTime[0] = 0 },
		"Model.Groups[0].Threshold":      func(m *sim.Model, _ *sim.Options) { m.Groups[0].Threshold = -1 },
		"Model.Groups[0].CV":             func(m *sim.Model, _ *sim.Options) { m.Groups[0].CV = 11 },
		"Model.Groups[0].Open":           func(m *sim.Model, _ *sim.Options) { m.Groups[0].Open = []bool{true} },
		"Model.Groups[0].Service.CV":     func(m *sim.Model, _ *sim.Options) { m.Groups[0].Service = sim.Service{Shape: sim.Uniform, CV: 0.6} },
		"Model.Groups[0].Service.Shape":  func(m *sim.Model, _ *sim.Options) { m.Groups[0].Service.Shape = 99 },
		"Model.Groups[0].Overflow.After": func(m *sim.Model, _ *sim.Options) { m.Groups[0].Overflow.After = nan },
		"Model.Groups[0].Overflow.To":    func(m *sim.Model, _ *sim.Options) { m.Groups[0].Overflow.Closed = true },
		"Model.Groups[0].Redial.Share":   func(m *sim.Model, _ *sim.Options) { m.Groups[0].Redial.Share = 1 },
		"Model.Groups[0].Redial.Delay":   func(m *sim.Model, _ *sim.Options) { m.Groups[0].Redial.Delay = -1 },
		"Model.Email[0].ArrivalRate":     func(m *sim.Model, _ *sim.Options) { m.Email[0].ArrivalRate = []float64{1e9, 1e9} },
		"Model.Email[0].HandleTime":      func(m *sim.Model, _ *sim.Options) { m.Email[0].HandleTime = 0 },
		"Model.Email[0].Deadline":        func(m *sim.Model, _ *sim.Options) { m.Email[0].Deadline = nan },
		"Model.Email[0].Reserve":         func(m *sim.Model, _ *sim.Options) { m.Email[0].Reserve = -1 },
		"Model.Email[0].Backlog[0]":      func(m *sim.Model, _ *sim.Options) { m.Email[0].Backlog[0] = -5 },
		"Model.Agents[0].Count":          func(m *sim.Model, _ *sim.Options) { m.Agents[0].Count = -1 },
		"Model.Agents[0].Duties[0].From": func(m *sim.Model, _ *sim.Options) { m.Agents[0].Duties[0].From = -1 },
		"Model.Agents[0].Duties[0].To":   func(m *sim.Model, _ *sim.Options) { m.Agents[0].Duties[0].To = nan },
		"Model.Agents[0].Duties[0].Groups[1]": func(m *sim.Model, _ *sim.Options) {
			m.Agents[0].Duties[0].Groups = []int{0, 1}
		},
		"Model.Agents[0].Duties[0].Email[1]": func(m *sim.Model, _ *sim.Options) { m.Agents[0].Duties[0].Email = []int{0, 0} },
		"Model.Agents[0].Duties[1].From": func(m *sim.Model, _ *sim.Options) {
			m.Agents[0].Duties = []sim.Duty{{From: 0, To: 20}, {From: 10, To: 30}}
		},
		"Options.Replications": func(_ *sim.Model, o *sim.Options) { o.Replications = 0 },
		"Options.Workers":      func(_ *sim.Model, o *sim.Options) { o.Workers = -1 },
	} {
		m := steady(5, 6)
		m.Email = []sim.Email{{ArrivalRate: []float64{0.01, 0.01}, HandleTime: 100, Backlog: []float64{1}}}
		o := sim.Options{Replications: 1}
		change(&m, &o)
		_, err := sim.Run(context.Background(), m, o)
		if bad := new(erlang.InputError); !errors.As(err, &bad) || bad.Field != field {
			t.Errorf("%s: error %v", field, err)
		}
	}
}

func TestCancelStopsSoon(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for name, m := range map[string]sim.Model{
		"a day of six million calls": steady(1e5, 1),
		"a million days of no calls": steady(0, 1),
	} {
		o := sim.Options{Replications: 1_000_000, Workers: 2}
		if _, err := sim.Run(ctx, m, o); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: error %v, want %v", name, err, context.Canceled)
		}
	}
}

func TestEmptyModels(t *testing.T) {
	idle := run(t, sim.Model{Step: 900, N: 4}, sim.Options{Replications: 1})
	if l := idle.Day().ServiceLevel(erlang.OfOffered); !math.IsNaN(l.Mean) {
		t.Errorf("service level without groups %v, want NaN", l)
	}
	m := steady(5, 0)
	m.Agents = []sim.Agent{{}, {Duties: []sim.Duty{{From: 0, To: 100}}}}
	alone := run(t, m, sim.Options{Replications: 2}).Day()
	if alone.Answered().Mean != 0 || alone.Left() != alone.Offered() {
		t.Errorf("without agents %v of %v calls were left", alone.Left(), alone.Offered())
	}
	one := run(t, steady(5, 6), sim.Options{Replications: 1}).Day().Offered()
	if !math.IsNaN(one.Low) || math.IsNaN(one.Mean) {
		t.Errorf("a single replication gives %v, want no interval", one)
	}
}

// FuzzRun changes a model that is drawn from the input in one place, and
// expects a result or an error that names the place.
func FuzzRun(f *testing.F) {
	f.Fuzz(rapid.MakeFuzz(func(t *rapid.T) {
		m := drawModel(t)
		x := rapid.OneOf(rapid.Float64(), rapid.SampledFrom([]float64{math.NaN(), math.Inf(1), math.Inf(-1), -1, 1e-300, 1e300})).Draw(t, "x")
		n := rapid.IntRange(-2, 5).Draw(t, "n")
		g := &m.Groups[0]
		for i, p := range []*float64{
			&m.Step, &m.DayCV, &m.Below, &g.Threshold, &g.CV, &g.Service.CV, &g.HandleTime[0], &g.ArrivalRate[0],
			&g.Overflow.After, &g.Redial.Share, &g.Redial.Delay,
		} {
			if rapid.IntRange(0, 11).Draw(t, "place") == i {
				*p = x
			}
		}
		for i, p := range []*int{&m.N, &g.Overflow.To, &g.Priority, &m.Lines} {
			if rapid.IntRange(0, 8).Draw(t, "place") == i {
				*p = n
			}
		}
		if len(m.Agents) > 0 && len(m.Agents[0].Duties) > 0 {
			d := &m.Agents[0].Duties[0]
			switch rapid.IntRange(0, 6).Draw(t, "of the duty") {
			case 0:
				d.From = x
			case 1:
				d.To = x
			case 2:
				d.Groups = append(slices.Clip(d.Groups), n)
			}
		}
		calls := 0.0
		for _, g := range m.Groups {
			for _, rate := range g.ArrivalRate {
				calls += rate * m.Step
			}
		}
		if calls > 1e5 || m.Step > 1e6 {
			t.Skip("a day too long to try many of")
		}
		r, err := sim.Run(context.Background(), m, sim.Options{Replications: 2, Seed: uint64(n + 2)})
		if bad := new(erlang.InputError); err != nil && !errors.As(err, &bad) {
			t.Fatalf("error %v is not about the input", err)
		}
		if err == nil && r.Day().Offered().Mean < 0 {
			t.Fatal("fewer than no calls")
		}
	}))
}
