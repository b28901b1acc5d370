package export

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"bemanna/internal/plan"
)

func TestUnitsHavePeople(t *testing.T) {
	words := language(t, "sv")
	d := someDay(t, ordinary)
	want := []plan.Unit{{ID: "u1", Name: "Bygg/miljö"}, {ID: "u2", Name: "Skola"}}
	if diff := cmp.Diff(want, units(d, words)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	d.Agents = append(d.Agents, plan.Agent{ID: "x", Unit: "u9"}, plan.Agent{ID: "y"})
	want = append(want, plan.Unit{ID: "u9", Name: "u9"}, plan.Unit{Name: "utan enhet"})
	if diff := cmp.Diff(want, units(d, words)); diff != "" {
		t.Errorf("with people whose unit the plan does not name (-want +got):\n%s", diff)
	}
	d.Agents = nil
	want = []plan.Unit{{ID: "u1", Name: "Bygg/miljö"}, {ID: "u2", Name: "Skola"}, {Name: "utan enhet"}}
	if diff := cmp.Diff(want, units(d, words)); diff != "" {
		t.Errorf("without people (-want +got):\n%s", diff)
	}
}

// TestOfUnit: a unit hears of its own groups and tables and of what concerns
// all, and each remark is heard by somebody.
func TestOfUnit(t *testing.T) {
	d := someDay(t, ordinary)
	heard := map[plan.RemarkKind][]string{}
	for _, u := range []string{"u1", "u2"} {
		for _, r := range ofUnit(d, u).Remarks {
			heard[r.Kind] = append(heard[r.Kind], u)
		}
	}
	want := map[plan.RemarkKind][]string{
		plan.RemarkHard: {"u1"}, plan.RemarkStale: {"u1", "u2"}, plan.RemarkStandIn: {"u1", "u2"}, // one's person, the other's table
	}
	if diff := cmp.Diff(want, heard); diff != "" {
		t.Errorf("who hears of what (-want +got):\n%s", diff)
	}
	first := ofUnit(d, "u1")
	if len(first.Actions) != 0 || len(ofUnit(d, "u2").Actions) != 1 {
		t.Errorf("a move in Skola is told to Bygg/miljö: %v", first.Actions)
	}
	if len(d.Agents) != 5 || len(first.Agents) != 3 {
		t.Errorf("%d people of %d, want 3 of 5", len(first.Agents), len(d.Agents))
	}
	got := shared(d, first.Agents)
	if len(got) != 1 || got[0].ID != "alla" {
		t.Errorf("the first unit shares %v, want the group alla", got)
	}
	if got := shared(d, ofUnit(d, "u2").Agents); len(got) != 0 {
		t.Errorf("the second unit shares %v, want none", got)
	}
}
