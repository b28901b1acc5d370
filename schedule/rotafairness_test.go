package schedule

import (
	"math"
	"testing"
)

// The figures are those that the duties give when they are counted apart.
func TestFairnessCounts(t *testing.T) {
	p := halfYear(1)
	rota, err := Rota(p)
	if err != nil {
		t.Fatal(err)
	}
	f := p.Fairness(rota)
	fair := fairWeeks(p)
	led, deputised := 0, 0
	worst := 0.0
	for a, share := range f.Agents {
		if math.Abs(share.FairLed-fair[a]) > 1e-9 {
			t.Errorf("agent %d: fair share %v, want %v", a, share.FairLed, fair[a])
		}
		led += share.Led
		deputised += share.Deputised
		worst = max(worst, math.Abs(float64(share.Led)-fair[a]))
	}
	if all := p.Weeks * len(p.Tables); led+f.NoLead != all || deputised+f.NoDeputy != all || worst != f.WorstLead {
		t.Errorf("%d led, %d deputised, worst %v: %+v", led, deputised, worst, f)
	}
}

// A rota of four weeks by hand: 0 leads twice running, 1 stands in, nobody leads
// the last week.
func TestFairnessOfAFewWeeks(t *testing.T) {
	here := []float64{1, 1, 1, 0.5}
	p := RotaProblem{Weeks: 4, Tables: []Table{{Members: []int{0, 1}}}, Agents: []RotaAgent{
		{Eligible: true, Present: here}, {Present: here},
	}}
	f := p.Fairness([][]Duty{{{Lead: 0, Deputy: -1}}, {{Lead: 0, Deputy: -1}}, {{Lead: 1, Deputy: 0, StandIn: true}}, {{Lead: -1, Deputy: -1}}})
	if f.Running != 1 || f.StandIns != 1 || f.NoLead != 1 || f.NoDeputy != 3 || f.WorstLead != 1 || f.WorstDeputy != 0 {
		t.Errorf("%+v", f)
	}
}

// Deputies are shared out as fairly as leads, also where a table has few to choose
// from.
func TestDeputiesAreShared(t *testing.T) {
	for seed := range uint64(10) {
		p := halfYear(seed)
		rota, err := Rota(p)
		if err != nil {
			t.Fatal(err)
		}
		f := p.Fairness(rota)
		t.Logf("seed %d: leads up to %.2f weeks from fair, deputies %.2f; %d running, %d stand-ins, %d without a deputy",
			seed, f.WorstLead, f.WorstDeputy, f.Running, f.StandIns, f.NoDeputy)
		if f.WorstDeputy > 1.6 || f.NoLead+f.NoDeputy > 0 {
			t.Errorf("seed %d: deputies up to %.2f weeks from fair, want 1.6, and all tables with lead and deputy: %+v", seed, f.WorstDeputy, f)
		}
	}
}
