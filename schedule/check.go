package schedule

import (
	"fmt"
	"slices"
)

// Check finds every hard rule that a plan breaks, and a wrong sum of costs. It
// shares no code with Solve and reads nothing but the activities. Rules that
// the plan itself names in Unplaced for an agent are not asked of that agent.
// The problem must be valid; the plan may be anything.
func Check(p Problem, plan Plan) []Violation {
	c := planInspection{problem: &p, plan: &plan}
	if checkRoster(&c); len(c.found) > 0 {
		return c.found // nobody knows whose days these are
	}
	for a := range p.Agents {
		c.inspect(a)
	}
	if !c.broken {
		c.inspectTogether()
		checkCost(&c)
	}
	return c.found
}

// planInspection is a plan under examination.
type planInspection struct {
	problem *Problem
	plan    *Plan
	found   []Violation
	broken  bool  // an activity makes no sense, so that costs cannot be summed
	soft    Money // cost of shifts, soft rules and caps
}

// inspection is one agent's day under examination.
type inspection struct {
	*planInspection
	agent *Agent
	day   *AgentDay
	rule  string // the rule that is examined
	// fixed and doing are by interval of the grid: the kind of the fixed block
	// there, and what the plan says; "": nothing.
	fixed, doing []Kind
	// on is the demand that the plan counts on by interval, -1: none; pinned is
	// what must be done there because it is pinned, nil: nothing.
	on     []int
	pinned []*Activity
	waived []string // rules that need not be kept
}

// report notes a violation of the rule that is examined.
func (d *inspection) report(span Span, format string, args ...any) {
	d.found = append(d.found, Violation{d.rule, d.agent.ID, span, fmt.Sprintf(format, args...)})
}

// inspect examines the day of agent a.
func (c *planInspection) inspect(a int) {
	d := &inspection{planInspection: c, agent: &c.problem.Agents[a], day: &c.plan.Days[a]}
	for _, r := range c.plan.Unplaced {
		if r.Agent == d.agent.ID {
			d.waived = append(d.waived, r.Rule)
		}
	}
	before := len(c.found)
	for _, rule := range catalogue {
		if d.rule = rule.Name; rule.shape != nil {
			rule.shape(d)
		}
	}
	if len(c.found) > before {
		c.broken = true
		return
	}
	d.layOut()
	for _, rule := range catalogue {
		d.rule = rule.Name
		switch {
		case rule.day != nil:
			rule.day(d)
		case rule.cost != nil:
			c.soft += rule.cost(d)
		}
	}
	c.soft += d.shift().Cost
}

// inspectTogether prices what ties the days together.
func (c *planInspection) inspectTogether() {
	for _, rule := range catalogue {
		if rule.crowd != nil {
			c.soft += rule.crowd(c)
		}
	}
}

// excused tells whether the plan says that the rule cannot be kept.
func (d *inspection) excused(rule string) bool { return slices.Contains(d.waived, rule) }

// layOut lays the fixed blocks and the activities on the grid. Of fixed blocks
// that overlap, an absence counts first and own work last, else the first.
func (d *inspection) layOut() {
	d.fixed = make([]Kind, d.problem.Grid.N)
	d.doing = make([]Kind, d.problem.Grid.N)
	blocks := slices.Clone(d.agent.Fixed)
	slices.Reverse(blocks)
	for _, laid := range []func(Kind) bool{
		func(k Kind) bool { return k == Other },
		func(k Kind) bool { return k != Other && k != Absent },
		func(k Kind) bool { return k == Absent },
	} {
		for _, b := range blocks {
			for t := b.From; t < b.To && laid(b.Kind); t++ {
				d.fixed[t] = b.Kind
			}
		}
	}
	d.on = slices.Repeat([]int{-1}, d.problem.Grid.N)
	for _, act := range d.day.Activities {
		for t := act.From; t < act.To; t++ {
			d.doing[t] = act.Kind
			if len(act.Demands) > 0 {
				d.on[t] = act.Demands[0]
			}
		}
	}
	d.layOutPinned()
}

// layOutPinned lays what is pinned on the grid: it comes before own work, but
// after the other fixed blocks. If the plan says that not all can be kept, what is
// outside the shift is let go.
func (d *inspection) layOutPinned() {
	d.pinned = make([]*Activity, d.problem.Grid.N)
	for i := range d.agent.Pinned {
		act := &d.agent.Pinned[i]
		for t := act.From; t < act.To; t++ {
			outside := t < d.day.Shift.From || t >= d.day.Shift.To
			if d.fixed[t] != "" && d.fixed[t] != Other || outside && d.excused(RulePinned) {
				continue
			}
			d.pinned[t], d.fixed[t] = act, ""
		}
	}
}

// does tells whether the agent does the activity in interval t.
func (d *inspection) does(t int, act *Activity) bool {
	on := -1
	if len(act.Demands) > 0 {
		on = act.Demands[0]
	}
	return d.doing[t] == act.Kind && d.on[t] == on
}

// shift gives the shift that the day is: of the agent's shifts with its span,
// the cheapest one whose lunch the day has, or else the cheapest. An empty
// shift: none.
func (d *inspection) shift() Shift {
	var cheapest, fitting Shift
	for _, s := range d.agent.Shifts {
		if s.Span != d.day.Shift {
			continue
		}
		if cheapest.Span == (Span{}) || s.Cost < cheapest.Cost {
			cheapest = s
		}
		if (fitting.Span == (Span{}) || s.Cost < fitting.Cost) && d.hasLunch(s.Lunch) {
			fitting = s
		}
	}
	if fitting.Span == (Span{}) {
		return cheapest
	}
	return fitting
}

// runs gives the longest runs within a span in which the agent does something
// that satisfies is.
func (d *inspection) runs(within Span, is func(Kind) bool) []Span {
	return runsOf(within, func(t int) bool { return is(d.doing[t]) })
}

// pauses gives the runs of a kind of pause within a span that are pinned, or
// those that are not.
func (d *inspection) pauses(within Span, kind Kind, pinned bool) []Span {
	return runsOf(within, func(t int) bool { return d.doing[t] == kind && pinned == (d.pinned[t] != nil) })
}

// runsOf gives the longest runs within a span of intervals that satisfy is.
func runsOf(within Span, is func(t int) bool) []Span {
	var runs []Span
	for t := within.From; t < within.To; t++ {
		switch last := len(runs) - 1; {
		case !is(t):
		case last >= 0 && runs[last].To == t:
			runs[last].To++
		default:
			runs = append(runs, Span{t, t + 1})
		}
	}
	return runs
}

// presences gives the parts of the shift between absences.
func (d *inspection) presences() []Span {
	return d.runs(d.day.Shift, func(k Kind) bool { return k != Absent })
}

// checkRoster reports if the days are not those of the agents.
func checkRoster(c *planInspection) {
	report := func(agent, format string, args ...any) {
		c.found = append(c.found, Violation{RuleRoster, agent, Span{}, fmt.Sprintf(format, args...)})
	}
	if got, want := len(c.plan.Days), len(c.problem.Agents); got != want {
		report("", "days of %d agents, want %d", got, want)
		return
	}
	for a, d := range c.plan.Days {
		if want := c.problem.Agents[a].ID; d.Agent != want {
			report(d.Agent, "day %d is of agent %q, want %q", a, d.Agent, want)
		}
	}
}

// checkCost reports if the cost of the plan is not the sum of its parts.
func checkCost(c *planInspection) {
	if sum := c.soft + c.demandCost(); sum != c.plan.Cost {
		c.found = append(c.found, Violation{RuleCost, "", Span{}, fmt.Sprintf("the plan says %d, its parts cost %d", c.plan.Cost, sum)})
	}
}

// demandCost is the cost of what stays undone.
func (c *planInspection) demandCost() Money {
	counted := make([][]int, len(c.problem.Demands))
	for g := range counted {
		counted[g] = make([]int, c.problem.Grid.N)
	}
	for _, d := range c.plan.Days {
		for _, act := range d.Activities {
			for t := act.From; t < act.To && len(act.Demands) > 0; t++ {
				counted[act.Demands[0]][t]++
			}
		}
	}
	lookup := func(row []Money, n int) Money {
		if len(row) == 0 {
			return 0
		}
		return row[min(n, len(row)-1)]
	}
	sum := Money(0)
	for g, d := range c.problem.Demands {
		worked := 0
		for t, n := range counted[g] {
			worked += n
			if d.Kind == Phone {
				sum += lookup(d.Cost[t], n)
			}
		}
		sum += lookup(d.Backlog, worked)
	}
	return sum
}
