package sim_test

import (
	"fmt"
	"slices"
	"testing"

	"bemanna/erlang"
	"bemanna/erlang/sim"
)

// An uneven day: the load of a queue with handle times of two minutes in each
// quarter-hour, and its staff.
type uneven struct {
	load  []float64
	staff []int
}

const (
	quarter  = 900.0
	handling = 120.0
	patience = 90.0
)

func (u uneven) model(d erlang.Departure) sim.Model {
	n := len(u.load)
	return sim.Model{
		Step: quarter, N: n, Departure: d,
		Groups: []sim.Group{{
			ArrivalRate: scaled(1/handling, u.load), HandleTime: repeat(n, handling),
			AbandonRate: repeat(n, 1/patience), Threshold: 20,
		}},
		Agents: staff(quarter, u.staff, 0),
	}
}

func (u uneven) exact(t *testing.T, d erlang.Departure) []erlang.Performance {
	t.Helper()
	var day []erlang.Interval
	for i, load := range u.load {
		day = append(day, erlang.Interval{
			Duration: quarter, ArrivalRate: load / handling, ServiceRate: 1 / handling, AbandonRate: 1 / patience, Agents: u.staff[i],
		})
	}
	p, err := erlang.Transient(day, 20, erlang.TransientOptions{Departure: d})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// The simulated day against the forward equations: the formula's agents are
// numbers, so that of those who should go the free ones go first. With names
// it is whose duty ends, which is the same when all are busy: FinishCall is
// compared on a day where they are.
func TestUnevenDaysAreTransients(t *testing.T) {
	manyDays(t)
	changing := uneven{[]float64{5, 12, 22, 20, 9, 14}, []int{8, 14, 22, 12, 10, 13}}
	crowded := uneven{[]float64{40, 50, 45, 40, 36, 40}, []int{12, 18, 10, 4, 6, 5}}
	for _, c := range []struct {
		name string
		day  uneven
		how  erlang.Departure
	}{
		{"first to finish", changing, erlang.FirstToFinish},
		{"preempt", changing, erlang.Preempt},
		{"finish call, crowded", crowded, erlang.FinishCall},
		{"first to finish, crowded", crowded, erlang.FirstToFinish},
		{"preempt, crowded", crowded, erlang.Preempt},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := run(t, c.day.model(c.how), sim.Options{Replications: 1500, Seed: 21})
			for i, want := range c.day.exact(t, c.how) {
				got := r.At(0, i)
				agrees(t, fmt.Sprintf("service level of %d", i), got.ServiceLevel(erlang.OfOffered), want.ServiceLevel(erlang.OfOffered))
				agrees(t, fmt.Sprintf("abandonment of %d", i), got.Abandonment(), want.Abandonment)
				agrees(t, fmt.Sprintf("wait of %d", i), got.AverageWait(), want.AverageWait)
				agrees(t, fmt.Sprintf("occupancy of %d", i), r.WorkAt(i).Occupancy(), want.Occupancy)
			}
		})
	}
}

// The day of singleQueue with those who balk, hour by hour.
func TestHoursWithBalkingAreTransients(t *testing.T) {
	manyDays(t)
	m := hours()
	var day []erlang.Interval
	for i, rate := range m.Groups[0].ArrivalRate {
		agents := 0
		for _, a := range m.Agents {
			if slices.ContainsFunc(a.Duties, func(d sim.Duty) bool { return d.From == 3600*float64(i) }) {
				agents++
			}
		}
		day = append(day, erlang.Interval{
			Duration: 3600, ArrivalRate: rate, ServiceRate: 1. / 100, AbandonRate: 1. / 1000, Balk: 0.1, Agents: agents,
		})
	}
	want, err := erlang.Transient(day, 20, erlang.TransientOptions{Departure: erlang.FirstToFinish})
	if err != nil {
		t.Fatal(err)
	}
	r := run(t, m, sim.Options{Replications: 1000, Seed: 23})
	for i := range want {
		got := r.Interval(i)
		agrees(t, fmt.Sprintf("service level of %d", i), got.ServiceLevel(erlang.ExcludingShort), want[i].ServiceLevel(erlang.ExcludingShort))
		agrees(t, fmt.Sprintf("abandonment of %d", i), got.Abandonment(), want[i].Abandonment)
		agrees(t, fmt.Sprintf("speed of answer of %d", i), got.SpeedOfAnswer(), want[i].SpeedOfAnswer)
	}
}

// Named agents who leave while others are free take nothing away from those
// who stay but their call, so that more is answered than by the formula.
func TestNamedAgentsLeaveNoWorse(t *testing.T) {
	manyDays(t)
	day := uneven{[]float64{5, 12, 22, 20, 9, 14}, []int{8, 14, 22, 12, 10, 13}}
	r := run(t, day.model(erlang.FinishCall), sim.Options{Replications: 1000, Seed: 22})
	for i, want := range day.exact(t, erlang.FinishCall) {
		if got := r.At(0, i).Abandonment(); got.Mean-want.Abandonment > 2*(got.High-got.Mean) {
			t.Errorf("abandonment of %d: %v, above %v of the formula", i, got, want.Abandonment)
		}
	}
}
