package erlang_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bemanna/erlang"
)

// bellDay is a day of quarter-hours with a peak in the morning and one after
// lunch, of calls of 300 s.
func bellDay(intervals int, peak, patience float64) []erlang.Interval {
	day := make([]erlang.Interval, intervals)
	for i := range day {
		hour := 8 + float64(i)*9.5/float64(intervals)
		morning, afternoon := (hour-10.5)/1.8, (hour-14)/1.2
		load := peak * (0.35 + 0.65*math.Exp(-morning*morning) + 0.25*math.Exp(-afternoon*afternoon))
		day[i] = erlang.Interval{Duration: 900, ArrivalRate: load / 300, ServiceRate: 1.0 / 300, AbandonRate: 1 / patience}
	}
	return day
}

func staffDay(t *testing.T, day []erlang.Interval, target erlang.Target, o erlang.StaffOptions) []int {
	t.Helper()
	agents, err := erlang.StaffDay(day, target, o)
	if err != nil {
		t.Fatal(err)
	}
	return agents
}

func sumOf[T int | float64](numbers []T) (sum T) {
	for _, n := range numbers {
		sum += n
	}
	return sum
}

// counts are the calls of an interval with steady levels.
func counts(t *testing.T, in erlang.Interval, agents float64, target erlang.Target) erlang.Counts {
	t.Helper()
	q := erlang.Queue{ArrivalRate: in.ArrivalRate, ServiceRate: in.ServiceRate, AbandonRate: in.AbandonRate}
	p := perform(t, q, agents, target.Threshold)
	calls := in.ArrivalRate * in.Duration
	return erlang.Counts{
		Answered: calls * (1 - p.Abandonment), Abandoned: calls * p.Abandonment,
		AnsweredWithin: calls * p.AnsweredWithin, AbandonedWithin: calls * p.AbandonedWithin,
	}
}

func dayLevel[T int | float64](t *testing.T, day []erlang.Interval, agents []T, target erlang.Target) float64 {
	t.Helper()
	var sum erlang.Counts
	for i, in := range day {
		sum = sum.Plus(counts(t, in, float64(agents[i]), target))
	}
	return sum.ServiceLevel(target.Definition)
}

// fewest is the least number of agents that reaches the share OfOffered over
// equally long intervals, by dynamic programming over all numbers.
func fewest(t *testing.T, day []erlang.Interval, target erlang.Target) int {
	t.Helper()
	best := []float64{0} // calls in time, by agents
	all := 0.0
	for _, in := range day {
		load := in.ArrivalRate / in.ServiceRate
		most := int(load+6*math.Sqrt(load)) + 8
		inTime := make([]float64, most+1)
		for n := range inTime {
			inTime[n] = counts(t, in, float64(n), target).AnsweredWithin
		}
		next := make([]float64, len(best)+most)
		for total, reached := range best {
			for n := range inTime {
				next[total+n] = max(next[total+n], reached+inTime[n])
			}
		}
		best = next
		all += in.ArrivalRate * in.Duration
	}
	for n, reached := range best {
		if reached >= (target.Share-1e-12)*all {
			return n
		}
	}
	t.Fatal("no number of agents is enough")
	return 0
}

func TestWholeDayIsAsGoodAsDynamicProgramming(t *testing.T) {
	for _, peak := range []float64{0.5, 1, 3, 10, 25} {
		for _, patience := range []float64{60, 180, 900, math.Inf(1)} {
			for _, share := range []float64{0.6, 0.85} {
				day := bellDay(19, peak, patience)
				target := erlang.Target{Share: share, Threshold: 60}
				agents := staffDay(t, day, target, erlang.StaffOptions{WholeDay: true})
				name := fmt.Sprintf("peak %v, patience %v, share %v", peak, patience, share)
				if level := dayLevel(t, day, agents, target); level < share-1e-12 {
					t.Errorf("%s: level %v", name, level)
				}
				if math.IsInf(patience, 1) {
					continue // the programme would leave queues to grow without end
				}
				if want := fewest(t, day, target); sumOf(agents) != want {
					t.Errorf("%s: %d agents, want %d", name, sumOf(agents), want)
				}
			}
		}
	}
}

// TestWholeDaySaves: fewer agents than the same share in every interval asks
// for, and a floor is kept.
func TestWholeDaySaves(t *testing.T) {
	day := bellDay(38, 10, 180)
	target := erlang.Target{Share: 0.85, Threshold: 60}
	each := staffDay(t, day, target, erlang.StaffOptions{})
	floor := staffDay(t, day, target, erlang.StaffOptions{WholeDay: true, Floor: 0.8})
	whole := staffDay(t, day, target, erlang.StaffOptions{WholeDay: true})
	if sumOf(whole) >= sumOf(floor) || sumOf(floor) >= sumOf(each) {
		t.Errorf("%d agents for the day, %d with a floor, %d for each interval: want them to rise", sumOf(whole), sumOf(floor), sumOf(each))
	}
	for i, in := range day {
		if level := counts(t, in, float64(floor[i]), target).ServiceLevel(erlang.OfOffered); level < 0.8-1e-12 {
			t.Errorf("interval %d: level %v below the floor", i, level)
		}
	}
}

// TestEachIntervalIsSizedAlone, and its reals too.
func TestEachIntervalIsSizedAlone(t *testing.T) {
	day := bellDay(12, 8, 180)
	day[3].ArrivalRate = 0
	target := erlang.Target{Share: 0.8, Threshold: 20, MaxOccupancy: 0.85, MinAgents: 2}
	agents := staffDay(t, day, target, erlang.StaffOptions{})
	reals, err := erlang.StaffDayReal(day, target, erlang.StaffOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for i, in := range day {
		q := erlang.Queue{ArrivalRate: in.ArrivalRate, ServiceRate: in.ServiceRate, AbandonRate: in.AbandonRate}
		whole, err := q.Agents(target)
		if err != nil || agents[i] != whole {
			t.Errorf("interval %d: %d agents, want %d, %v", i, agents[i], whole, err)
		}
		part, err := q.AgentsReal(target)
		if err != nil {
			t.Fatal(err)
		}
		absolute(t, fmt.Sprint("real agents of interval ", i), reals[i], part, 1e-9)
	}
}

// TestUncertainRatesAskForMore, in each interval just enough.
func TestUncertainRatesAskForMore(t *testing.T) {
	day := bellDay(6, 10, 180)
	target := erlang.Target{Share: 0.8, Threshold: 60}
	certain := staffDay(t, day, target, erlang.StaffOptions{})
	uncertain := staffDay(t, day, target, erlang.StaffOptions{CV: 0.2})
	for i, in := range day {
		q := erlang.Queue{ArrivalRate: in.ArrivalRate, ServiceRate: in.ServiceRate, AbandonRate: in.AbandonRate}
		for n, met := range map[int]bool{uncertain[i]: true, uncertain[i] - 1: false} {
			p, err := q.Mixed(float64(n), 60, 0.2)
			if err != nil || target.MetBy(p) != met {
				t.Errorf("interval %d, %d agents: level %v, %v", i, n, p.ServiceLevel(erlang.OfOffered), err)
			}
		}
		if uncertain[i] < certain[i] {
			t.Errorf("interval %d: %d agents, %d when the rate is certain", i, uncertain[i], certain[i])
		}
	}
	whole := staffDay(t, day, target, erlang.StaffOptions{CV: 0.2, WholeDay: true})
	if sumOf(whole) > sumOf(uncertain) {
		t.Errorf("%d agents for the day, %d for each interval", sumOf(whole), sumOf(uncertain))
	}
}

// TestEveryDefinitionIsMetOverTheDay sums numerators and denominators.
func TestEveryDefinitionIsMetOverTheDay(t *testing.T) {
	day := bellDay(12, 10, 120)
	for _, d := range []erlang.Definition{erlang.OfOffered, erlang.OfAnswered, erlang.ExcludingShort, erlang.IncludingAbandoned} {
		target := erlang.Target{Share: 0.85, Threshold: 30, Definition: d}
		o := erlang.StaffOptions{WholeDay: true, Floor: 0.5}
		agents := staffDay(t, day, target, o)
		if level := dayLevel(t, day, agents, target); level < 0.85-1e-12 {
			t.Errorf("%v: level %v", d, level)
		}
		// No one agent can be spared where the floor does not ask for it.
		floor := staffDay(t, day, erlang.Target{Share: 0.5, Threshold: 30, Definition: d}, erlang.StaffOptions{})
		for i := range agents {
			if agents[i] == floor[i] {
				continue
			}
			agents[i]--
			if level := dayLevel(t, day, agents, target); level >= 0.85 {
				t.Errorf("%v: level %v without an agent of interval %d", d, level, i)
			}
			agents[i]++
		}
	}
}

// TestRealAgentsDoEqualGood: the share is just reached, with no more than
// whole agents need, and moving a bit of an agent from one interval to another
// helps no more than the gains read off whole agents are wrong.
func TestRealAgentsDoEqualGood(t *testing.T) {
	for _, patience := range []float64{60, 180, 900} {
		day := bellDay(10, 6, patience)
		day[4].Duration = 1800
		day[7].ArrivalRate = 0
		target := erlang.Target{Share: 0.85, Threshold: 60}
		o := erlang.StaffOptions{WholeDay: true, Floor: 0.7}
		reals, err := erlang.StaffDayReal(day, target, o)
		if err != nil {
			t.Fatal(err)
		}
		level := dayLevel(t, day, reals, target)
		absolute(t, "level", level, 0.85, 1e-9)
		hours, wholeHours := 0.0, 0.0
		for i, n := range staffDay(t, day, target, o) {
			hours += reals[i] * day[i].Duration
			wholeHours += float64(n) * day[i].Duration
		}
		if hours > wholeHours {
			t.Errorf("%v agent-seconds in reals, %v whole", hours, wholeHours)
		}
		const bit = 0.01
		floor, err := erlang.StaffDayReal(day, erlang.Target{Share: 0.7, Threshold: 60}, erlang.StaffOptions{})
		if err != nil {
			t.Fatal(err)
		}
		for from := range day {
			for to := range day {
				if from == to || reals[from]-bit < floor[from] {
					continue
				}
				moved := append([]float64(nil), reals...)
				moved[from] -= bit
				moved[to] += bit * day[from].Duration / day[to].Duration
				if other := dayLevel(t, day, moved, target); other > level+1e-5 {
					t.Errorf("patience %v: level %v with a bit of interval %d in %d, %v without", patience, other, from, to, level)
				}
			}
		}
	}
}

// TestCarryOverLeavesNothingToSpare: the levels with carry-over meet the
// target, and miss it with one agent less in any interval.
func TestCarryOverLeavesNothingToSpare(t *testing.T) {
	day := bellDay(8, 6, 180)
	target := erlang.Target{Share: 0.8, Threshold: 30, MinAgents: 1}
	met := func(agents []int, whole bool) bool {
		inTime, calls, all := 0.0, 0.0, true
		for i := range day {
			day[i].Agents = agents[i]
		}
		performances, err := erlang.Transient(day, target.Threshold, erlang.TransientOptions{})
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range performances {
			all = all && target.MetBy(p)
			inTime += p.AnsweredWithin * day[i].ArrivalRate
			calls += day[i].ArrivalRate
		}
		if whole {
			return inTime >= (target.Share-1e-12)*calls
		}
		return all
	}
	for _, whole := range []bool{false, true} {
		agents := staffDay(t, day, target, erlang.StaffOptions{WholeDay: whole, CarryOver: true})
		if !met(agents, whole) {
			t.Errorf("whole day %v: %v misses the target", whole, agents)
		}
		for i := range agents {
			if agents[i] == 1 {
				continue
			}
			agents[i]--
			if met(agents, whole) {
				t.Errorf("whole day %v: interval %d can spare one of %v", whole, i, agents[i]+1)
			}
			agents[i]++
		}
	}
}

func TestStaffDaySpecialCases(t *testing.T) {
	closed := erlang.Interval{Duration: 900, ServiceRate: 1.0 / 300, AbandonRate: 1.0 / 180}
	open := closed
	open.ArrivalRate = 0.02
	target := erlang.Target{Share: 0.8, Threshold: 20}
	for _, o := range []erlang.StaffOptions{{}, {WholeDay: true}, {WholeDay: true, CV: 0.3}, {CarryOver: true}} {
		if diff := cmp.Diff([]int{0, 0}, staffDay(t, []erlang.Interval{closed, closed}, target, o)); diff != "" {
			t.Errorf("closed day, %+v: %s", o, diff)
		}
		if agents := staffDay(t, []erlang.Interval{closed, open, closed}, target, o); agents[0] != 0 || agents[1] < 6 || agents[2] != 0 {
			t.Errorf("%v agents, %+v: want some while it is open", agents, o)
		}
		least := target
		least.MinAgents = 30
		if agents := staffDay(t, []erlang.Interval{closed, open}, least, o); agents[0] != 30 || agents[1] != 30 {
			t.Errorf("%v agents, %+v: want 30", agents, o)
		}
	}
	// A queue of callers who never hang up must not grow without end.
	patient := open
	patient.AbandonRate = 0
	agents := staffDay(t, []erlang.Interval{patient, {Duration: 90, ArrivalRate: 1e-4, ServiceRate: 1.0 / 300}}, erlang.Target{Share: 0.1, Threshold: 600}, erlang.StaffOptions{WholeDay: true})
	if agents[0] < 7 || agents[1] < 1 {
		t.Errorf("%v agents, want more than the load", agents)
	}
}

// TestRealAgentsWhereTheFirstIsAmple: no price tells a second agent from none.
func TestRealAgentsWhereTheFirstIsAmple(t *testing.T) {
	day := []erlang.Interval{{Duration: 900, ArrivalRate: 0.1, ServiceRate: 1}}
	target := erlang.Target{Share: 0.07, Threshold: 60}
	agents, err := erlang.StaffDayReal(day, target, erlang.StaffOptions{WholeDay: true})
	if err != nil {
		t.Fatal(err)
	}
	p, err := erlang.Queue{ArrivalRate: 0.1, ServiceRate: 1}.Performance(agents[0], target.Threshold)
	if err != nil {
		t.Fatal(err)
	}
	absolute(t, "level", p.ServiceLevel(target.Definition), target.Share, 1e-6)
}

// TestStaffDayMeetsDrawnTargets for the day, with other parts in each interval.
func TestStaffDayMeetsDrawnTargets(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		day := drawDay(rt)
		target := erlang.Target{
			Share:        rapid.Float64Range(0.01, 0.99).Draw(rt, "share"),
			Threshold:    rapid.Float64Range(0, 120).Draw(rt, "threshold"),
			MaxOccupancy: rapid.Float64Range(0.5, 1).Draw(rt, "occupancy"),
		}
		o := erlang.StaffOptions{WholeDay: true, Floor: target.Share * rapid.Float64Range(0, 1).Draw(rt, "floor")}
		agents, err := erlang.StaffDay(day, target, o)
		if err != nil {
			rt.Fatal(err)
		}
		calls := 0.0
		for i, in := range day {
			calls += in.ArrivalRate
			q := erlang.Queue{ArrivalRate: in.ArrivalRate, ServiceRate: in.ServiceRate, AbandonRate: in.AbandonRate}
			floor := target
			floor.Share = o.Floor
			if p := perform(t, q, float64(agents[i]), target.Threshold); in.ArrivalRate > 0 && !floor.MetBy(p) {
				rt.Errorf("interval %d misses its floor: %+v", i, p)
			}
		}
		if level := dayLevel(t, day, agents, target); calls > 0 && level < target.Share-1e-11 {
			rt.Errorf("level %v, want %v", level, target.Share)
		}
	})
}

// TestDayIsNotDearerThanItsIntervals: two intervals of few calls, where the
// step that brings the day to its target is longer than what is missing.
func TestDayIsNotDearerThanItsIntervals(t *testing.T) {
	day := []erlang.Interval{
		{Duration: 900, ArrivalRate: 25. / 900, ServiceRate: 1. / 178},
		{Duration: 900, ArrivalRate: 9. / 900, ServiceRate: 1. / 120},
	}
	target := erlang.Target{Share: 0.75, Threshold: 30}
	sum := func(o erlang.StaffOptions) (n int) {
		for _, agents := range staffDay(t, day, target, o) {
			n += agents
		}
		return n
	}
	each, whole := sum(erlang.StaffOptions{}), sum(erlang.StaffOptions{WholeDay: true, Floor: 0.6})
	if whole > each {
		t.Errorf("%d agents for the day as a whole, %d interval by interval", whole, each)
	}
}
