package schedule

import (
	"fmt"
	"math"
	"math/rand" //nolint:depguard // its stream of numbers defines the instances that published figures refer to
	"slices"
	"time"
)

// centre describes an invented contact centre with the usual shape: units with
// their answer groups, a switchboard (group 0) that half of the agents know,
// one group besides that is open late, and an e-mail pool for each unit. The
// seed gives the same centre for ever, so that costs can be compared over time.
type centre struct {
	seed                  int64
	agents, units, groups int
	load                  float64 // demand in relation to staff; 0.68 is a tight but ordinary day
}

const (
	centreDays      = 5
	centreIntervals = 52 // quarter-hours from 07:00 to 20:00
)

// week makes the problem of the whole week, with at most two late shifts for each
// agent, which cost the same for all.
func (c centre) week() WeekProblem {
	p := WeekProblem{Rules: DefaultWeekRules(), Contracts: make([]Contract, c.agents)}
	p.Rules.LateCost = 0
	for day := range centreDays {
		p.Days = append(p.Days, c.day(day))
	}
	r := rand.New(rand.NewSource(c.seed))
	for i := range p.Contracts {
		p.Contracts[i].MostLate = 2
		if _, fourDays := c.agent(r, i*c.units/c.agents, 0); fourDays {
			p.Contracts[i].DaysOff = 1
		}
	}
	return p
}

// day makes the problem of one day of the week, without soft rules.
func (c centre) day(day int) Problem {
	r := rand.New(rand.NewSource(c.seed))
	p := Problem{
		Grid: Grid{Start: time.Date(2026, 11, 23+day, 7, 0, 0, 0, time.UTC), Step: 15 * time.Minute, N: centreIntervals},
	}
	p.Rules = DefaultRules(p.Grid.Step)
	p.Rules.SwitchCost, p.Rules.PhoneCost = 0, 0
	perUnit := make([]int, c.units)
	for i := range c.agents {
		unit := i * c.units / c.agents
		perUnit[unit]++
		agent, _ := c.agent(r, unit, day)
		p.Agents = append(p.Agents, agent)
		p.Agents[i].ID = fmt.Sprintf("a%03d", i+1)
	}
	p.Demands = append(c.phone(r, day), c.email(r, perUnit, day)...)
	return p
}

// agent makes an agent on one day, and tells whether the agent works on four days
// of the five, none of which is an absence.
func (c centre) agent(r *rand.Rand, unit, day int) (a Agent, fourDays bool) {
	a = Agent{Skills: c.skills(r, unit)}
	contract := r.Float64()
	preferred := 2 + r.Intn(8) // starts from 07:30 to 09:15
	late := r.Float64() < 0.6
	earliest, latest := 0, 10
	if r.Float64() < 0.2 { // has to take children to school
		earliest, latest, late = 5, 9, false
	}
	length, lunch := 35, 3
	switch {
	case contract < 0.75: // full days
	case contract < 0.92:
		length, lunch = 26, 2
	default:
		length, lunch = 16, 0
	}
	var here [centreDays]bool
	for d := range here {
		here[d] = r.Float64() >= 0.06
	}
	if here[day] {
		for from := earliest; from+length <= centreIntervals; from++ {
			s := Shift{Span: Span{from, from + length}, Lunch: lunch}
			switch isLate := s.To > 44; {
			case isLate && !late, !isLate && from > latest && length > 30:
				continue
			case isLate:
				s.Cost = 600
			default:
				s.Cost = Money(20 * max(from-preferred, preferred-from))
			}
			a.Shifts = append(a.Shifts, s)
		}
	}
	fourDays = contract >= 0.62 && contract < 0.75 && !slices.Contains(here[:], false)
	meetingDay, meeting := r.Intn(centreDays), 12+4*r.Intn(4)
	if meetingDay == day && here[day] && !fourDays && length > 20 {
		a.Fixed = []Block{{Span{meeting, meeting + 4}, Meeting}}
	}
	return a, fourDays
}

func (c centre) skills(r *rand.Rand, unit int) []int {
	var own []int
	for g := range c.groups {
		if g*c.units/c.groups == unit {
			own = append(own, g)
		}
	}
	n := 2 + r.Intn(len(own)-1)
	var skills []int
	for _, i := range r.Perm(len(own))[:min(n, len(own))] {
		skills = append(skills, own[i])
	}
	if r.Float64() < 0.35 { // knows a group of another unit
		skills = append(skills, r.Intn(c.groups))
	}
	if r.Float64() < 0.5 {
		skills = append(skills, 0)
	}
	skills = append(skills, c.groups+unit)
	slices.Sort(skills)
	return slices.Compact(skills)
}

func (c centre) phone(r *rand.Rand, day int) []Demand {
	weights, sum := make([]float64, c.groups), 0.0
	for g := range weights {
		weights[g] = 0.35 + r.ExpFloat64()
		sum += weights[g]
	}
	weekday := [centreDays]float64{1.22, 1.05, 0.98, 0.97, 0.85}
	demands := make([]Demand, c.groups)
	for g := range demands {
		handle := 200 + 260*r.Float64()
		demands[g] = Demand{Kind: Phone, Cost: make([][]Money, centreIntervals)}
		for d := range centreDays {
			for t := range centreIntervals {
				open := t >= 4 && t < 40
				if g == 0 || g == c.groups/2 {
					open = t >= 4 || g == 0 && t >= 2
				}
				if !open {
					continue
				}
				hour := 7 + float64(t)/4
				profile := math.Exp(-(hour-9.8)*(hour-9.8)/2.2) + 0.75*math.Exp(-(hour-13.8)*(hour-13.8)/3.0) + 0.12
				calls := c.load * 0.060 * float64(c.agents) * 900 / handle * weights[g] / sum *
					profile * weekday[d] * 10 * math.Exp(0.08*r.NormFloat64())
				if d == day {
					demands[g].Cost[t] = callCosts(max(1, needed(calls, handle)))
				}
			}
		}
	}
	return demands
}

// callCosts prices agents where need of them are wanted: the first ones are
// worth up to three times as much as the last, those beyond half of the one
// before each.
func callCosts(need int) []Money {
	return falling(need+10, func(n int) float64 {
		if n < need {
			return 1 + 0.5*float64(need-1-n)*4/float64(need+3)
		}
		return 0.2 * math.Pow(0.5, float64(n-need))
	})
}

// falling makes a table of costs from what each agent more saves.
func falling(n int, saves func(int) float64) []Money {
	row := make([]Money, n+1)
	for i := n - 1; i >= 0; i-- {
		row[i] = row[i+1] + Money(math.Round(1000*saves(i)))
	}
	return row
}

// needed is the number of agents with whom Erlang C answers 80 % within 20 s.
func needed(calls, handle float64) int {
	if calls < 0.2 {
		return 0
	}
	load := calls * handle / 900
	blocked := 1.0
	for n := 1; ; n++ {
		blocked = load * blocked / (float64(n) + load*blocked)
		if float64(n) <= load {
			continue
		}
		waits := blocked / (1 - load/float64(n)*(1-blocked))
		if 1-waits*math.Exp(-(float64(n)-load)*20/handle) >= 0.8 {
			return n
		}
	}
}

func (c centre) email(r *rand.Rand, perUnit []int, day int) []Demand {
	demands := make([]Demand, c.units)
	for u := range demands {
		present := 30 * perUnit[u]
		for d := range centreDays {
			target := int(0.12 * float64(present) * (0.9 + 0.2*r.Float64()))
			if d != day {
				continue
			}
			demands[u] = Demand{Kind: Email, Backlog: falling(2*present, func(n int) float64 {
				switch {
				case n < target/2:
					return 0.6
				case n < target:
					return 0.3
				case n <= 2*target:
					return 0.05
				}
				return 0.01
			})}
		}
	}
	return demands
}
