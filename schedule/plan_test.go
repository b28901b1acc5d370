package schedule

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// switches counts how often agents change what they are counted on.
func switches(s *assignment) int {
	n := 0
	for a := range s.Agents {
		last := none
		for t := range s.Grid.N {
			on := s.on[t*len(s.Agents)+a]
			if on != none && last != none && on != last {
				n++
			}
			if on != none {
				last = on
			}
		}
	}
	return n
}

func TestTidyChangesNoNumbersAndSwitchesLess(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		s := newState(newModel(p))
		s.fitAll()
		for a := range p.Agents {
			s.replan(a, nil, 0)
		}
		before := s.plan()
		rough := switches(s.assignment)
		s.tidy()
		if tidy := switches(s.assignment); tidy > rough {
			t.Fatalf("%d changes of work, want at most %d", tidy, rough)
		}
		if diff := cmp.Diff(p.Staffed(before), p.Staffed(s.plan())); diff != "" {
			t.Fatalf("staffing (-before +after):\n%s", diff)
		}
	})
}

// Two agents who trade places in every interval need not.
func TestTidyEndsTheTradingOfPlaces(t *testing.T) {
	p := Problem{Grid: Grid{Step: 1, N: 6}, Demands: []Demand{{Kind: Phone}, {Kind: Phone}}}
	for g := range p.Demands {
		for range p.Grid.N {
			p.Demands[g].Cost = append(p.Demands[g].Cost, []Money{1, 0})
		}
	}
	p.Agents = []Agent{{Skills: []int{0, 1}}, {Skills: []int{1, 0}}}
	s := newAssignment(newModel(p))
	for t := range p.Grid.N {
		s.set(t, 0, onPhone, int32(t%2))
		s.set(t, 1, onPhone, int32(1-t%2))
	}
	s.tidy()
	if n := switches(s); n != 0 || s.cost != 0 {
		t.Errorf("%d changes of work at cost %d, want none at 0", n, s.cost)
	}
}

// A group that closes during an activity is not among those that the agent
// takes calls from; others follow in the order of the agent's skills.
func TestActivitiesListTheGroupsThatStayOpen(t *testing.T) {
	row := []Money{9, 0}
	p := Problem{
		Grid: Grid{Step: 1, N: 3},
		Demands: []Demand{
			{Kind: Phone, Cost: [][]Money{{1, 0}, {1, 0}, {1, 0}}},
			{Kind: Phone, Cost: [][]Money{row, row, row}},
			{Kind: Phone, Cost: [][]Money{{1, 0}, nil, nil}},
			{Kind: Email, Backlog: []Money{1, 0}},
			{Kind: Phone, Cost: [][]Money{{1, 0}, {1, 0}, {1, 0}}},
		},
		Agents: []Agent{{ID: "a", Skills: []int{4, 3, 2, 1, 0}, Shifts: []Shift{{Span: Span{0, 3}}}}},
	}
	plan := solve(t, p, Options{})
	want := []Activity{{Span{0, 3}, Phone, []int{1, 4, 0}}}
	if diff := cmp.Diff(want, plan.Days[0].Activities); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNothingToDoIsOther(t *testing.T) {
	p := Problem{
		Grid:    Grid{Step: 1, N: 4},
		Demands: []Demand{{Kind: Phone, Cost: [][]Money{nil, {5, 0}, {5, 0}, nil}}},
		Agents: []Agent{
			{ID: "a", Skills: []int{0}, Shifts: []Shift{{Span: Span{0, 4}}}},
			{ID: "b", Shifts: []Shift{{Span: Span{1, 3}}}},
		},
	}
	plan := solve(t, p, Options{})
	want := []AgentDay{
		{"a", Span{0, 4}, []Activity{{Span{0, 1}, Other, nil}, {Span{1, 3}, Phone, []int{0}}, {Span{3, 4}, Other, nil}}},
		{"b", Span{1, 3}, []Activity{{Span{1, 3}, Other, nil}}},
	}
	if diff := cmp.Diff(want, plan.Days); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// With a price on changes nobody answers e-mail by the quarter.
func TestSoftRulesMakeBlocks(t *testing.T) {
	p := smallDay()
	short := func(rules Rules) int {
		p.Rules = rules
		n := 0
		for _, d := range solve(t, p, Options{Iterations: 200}).Days {
			for _, act := range d.Activities {
				if act.Kind == Email && act.Len() == 1 {
					n++
				}
			}
		}
		return n
	}
	rules := DefaultRules(p.Grid.Step)
	rules.SwitchCost *= 5
	with := short(rules)
	rules.SwitchCost, rules.PhoneCost = 0, 0
	if without := short(rules); 4*with > without {
		t.Errorf("%d single quarters of e-mail with soft rules, %d without; want a quarter at most", with, without)
	}
}
