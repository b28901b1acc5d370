package plan

import (
	"cmp"
	"math"
	"slices"
	"time"

	"bemanna/erlang/sim"
)

const (
	mostHurts = 8
	hurtCalls = 0.5 // calls short of the target, from which an hour is named
)

// hours are the hours of the clock as parts of the grid.
func (s *stage) hours() []sim.Part {
	var out []sim.Part
	for t := range s.n {
		if at := s.time(t); t == 0 || at.Truncate(time.Hour).Equal(at) {
			out = append(out, sim.Part{From: t})
		}
		out[len(out)-1].To = t + 1
	}
	return out
}

// report turns what was simulated into the document.
func (s *stage) report(r *sim.Result, o SimulateOptions) *Simulation {
	d := s.d
	out := &Simulation{
		Date: d.Date, Centre: d.Centre, Version: d.Version, Days: o.Days, Seed: o.Seed,
		Target: d.Target, ServiceLevel: shareOf(r.Day(), d.Target), Probability: chanceOf(r.Day(), d.Target.among(d.heard())),
		Occupancy: number(r.Work().Occupancy().Mean), Calls: callsOf(r.Day().Calls),
		Groups: []SimulatedGroup{}, Hours: []SimulatedHour{}, Email: []SimulatedEmail{}, Hurts: []Hurt{},
	}
	if d.Summary.ServiceLevel > 0 {
		out.Planned = &d.Summary.ServiceLevel
	}
	hours := s.hours()
	for k, p := range hours {
		if slices.ContainsFunc(d.Groups, func(g Group) bool { return s.openIn(&g, p) }) {
			h := s.reportHour(p, r.Part(k), d.Target)
			h.Occupancy = number(r.WorkIn(k).Occupancy().Mean)
			out.Hours = append(out.Hours, h)
		}
	}
	for i := range d.Groups {
		g := s.reportGroup(r, i, hours)
		out.Groups = append(out.Groups, g)
		out.Hurts = append(out.Hurts, g.hurts()...)
	}
	slices.SortStableFunc(out.Hurts, func(a, b Hurt) int { return cmp.Compare(b.Missing, a.Missing) })
	out.Hurts = out.Hurts[:min(len(out.Hurts), mostHurts)]
	for k := range d.Email {
		out.Email = append(out.Email, s.reportEmail(&d.Email[k], r.Email(k)))
	}
	out.loseToClosings(d)
	return out
}

// loseToClosings counts the callers who hear that their group is closed among
// those of the day who are not answered in time. Groups and hours speak of those
// who wait.
func (s *Simulation) loseToClosings(d *Day) {
	heard := d.heard()
	if s.ServiceLevel == nil || heard == 1 {
		return
	}
	for _, x := range []*float64{&s.ServiceLevel.Mean, &s.ServiceLevel.Low, &s.ServiceLevel.High, &s.ServiceLevel.P5, &s.ServiceLevel.P95} {
		*x = Round(*x*heard, 4)
	}
}

func (s *stage) reportGroup(r *sim.Result, i int, hours []sim.Part) SimulatedGroup {
	g := &s.d.Groups[i]
	target, day := g.Target, r.Group(i)
	out := SimulatedGroup{
		ID: g.ID, Name: g.Name, Target: target, Planned: number(g.planned()),
		ServiceLevel: shareOf(day, target), Probability: chanceOf(day, target),
		Calls: callsOf(day.Calls), Hours: []SimulatedHour{},
	}
	for k, p := range hours {
		if s.openIn(g, p) {
			out.Hours = append(out.Hours, s.reportHour(p, r.GroupPart(i, k), target))
		}
	}
	return out
}

// openIn tells whether a group is open in a part of the grid.
func (s *stage) openIn(g *Group, p sim.Part) bool {
	return slices.ContainsFunc(g.Intervals, func(x Interval) bool {
		t := s.index(x.Start)
		return p.From <= t && t < p.To
	})
}

// planned is the share that the plan expects of a group's calls; NaN without
// calls, and where a plan written by hand says nothing.
func (g *Group) planned() float64 {
	calls, inTime := 0.0, 0.0
	for _, x := range g.Intervals {
		calls += x.Offered
		inTime += x.Offered * x.ServiceLevel
	}
	if inTime == 0 {
		return math.NaN()
	}
	return inTime / calls
}

func (s *stage) reportHour(p sim.Part, d sim.Day, target DayTarget) SimulatedHour {
	return SimulatedHour{Start: s.time(p.From), ServiceLevel: shareOf(d, target), Calls: callsOf(d.Calls)}
}

// hurts are the hours of a group below its target.
func (g *SimulatedGroup) hurts() []Hurt {
	var out []Hurt
	for _, h := range g.Hours {
		if h.ServiceLevel == nil {
			continue
		}
		missing := (g.Target.Share - h.ServiceLevel.Mean) * h.Calls.Offered
		if missing >= hurtCalls {
			out = append(out, Hurt{
				Group: g.ID, Name: g.Name, Start: h.Start,
				Share: h.ServiceLevel.Mean, Missing: Round(missing, 1),
			})
		}
	}
	return out
}

func (s *stage) reportEmail(e *EmailDay, m sim.Messages) SimulatedEmail {
	out := SimulatedEmail{
		ID: e.ID, Name: e.Name, Due: Round(s.dueMessages(e), 1),
		Answered: Round(m.Answered().Mean, 1), LeftOver: Round(m.LeftOver().Mean, 1),
	}
	if in := m.InTime(); !math.IsNaN(in.Mean) {
		out.InTime = estimate(in)
	}
	return out
}

func callsOf(c sim.Calls) Calls {
	counts := c.Counts()
	return Calls{
		Offered: Round(c.Offered().Mean, 2), InTime: Round(counts.AnsweredWithin, 2), Abandoned: Round(counts.Abandoned, 2),
		AverageWait: number(Round(c.AverageWait().Mean, 1)), SpeedOfAnswer: number(Round(c.SpeedOfAnswer().Mean, 1)),
	}
}

// shareOf is the share answered in time; nil without calls.
func shareOf(d sim.Day, t DayTarget) *Spread {
	def := t.definition()
	level := d.ServiceLevel(def)
	if math.IsNaN(level.Mean) {
		return nil
	}
	return &Spread{Estimate: *estimate(level), P5: Round(d.Quantile(def, 0.05), 4), P95: Round(d.Quantile(def, 0.95), 4)}
}

// chanceOf is the share of days that reach the target; nil without calls.
func chanceOf(d sim.Day, t DayTarget) *Estimate {
	chance := d.Chance(t.definition(), t.Share)
	if math.IsNaN(chance.Mean) {
		return nil
	}
	return estimate(chance)
}

func estimate(e sim.Estimate) *Estimate {
	return &Estimate{Mean: Round(e.Mean, 4), Low: Round(e.Low, 4), High: Round(e.High, 4)}
}

// number is nil for what is not a number: JSON has none.
func number(x float64) *float64 {
	if math.IsNaN(x) {
		return nil
	}
	x = Round(x, 4)
	return &x
}
