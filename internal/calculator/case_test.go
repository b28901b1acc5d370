package calculator_test

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bemanna/erlang"
	"bemanna/internal/calculator"
)

// texts are the figures of a case as flags give them.
type texts map[string]string

func (x texts) of(field string) string { return x[field] }

func read(t *testing.T, x texts) calculator.Case {
	t.Helper()
	c, err := calculator.Read(x.of, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAllFiguresAreRead(t *testing.T) {
	got := read(t, texts{
		"calls": "120", "per": "30m", "aht": "5:00", "patience": "4m", "target": "80/20", "definition": "Excluding_Below_5s",
		"max-occupancy": "90", "max-abandonment": "5%", "max-asa": "30", "agents": "5..7", "shrinkage": "0.3", "login-rate": "90%",
		"redial": "40", "cv": "0,15",
	})
	want := calculator.Case{
		Calls: 120, Per: 1800, HandleTime: 300, Patience: 240, Redial: 0.4, CV: 0.15, Agents: []float64{5, 6, 7},
		Shrinkage: 0.3, LoginRate: 0.9,
		Target: erlang.Target{
			Share: 0.8, Threshold: 20, Definition: erlang.ExcludingBelow(5), MaxOccupancy: 0.9, MaxAbandonment: 0.05, MaxSpeedOfAnswer: 30,
		},
	}
	if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b erlang.Definition) bool { return a == b })); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestAssumed: what is left out is taken as usual, and said.
func TestAssumed(t *testing.T) {
	for _, c := range []struct {
		given texts
		share float64
		want  []string
	}{
		{texts{}, 0.85, []string{"per", "patience", "target", "threshold", "definition"}},
		{texts{"target": "80/20"}, 0.8, []string{"per", "patience", "definition"}},
		{texts{"target": "80%"}, 0.8, []string{"per", "patience", "threshold", "definition"}},
		{texts{"max-asa": "30s", "patience": "60"}, 0, []string{"per", "threshold", "definition"}},
		{texts{"threshold": "20s", "per": "15m", "definition": "offered", "patience": "1m"}, 0.85, []string{"target"}},
	} {
		c.given["calls"], c.given["aht"] = "20", "300"
		got := read(t, c.given)
		if diff := cmp.Diff(c.want, got.Assumed); diff != "" || got.Target.Share != c.share {
			t.Errorf("%v: share %v, assumed (-want +got):\n%s", c.given, got.Target.Share, diff)
		}
	}
}

// TestSolveLaws: more people never do worse, the need is the first that meets
// the target, and rounding up the real need gives the whole one.
func TestSolveLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := calculator.Case{
			Calls: rapid.Float64Range(0.1, 400).Draw(t, "calls"), Per: 900,
			HandleTime: rapid.Float64Range(30, 900).Draw(t, "aht"),
			Patience:   rapid.SampledFrom([]float64{0, 30, 180, 900}).Draw(t, "patience"),
			LoginRate:  1, Shrinkage: rapid.Float64Range(0, 0.5).Draw(t, "shrinkage"),
			Target: erlang.Target{
				Share:     rapid.Float64Range(0.3, 0.99).Draw(t, "share"),
				Threshold: rapid.SampledFrom([]float64{0, 10, 20, 60}).Draw(t, "threshold"),
			},
		}
		a, err := calculator.Solve(c)
		if err != nil {
			t.Fatal(err)
		}
		if got := erlang.Whole(a.Need.Real); got != a.Need.Agents {
			t.Errorf("%v agents round up to %d, want %d", a.Need.Real, got, a.Need.Agents)
		}
		last := -1.0
		for _, r := range a.Rows {
			if r.Met != (r.Agents >= float64(a.Need.Agents)) {
				t.Errorf("%v agents meet the target: %v, though %d are needed", r.Agents, r.Met, a.Need.Agents)
			}
			if r.ServiceLevel < last-1e-12 {
				t.Errorf("%v agents: level %v, below that of one fewer, %v", r.Agents, r.ServiceLevel, last)
			}
			if float64(r.Heads)*(1-c.Shrinkage) < r.Agents*(1-1e-9) {
				t.Errorf("%d planned people are not %v agents", r.Heads, r.Agents)
			}
			last = r.ServiceLevel
		}
	})
}

// TestNoCalls: no level, no waits, nobody needed.
func TestNoCalls(t *testing.T) {
	a, err := calculator.Solve(read(t, texts{"calls": "0", "aht": "300", "cv": "15"}))
	if err != nil {
		t.Fatal(err)
	}
	r := a.Rows[0]
	for name, x := range map[string]float64{"level": r.ServiceLevel, "expected": r.Expected, "ASA": r.SpeedOfAnswer, "delay": r.Delay} {
		if !math.IsNaN(x) {
			t.Errorf("%s %v, want none", name, x)
		}
	}
	if a.Need.Agents != 0 || r.Occupancy != 0 || !r.Met {
		t.Errorf("need %+v, row %+v", a.Need, r)
	}
}

// TestUncertainCalls: with most luck spent, what is to be expected is less than
// what the forecast promises.
func TestUncertainCalls(t *testing.T) {
	a, err := calculator.Solve(read(t, texts{"calls": "120", "aht": "300", "patience": "240", "cv": "20%"}))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range a.Rows {
		if !(0 < r.Expected && r.Expected < r.ServiceLevel) {
			t.Errorf("%v agents: expected %v, promised %v", r.Agents, r.Expected, r.ServiceLevel)
		}
	}
}

// FuzzBatch: whatever a sheet holds, each of its rows comes back, with figures
// or an error, and as a sheet that can be read again.
func FuzzBatch(f *testing.F) {
	f.Add("calls,aht_s,patience_s,target\n20,300,,85/60s\nx,0,-1,100\n")
	f.Add("Samtal;Ärendetid (s);n;cv;definition\n20,5;5:00;8;15 %;answered\n")
	f.Add("calls\taht\tthreshold\tmax_occupancy\n\"1e9\t1\t0\t1\n")
	f.Fuzz(func(t *testing.T, sheet string) {
		b, err := calculator.RunBatch(strings.NewReader(sheet), nothing)
		if err != nil {
			return
		}
		if len(b.Rows) != len(b.Sheet.Rows) {
			t.Fatalf("%d rows of %d came back", len(b.Rows), len(b.Sheet.Rows))
		}
		var out strings.Builder
		if err := b.WriteCSV(&out); err != nil {
			t.Fatal(err)
		}
		again, err := calculator.ReadSheet(strings.NewReader(out.String()))
		if err != nil {
			t.Fatal(err)
		}
		if len(again.Rows) > len(b.Rows) {
			t.Fatalf("%d rows became %d", len(b.Rows), len(again.Rows))
		}
		for i, r := range b.Rows {
			if r.Err == nil && (r.ServiceLevel < 0 || r.ServiceLevel > 1 || r.Occupancy < 0 || r.Occupancy > 1+1e-9) {
				t.Fatalf("row %d: %+v", i, r)
			}
		}
	})
}
