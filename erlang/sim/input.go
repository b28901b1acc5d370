package sim

import (
	"fmt"
	"math"
	"slices"

	"bemanna/erlang"
)

// Limits that keep a run from taking all memory or for ever.
const (
	maxCells        = 1_000_000 // groups × intervals
	maxAgents       = 1_000_000
	maxReplications = 1_000_000
	maxArrivals     = 1e8 // expected in a day, of a group or kind
	maxTime         = 1e9 // s
	maxCV           = 10
)

func (o Options) check(intervals int) error {
	if o.Replications < 1 || o.Replications > maxReplications {
		return refuse("Options.Replications", float64(o.Replications), "a number of days from 1 to 1 000 000")
	}
	if o.Workers < 0 {
		return refuse("Options.Workers", float64(o.Workers), "a number of workers, 0 or more")
	}
	for i, p := range o.Parts {
		if p.From < 0 || p.From >= intervals {
			return refuse(fmt.Sprintf("Options.Parts[%d].From", i), float64(p.From), "an interval of the grid")
		}
		if p.To <= p.From || p.To > intervals {
			return refuse(fmt.Sprintf("Options.Parts[%d].To", i), float64(p.To), "after From, and at most N")
		}
	}
	return nil
}

func refuse(field string, value float64, want string) error {
	return &erlang.InputError{Field: field, Value: value, Want: want}
}

// within reports whether x is a number from low to high.
func within(x, low, high float64) bool { return x >= low && x <= high }

func (m *Model) check() error {
	switch {
	case !(m.Step > 0 && m.Step <= maxTime):
		return refuse("Model.Step", m.Step, "seconds, above 0")
	case m.N < 1 || m.N > maxCells/(1+len(m.Groups)):
		return refuse("Model.N", float64(m.N), "a number of intervals, from 1 to 1 000 000 over all groups")
	case !within(m.DayCV, 0, maxCV):
		return refuse("Model.DayCV", m.DayCV, "a coefficient of variation from 0 to 10")
	case m.Departure > erlang.Preempt:
		return refuse("Model.Departure", float64(m.Departure), "one of erlang.Departure")
	case m.Lines < 0:
		return refuse("Model.Lines", float64(m.Lines), "a number of lines, 0 or more")
	case m.Selection > RandomFree:
		return refuse("Model.Selection", float64(m.Selection), "one of Selection")
	case !within(m.Below, 0, maxTime):
		return refuse("Model.Below", m.Below, "seconds, 0 or more")
	}
	for g := range m.Groups {
		if err := m.checkGroup(&m.Groups[g], fmt.Sprintf("Model.Groups[%d]", g), g); err != nil {
			return err
		}
	}
	for k := range m.Email {
		if err := m.checkEmail(&m.Email[k], fmt.Sprintf("Model.Email[%d]", k)); err != nil {
			return err
		}
	}
	return m.checkAgents()
}

func (m *Model) checkGroup(g *Group, name string, index int) error {
	if err := m.checkCalls(g, name); err != nil {
		return err
	}
	if err := m.checkRates(g.AbandonRate, name+".AbandonRate", true); err != nil {
		return err
	}
	if err := m.checkNoise(g.Noise, name+".Noise"); err != nil {
		return err
	}
	if len(g.HandleTime) != m.N {
		return refuse(name+".HandleTime", float64(len(g.HandleTime)), "a value for each of the N intervals")
	}
	for t, mean := range g.HandleTime {
		calls := g.Calls == nil && g.ArrivalRate[t] > 0 || g.Calls != nil && g.Calls[t] > 0
		if !within(mean, 0, maxTime) || calls && mean == 0 {
			return refuse(fmt.Sprintf("%s.HandleTime[%d]", name, t), mean, "seconds, above 0 where there are calls")
		}
	}
	switch {
	case !within(g.Threshold, 0, maxTime):
		return refuse(name+".Threshold", g.Threshold, "seconds, 0 or more")
	case !within(g.CV, 0, maxCV):
		return refuse(name+".CV", g.CV, "a coefficient of variation from 0 to 10")
	case g.Open != nil && len(g.Open) != m.N:
		return refuse(name+".Open", float64(len(g.Open)), "nil, or a value for each of the N intervals")
	case !within(g.Redial.Share, 0, 0.99):
		return refuse(name+".Redial.Share", g.Redial.Share, "a share from 0 to 0.99")
	case !within(g.Redial.Delay, 0, maxTime):
		return refuse(name+".Redial.Delay", g.Redial.Delay, "seconds, 0 or more")
	}
	if err := g.Service.check(name + ".Service"); err != nil {
		return err
	}
	if err := g.Redial.Shape.check(name + ".Redial.Shape"); err != nil {
		return err
	}
	return m.checkOverflow(g.Overflow, name+".Overflow", index)
}

// checkCalls looks at the rates of a group, or at the numbers that override
// them.
func (m *Model) checkCalls(g *Group, name string) error {
	if g.Calls == nil {
		return m.checkRates(g.ArrivalRate, name+".ArrivalRate", false)
	}
	name += ".Calls"
	if len(g.Calls) != m.N {
		return refuse(name, float64(len(g.Calls)), "nil, or a value for each of the N intervals")
	}
	sum := 0.0
	for t, calls := range g.Calls {
		if calls < 0 {
			return refuse(fmt.Sprintf("%s[%d]", name, t), float64(calls), "a number of calls, 0 or more")
		}
		sum += float64(calls)
	}
	if sum > maxArrivals {
		return refuse(name, sum, "at most 100 000 000 a day")
	}
	return nil
}

func (m *Model) checkNoise(noise []float64, name string) error {
	if noise != nil && len(noise) != m.N {
		return refuse(name, float64(len(noise)), "nil, or a value for each of the N intervals")
	}
	for t, cv := range noise {
		if !within(cv, 0, maxCV) {
			return refuse(fmt.Sprintf("%s[%d]", name, t), cv, "a coefficient of variation from 0 to 10")
		}
	}
	return nil
}

func (m *Model) checkOverflow(o Overflow, name string, group int) error {
	if !within(o.After, 0, maxTime) {
		return refuse(name+".After", o.After, "seconds, 0 or more")
	}
	if o.After == 0 && !o.Closed {
		return nil
	}
	if o.To < 0 || o.To >= len(m.Groups) || o.To == group {
		return refuse(name+".To", float64(o.To), "the index of another group")
	}
	return nil
}

// checkRates looks at a rate for each interval.
func (m *Model) checkRates(rates []float64, name string, optional bool) error {
	if optional && rates == nil {
		return nil
	}
	if len(rates) != m.N {
		return refuse(name, float64(len(rates)), "a value for each of the N intervals")
	}
	sum := 0.0
	for t, rate := range rates {
		if !within(rate, 0, math.MaxFloat64) {
			return refuse(fmt.Sprintf("%s[%d]", name, t), rate, "a rate per second, 0 or more")
		}
		sum += rate * m.Step
	}
	if !optional && sum > maxArrivals {
		return refuse(name, sum, "at most 100 000 000 a day")
	}
	return nil
}

func (s Service) check(name string) error {
	limit := float64(maxCV)
	switch s.Shape {
	case Exponential, Deterministic, Lognormal, Gamma:
	case Uniform:
		limit = 1 / math.Sqrt(3)
	default:
		return refuse(name+".Shape", float64(s.Shape), "one of the shapes")
	}
	if !within(s.CV, 0, limit) {
		return refuse(name+".CV", s.CV, fmt.Sprintf("a coefficient of variation from 0 to %.4g", limit))
	}
	return nil
}

func (m *Model) checkEmail(e *Email, name string) error {
	if e.ArrivalRate != nil {
		if err := m.checkRates(e.ArrivalRate, name+".ArrivalRate", false); err != nil {
			return err
		}
	}
	busy := e.ArrivalRate != nil || len(e.Backlog) > 0
	switch {
	case !within(e.HandleTime, 0, maxTime) || busy && e.HandleTime == 0:
		return refuse(name+".HandleTime", e.HandleTime, "seconds, above 0 when there are messages")
	case !within(e.Deadline, 0, maxTime):
		return refuse(name+".Deadline", e.Deadline, "seconds, 0 or more")
	case e.Reserve < 0:
		return refuse(name+".Reserve", float64(e.Reserve), "a number of agents, 0 or more")
	case !within(e.CV, 0, maxCV):
		return refuse(name+".CV", e.CV, "a coefficient of variation from 0 to 10")
	}
	for i, age := range e.Backlog {
		if !within(age, 0, maxTime) {
			return refuse(fmt.Sprintf("%s.Backlog[%d]", name, i), age, "an age in seconds, 0 or more")
		}
	}
	return e.Service.check(name + ".Service")
}

func (m *Model) checkAgents() error {
	people := 0
	for i, a := range m.Agents {
		name := fmt.Sprintf("Model.Agents[%d]", i)
		if a.Count < 0 || a.Count > maxAgents-people {
			return refuse(name+".Count", float64(a.Count), "a number of agents, 0 or more, and at most 1 000 000 in all")
		}
		people += max(a.Count, 1)
		switch {
		case !within(a.Pauses.Share, 0, 0.9):
			return refuse(name+".Pauses.Share", a.Pauses.Share, "a share from 0 to 0.9")
		case !within(a.Pauses.Length, 0, maxTime) || a.Pauses.Share > 0 && a.Pauses.Length < 1:
			return refuse(name+".Pauses.Length", a.Pauses.Length, "seconds, 1 or more when there are pauses")
		}
		free := 0.0
		for j, d := range a.Duties {
			if err := m.checkDuty(d, fmt.Sprintf("%s.Duties[%d]", name, j), free); err != nil {
				return err
			}
			free = d.To
		}
	}
	return nil
}

// checkDuty looks at a duty that may begin when the one before it ends.
func (m *Model) checkDuty(d Duty, name string, free float64) error {
	switch {
	case !within(d.From, free, maxTime):
		return refuse(name+".From", d.From, "seconds, 0 or more and not before the end of the duty before")
	case !(d.To > d.From):
		return refuse(name+".To", d.To, "seconds, after From")
	}
	if err := checkIndices(d.Groups, len(m.Groups), name+".Groups"); err != nil {
		return err
	}
	return checkIndices(d.Email, len(m.Email), name+".Email")
}

// checkIndices looks for indices out of range, and for those that come twice.
func checkIndices(list []int, n int, name string) error {
	for i, x := range list {
		if x < 0 || x >= n || slices.Contains(list[:i], x) {
			return refuse(fmt.Sprintf("%s[%d]", name, i), float64(x), "an index, each once")
		}
	}
	return nil
}
