package schedule

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// officeDay is the day of one agent with one shift from 08:00 to 16:45 and
// some fixed blocks, on one group that is open all day.
func officeDay(fixed ...Block) Problem {
	p := Problem{
		Grid:    Grid{Step: 15 * time.Minute, N: 40},
		Rules:   DefaultRules(15 * time.Minute),
		Demands: []Demand{{Kind: Phone, Cost: make([][]Money, 40)}},
		Agents:  []Agent{{ID: "a", Skills: []int{0}, Shifts: []Shift{{Span{0, 35}, 3, 0}}, Fixed: fixed}},
	}
	for t := range p.Demands[0].Cost {
		p.Demands[0].Cost[t] = []Money{1000, 0}
	}
	return p
}

func TestWhatCannotBeIsSaid(t *testing.T) {
	for _, c := range []struct {
		name   string
		fixed  []Block
		rules  func(*Rules)
		shifts []Shift
		want   []Reason
		off    bool
		pauses map[Kind]int // number of pauses in the plan
	}{
		{name: "an ordinary day", pauses: map[Kind]int{Lunch: 1, Break: 2}},
		{name: "a meeting", fixed: []Block{{Span{12, 16}, Meeting}}, pauses: map[Kind]int{Lunch: 1, Break: 2}},
		{
			name: "a meeting after work", fixed: []Block{{Span{34, 38}, Meeting}},
			want: []Reason{{"a", RuleFixed, Span{35, 38}, Meeting}}, pauses: map[Kind]int{Lunch: 1, Break: 2},
		},
		{
			name: "training over lunch", fixed: []Block{{Span{10, 25}, Training}},
			want: []Reason{{"a", RuleLunch, Span{0, 35}, Training}, {"a", RuleStretch, Span{0, 35}, Training}}, pauses: map[Kind]int{Break: 1},
		},
		{
			name: "training all day", fixed: []Block{{Span{0, 35}, Training}},
			want: []Reason{{"a", RuleCoffee, Span{0, 35}, Training}, {"a", RuleLunch, Span{0, 35}, Training}, {"a", RuleStretch, Span{0, 35}, Training}},
		},
		{
			name: "no room for coffee", fixed: []Block{{Span{4, 9}, Meeting}}, rules: func(r *Rules) { r.LunchTo = 12 },
			want: []Reason{{"a", RuleCoffee, Span{0, 35}, Meeting}}, pauses: map[Kind]int{Lunch: 1},
		},
		{name: "absent all day", fixed: []Block{{Span{0, 40}, Absent}}, off: true},
		{name: "absent all day though invited", fixed: []Block{{Span{12, 16}, Meeting}, {Span{0, 40}, Absent}}, off: true},
		{name: "no shifts", shifts: []Shift{}, off: true},
		{name: "absent after noon", fixed: []Block{{Span{18, 40}, Absent}}, pauses: map[Kind]int{Break: 1}},
		{name: "absent for the first hour", fixed: []Block{{Span{0, 4}, Absent}}, pauses: map[Kind]int{Lunch: 1, Break: 2}},
		{name: "absent over noon", fixed: []Block{{Span{14, 19}, Absent}}, pauses: map[Kind]int{Break: 2}},
		{name: "here for an hour", fixed: []Block{{Span{0, 31}, Absent}}},
		{
			name: "a lunch that has no place", shifts: []Shift{{Span{0, 14}, 3, 0}}, off: true,
			want: []Reason{{"a", RuleLunch, Span{0, 14}, ""}},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := officeDay(c.fixed...)
			if c.rules != nil {
				c.rules(&p.Rules)
			}
			if c.shifts != nil {
				p.Agents[0].Shifts = c.shifts
			}
			plan := solve(t, p, Options{})
			if diff := cmp.Diff(c.want, plan.Unplaced); diff != "" {
				t.Errorf("reasons (-want +got):\n%s", diff)
			}
			day := plan.Days[0]
			if off := day.Shift.Len() == 0; off != c.off {
				t.Errorf("off: %v, want %v", off, c.off)
			}
			pauses := map[Kind]int{}
			for _, act := range day.Activities {
				if act.Kind == Lunch || act.Kind == Break {
					pauses[act.Kind]++
				}
			}
			if diff := cmp.Diff(c.pauses, pauses, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("pauses (-want +got):\n%s", diff)
			}
		})
	}
}
