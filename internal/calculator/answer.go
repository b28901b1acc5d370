package calculator

import (
	"math"

	"bemanna/erlang"
)

// An Answer is what a case needs, and what it meets with.
type Answer struct {
	Case     Case
	Need     int     // the smallest whole number of agents that meets the target
	NeedReal float64 // the smallest real number: add these over groups, round last
	Heads    int     // people to plan for NeedReal, who are away and logged off included
	Rows     []Row   // by agents, in the order in which they were asked for
}

// A Row is what a number of agents does. Figures are those of [erlang.Performance];
// those that are NaN do not exist, as the service level of no calls, and those
// that are infinite belong to a queue that grows without end.
type Row struct {
	Agents       float64
	Heads        int // people to plan
	ServiceLevel float64
	// Expected is the service level that is to be expected when the calls are
	// not known for certain; NaN when they are.
	Expected      float64
	SpeedOfAnswer float64 // s, answered calls
	AverageWait   float64 // s, all calls
	Delay         float64 // share of calls that wait
	Abandonment   float64
	Occupancy     float64
	Attempts      float64 // calls and redials, in each Per of the case
	Met           bool    // every part of the target
}

// around is how many more and fewer agents than the need an answer shows.
const around = 3

// Solve answers a case. The error is a *[Fault].
func Solve(c Case) (Answer, error) {
	a := Answer{Case: c}
	q := c.queue()
	var err error
	if a.Need, err = q.Agents(c.Target); err != nil {
		return Answer{}, c.translated(err)
	}
	if a.NeedReal, err = q.AgentsReal(c.Target); err != nil {
		return Answer{}, c.translated(err)
	}
	a.Heads = c.heads(a.NeedReal)
	list := c.Agents
	if len(list) == 0 {
		for n := max(min(1, a.Need), a.Need-around); n <= a.Need+around; n++ {
			list = append(list, float64(n))
		}
	}
	for _, n := range list {
		row, err := c.row(q, n)
		if err != nil {
			return Answer{}, c.translated(err)
		}
		a.Rows = append(a.Rows, row)
	}
	return a, nil
}

func (c *Case) row(q erlang.Queue, agents float64) (Row, error) {
	p, err := q.Performance(agents, c.Target.Threshold)
	if err != nil {
		return Row{}, err
	}
	r := Row{
		Agents: agents, Heads: c.heads(agents), ServiceLevel: p.ServiceLevel(c.Target.Definition), Expected: math.NaN(),
		SpeedOfAnswer: p.SpeedOfAnswer, AverageWait: p.AverageWait, Delay: p.Delay, Abandonment: p.Abandonment,
		Occupancy: p.Occupancy, Attempts: p.OfferedRate * c.Per, Met: c.Target.MetBy(p),
	}
	if c.Calls == 0 {
		none := math.NaN()
		r.ServiceLevel, r.SpeedOfAnswer, r.AverageWait, r.Delay, r.Abandonment = none, none, none, none, none
		return r, nil
	}
	if c.CV > 0 {
		mixed, err := q.Mixed(agents, c.Target.Threshold, c.CV)
		if err != nil {
			return Row{}, err
		}
		r.Expected = mixed.ServiceLevel(c.Target.Definition)
	}
	return r, nil
}
