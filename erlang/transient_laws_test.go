package erlang_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"

	"bemanna/erlang"
)

// drawDay draws a day of a few intervals with up to 15 agents.
func drawDay(t *rapid.T) []erlang.Interval {
	day := make([]erlang.Interval, rapid.IntRange(1, 6).Draw(t, "intervals"))
	for i := range day {
		draw := func(name string, least, most float64) float64 {
			return rapid.Float64Range(least, most).Draw(t, fmt.Sprintf("%s %d", name, i))
		}
		day[i] = erlang.Interval{
			Duration:    draw("duration", 60, 1800),
			ArrivalRate: draw("load", 0, 12) / 300,
			ServiceRate: 1 / draw("handle", 100, 500),
			AbandonRate: 1 / draw("patience", 500, 2000), // never above ServiceRate
			Agents:      rapid.IntRange(0, 15).Draw(t, fmt.Sprintf("agents %d", i)),
		}
	}
	return day
}

func drawDeparture(t *rapid.T) erlang.Departure {
	return rapid.SampledFrom([]erlang.Departure{erlang.FinishCall, erlang.FirstToFinish, erlang.Preempt}).Draw(t, "departure")
}

func follow(t interface {
	Helper()
	Fatal(args ...any)
}, day []erlang.Interval, threshold float64, o erlang.TransientOptions,
) erlang.Course {
	t.Helper()
	course, err := erlang.Follow(day, threshold, o)
	if err != nil {
		t.Fatal(err)
	}
	return course
}

// answeredInTime is a number of calls.
func answeredInTime(day []erlang.Interval, c erlang.Course) float64 {
	sum := 0.0
	for i, p := range c.Intervals {
		sum += day[i].ArrivalRate * day[i].Duration * p.AnsweredWithin
	}
	return sum
}

// TestLongDaySettles: after hours of the same, an interval is as in the long run.
func TestLongDaySettles(t *testing.T) {
	for _, patience := range []float64{60, 180, math.Inf(1)} {
		for _, balk := range []float64{0, 0.3} {
			in := erlang.Interval{Duration: 3e5, ArrivalRate: 10.0 / 300, ServiceRate: 1.0 / 300, AbandonRate: 1 / patience, Balk: balk, Agents: 12}
			q := erlang.Queue{
				ArrivalRate: in.ArrivalRate, ServiceRate: in.ServiceRate,
				Patience: erlang.Balking{Share: balk, Then: erlang.Exponential{Mean: patience}},
			}
			if balk == 0 {
				q.Patience, q.AbandonRate = nil, in.AbandonRate
			}
			want := perform(t, q, 12, 40)
			got := follow(t, []erlang.Interval{in, in}, 40, erlang.TransientOptions{}).Intervals[1]
			name := fmt.Sprintf("patience %v, balk %v: ", patience, balk)
			tolerance := 1e-9
			relative(t, name+"Delay", got.Delay, want.Delay, tolerance)
			absolute(t, name+"Abandonment", got.Abandonment, want.Abandonment, tolerance)
			absolute(t, name+"AbandonedWithin", got.AbandonedWithin, want.AbandonedWithin, tolerance)
			relative(t, name+"AnsweredWithin", got.AnsweredWithin, want.AnsweredWithin, tolerance)
			absolute(t, name+"AnsweredLate", got.AnsweredLate, want.AnsweredLate, tolerance)
			relative(t, name+"AverageWait", got.AverageWait, want.AverageWait, tolerance)
			relative(t, name+"SpeedOfAnswer", got.SpeedOfAnswer, want.SpeedOfAnswer, tolerance)
			relative(t, name+"QueueLength", got.QueueLength, want.QueueLength, tolerance)
			relative(t, name+"Occupancy", got.Occupancy, want.Occupancy, tolerance)
			for _, d := range definitions {
				absolute(t, name+d.String(), got.ServiceLevel(d), want.ServiceLevel(d), tolerance)
			}
		}
	}
}

// TestInfiniteServers: when those who wait leave as fast as those who are
// served, nobody notices who waits, and the mean number follows
// m' = λ − µm.
func TestInfiniteServers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := drawDay(t)
		for i := range day {
			day[i].AbandonRate = day[i].ServiceRate
		}
		course := follow(t, day, 20, erlang.TransientOptions{Departure: erlang.Preempt, Busy: 5})
		mean := 5.0
		for i, in := range day {
			load := in.ArrivalRate / in.ServiceRate
			mean = load + (mean-load)*math.Exp(-in.ServiceRate*in.Duration)
			if got := course.End[i].Calls; math.Abs(got-mean) > 1e-9*(1+mean) {
				t.Errorf("%v calls after interval %d, want %v", got, i, mean)
			}
		}
	})
}

// TestCallsAreConserved counts those who hang up twice: by the time spent
// waiting in each interval, and by following the calls that came in each.
func TestCallsAreConserved(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := drawDay(t)
		for i := range day {
			day[i].Balk = rapid.Float64Range(0, 1).Draw(t, fmt.Sprint("balk ", i))
		}
		o := erlang.TransientOptions{
			Departure: rapid.SampledFrom([]erlang.Departure{erlang.FinishCall, erlang.FirstToFinish}).Draw(t, "departure"),
			Backlog:   rapid.IntRange(0, 20).Draw(t, "backlog"),
			Busy:      rapid.IntRange(0, 20).Draw(t, "busy"),
			Closing:   erlang.Drop,
		}
		course := follow(t, day, 20, o)
		abandoned := course.Left
		for i, p := range course.Intervals {
			in := day[i]
			abandoned += in.AbandonRate * p.QueueLength * in.Duration
			if in.ArrivalRate > 0 {
				abandoned += in.ArrivalRate * in.Duration * in.Balk * p.Delay
			}
			if sum := p.AnsweredWithin + p.AnsweredLate + p.Abandonment; in.ArrivalRate > 0 && math.Abs(sum-1) > 1e-12 {
				t.Errorf("interval %d: shares add up to %v", i, sum)
			}
		}
		accuracy := 1e-9
		if o.Departure == erlang.FirstToFinish { // lines behind surplus agents are less exact
			accuracy = 1e-6
		}
		if math.Abs(course.Abandoned-abandoned) > accuracy*(1+abandoned) {
			t.Errorf("%v calls abandoned by arrival, %v by time", course.Abandoned, abandoned)
		}
		if sum := course.Answered + course.Abandoned; math.Abs(sum-course.Offered) > 1e-9*course.Offered {
			t.Errorf("%v answered and %v abandoned, want %v", course.Answered, course.Abandoned, course.Offered)
		}
	})
}

// TestMoreAgentsAreNeverWorseForTheDay holds where callers are at least as
// patient as calls are long: less patient ones are gone sooner when nobody
// answers them. And it holds where agents leave at once: one who finishes a
// call after being relieved is one agent more for that while.
func TestMoreAgentsAreNeverWorseForTheDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := drawDay(t)
		o := erlang.TransientOptions{Departure: erlang.Preempt}
		threshold := rapid.Float64Range(0, 120).Draw(t, "threshold")
		before := answeredInTime(day, follow(t, day, threshold, o))
		day[rapid.IntRange(0, len(day)-1).Draw(t, "where")].Agents++
		if after := answeredInTime(day, follow(t, day, threshold, o)); after < before-1e-6 {
			t.Errorf("%v calls in time with one agent more, %v without", after, before)
		}
	})
}

// TestThresholdsRise: more calls are answered, and more have hung up, within a
// longer time; within a very long one all have.
func TestThresholdsRise(t *testing.T) {
	const accuracy = 1e-6 // of levels that see a change of staff
	rapid.Check(t, func(t *rapid.T) {
		day := drawDay(t)
		o := erlang.TransientOptions{Departure: drawDeparture(t)}
		var before erlang.Course
		for n, threshold := range []float64{0, 1, 30, 400, 1e7} {
			now := follow(t, day, threshold, o)
			for i, p := range now.Intervals {
				if day[i].ArrivalRate == 0 {
					continue
				}
				if short := erlang.ExcludingBelow(threshold); threshold == 30 && math.Abs(p.ServiceLevel(short)-p.ServiceLevel(erlang.ExcludingShort)) > accuracy {
					t.Errorf("level %v when those who hang up within the threshold are left out, %v by their count",
						p.ServiceLevel(short), p.ServiceLevel(erlang.ExcludingShort))
				}
				if n == 0 {
					continue
				}
				last := before.Intervals[i]
				if p.AnsweredWithin < last.AnsweredWithin-accuracy || p.AbandonedWithin < last.AbandonedWithin-accuracy {
					t.Errorf("interval %d, threshold %v: %+v, before %+v", i, threshold, p, last)
				}
				if threshold == 1e7 && (p.AnsweredLate > accuracy || math.Abs(p.AbandonedWithin-p.Abandonment) > accuracy) {
					t.Errorf("interval %d: %+v, want all calls to end", i, p)
				}
			}
			before = now
		}
	})
}

// TestAnIntervalCutInTwo: it makes no difference where a day is cut.
func TestAnIntervalCutInTwo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := drawDay(t)
		o := erlang.TransientOptions{Departure: drawDeparture(t)}
		threshold := rapid.Float64Range(0, 2000).Draw(t, "threshold")
		where := rapid.IntRange(0, len(day)-1).Draw(t, "where")
		share := rapid.Float64Range(0.01, 0.99).Draw(t, "share")
		first, second := day[where], day[where]
		first.Duration *= share
		second.Duration -= first.Duration
		cut := slices.Insert(slices.Clone(day), where+1, second)
		cut[where] = first
		whole, parts := follow(t, day, threshold, o), follow(t, cut, threshold, o)
		for name, field := range map[string]func(p erlang.Performance) float64{
			"AnsweredWithin":  func(p erlang.Performance) float64 { return p.AnsweredWithin },
			"AbandonedWithin": func(p erlang.Performance) float64 { return p.AbandonedWithin },
			"Abandonment":     func(p erlang.Performance) float64 { return p.Abandonment },
			"AverageWait":     func(p erlang.Performance) float64 { return p.AverageWait },
			"QueueLength":     func(p erlang.Performance) float64 { return p.QueueLength },
		} {
			for i, p := range whole.Intervals {
				want := field(p)
				var got float64
				switch {
				case i < where:
					got = field(parts.Intervals[i])
				case i > where:
					got = field(parts.Intervals[i+1])
				default:
					got = share*field(parts.Intervals[i]) + (1-share)*field(parts.Intervals[i+1])
				}
				if math.Abs(got-want) > 1e-6*(1+want) {
					t.Errorf("interval %d: %s = %v when interval %d is cut in two, %v when it is not", i, name, got, where, want)
				}
			}
		}
	})
}

// TestDepartureMatters: after a cut of 66 to 40 agents in mid-afternoon, half
// as many hang up when agents finish their calls. The shares were worked out
// apart, by uniformisation.
func TestDepartureMatters(t *testing.T) {
	day := make([]erlang.Interval, 5)
	for i, rate := range []float64{4, 9, 14, 12, 8} {
		day[i] = erlang.Interval{Duration: 900, ArrivalRate: rate / 60, ServiceRate: 1.0 / 300, AbandonRate: 1.0 / 150, Agents: []int{24, 46, 68, 66, 40}[i]}
	}
	for departure, want := range []float64{0.079, 0.178, 0.213} {
		p := follow(t, day, 60, erlang.TransientOptions{Departure: erlang.Departure(departure)}).Intervals[4]
		absolute(t, fmt.Sprint("departure ", departure), day[4].AbandonRate*p.QueueLength/day[4].ArrivalRate, want, 0.0005)
	}
}

// TestClosing: an hour with one agent and 20 calls that wait leaves some.
func TestClosing(t *testing.T) {
	day := []erlang.Interval{{Duration: 3600, ArrivalRate: 0.01, ServiceRate: 1.0 / 300, Agents: 1}}
	drained := follow(t, day, 20, erlang.TransientOptions{Backlog: 20})
	// Nobody hangs up: each call that waits takes a handle time.
	relative(t, "time until nobody waits", drained.Emptying, 300*drained.Left, 1e-9)
	relative(t, "all are answered", drained.Answered, drained.Offered, 1e-12)
	if drained.Backlog != 20 && math.Abs(drained.Backlog-20) > 1e-9 {
		t.Errorf("%v of the backlog answered, want 20", drained.Backlog)
	}
	dropped := follow(t, day, 20, erlang.TransientOptions{Backlog: 20, Closing: erlang.Drop})
	relative(t, "as many are dropped as were left", dropped.Abandoned, drained.Left, 1e-9)
	if dropped.Backlog >= 20 || dropped.Emptying != 0 {
		t.Errorf("%v of the backlog answered, emptied in %v s: want less than 20 and 0", dropped.Backlog, dropped.Emptying)
	}

	day[0].Agents = 0
	for name, course := range map[string]erlang.Course{
		"nobody comes": follow(t, day, 20, erlang.TransientOptions{}),
		"and 5 wait":   follow(t, day, 20, erlang.TransientOptions{Backlog: 5}),
	} {
		p := course.Intervals[0]
		if p.Delay != 1 || p.AnsweredWithin != 0 || p.AnsweredLate != 1 || !math.IsInf(p.AverageWait, 1) || !math.IsInf(course.Emptying, 1) {
			t.Errorf("%s: %+v, emptied in %v s, want all to wait for ever", name, p, course.Emptying)
		}
	}
}

// TestOneWay: a backlog of many patient callers is worked off at a steady rate,
// and a closed door fills the queue at one. Nothing comes the other way.
func TestOneWay(t *testing.T) {
	for _, c := range []struct{ waiting, agents int }{{10, 2}, {60, 10}, {300, 20}, {300, 60}} {
		in := erlang.Interval{Duration: 900, ServiceRate: 1.0 / 300, Agents: c.agents}
		course := follow(t, []erlang.Interval{in}, 20, erlang.TransientOptions{Backlog: c.waiting, Busy: c.agents})
		answers := distuv.Poisson{Lambda: 3 * float64(c.agents)}
		want := 0.0
		for n := range c.waiting {
			want += float64(c.waiting-n) * answers.Prob(float64(n))
		}
		relative(t, fmt.Sprintf("calls that %d agents leave of %d", c.agents, c.waiting), course.Left, want, 1e-8)
	}
	for _, calls := range []float64{5, 100, 400} {
		in := erlang.Interval{Duration: 900, ArrivalRate: calls / 900, ServiceRate: 1.0 / 300}
		course := follow(t, []erlang.Interval{in, {Duration: 3600, ServiceRate: 1.0 / 300, Agents: 1000}}, 300, erlang.TransientOptions{})
		relative(t, "calls outside the door", course.End[0].Waiting, calls, 1e-9)
		relative(t, "those of the last five minutes are in time", course.Intervals[0].AnsweredWithin, 1.0/3, 1e-6)
		relative(t, "they wait for half the time", course.Intervals[0].SpeedOfAnswer, 450, 1e-6)
	}
}

// TestQuietInterval: without calls a level is not missed, and agents finish.
func TestQuietInterval(t *testing.T) {
	day := []erlang.Interval{{Duration: 600, ServiceRate: 1.0 / 300, AbandonRate: 1.0 / 180, Agents: 4}}
	p := follow(t, day, 20, erlang.TransientOptions{Busy: 6, Backlog: 2}).Intervals[0]
	if p.AnsweredWithin != 1 || p.Abandonment != 0 || p.Delay != 0 {
		t.Errorf("%+v, want no call to wait", p)
	}
	if !(p.QueueLength > 0 && p.Occupancy > 0.4) {
		t.Errorf("%+v, want the backlog to keep agents busy", p)
	}
}

// TestNothingIsBelowZero: rounding must not show where nearly nothing is left.
func TestNothingIsBelowZero(t *testing.T) {
	day := []erlang.Interval{
		{Duration: 1e-6, ArrivalRate: 42000, ServiceRate: 140, AbandonRate: 1e6, Balk: 0.07, Agents: 297},
		{Duration: 3000, ArrivalRate: 2.5e-9, ServiceRate: 1.3, Balk: 0.2, Agents: 2},
	}
	course := follow(t, day, 60, erlang.TransientOptions{Departure: erlang.Preempt, Backlog: 3, Busy: 50})
	for i, s := range course.End {
		if s.Calls < 0 || s.Waiting < 0 || s.Busy < 0 {
			t.Errorf("interval %d ends with %+v", i, s)
		}
	}
	if course.Left < 0 || course.Emptying < 0 {
		t.Errorf("%v calls left, %v s to empty", course.Left, course.Emptying)
	}
}
