package plan

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"bemanna/erlang"
	"bemanna/erlang/sim"
)

// pauseLength is the mean time for which people are not logged in at a stretch.
// The log-in rate says how much time that is in all; how long each time lasts is
// an assumption. From 1 to 15 minutes the share of a day answered in time falls
// by less than a percentage point.
const pauseLength = 4 * time.Minute

// usualCorrelation is how far the errors of two groups' day totals go together
// where a plan does not say: weather, news and forgotten events move all groups,
// and each has its own.
const usualCorrelation = 0.4

// SimulateOptions say how a plan is simulated.
type SimulateOptions struct {
	Days int // simulated days, 2 or more
	Seed uint64
}

// Simulate plays the day of a plan call by call, many times. The plan's
// document says all that it takes: the calls that are expected and how sure
// that is, how long callers wait, and who does what when. With the same seed
// two plans of a day meet the same calls.
func Simulate(ctx context.Context, d *Day, o SimulateOptions) (*Simulation, error) {
	s, err := newStage(d)
	if err != nil {
		return nil, err
	}
	result, err := sim.Run(ctx, s.model(), sim.Options{Replications: o.Days, Seed: o.Seed, Parts: s.hours()})
	if err != nil {
		return nil, fmt.Errorf("simulating %s: %w", d.Date, err)
	}
	return s.report(result, o), nil
}

// stage is a plan on the grid of a simulation, which runs from the first
// moment of the plan to its last.
type stage struct {
	d     *Day
	start time.Time
	step  time.Duration
	n     int
	group map[string]int // id of a telephone group -> index
	email map[string]int // id of an e-mail group -> index
}

func newStage(d *Day) (*stage, error) {
	d = d.complete()
	s := &stage{d: d, step: time.Duration(d.IntervalSeconds) * time.Second, group: map[string]int{}, email: map[string]int{}}
	var end time.Time
	include := func(from, to time.Time) {
		if s.start.IsZero() || from.Before(s.start) {
			s.start = from
		}
		if to.After(end) {
			end = to
		}
	}
	for i, g := range d.Groups {
		s.group[g.ID] = i
		for _, x := range g.Intervals {
			include(x.Start, x.Start.Add(s.step))
		}
	}
	for i, e := range d.Email {
		s.email[e.ID] = i
		for _, a := range e.Arrivals {
			include(a.Start, a.Start.Add(s.step))
		}
	}
	for _, a := range d.Agents {
		for _, act := range a.Activities {
			include(act.Start, act.End)
		}
	}
	s.start = s.start.Truncate(s.step)
	s.n = max(1, int((end.Sub(s.start)+s.step-1)/s.step))
	const most = 8 * 24 * time.Hour
	if length := end.Sub(s.start); length > most {
		return nil, fmt.Errorf("the plan of %s reaches over %v, want at most %v", d.Date, length, most)
	}
	return s, nil
}

// complete gives the plan with what a plan written by hand may leave out: the
// targets of groups are the day's, and people are always logged in.
func (d *Day) complete() *Day {
	out := *d
	if out.LoginRate == 0 {
		out.LoginRate = 1
	}
	if out.Target.Definition == "" {
		out.Target.Definition = "offered"
	}
	out.Groups = slices.Clone(d.Groups)
	for i := range out.Groups {
		t := &out.Groups[i].Target
		if t.Share == 0 && t.Within == 0 {
			*t = out.Target
		} else if t.Definition == "" {
			t.Definition = out.Target.Definition
		}
	}
	return &out
}

// at is the time in seconds of the simulation.
func (s *stage) at(t time.Time) float64 { return t.Sub(s.start).Seconds() }

// time is when an interval begins.
func (s *stage) time(t int) time.Time { return s.start.Add(time.Duration(t) * s.step) }

// index is the interval in which t lies.
func (s *stage) index(t time.Time) int { return int(t.Sub(s.start) / s.step) }

func (s *stage) model() sim.Model {
	common := s.commonCV()
	m := sim.Model{Step: s.step.Seconds(), N: s.n, DayCV: common}
	for i := range s.d.Groups {
		m.Groups = append(m.Groups, s.phone(&s.d.Groups[i], common))
	}
	for i := range s.d.Email {
		m.Email = append(m.Email, s.messages(&s.d.Email[i]))
	}
	for i := range s.d.Agents {
		if a := s.agent(&s.d.Agents[i]); len(a.Duties) > 0 {
			m.Agents = append(m.Agents, a)
		}
	}
	return m
}

func (s *stage) phone(g *Group, common float64) sim.Group {
	out := sim.Group{
		ArrivalRate: make([]float64, s.n), HandleTime: make([]float64, s.n),
		Open: make([]bool, s.n), Noise: make([]float64, s.n),
		Threshold: float64(g.Target.Within), Priority: g.Priority,
		CV: math.Sqrt(max(0, g.dayCV()*g.dayCV()-common*common)),
	}
	if g.PatienceSeconds > 0 {
		out.AbandonRate = slices.Repeat([]float64{1 / g.PatienceSeconds}, s.n)
	}
	for _, x := range g.Intervals {
		t := s.index(x.Start)
		out.Open[t] = true
		out.ArrivalRate[t] += x.Offered / s.step.Seconds()
		out.HandleTime[t] = x.HandleTime
		out.Noise[t] = x.Spread * math.Sqrt(1-g.DayShare)
	}
	if to, known := s.group[g.Overflow]; known {
		out.Overflow = sim.Overflow{To: to, Closed: true}
	}
	return out
}

// dayCV is the relative standard deviation of the day's rate of calls, as far
// as it is common to all its intervals.
func (g *Group) dayCV() float64 {
	calls, spread := 0.0, 0.0
	for _, x := range g.Intervals {
		calls += x.Offered
		spread += x.Offered * x.Spread
	}
	if calls == 0 {
		return 0
	}
	return math.Sqrt(g.DayShare) * spread / calls
}

// commonCV is the part of the spread of the day that all groups share.
func (s *stage) commonCV() float64 {
	calls, spread := 0.0, 0.0
	for i := range s.d.Groups {
		g := &s.d.Groups[i]
		offered := 0.0
		for _, x := range g.Intervals {
			offered += x.Offered
		}
		calls += offered
		spread += offered * g.dayCV()
	}
	if calls == 0 {
		return 0
	}
	return math.Sqrt(s.together()) * spread / calls
}

// together is how far the errors of the groups' forecasts go together.
func (s *stage) together() float64 {
	if s.d.Correlation == nil {
		return usualCorrelation
	}
	return *s.d.Correlation
}

// messages is the e-mail of a pool. What is due today came earlier and is due
// when the day ends, or as soon as the deadline is, where that is shorter. What
// comes today has its own deadline.
func (s *stage) messages(e *EmailDay) sim.Email {
	out := sim.Email{ArrivalRate: make([]float64, s.n), HandleTime: e.HandleTime, Deadline: e.Deadline}
	for _, a := range e.Arrivals {
		out.ArrivalRate[s.index(a.Start)] += a.Messages / s.step.Seconds()
	}
	age := max(0, e.Deadline-s.at(s.time(s.n)))
	out.Backlog = slices.Repeat([]float64{age}, int(math.Round(s.dueMessages(e))))
	return out
}

// dueMessages is the number of messages behind the hours that are due today.
func (s *stage) dueMessages(e *EmailDay) float64 {
	if e.HandleTime == 0 {
		return 0
	}
	return e.Due * 3600 * s.d.LoginRate / e.HandleTime
}

// agent is somebody's telephone and e-mail of the day. Whoever is on the
// telephone when the last of their groups closes, and has nothing else to do,
// stays until nobody waits.
func (s *stage) agent(a *Agent) sim.Agent {
	out := sim.Agent{Pauses: sim.Pauses{Share: 1 - s.d.LoginRate, Length: pauseLength.Seconds()}}
	for _, act := range a.Activities {
		duty := sim.Duty{From: s.at(act.Start), To: s.at(act.End)}
		for _, id := range act.Groups {
			if g, phone := s.group[id]; phone {
				duty.Groups = append(duty.Groups, g)
			} else {
				duty.Email = append(duty.Email, s.email[id])
			}
		}
		if len(duty.Groups)+len(duty.Email) > 0 {
			out.Duties = append(out.Duties, duty)
		}
	}
	if n := len(out.Duties) - 1; n >= 0 && s.closing(out.Duties[n]) && out.Duties[n].To == s.at(a.Activities[len(a.Activities)-1].End) {
		out.Duties[n].To = math.Inf(1)
	}
	return out
}

// closing tells whether all groups of a telephone duty are closed when it ends.
func (s *stage) closing(d sim.Duty) bool {
	for _, g := range d.Groups {
		x := s.d.Groups[g].Intervals
		if len(x) > 0 && s.at(x[len(x)-1].Start.Add(s.step)) > d.To {
			return false
		}
	}
	return len(d.Groups) > 0
}

// definition is that of a target.
func (t DayTarget) definition() erlang.Definition { return definitions[t.Definition] }
