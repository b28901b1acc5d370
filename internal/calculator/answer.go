package calculator

import "math"

// An Answer is what a case needs, and what it meets with.
type Answer struct {
	Case Case
	Need Need
	Rows []Row // by agents, in the order in which they were asked for
}

// Need is how many agents meet the target of a case.
type Need struct {
	Agents int     // the smallest whole number
	Real   float64 // the smallest real number: add these over groups, round last
	Heads  int     // people to plan for Agents, with those who are away and logged off
}

// A Row is what a number of agents does, as [erlang.Performance] has it.
// Figures that are NaN do not exist, as the service level of no calls, and
// those that are infinite belong to a queue that grows without end.
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

// Solve answers a case: what it needs, and what the agents that it asks for do,
// or else those around the need. The error is a *[InputError].
func Solve(c Case) (Answer, error) {
	need, err := c.Need()
	if err != nil {
		return Answer{}, err
	}
	list := c.Agents
	if len(list) == 0 {
		for n := max(min(1, need.Agents), need.Agents-around); n <= need.Agents+around; n++ {
			list = append(list, float64(n))
		}
	}
	a := Answer{Case: c, Need: need}
	for _, n := range list {
		row, err := c.With(n)
		if err != nil {
			return Answer{}, err
		}
		a.Rows = append(a.Rows, row)
	}
	return a, nil
}

// Need is how many agents meet the target. The error is a *[InputError].
func (c *Case) Need() (n Need, err error) {
	q := c.queue()
	if n.Agents, err = q.Agents(c.Target); err != nil {
		return Need{}, c.translated(err)
	}
	if n.Real, err = q.AgentsReal(c.Target); err != nil {
		return Need{}, c.translated(err)
	}
	n.Heads = c.heads(float64(n.Agents))
	return n, nil
}

// With is what a number of agents does. The error is a *[InputError].
func (c *Case) With(agents float64) (Row, error) {
	q := c.queue()
	p, err := q.Performance(agents, c.Target.Threshold)
	if err != nil {
		return Row{}, c.translated(err)
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
			return Row{}, c.translated(err)
		}
		r.Expected = mixed.ServiceLevel(c.Target.Definition)
	}
	return r, nil
}
