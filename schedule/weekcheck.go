package schedule

import (
	"fmt"
	"slices"
	"time"
)

// Names of the rules of the week, as in Reason and Violation.
const (
	RuleDays       = "days"
	RuleDaysOff    = "days off"
	RuleDailyRest  = "daily rest"
	RuleWeeklyRest = "weekly rest"
	RuleHours      = "hours"
	RuleLate       = "late"
	RuleLateShare  = "late share"
	RuleWeekCost   = "week cost"
)

// WeekRule describes a rule of the week.
type WeekRule struct {
	Name, Text, Unit, Source string // as in Rule
	Hard                     bool
	check                    func(*weekInspection)
}

// WeekCatalogue lists the rules of the week. Their limits are in WeekRules and
// in the contracts.
func WeekCatalogue() []WeekRule { return slices.Clone(weekCatalogue) }

const (
	byDailyLaw  = "arbetstidslagen (1982:673) 13 §"
	byWeeklyLaw = "arbetstidslagen (1982:673) 14 §"
	byHoursLaw  = "arbetstidslagen (1982:673) 5 §, and the contract"
	byContract  = "contract"
)

var weekCatalogue = []WeekRule{
	{Name: RuleDays, Hard: true, Source: byNature, Text: "each day keeps the rules of a day", check: checkDays},
	{Name: RuleDaysOff, Hard: true, Unit: "days", Source: byContract, Text: "everybody has the days off of the contract, and no more unless the plan says why", check: checkDaysOff},
	{Name: RuleDailyRest, Hard: true, Unit: "hours between shifts", Source: byDailyLaw, Text: "between two shifts there is rest", check: checkDailyRest},
	{Name: RuleWeeklyRest, Hard: true, Unit: "hours in seven days", Source: byWeeklyLaw, Text: "once a week there is a long rest", check: checkWeeklyRest},
	{Name: RuleHours, Hard: true, Unit: "hours in the week", Source: byHoursLaw, Text: "nobody works more than the contract's hours", check: checkHours},
	{Name: RuleLate, Hard: true, Unit: "late shifts in the week", Source: byContract, Text: "nobody has more late shifts than the contract allows", check: checkLate},
	{Name: RuleLateShare, Unit: "money for each late shift, more for each one more", Source: byAgreement, Text: "late shifts are shared"},
	{Name: RuleWeekCost, Hard: true, Unit: "money", Source: byNature, Text: "the plan says what the week costs", check: checkWeekCost},
}

// weekInspection is the plan of a week under examination.
type weekInspection struct {
	p     *WeekProblem
	plan  *WeekPlan
	found []Violation
	rule  string
}

func (c *weekInspection) report(agent, format string, args ...any) {
	c.found = append(c.found, Violation{Rule: c.rule, Agent: agent, Text: fmt.Sprintf(format, args...)})
}

// CheckWeek finds every hard rule that the plan of a week breaks, and a wrong sum
// of costs. It shares no code with SolveWeek. What breaks a rule of a day has
// the name of that rule. The problem must be valid; the plan may be anything.
func CheckWeek(p WeekProblem, plan WeekPlan) []Violation {
	c := &weekInspection{p: &p, plan: &plan, rule: RuleDays}
	if checkDays(c); len(c.found) > 0 {
		return c.found
	}
	for _, rule := range weekCatalogue[1:] {
		if c.rule = rule.Name; rule.check != nil {
			rule.check(c)
		}
	}
	return c.found
}

// checkDays reports a wrong number of days, and what Check finds in each if those
// who are off are let be.
func checkDays(c *weekInspection) {
	if got, want := len(c.plan.Days), len(c.p.Days); got != want {
		c.report("", "%d days, want %d", got, want)
		return
	}
	for d, day := range c.p.Days {
		day.Agents = slices.Clone(day.Agents)
		for a := range min(len(day.Agents), len(c.plan.Days[d].Days)) {
			if c.plan.Days[d].Days[a].Shift.Len() == 0 {
				day.Agents[a].Shifts = nil
			}
		}
		c.found = append(c.found, Check(day, c.plan.Days[d])...)
	}
}

// spell is a shift that was worked.
type spell struct {
	from, to time.Time
	work     time.Duration
	late     bool
}

// spells gives the shifts of agent a in order of time. Lunch is what the plan
// says is lunch.
func (c *weekInspection) spells(a int) []spell {
	var worked []spell
	for d, day := range c.plan.Days {
		g, own := c.p.Days[d].Grid, day.Days[a]
		if own.Shift.Len() == 0 {
			continue
		}
		s := spell{from: g.Time(own.Shift.From), to: g.Time(own.Shift.To)}
		s.work = s.to.Sub(s.from) - time.Duration(c.lunch(d, a))*g.Step
		clock := time.Duration(s.to.Hour())*time.Hour + time.Duration(s.to.Minute())*time.Minute + time.Duration(s.to.Second())*time.Second
		after := clock > c.p.Rules.LateAfter || s.to.YearDay() != g.Start.YearDay()
		s.late = c.p.Rules.LateAfter > 0 && after
		worked = append(worked, s)
	}
	return worked
}

// lunch gives the lunch of the shift that agent a works on day d.
func (c *weekInspection) lunch(d, a int) int {
	day := &inspection{planInspection: &planInspection{problem: &c.p.Days[d], plan: &c.plan.Days[d]}}
	day.agent, day.day = &c.p.Days[d].Agents[a], &c.plan.Days[d].Days[a]
	day.layOut()
	return day.shift().Lunch
}

// excused tells whether the plan says that the agent must be off more often.
func (c *weekInspection) excused(agent string) bool {
	return slices.ContainsFunc(c.plan.Unplaced, func(r Reason) bool { return r.Agent == agent })
}

func (c *weekInspection) id(a int) string { return c.p.Days[0].Agents[a].ID }

func checkDaysOff(c *weekInspection) {
	for a, contract := range c.p.Contracts {
		off, could := 0, 0
		for d, day := range c.plan.Days {
			if day.Days[a].Shift.Len() > 0 {
				continue
			}
			off++
			if c.couldWork(d, a) {
				could++
			}
		}
		if want := min(contract.DaysOff, len(c.p.Days)); off < want {
			c.report(c.id(a), "%d days off, want %d", off, want)
		} else if off > want && could > 0 && !c.excused(c.id(a)) {
			c.report(c.id(a), "%d days off, want no more than %d", off, want)
		}
	}
}

// couldWork tells whether agent a has a shift on day d that is not all absence,
// and that the rules of the day leave.
func (c *weekInspection) couldWork(d, a int) bool {
	agent := &c.p.Days[d].Agents[a]
	if slices.ContainsFunc(c.plan.Days[d].Unplaced, func(r Reason) bool { return r.Agent == agent.ID }) {
		return false
	}
	absent := func(t int) bool {
		return slices.ContainsFunc(agent.Fixed, func(b Block) bool { return b.Kind == Absent && b.From <= t && t < b.To })
	}
	return slices.ContainsFunc(agent.Shifts, func(s Shift) bool {
		for t := s.From; t < s.To; t++ {
			if !absent(t) {
				return true
			}
		}
		return false
	})
}

func checkDailyRest(c *weekInspection) {
	for a, contract := range c.p.Contracts {
		last := contract.LastEnd
		for _, s := range c.spells(a) {
			if rest := s.from.Sub(last); !last.IsZero() && rest < c.p.Rules.DailyRest {
				c.report(c.id(a), "%v of rest before %v, want %v", rest, s.from, c.p.Rules.DailyRest)
			}
			last = s.to
		}
	}
}

func checkWeeklyRest(c *weekInspection) {
	for a, contract := range c.p.Contracts {
		y, m, d := c.p.Days[0].Grid.Start.Date()
		midnight := time.Date(y, m, d, 0, 0, 0, 0, c.p.Days[0].Grid.Start.Location())
		last, longest := midnight, time.Duration(0)
		if contract.LastEnd.After(last) {
			last = contract.LastEnd
		}
		for _, s := range append(c.spells(a), spell{from: midnight.AddDate(0, 0, 7)}) {
			longest = max(longest, s.from.Sub(last))
			last = s.to
		}
		if longest < c.p.Rules.WeeklyRest {
			c.report(c.id(a), "at most %v of rest, want %v", longest, c.p.Rules.WeeklyRest)
		}
	}
}

func checkHours(c *weekInspection) {
	for a, contract := range c.p.Contracts {
		sum := time.Duration(0)
		for _, s := range c.spells(a) {
			sum += s.work
		}
		if contract.Most > 0 && sum > contract.Most {
			c.report(c.id(a), "%v of work, want at most %v", sum, contract.Most)
		}
	}
}

func (c *weekInspection) lateShifts(a int) int {
	n := 0
	for _, s := range c.spells(a) {
		if s.late {
			n++
		}
	}
	return n
}

func checkLate(c *weekInspection) {
	for a, contract := range c.p.Contracts {
		if n := c.lateShifts(a); contract.MostLate > 0 && n > contract.MostLate {
			c.report(c.id(a), "%d late shifts, want at most %d", n, contract.MostLate)
		}
	}
}

func checkWeekCost(c *weekInspection) {
	sum := Money(0)
	for _, day := range c.plan.Days {
		sum += day.Cost
	}
	for a, contract := range c.p.Contracts {
		n, before := Money(c.lateShifts(a)), Money(contract.LateBefore)
		sum += c.p.Rules.LateCost * (n*before + n*(n+1)/2)
	}
	if sum != c.plan.Cost {
		c.report("", "the plan says %d, its parts cost %d", c.plan.Cost, sum)
	}
}
