package schedule

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// checked gives a problem and a plan for it that keeps all rules. It costs 242:
// group 0 is open for 36 intervals at 2 each, less 1 for each of 22 worked; 50.
// Group 1 is open for 20 at 3 each, less 2 for each of 8; 44. Nobody knows
// group 3, 40. After three intervals of e-mail 1 is left. The shift costs 7 and
// the run of e-mail, shorter than 4, 100.
func checked() (Problem, Plan) {
	rows := func(open Span, costs ...Money) [][]Money {
		table := make([][]Money, 40)
		for t := open.From; t < open.To; t++ {
			table[t] = costs
		}
		return table
	}
	p := Problem{
		Grid:  Grid{Step: 15 * time.Minute, N: 40},
		Rules: DefaultRules(15 * time.Minute),
		Demands: []Demand{
			{Kind: Phone, Cost: rows(Span{2, 38}, 2, 1, 0)},
			{Kind: Phone, Cost: rows(Span{0, 20}, 3, 1)},
			{Kind: Email, Backlog: []Money{10, 5, 2, 1}, Window: Span{20, 40}},
			{Kind: Phone, Cost: rows(Span{0, 40}, 1)},
		},
		Agents: []Agent{
			{
				ID: "a", Skills: []int{0, 1, 2}, Shifts: []Shift{{Span{0, 36}, 3, 7}, {Span{2, 38}, 3, 0}},
				Fixed:  []Block{{Span{24, 26}, Meeting}},
				Pinned: []Activity{{Span{10, 12}, Phone, []int{0}}},
			},
			{ID: "b", Skills: []int{0}, Shifts: []Shift{{Span{10, 14}, 0, 0}}},
		},
	}
	plan := Plan{Cost: 242, Days: []AgentDay{
		{"a", Span{0, 36}, []Activity{
			{Span{0, 8}, Phone, []int{1}},
			{Span{8, 9}, Break, nil},
			{Span{9, 14}, Phone, []int{0, 1}},
			{Span{14, 17}, Lunch, nil},
			{Span{17, 21}, Phone, []int{0}},
			{Span{21, 24}, Email, []int{2}},
			{Span{24, 26}, Meeting, nil},
			{Span{26, 28}, Phone, []int{0}},
			{Span{28, 29}, Break, nil},
			{Span{29, 36}, Phone, []int{0}},
		}},
		{"b", Span{10, 14}, []Activity{{Span{10, 14}, Phone, []int{0}}}},
	}}
	return p, plan
}

// breach is one way to break a rule.
type breach struct {
	name   string
	breaks func(p *Problem, a, b *AgentDay, plan *Plan)
}

// breaches breaks each hard rule in each way.
var breaches = map[string][]breach{
	RuleRoster: {
		{"too few", func(_ *Problem, _, _ *AgentDay, plan *Plan) { plan.Days = plan.Days[:1] }},
		{"another agent", func(_ *Problem, a, _ *AgentDay, _ *Plan) { a.Agent = "b" }},
	},
	RuleFill: {
		{"gap", func(_ *Problem, a, _ *AgentDay, _ *Plan) { a.Activities[2].To = 13 }},
		{"overlap", func(_ *Problem, a, _ *AgentDay, _ *Plan) { a.Activities[2].To = 15 }},
		{"nothing at the end", func(_ *Problem, a, _ *AgentDay, _ *Plan) { a.Activities = a.Activities[:9] }},
		{"beyond the end", func(_ *Problem, a, _ *AgentDay, _ *Plan) { a.Activities[9].To = 37 }},
		{"work while off", func(_ *Problem, _, b *AgentDay, _ *Plan) { b.Shift = Span{} }},
		{"outside the grid", func(_ *Problem, _, b *AgentDay, _ *Plan) { b.Shift, b.Activities[0].Span = Span{-1, 4}, Span{-1, 4} }},
		{"no group", func(_ *Problem, a, _ *AgentDay, _ *Plan) { a.Activities[0].Demands = nil }},
		{"two pools", func(_ *Problem, a, _ *AgentDay, _ *Plan) { a.Activities[5].Demands = []int{2, 2} }},
		{"work at lunch", func(_ *Problem, a, _ *AgentDay, _ *Plan) { a.Activities[3].Demands = []int{0} }},
		{"unknown demand", func(_ *Problem, a, _ *AgentDay, _ *Plan) { a.Activities[0].Demands = []int{4} }},
		{"e-mail by telephone", func(_ *Problem, a, _ *AgentDay, _ *Plan) { a.Activities[0].Demands = []int{2} }},
	},
	RuleShift: {
		{"somebody else's", func(_ *Problem, _, b *AgentDay, _ *Plan) { b.Shift.From, b.Activities[0].From = 11, 11 }},
		{"off", func(_ *Problem, _, b *AgentDay, _ *Plan) { *b = AgentDay{Agent: "b"} }},
		{"all absence", func(p *Problem, _, b *AgentDay, _ *Plan) {
			p.Agents[1].Fixed = []Block{{Span{10, 14}, Absent}}
			b.Activities = []Activity{{Span{10, 14}, Absent, nil}}
		}},
	},
	RuleFixed: {
		{"work in a meeting", func(_ *Problem, a, _ *AgentDay, _ *Plan) { a.Activities[6] = Activity{Span{24, 26}, Phone, []int{0}} }},
		{"meeting too long", func(_ *Problem, a, _ *AgentDay, _ *Plan) { a.Activities[6].To, a.Activities[7].From = 27, 27 }},
		{"meeting outside", func(p *Problem, _, _ *AgentDay, _ *Plan) { p.Agents[1].Fixed = []Block{{Span{20, 22}, Meeting}} }},
		{"absent as one likes", func(_ *Problem, a, _ *AgentDay, _ *Plan) { a.Activities[9] = Activity{Span{29, 36}, Absent, nil} }},
	},
	RulePinned: {
		{"another group", func(_ *Problem, a, _ *AgentDay, _ *Plan) { a.Activities[2].Demands = []int{1, 0} }},
		{"lunch moved", func(p *Problem, _, _ *AgentDay, _ *Plan) {
			p.Agents[0].Pinned = []Activity{{Span{13, 16}, Lunch, nil}}
		}},
		{"before own work", func(p *Problem, _, b *AgentDay, _ *Plan) {
			p.Agents[1].Fixed = []Block{{Span{10, 12}, Other}}
			p.Agents[1].Pinned = []Activity{{Span{10, 11}, Phone, []int{0}}}
			b.Activities = []Activity{{Span{10, 12}, Other, nil}, {Span{12, 14}, Phone, []int{0}}}
		}},
	},
	RuleSkill: {
		{"not learnt", func(_ *Problem, _, b *AgentDay, _ *Plan) { b.Activities[0].Demands = []int{3} }},
		{"second not learnt", func(_ *Problem, _, b *AgentDay, _ *Plan) { b.Activities[0].Demands = []int{0, 1} }},
		{"twice", func(_ *Problem, a, _ *AgentDay, _ *Plan) { a.Activities[2].Demands = []int{0, 1, 0} }},
		{"beyond a loan", func(p *Problem, _, b *AgentDay, _ *Plan) {
			p.Agents[1].Loans = []Loan{{Span{10, 13}, 1}}
			b.Activities[0].Demands = []int{0, 1}
		}},
	},
	RuleOpen: {
		{"closed for a part", func(_ *Problem, a, _ *AgentDay, _ *Plan) { a.Activities[4].Demands = []int{1} }},
		{"second closed", func(_ *Problem, a, _ *AgentDay, _ *Plan) { a.Activities[9].Demands = []int{0, 1} }},
		{"e-mail outside the window", func(_ *Problem, a, _ *AgentDay, _ *Plan) { a.Activities[2] = Activity{Span{9, 14}, Email, []int{2}} }},
	},
	RuleLunch: {
		{"none", func(_ *Problem, a, _ *AgentDay, _ *Plan) { a.Activities[3] = Activity{Span{14, 17}, Phone, []int{0}} }},
		{"too short", func(_ *Problem, a, _ *AgentDay, _ *Plan) { a.Activities[3].To, a.Activities[4].From = 16, 16 }},
		{"too early", func(p *Problem, _, _ *AgentDay, _ *Plan) { p.Rules.LunchFrom = 15 }},
		{"too late", func(p *Problem, _, _ *AgentDay, _ *Plan) { p.Rules.LunchTo = 13 }},
		{"two", func(_ *Problem, a, _ *AgentDay, _ *Plan) { a.Activities[9] = Activity{Span{29, 36}, Lunch, nil} }},
	},
	RuleCoffee: {
		{"none", func(_ *Problem, a, _ *AgentDay, _ *Plan) { a.Activities[1] = Activity{Span{8, 9}, Phone, []int{1}} }},
		{"too long", func(_ *Problem, a, _ *AgentDay, _ *Plan) { a.Activities[1].To, a.Activities[2].From = 10, 10 }},
		{"close to lunch", func(p *Problem, _, _ *AgentDay, _ *Plan) { p.Rules.BreakDistance = 6 }},
		{"close to the start", func(_ *Problem, a, _ *AgentDay, _ *Plan) {
			a.Activities[0].To, a.Activities[1].Span, a.Activities[2].From = 3, Span{3, 4}, 4
		}},
		{"both before lunch", func(_ *Problem, a, _ *AgentDay, _ *Plan) {
			a.Activities[8] = Activity{Span{28, 29}, Phone, []int{0}}
			a.Activities = slices.Insert(a.Activities, 1, Activity{Span{3, 4}, Break, nil}, Activity{Span{4, 8}, Phone, []int{1}})
			a.Activities[0].To = 3
		}},
	},
	RuleStretch: {
		{"too long", func(p *Problem, _, _ *AgentDay, _ *Plan) { p.Rules.LongestStretch = 10 }},
	},
	RuleCost: {
		{"too little", func(_ *Problem, _, _ *AgentDay, plan *Plan) { plan.Cost-- }},
	},
}

func TestEveryRuleIsChecked(t *testing.T) {
	for _, rule := range Catalogue() {
		t.Run(rule.Name, func(t *testing.T) {
			if rule.Hard != (len(breaches[rule.Name]) > 0) {
				t.Fatalf("%d breaches for a rule with Hard = %v, want some for each hard rule", len(breaches[rule.Name]), rule.Hard)
			}
			if rule.Text == "" || rule.Source == "" {
				t.Error("no text or no source")
			}
			for _, b := range breaches[rule.Name] {
				p, plan := checked()
				b.breaks(&p, &plan.Days[0], &plan.Days[1], &plan)
				found := Check(p, plan)
				if !slices.ContainsFunc(found, func(v Violation) bool { return v.Rule == rule.Name && v.Text != "" }) {
					t.Errorf("%s: not found, only %+v", b.name, found)
				}
			}
		})
	}
	for name := range breaches {
		if !slices.ContainsFunc(Catalogue(), func(r Rule) bool { return r.Name == name }) {
			t.Errorf("rule %q is not in the catalogue", name)
		}
	}
}

func TestGoodPlanBreaksNothing(t *testing.T) {
	p, plan := checked()
	if diff := cmp.Diff([]Violation(nil), Check(p, plan), cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
}

// softPrices change each soft rule, and say what the checked plan then costs.
var softPrices = []struct {
	rule   string
	change func(*Problem)
	want   Money
}{
	{RuleBlock, func(p *Problem) { p.Rules.MinBlock = 3 }, 142},
	{RuleBlock, func(p *Problem) { p.Rules.MinBlock = 5 }, 342}, // the run on the telephone before it is short, too
	{RuleBlock, func(p *Problem) { p.Rules.SwitchCost = 40 }, 182},
	{RulePhone, func(p *Problem) { p.Rules.LongestPhone = 6 }, 242 + 3*50}, // runs of 8 and 7
	{RulePhone, func(p *Problem) { p.Rules.LongestPhone = 0 }, 242},
	{RuleHard, func(p *Problem) { p.Agents[0].Spare = slices.Repeat([]Money{1}, 40) }, 242 + 8 + 3 + 4 + 2 + 7}, // but 2 of 5 are pinned
	{RuleHard, func(p *Problem) { p.Agents[1].Spare = append([]Money{10: -3}, make([]Money, 29)...) }, 242 - 3},
	{RuleLunches, func(p *Problem) { p.Caps = []Cap{{Crowd: AtLunch, Cost: 10}} }, 242 + 3*10},
	{RuleLunches, func(p *Problem) { p.Caps = []Cap{{Crowd: AtLunch, Most: 1, Cost: 10}} }, 242},
	{RuleLunches, func(p *Problem) { p.Caps = []Cap{{Crowd: AtLunch, Agents: []int{1}, Cost: 10}} }, 242},
	{RuleSeats, func(p *Problem) { p.Caps = []Cap{{Crowd: Seated, Most: 1, Cost: 5}} }, 242 + 4*5}, // both from 10 to 14
	{RuleSeats, func(p *Problem) { p.Caps = []Cap{{Crowd: Seated, Agents: []int{0}, Cost: 1}} }, 242 + 36},
}

// A soft rule that is stricter or milder changes the cost, and each has a case.
func TestSoftRulesArePriced(t *testing.T) {
	tried := map[string]bool{}
	for _, c := range softPrices {
		p, plan := checked()
		c.change(&p)
		plan.Cost = c.want
		if found := Check(p, plan); len(found) > 0 {
			t.Errorf("%s: %+v", c.rule, found)
		}
		tried[c.rule] = true
	}
	for _, rule := range Catalogue() {
		if !rule.Hard && !tried[rule.Name] {
			t.Errorf("soft rule %q has no case", rule.Name)
		}
	}
}

// What the plan says cannot be had is not asked for; nothing else is forgiven.
func TestUnplacedIsForgiven(t *testing.T) {
	for _, c := range []struct {
		rule   string
		breach int
		other  string
	}{
		{RuleLunch, 0, RuleCoffee}, // without lunch, one break is due
		{RuleCoffee, 0, ""},
		{RuleFixed, 2, ""},
		{RuleFixed, 0, RuleFixed}, // within the shift, a meeting can always be held
		{RuleStretch, 0, ""},
		{RuleShift, 1, ""},
	} {
		p, plan := checked()
		breaches[c.rule][c.breach].breaks(&p, &plan.Days[0], &plan.Days[1], &plan)
		plan.Unplaced = []Reason{{Agent: "a", Rule: c.rule}, {Agent: "b", Rule: c.rule}}
		other := ""
		for _, v := range Check(p, plan) {
			if v.Rule != RuleCost {
				other = v.Rule
			}
		}
		if other != c.other {
			t.Errorf("%s forgiven: found %q, want %q", c.rule, other, c.other)
		}
	}
}
