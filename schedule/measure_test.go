//go:build unix

package schedule

import (
	"context"
	"fmt"
	"os"
	"syscall"
	"testing"
	"time"
)

// measuring skips what only prints figures, unless they are asked for.
func measuring(t *testing.T) {
	t.Helper()
	if os.Getenv("BEMANNA_MEASURE") == "" {
		t.Skip("prints figures: set BEMANNA_MEASURE=1 to measure")
	}
}

// effort is the time that something took, and the processor time of the whole
// process meanwhile, which says more on a busy machine.
type effort struct{ wall, cpu time.Duration }

func (e effort) String() string {
	return fmt.Sprintf("%.3f s of CPU, %.3f s of time", e.cpu.Seconds(), e.wall.Seconds())
}

func timed(t *testing.T, do func() error) effort {
	t.Helper()
	begin, before := time.Now(), cpuTime(t)
	if err := do(); err != nil {
		t.Fatal(err)
	}
	return effort{time.Since(begin), cpuTime(t) - before}
}

func cpuTime(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// gapOf says how far a cost is from a bound, relatively and in hours of one agent:
// an agent who is missing for a quarter-hour costs 1000.
func gapOf(cost, bound Money) string {
	money, share := Proof{Bound: bound}.Gap(cost)
	return fmt.Sprintf("cost %.2f, bound %.2f, gap %.3f %%, %.1f agent-hours", float64(cost)/1000, float64(bound)/1000, 100*share, float64(money)/4000)
}

// nineWeeks are the instances that published figures refer to.
func nineWeeks() []centre {
	var all []centre
	for seed := range int64(3) {
		for _, load := range []float64{0.55, 0.68, 0.78} {
			all = append(all, centre{seed: seed + 1, agents: 66, units: 3, groups: 14, load: load})
		}
	}
	return all
}

func measureWeek(t *testing.T, c centre, evaluations int, budgets ...int) {
	t.Helper()
	p := c.week()
	var bound Money
	for i, iterations := range budgets {
		var plan WeekPlan
		took := timed(t, func() (err error) {
			plan, err = SolveWeek(context.Background(), p, Options{Seed: 1, Iterations: iterations})
			return err
		})
		if broken := CheckWeek(p, plan); len(broken) > 0 {
			t.Fatalf("the plan breaks rules: %+v", broken[0])
		}
		if i == 0 {
			bound = boundedWeek(t, p, plan, evaluations).Bound
		}
		t.Logf("%d agents, seed %d, load %v, iterations %d: %s; %v", c.agents, c.seed, c.load, iterations, gapOf(plan.Cost, bound), took)
	}
}

func TestMeasureWeeks(t *testing.T) {
	measuring(t)
	for _, c := range nineWeeks() {
		measureWeek(t, c, 0, 0, 20_000)
	}
}

func TestMeasureLargeWeeks(t *testing.T) {
	measuring(t)
	measureWeek(t, centre{seed: 1, agents: 300, units: 3, groups: 20, load: 0.68}, 0, 0)
	for _, load := range []float64{0.68, 0.9} {
		measureWeek(t, centre{seed: 1, agents: 2000, units: 4, groups: 28, load: load}, 120, 0)
	}
}

func measureDay(t *testing.T, c centre, day, evaluations int, budgets ...int) {
	t.Helper()
	p := c.day(day)
	var bound Money
	for i, iterations := range budgets {
		var plan Plan
		took := timed(t, func() (err error) {
			plan, err = Solve(context.Background(), p, Options{Seed: 1, Iterations: iterations})
			return err
		})
		if broken := Check(p, plan); len(broken) > 0 {
			t.Fatalf("the plan breaks rules: %+v", broken[0])
		}
		if i == 0 {
			bound = bounded(t, p, plan, evaluations).Bound
		}
		t.Logf("seed %d, load %v, day %d, iterations %d: %s; %v", c.seed, c.load, day, iterations, gapOf(plan.Cost, bound), took)
	}
}

func TestMeasureDays(t *testing.T) {
	measuring(t)
	for seed := range int64(3) {
		for day := range centreDays {
			measureDay(t, centre{seed: seed + 1, agents: 66, units: 3, groups: 14, load: 0.68}, day, 0, 0, 20_000)
		}
	}
}

func TestMeasureLargeDays(t *testing.T) {
	measuring(t)
	measureDay(t, centre{seed: 1, agents: 300, units: 3, groups: 20, load: 0.68}, 3, 600, 0)
	measureDay(t, centre{seed: 1, agents: 2000, units: 4, groups: 28, load: 0.68}, 3, 600, 0)
}

// Repairs of tight days: how far from the bound with shifts fixed, and how many
// changes at which price.
func TestMeasureRepair(t *testing.T) {
	measuring(t)
	for day := range 3 {
		p := centre{seed: 1, agents: 66, units: 3, groups: 14, load: 0.68}.day(day + 1)
		plan := solve(t, p, Options{Seed: 1})
		for _, n := range []int{2, 5, 8} {
			q := sick(p, 0, atWork(plan, n, uint64(day))...)
			for _, price := range []Money{0, 250, 500} {
				var r Repaired
				took := timed(t, func() (err error) {
					r, err = Repair(context.Background(), q, plan, RepairOptions{Now: 4, ChangeCost: price})
					return err
				})
				t.Logf("day %d, %d sick, price %d: unrepaired %.2f, %d changes, %s; %v", day+1, n, price,
					float64(r.Unrepaired)/1000, len(r.Changes), gapOf(r.Plan.Cost, bounded(t, r.Problem, r.Plan, 0).Bound), took)
			}
		}
	}
}

func TestMeasureRota(t *testing.T) {
	measuring(t)
	worst, running, duties := 0.0, 0, 0
	var took effort
	const years = 10
	for seed := range uint64(years) {
		p := halfYear(seed)
		var rota [][]Duty
		one := timed(t, func() (err error) { rota, err = Rota(p); return err })
		took = effort{took.wall + one.wall, took.cpu + one.cpu}
		r, d, off := fairness(p, rota)
		worst, running, duties = max(worst, off), running+r, duties+d
	}
	t.Logf("%d half-years: at most %.2f weeks from the fair share, %d of %d weeks led by who led the week before; %v each",
		years, worst, running, duties, effort{took.wall / years, took.cpu / years})
}
