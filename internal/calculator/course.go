package calculator

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"

	"bemanna/erlang"
)

// A DayAnswer is what the people of a day do, or those that it needs.
type DayAnswer struct {
	Day   *Day
	Plans []DayPlan // the one that the sheet gives; or by interval and, where a share is asked for, by day
}

// A Basis is where the people of a plan come from.
type Basis string

// The bases of plans.
const (
	Given      Basis = "given"    // by the sheet
	ByInterval Basis = "interval" // each interval meets the target
	ByDay      Basis = "day"      // the day meets the share of the target, each interval its floor
)

// A DayPlan is a day with people, and what they do.
type DayPlan struct {
	Basis        Basis
	Rows         []DayRow
	ServiceLevel float64 // of the day's calls, with carry-over; NaN without calls
	Alone        float64 // as if each interval were a world of its own
	Hours        float64 // of people on the telephone
	Left         float64 // calls that wait when the day ends
	Emptying     float64 // s from then until nobody waits
	// Outlook is what may come of a single day, the calls as uncertain as the
	// case has them; nil where no share of those offered is asked for, and for
	// an [Day.Endless] day.
	Outlook *erlang.Outlook
}

// Solve answers a day: what becomes of its calls with the people of the sheet,
// or with those that it needs. The error is an *[InputError], or a *[LineError]
// where a row is at fault.
func (d *Day) Solve() (DayAnswer, error) {
	bases := []Basis{Given}
	switch {
	case !d.Staffed && d.Case.Target.Share > 0:
		bases = []Basis{ByInterval, ByDay}
	case !d.Staffed:
		bases = []Basis{ByInterval}
	}
	answer := DayAnswer{Day: d}
	for _, b := range bases {
		agents, err := d.agents(b)
		if err != nil {
			return DayAnswer{}, d.translated(err)
		}
		plan, err := d.follow(agents)
		if err != nil {
			return DayAnswer{}, d.translated(err)
		}
		if b == ByDay && plan.Hours > answer.Plans[0].Hours {
			plan = answer.Plans[0] // which does for the day as well
		}
		plan.Basis = b
		answer.Plans = append(answer.Plans, plan)
	}
	return answer, nil
}

// mostFollowed, in erlangs summed over the intervals, is the largest day whose
// need is worked out with carry-over in seconds.
const mostFollowed = 2000

// CarriedOver tells whether the need of the day is worked out with carry-over.
// For large days, and for calls that are not known for certain, that would take
// minutes, and steady levels stand for it.
func (d *Day) CarriedOver() bool {
	load := 0.0
	for _, in := range d.Intervals {
		load += in.ArrivalRate / in.ServiceRate
	}
	return d.Case.CV == 0 && load <= mostFollowed
}

// Endless tells whether the calls may be more than expected while nobody hangs
// up: the queue of a busy day is then only cleared after hours.
func (d *Day) Endless() bool {
	return d.Case.CV > 0 && slices.ContainsFunc(d.Intervals, func(in DayInterval) bool { return in.AbandonRate == 0 })
}

// agents are the people of each interval.
func (d *Day) agents(b Basis) ([]int, error) {
	day := make([]erlang.Interval, len(d.Intervals))
	agents := make([]int, len(d.Intervals))
	for i, in := range d.Intervals {
		day[i], agents[i] = in.Interval, in.Agents
	}
	if b == Given {
		return agents, nil
	}
	t := d.Case.Target
	o := erlang.StaffOptions{CV: d.Case.CV, CarryOver: d.CarriedOver(), Transient: d.options()}
	if b == ByDay {
		o.WholeDay, o.Floor = true, min(d.Settings.Floor, t.Share)
	}
	return erlang.StaffDay(day, t, o)
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

// follow is what people do in the course of the day.
func (d *Day) follow(agents []int) (DayPlan, error) {
	day := d.staffed(agents)
	t := d.Case.Target
	course, err := erlang.Follow(day, t.Threshold, d.options())
	if err != nil {
		return DayPlan{}, err
	}
	below, err := d.below(day)
	if err != nil {
		return DayPlan{}, err
	}
	p := DayPlan{Left: course.Left, Emptying: course.Emptying}
	var carried, alone erlang.Counts
	for i, in := range day {
		p.Hours += float64(in.Agents) * in.Duration / 3600
		performance := course.Intervals[i]
		steady, err := d.queue(i).Performance(float64(in.Agents), t.Threshold)
		if err != nil {
			return DayPlan{}, err
		}
		row := DayRow{
			Agents: in.Agents, ServiceLevel: performance.ServiceLevel(t.Definition), Alone: steady.ServiceLevel(t.Definition),
			SpeedOfAnswer: performance.SpeedOfAnswer, AverageWait: performance.AverageWait, Abandonment: performance.Abandonment,
			Occupancy: performance.Occupancy, Waiting: course.End[i].Waiting,
		}
		if calls := d.Intervals[i].Calls; calls == 0 {
			none := math.NaN()
			row.ServiceLevel, row.Alone, row.SpeedOfAnswer, row.AverageWait, row.Abandonment = none, none, none, none, none
		} else {
			carried = carried.Plus(counts(performance, calls, below[i].AbandonedWithin))
			alone = alone.Plus(counts(steady, calls, d.steadyBelow(i, in.Agents)))
		}
		p.Rows = append(p.Rows, row)
	}
	if t.Share > 0 && t.Definition == erlang.OfOffered && !d.Endless() {
		o, err := erlang.Expect(day, t, d.Case.CV, d.options())
		if err != nil {
			return DayPlan{}, err
		}
		p.Outlook = &o
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
