package plan

import (
	"slices"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/schedule"
)

// startStep is the distance between the starting times that are tried.
const startStep = 15 * time.Minute

// staff turns the people who are available on the day into agents of the
// schedule engine. A shift costs a little for each interval in which nothing
// that the person masters is open, and more for each interval of the person's
// own work that it leaves out.
func staff(c *centre.Centre, r *Requirement, avail []centre.Availability, work demands) []schedule.Agent {
	var agents []schedule.Agent
	for _, a := range avail {
		agent := schedule.Agent{ID: a.Person.ID, Table: a.Person.Table}
		for _, s := range a.Person.Skills {
			if d, ok := work.of[s.Group]; ok && !slices.Contains(agent.Skills, d) {
				agent.Skills = append(agent.Skills, d)
			}
		}
		agent.Loans = loans(r.Grid, a.Lent, agent.Skills, work)
		if !a.Absent {
			agent.Shifts = shifts(c, r.Grid, a)
			for _, b := range a.Fixed {
				agent.Fixed = append(agent.Fixed, schedule.Block{Span: span(r.Grid, b.Span), Kind: kind(b.Kind)})
			}
			for i := range agent.Shifts {
				s := &agent.Shifts[i]
				s.Cost = idlePrice*schedule.Money(idle(s.Span, agent.Skills, work.list)) +
					ownPrice*schedule.Money(leftOut(s.Span, agent.Fixed))
			}
		}
		agent.Skills = append(agent.Skills, r.ownIndex(c, a.Person))
		agents = append(agents, agent)
	}
	return agents
}

// idle counts the intervals of a shift in which none of the demands is open.
func idle(s schedule.Span, skills []int, demands []schedule.Demand) int {
	n := 0
	for t := s.From; t < s.To; t++ {
		if !slices.ContainsFunc(skills, func(k int) bool {
			d := demands[k]
			if d.Kind == schedule.Email {
				return d.Window.From <= t && t < d.Window.To
			}
			return len(d.Cost[t]) > 0
		}) {
			n++
		}
	}
	return n
}

// leftOut counts the intervals of own work that a shift leaves out.
func leftOut(s schedule.Span, fixed []schedule.Block) int {
	n := 0
	for _, b := range fixed {
		if b.Kind == schedule.Other {
			n += b.Len() - max(0, min(b.To, s.To)-max(b.From, s.From))
		}
	}
	return n
}

// shifts lists the shifts that somebody may work: the booked one, or those of
// the contract's length between the earliest and the latest time.
func shifts(c *centre.Centre, grid civil.Grid, a centre.Availability) []schedule.Shift {
	lunch := func(length time.Duration) int {
		if length < c.Rules.LunchShift {
			return 0
		}
		return intervals(grid, c.Rules.Lunch)
	}
	open, end := clockTime(grid, a.Span.Open), clockTime(grid, a.Span.Close)
	if a.Booked {
		s := schedule.Span{From: grid.Index(open), To: grid.Index(end)}
		return []schedule.Shift{{Span: s, Lunch: lunch(end.Sub(open))}}
	}
	length := contractShift(c, a.Person)
	var out []schedule.Shift
	for at := open; !at.Add(length).After(end); at = at.Add(max(startStep, grid.Step)) {
		s := schedule.Span{From: grid.Index(at), To: grid.Index(at.Add(length))}
		out = append(out, schedule.Shift{Span: s, Lunch: lunch(length)})
	}
	return out
}

// contractShift is the length of a shift by somebody's contract, lunch included.
func contractShift(c *centre.Centre, p centre.Person) time.Duration {
	length := p.Weekly / time.Duration(max(1, p.Days.Count()))
	if length >= c.Rules.LunchShift {
		length += c.Rules.Lunch // lunch is not working time
	}
	return length.Round(c.Interval)
}

// clockTime gives the instant of the grid's day at which clocks show t.
func clockTime(grid civil.Grid, t civil.Clock) time.Time {
	return civil.DateOf(grid.Start).At(t, grid.Start.Location())
}

// span gives the intervals that a stretch of the clock touches.
func span(grid civil.Grid, s civil.Span) schedule.Span {
	from, to := clockTime(grid, s.Open), clockTime(grid, s.Close)
	return schedule.Span{From: grid.Index(from), To: grid.Index(to.Add(grid.Step - 1))}
}

// intervals gives the number of intervals that cover a length of time.
func intervals(grid civil.Grid, d time.Duration) int {
	return int((d + grid.Step - 1) / grid.Step)
}

// kind gives the schedule engine's name of a kind of booking.
func kind(booking string) schedule.Kind {
	switch booking {
	case "meeting":
		return schedule.Meeting
	case "training":
		return schedule.Training
	case "coaching":
		return schedule.Coaching
	case "absent":
		return schedule.Absent
	default:
		return schedule.Other
	}
}

// rules puts the centre's rules into intervals.
func rules(c *centre.Centre, grid civil.Grid) schedule.Rules {
	r := schedule.DefaultRules(grid.Step)
	r.LongestStretch = int(c.Rules.LongestStretch / grid.Step)
	r.LunchFrom = intervals(grid, c.Rules.LunchFrom)
	r.LunchTo = int(c.Rules.LunchTo / grid.Step)
	r.BreakLength = intervals(grid, c.Rules.Break)
	r.BreakDistance = intervals(grid, c.Rules.BreakDistance)
	r.MinBlock = intervals(grid, c.Rules.MinBlock)
	r.LongestPhone = int(c.Rules.LongestPhone / grid.Step)
	return r
}
