package erlang_test

import (
	"errors"
	"fmt"
	"math"
	"testing"

	"bemanna/erlang"
)

func TestBadDaysNameTheField(t *testing.T) {
	good := erlang.Interval{Duration: 900, ArrivalRate: 0.05, ServiceRate: 1.0 / 300, AbandonRate: 1.0 / 180, Agents: 16}
	for _, c := range []struct {
		field  string
		change func(in *erlang.Interval)
	}{
		{"Duration", func(in *erlang.Interval) { in.Duration = 0 }},
		{"Duration", func(in *erlang.Interval) { in.Duration = -1 }},
		{"Duration", func(in *erlang.Interval) { in.Duration = inf }},
		{"ArrivalRate", func(in *erlang.Interval) { in.ArrivalRate = nan }},
		{"ArrivalRate", func(in *erlang.Interval) { in.ArrivalRate = -1 }},
		{"ArrivalRate", func(in *erlang.Interval) { in.ArrivalRate = 1e300 }},
		{"ServiceRate", func(in *erlang.Interval) { in.ServiceRate = 0 }},
		{"ServiceRate", func(in *erlang.Interval) { in.ServiceRate = inf }},
		{"ServiceRate", func(in *erlang.Interval) { in.ServiceRate = 1e300 }},
		{"AbandonRate", func(in *erlang.Interval) { in.AbandonRate = nan }},
		{"AbandonRate", func(in *erlang.Interval) { in.AbandonRate = 1e200 }},
		{"Balk", func(in *erlang.Interval) { in.Balk = 1.1 }},
		{"Balk", func(in *erlang.Interval) { in.Balk = nan }},
		{"Agents", func(in *erlang.Interval) { in.Agents = -1 }},
	} {
		day := []erlang.Interval{good, good, good, good, good}
		c.change(&day[3])
		field := "day[3]." + c.field
		_, err := erlang.Transient(day, 20, erlang.TransientOptions{})
		wantField(t, err, field)
		_, err = erlang.StaffDay(day, erlang.Target{Share: 0.8, Threshold: 20}, erlang.StaffOptions{})
		if c.field != "Agents" {
			wantField(t, err, field)
		} else if err != nil {
			t.Errorf("the agents of a day that is to be staffed: %v", err)
		}
	}

	day := []erlang.Interval{good}
	for _, c := range []struct {
		field string
		day   []erlang.Interval
		o     erlang.TransientOptions
	}{
		{"day", nil, erlang.TransientOptions{}},
		{"TransientOptions.Departure", day, erlang.TransientOptions{Departure: 3}},
		{"TransientOptions.Closing", day, erlang.TransientOptions{Closing: 2}},
		{"TransientOptions.Backlog", day, erlang.TransientOptions{Backlog: -1}},
		{"TransientOptions.Busy", day, erlang.TransientOptions{Busy: 1e9}},
	} {
		_, err := erlang.Transient(c.day, 20, c.o)
		wantField(t, err, c.field)
	}
	_, err := erlang.Transient(day, nan, erlang.TransientOptions{})
	wantField(t, err, "threshold")

	for _, c := range []struct {
		field  string
		target erlang.Target
		o      erlang.StaffOptions
	}{
		{"Target.Share", erlang.Target{Share: 1}, erlang.StaffOptions{}},
		{"Target.Threshold", erlang.Target{Share: 0.8, Threshold: inf}, erlang.StaffOptions{}},
		{"StaffOptions.CV", erlang.Target{Share: 0.8}, erlang.StaffOptions{CV: 2}},
		{"StaffOptions.Floor", erlang.Target{Share: 0.8}, erlang.StaffOptions{Floor: 0.9}},
		{"TransientOptions.Backlog", erlang.Target{Share: 0.8}, erlang.StaffOptions{Transient: erlang.TransientOptions{Backlog: -1}}},
	} {
		_, err := erlang.StaffDay(day, c.target, c.o)
		wantField(t, err, c.field)
		_, err = erlang.StaffDayReal(day, c.target, c.o)
		wantField(t, err, c.field)
	}
	_, err = erlang.StaffDayReal(day, erlang.Target{Share: 0.8}, erlang.StaffOptions{CarryOver: true})
	wantField(t, err, "StaffOptions.CarryOver")
	day[0].AbandonRate = 0
	_, err = erlang.StaffDay(day, erlang.Target{MaxSpeedOfAnswer: 30}, erlang.StaffOptions{CV: 0.2})
	wantField(t, err, "Target.MaxSpeedOfAnswer")
}

// TestLargeDays: what is large is worked out or refused, and never hangs.
func TestLargeDays(t *testing.T) {
	in := erlang.Interval{Duration: 900, ArrivalRate: 5, ServiceRate: 1.0 / 300, AbandonRate: 1.0 / 180, Agents: 1e9}
	p, err := erlang.Transient([]erlang.Interval{in}, 20, erlang.TransientOptions{Backlog: 1000})
	if err != nil || p[0].AnsweredWithin != 1 {
		t.Errorf("1e9 agents: %+v, %v", p, err)
	}
	in.ArrivalRate, in.Agents = 1e6, 10
	_, err = erlang.Transient([]erlang.Interval{in}, 20, erlang.TransientOptions{})
	wantField(t, err, "day[0].ArrivalRate")
	in.ServiceRate = 1e-3
	_, err = erlang.StaffDay([]erlang.Interval{in}, erlang.Target{Share: 0.8}, erlang.StaffOptions{WholeDay: true})
	wantField(t, err, "day[0].ArrivalRate")
	in.ArrivalRate = 1 // 1000 erlangs
	for _, o := range []erlang.StaffOptions{{WholeDay: true}, {WholeDay: true, CV: 0.5}} {
		agents, err := erlang.StaffDay([]erlang.Interval{in, in}, erlang.Target{Share: 0.8, Threshold: 20}, o)
		if err != nil || agents[0]+agents[1] < 1400 {
			t.Errorf("agents of two intervals of 1000 erlangs: %v, %v", agents, err)
		}
	}
	cut := []erlang.Interval{
		{Duration: 900, ArrivalRate: 3, ServiceRate: 1.0 / 300, AbandonRate: 0, Agents: 910},
		{Duration: 900, ArrivalRate: 3, ServiceRate: 1.0 / 300, AbandonRate: 0, Agents: 10},
	}
	_, err = erlang.Transient(cut, 20, erlang.TransientOptions{Departure: erlang.FirstToFinish})
	wantField(t, err, "day[1].Agents")
}

func FuzzDay(f *testing.F) {
	f.Add(900.0, 0.05, 0.003, 0.005, 0.1, 10, 3, 20.0, uint8(0))
	f.Add(900.0, 0.05, 0.003, 0.0, 0.0, 18, 9, 2000.0, uint8(1))
	f.Add(1e-3, 1e3, 1e3, 1e3, 1.0, 0, 1, 0.0, uint8(2))
	f.Add(810.0, 0.4, 4.7e-5, 0.0, 0.0, 18, 37, 2000.0, uint8(4)) // a long queue that only grows
	f.Add(1e9, 1e-9, 1e-7, 0.0, 0.0, 0, 0, 1e300, uint8(7))
	f.Fuzz(func(t *testing.T, duration, arrival, service, abandon, balk float64, first, second int, threshold float64, options uint8) {
		if arrival*duration > 300 || first > 60 || second > 60 {
			t.Skip() // large, which takes its time
		}
		day := []erlang.Interval{
			{Duration: duration, ArrivalRate: arrival, ServiceRate: service, AbandonRate: abandon, Balk: balk, Agents: first},
			{Duration: duration / 3, ArrivalRate: arrival / 2, ServiceRate: service, AbandonRate: abandon, Agents: second},
		}
		o := erlang.TransientOptions{Departure: erlang.Departure(options % 3), Closing: erlang.Closing(options / 3 % 2), Backlog: int(options / 32)}
		course, err := erlang.Follow(day, threshold, o)
		if err != nil {
			if _, ok := errors.AsType[*erlang.InputError](err); !ok {
				t.Fatalf("%T: %v", err, err)
			}
			return
		}
		for i, p := range course.Intervals {
			for name, share := range map[string]float64{
				"Delay": p.Delay, "Abandonment": p.Abandonment, "AbandonedWithin": p.AbandonedWithin,
				"AnsweredWithin": p.AnsweredWithin, "AnsweredLate": p.AnsweredLate, "Occupancy": p.Occupancy,
			} {
				if !(share >= 0 && share <= 1) {
					t.Errorf("interval %d: %s = %v", i, name, share)
				}
			}
			if sum := p.AnsweredWithin + p.AnsweredLate + p.Abandonment; math.Abs(sum-1) > 1e-9 {
				t.Errorf("interval %d: %s", i, fmt.Sprintf("%+v", p))
			}
		}
	})
}
