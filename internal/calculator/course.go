package calculator

import (
	"errors"
	"fmt"
	"math"
	"strconv"

	"bemanna/erlang"
)

// A DayAnswer is what the people of a day do, or how many it needs.
type DayAnswer struct {
	Day   *Day
	Given DayPlan // by the agents of the sheet
}

// Solve answers a day. The error is an *[InputError], or a *[LineError] where
// a row is at fault.
func (d *Day) Solve() (a DayAnswer, err error) {
	a.Day = d
	a.Given, err = d.Follow(d.agents())
	return a, err
}

// A DayPlan is a day with people, and what they do.
type DayPlan struct {
	Rows         []DayRow
	ServiceLevel float64 // of the day's calls, with carry-over; NaN without calls
	Alone        float64 // as if each interval were a world of its own
	Hours        float64 // of people on the telephone
	Left         float64 // calls that wait when the day ends
	Emptying     float64 // s from then until nobody waits
}

// A DayRow is an interval of a day. What is said of its calls holds for those
// that come in it, whenever they are answered.
type DayRow struct {
	Agents        int
	ServiceLevel  float64 // with carry-over; NaN without calls
	Alone         float64 // in the long run of this interval alone
	SpeedOfAnswer float64 // s
	AverageWait   float64 // s
	Abandonment   float64
	Occupancy     float64
	Waiting       float64 // calls that wait when the interval ends
}

// Follow is what people do in the course of the day. The error is an
// *[InputError], with the line of the sheet in front where one is at fault.
func (d *Day) Follow(agents []int) (DayPlan, error) {
	day := d.staffed(agents)
	t := d.Case.Target
	course, err := erlang.Follow(day, t.Threshold, d.options())
	if err != nil {
		return DayPlan{}, d.translated(err)
	}
	below, err := d.below(day)
	if err != nil {
		return DayPlan{}, d.translated(err)
	}
	p := DayPlan{Left: course.Left, Emptying: course.Emptying}
	var carried, alone erlang.Counts
	for i, in := range day {
		calls := d.Intervals[i].Calls
		p.Hours += float64(in.Agents) * in.Duration / 3600
		performance := course.Intervals[i]
		steady, err := d.queue(i).Performance(float64(in.Agents), t.Threshold)
		if err != nil {
			return DayPlan{}, d.translated(err)
		}
		row := DayRow{
			Agents: in.Agents, ServiceLevel: performance.ServiceLevel(t.Definition), Alone: steady.ServiceLevel(t.Definition),
			SpeedOfAnswer: performance.SpeedOfAnswer, AverageWait: performance.AverageWait, Abandonment: performance.Abandonment,
			Occupancy: performance.Occupancy, Waiting: course.End[i].Waiting,
		}
		if calls == 0 {
			none := math.NaN()
			row.ServiceLevel, row.Alone, row.SpeedOfAnswer, row.AverageWait, row.Abandonment = none, none, none, none, none
		} else {
			carried = carried.Plus(counts(performance, calls, below[i].AbandonedWithin))
			alone = alone.Plus(counts(steady, calls, d.steadyBelow(i, in.Agents)))
		}
		p.Rows = append(p.Rows, row)
	}
	p.ServiceLevel, p.Alone = carried.ServiceLevel(t.Definition), alone.ServiceLevel(t.Definition)
	return p, nil
}

// counts are the calls of an interval by what becomes of them; below is the
// share that hangs up within the limit of the definition.
func counts(p erlang.Performance, calls, below float64) erlang.Counts {
	return erlang.Counts{
		Answered: calls * (1 - p.Abandonment), Abandoned: calls * p.Abandonment,
		AnsweredWithin: calls * p.AnsweredWithin, AbandonedWithin: calls * p.AbandonedWithin, AbandonedBelow: calls * below,
	}
}

// below is the course of the day with the limit of an ExcludingBelow
// definition for its threshold, and nothing for other definitions.
func (d *Day) below(day []erlang.Interval) ([]erlang.Performance, error) {
	limit, ok := d.Case.Target.Definition.Below()
	if !ok {
		return make([]erlang.Performance, len(day)), nil
	}
	return erlang.Transient(day, limit, d.options())
}

// steadyBelow is the share that hangs up within the limit of an ExcludingBelow
// definition in the long run of an interval alone.
func (d *Day) steadyBelow(i, agents int) float64 {
	limit, ok := d.Case.Target.Definition.Below()
	if !ok {
		return 0
	}
	p, err := d.queue(i).Performance(float64(agents), limit)
	if err != nil {
		return 0 // an error would have been met with the threshold of the target
	}
	return p.AbandonedWithin
}

func (d *Day) options() erlang.TransientOptions {
	return erlang.TransientOptions{Departure: d.Settings.Departure, Backlog: d.Settings.Backlog}
}

// staffed is the day with the agents given.
func (d *Day) staffed(agents []int) []erlang.Interval {
	day := make([]erlang.Interval, len(d.Intervals))
	for i, in := range d.Intervals {
		day[i] = in.Interval
		day[i].Agents = agents[i]
	}
	return day
}

// figure is what an interval has for a field of [erlang.Interval], as the sheet
// writes it.
func (d *Day) figure(i int, field string) string {
	in := d.Intervals[i]
	x := map[string]float64{
		"Duration": in.Duration, "ArrivalRate": in.Calls, "ServiceRate": 1 / in.ServiceRate, "AbandonRate": 1 / in.AbandonRate,
		"Agents": float64(in.Agents),
	}[field]
	return strconv.FormatFloat(x, 'g', -1, 64)
}

// agents are those that the sheet gives.
func (d *Day) agents() []int {
	agents := make([]int, len(d.Intervals))
	for i, in := range d.Intervals {
		agents[i] = in.Agents
	}
	return agents
}

func (d *Day) queue(i int) erlang.Queue {
	in := d.Intervals[i]
	return erlang.Queue{ArrivalRate: in.ArrivalRate, ServiceRate: in.ServiceRate, AbandonRate: in.AbandonRate}
}

// dayFigures are the columns of a day behind the fields of [erlang.Interval].
var dayFigures = map[string]string{
	"Duration": "duration_s", "ArrivalRate": "calls", "ServiceRate": "aht_s", "AbandonRate": "patience_s", "Agents": "agents",
}

// translated names an interval that package erlang refuses by its line, and a
// figure as the sheet does.
func (d *Day) translated(err error) error {
	input, ok := errors.AsType[*erlang.InputError](err)
	if !ok {
		return err
	}
	var i int
	var field string
	if n, _ := fmt.Sscanf(input.Field, "day[%d].%s", &i, &field); n == 2 && i < len(d.Intervals) {
		return &LineError{d.Intervals[i].Line, &InputError{dayFigures[field], d.figure(i, field), input.Want}}
	}
	return d.Case.translated(err)
}
