package erlang_test

import (
	"math"
	"testing"

	"bemanna/erlang"
)

// quarterHours is a day of 48 quarter-hours with up to 58 agents.
func quarterHours(abandonRate float64) []erlang.Interval {
	day := make([]erlang.Interval, 48)
	for i := range day {
		fromPeak := (float64(i)/4 - 3) / 3.2
		load := 52.5*math.Exp(-fromPeak*fromPeak) + 5
		day[i] = erlang.Interval{
			Duration: 900, ArrivalRate: load / 300, ServiceRate: 1.0 / 300, AbandonRate: abandonRate,
			Agents: int(math.Ceil(load + 0.2*math.Sqrt(load))),
		}
	}
	return day
}

func BenchmarkTransientDay(b *testing.B) {
	for _, c := range []struct {
		name      string
		departure erlang.Departure
		abandon   float64
	}{
		{"finish", erlang.FinishCall, 1.0 / 180},
		{"first", erlang.FirstToFinish, 1.0 / 180},
		{"preempt", erlang.Preempt, 1.0 / 180},
		{"patient", erlang.FinishCall, 0},
	} {
		day := quarterHours(c.abandon)
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := erlang.Transient(day, 60, erlang.TransientOptions{Departure: c.departure}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkExpect(b *testing.B) {
	day := quarterHours(1.0 / 180)
	for b.Loop() {
		if _, err := erlang.Expect(day, erlang.Target{Share: 0.85, Threshold: 60}, 0.1, erlang.TransientOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLuck(b *testing.B) {
	q := erlang.Queue{ArrivalRate: 17.3 / 300, ServiceRate: 1.0 / 300, AbandonRate: 1.0 / 180}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := q.Luck(20.5, 60, 900); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkStaffWeek staffs the week of 12 groups, each as one long day.
func BenchmarkStaffWeek(b *testing.B) {
	groups := make([][]erlang.Interval, 12)
	for i, load := range week() {
		g := i / (7 * 96)
		groups[g] = append(groups[g], erlang.Interval{Duration: 900, ArrivalRate: load / 300, ServiceRate: 1.0 / 300, AbandonRate: 1.0 / 180})
	}
	target := erlang.Target{Share: 0.85, Threshold: 60}
	for _, c := range []struct {
		name string
		o    erlang.StaffOptions
	}{
		{"each", erlang.StaffOptions{}},
		{"whole", erlang.StaffOptions{WholeDay: true}},
		{"floor", erlang.StaffOptions{WholeDay: true, Floor: 0.7}},
		{"uncertain", erlang.StaffOptions{WholeDay: true, CV: 0.2}},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for _, group := range groups {
					if _, err := erlang.StaffDay(group, target, c.o); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
	b.Run("real", func(b *testing.B) {
		for b.Loop() {
			for _, group := range groups {
				if _, err := erlang.StaffDayReal(group, target, erlang.StaffOptions{WholeDay: true}); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}

func BenchmarkStaffDayWithCarryOver(b *testing.B) {
	day := quarterHours(1.0 / 180)
	for b.Loop() {
		if _, err := erlang.StaffDay(day, erlang.Target{Share: 0.85, Threshold: 60}, erlang.StaffOptions{CarryOver: true}); err != nil {
			b.Fatal(err)
		}
	}
}
