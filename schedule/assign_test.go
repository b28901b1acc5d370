package schedule

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// cheapestInterval is the least cost of interval t for those who are at work in
// it, found by trying all ways to place them.
func cheapestInterval(s *assignment, t int) Money {
	counts := make([]int, len(s.Demands))
	least := Money(math.MaxInt64)
	var place func(a int)
	place = func(a int) {
		if a == len(s.Agents) {
			cost := Money(0)
			for g, n := range counts {
				if row := s.Demands[g].Cost[t]; len(row) > 0 {
					cost += row[min(n, len(row)-1)]
				}
			}
			least = min(least, cost)
			return
		}
		if s.on[t*len(s.Agents)+a] == none {
			place(a + 1)
			return
		}
		for _, g := range s.Agents[a].Skills {
			if s.Demands[g].open(t) {
				counts[g]++
				place(a + 1)
				counts[g]--
			}
		}
	}
	place(0)
	return least
}

// drawPhones makes a problem of telephone groups alone.
func drawPhones(t *rapid.T) Problem {
	p := Problem{Grid: Grid{Step: 1, N: 2}}
	for range rapid.IntRange(1, 5).Draw(t, "groups") {
		d := Demand{Kind: Phone, Cost: make([][]Money, p.Grid.N)}
		for i := range d.Cost {
			d.Cost[i] = drawCosts(t, 4)
		}
		p.Demands = append(p.Demands, d)
	}
	for range rapid.IntRange(1, 6).Draw(t, "agents") {
		skills := rapid.Permutation(indexes(len(p.Demands))).Draw(t, "skills")
		p.Agents = append(p.Agents, Agent{Skills: skills[:rapid.IntRange(1, len(skills)).Draw(t, "n")]})
	}
	return p
}

func TestIntervalsStayOptimal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := newAssignment(newModel(drawPhones(t)))
		here := make(set, setWords(len(s.Agents)))
		for range rapid.IntRange(1, 20).Draw(t, "steps") {
			a := rapid.IntRange(0, len(s.Agents)-1).Draw(t, "agent")
			before := s.cost
			if here.has(a) {
				here.remove(a)
				s.remove(0, a)
			} else {
				_, gain := s.bestEntry(0, a, onPhone)
				here.add(a)
				if s.insert(0, a, onPhone); before-s.cost != gain {
					t.Fatalf("an agent saves %d, was to save %d", before-s.cost, gain)
				}
			}
			idle := Money(0)
			for _, d := range s.Demands {
				idle += d.Cost[1][0]
			}
			if want := cheapestInterval(s, 0) + idle; s.cost != want {
				t.Fatalf("cost %d, want %d, the least", s.cost, want)
			}
		}
	})
}

func TestUndoLeavesNoTrace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		s := newState(newModel(p))
		s.fitAll()
		for a := range p.Agents {
			s.replan(a, nil, 0)
		}
		var before snapshot
		before.take(s, s.cost)
		cells, could := slices.Clone(s.cells), slices.Clone(s.could)
		keep := len(s.log)
		for range rapid.IntRange(1, 5).Draw(t, "steps") {
			a := rapid.IntRange(0, len(p.Agents)-1).Draw(t, "agent")
			s.take(a)
			s.replan(a, nil, 0)
		}
		s.undo(keep)
		if s.cost != before.cost || !slices.Equal(s.on, before.on) || !slices.Equal(s.could, could) {
			t.Fatalf("cost %d and work %v, want %d and %v", s.cost, s.on, before.cost, before.on)
		}
		if diff := cmp.Diff(cells, s.cells, cmp.AllowUnexported(cell{})); diff != "" {
			t.Fatal(diff)
		}
	})
}

// Three agents in two intervals: whoever comes for group 0 sets the second
// agent free for group 1, and so the third for e-mail.
func TestMarginalsFollowChains(t *testing.T) {
	open := func(costs ...Money) [][]Money { return [][]Money{costs, nil} }
	p := Problem{
		Grid: Grid{Step: 1, N: 2},
		Demands: []Demand{
			{Kind: Phone, Cost: open(100, 0)},
			{Kind: Phone, Cost: open(90, 10, 0)},
			{Kind: Phone, Cost: open(80, 30, 5)},
			{Kind: Email, Backlog: []Money{50, 30, 20}},
		},
		Agents: []Agent{
			{ID: "a", Skills: []int{0, 1}, Shifts: []Shift{{Span: Span{0, 1}}}},
			{ID: "b", Skills: []int{1, 2}, Shifts: []Shift{{Span: Span{0, 1}}}},
			{ID: "c", Skills: []int{2}, Shifts: []Shift{{Span: Span{0, 1}}}},
			{ID: "d", Skills: []int{3}, Shifts: []Shift{{Span: Span{0, 1}}}},
		},
	}
	plan := solve(t, p, Options{})
	if diff := cmp.Diff([][]int{{1, 0}, {1, 0}, {1, 0}, {1, 0}}, p.Staffed(plan)); diff != "" {
		t.Errorf("staffed (-want +got):\n%s", diff)
	}
	want := [][]Money{{25, 0}, {25, 0}, {25, 0}, {10, 10}}
	if diff := cmp.Diff(want, Marginals(p, plan)); diff != "" {
		t.Errorf("marginals (-want +got):\n%s", diff)
	}
}
