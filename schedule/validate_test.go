package schedule

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestValidateNamesEachFault(t *testing.T) {
	for _, c := range []struct {
		fault string
		spoil func(*Problem)
	}{
		{"grid: 0 intervals", func(p *Problem) { *p = Problem{Grid: Grid{Step: time.Minute}} }},
		{"grid: step 0s", func(p *Problem) { p.Grid.Step = 0 }},
		{"rules: BreakLength -1", func(p *Problem) { p.Rules.BreakLength = -1 }},
		{"rules: PhoneCost -1", func(p *Problem) { p.Rules.PhoneCost = -1 }},
		{"rules: LunchTo 11, want at least LunchFrom 12", func(p *Problem) { p.Rules.LunchTo = 11 }},
		{`demand 0 "": costs for 39 intervals, want 40`, func(p *Problem) { p.Demands[0].Cost = p.Demands[0].Cost[:39] }},
		{`demand 0 "": interval 5: cost rises from 1 to 2`, func(p *Problem) { p.Demands[0].Cost[5] = []Money{1, 2} }},
		{"agent 2 saves 4, more than the one before, who saves 1", func(p *Problem) { p.Demands[0].Cost[5] = []Money{5, 4, 0} }},
		{`demand 0 "": a backlog`, func(p *Problem) { p.Demands[0].Backlog = []Money{1} }},
		{`demand 2 "": backlog: cost rises`, func(p *Problem) { p.Demands[2].Backlog = []Money{0, 1} }},
		{`demand 2 "": window {20 41}`, func(p *Problem) { p.Demands[2].Window.To = 41 }},
		{`demand 2 "": costs by interval`, func(p *Problem) { p.Demands[2].Cost = make([][]Money, 40) }},
		{`demand 1 "": kind "lunch"`, func(p *Problem) { p.Demands[1] = Demand{Kind: Lunch} }},
		{`agent 1 "b": skill 4`, func(p *Problem) { p.Agents[1].Skills = []int{4} }},
		{`agent 1 "b": skill 0 twice`, func(p *Problem) { p.Agents[1].Skills = []int{0, 0} }},
		{`agent 1 "b": loan 0 to demand 2`, func(p *Problem) { p.Agents[1].Loans = []Loan{{Span{10, 12}, 2}} }},
		{`agent 1 "b": loan 0 to demand 0, want one that is no skill`, func(p *Problem) { p.Agents[1].Loans = []Loan{{Span{10, 12}, 0}} }},
		{`agent 1 "b": loan 0: {10 41}`, func(p *Problem) { p.Agents[1].Loans = []Loan{{Span{10, 41}, 1}} }},
		{`agent 1 "b": shift 0: {10 41}`, func(p *Problem) { p.Agents[1].Shifts[0].To = 41 }},
		{`agent 1 "b": shift 0: {10 10}`, func(p *Problem) { p.Agents[1].Shifts[0].To = 10 }},
		{`agent 1 "b": shift 0: lunch of 4`, func(p *Problem) { p.Agents[1].Shifts[0].Lunch = 4 }},
		{`agent 0 "a": fixed block 0: {24 24}`, func(p *Problem) { p.Agents[0].Fixed[0].To = 24 }},
		{`agent 0 "a": fixed block 0: kind "lunch"`, func(p *Problem) { p.Agents[0].Fixed[0].Kind = Lunch }},
	} {
		p, _ := checked()
		if err := p.Validate(); err != nil {
			t.Fatal(err)
		}
		c.spoil(&p)
		if err := p.Validate(); err == nil || !strings.Contains(err.Error(), c.fault) {
			t.Errorf("error %v, want one with %q", err, c.fault)
		}
	}
}

func TestValidateFindsAllFaults(t *testing.T) {
	p, _ := checked()
	p.Grid.Step = 0
	p.Demands[1].Cost = nil
	p.Agents[1].Skills = []int{-1}
	if got := strings.Count(p.Validate().Error(), "\n") + 1; got != 3 {
		t.Errorf("%d faults, want 3: %v", got, p.Validate())
	}
}

// Least times are rounded up to whole intervals, greatest ones down.
func TestDefaultRules(t *testing.T) {
	quarter := Rules{20, 12, 20, 1, 4, 4, 100, 8, 50}
	if diff := cmp.Diff(quarter, DefaultRules(15*time.Minute)); diff != "" {
		t.Error("quarter-hours (-want +got):\n", diff)
	}
	for _, step := range []time.Duration{5 * time.Minute, 10 * time.Minute, 20 * time.Minute, 30 * time.Minute, time.Hour, 7 * time.Hour} {
		r := DefaultRules(step)
		if longest := time.Duration(r.LongestStretch) * step; longest > 5*time.Hour && r.LongestStretch > 1 {
			t.Errorf("step %v: %v of work in a row, want at most 5 h", step, longest)
		}
		if least := time.Duration(r.BreakLength) * step; least < 15*time.Minute {
			t.Errorf("step %v: a coffee break of %v, want at least 15 min", step, least)
		}
		if err := (Problem{Grid: Grid{Step: step, N: 1}, Rules: r}).Validate(); err != nil {
			t.Errorf("step %v: %v", step, err)
		}
	}
}
