package plan

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
)

// TestRotaIsContinued: what is settled stays, what is proposed is settled when it
// is saved, and the duties add up to what people carry.
func TestRotaIsContinued(t *testing.T) {
	c, err := centre.Load("../../testdata/small")
	if err != nil {
		t.Fatal(err)
	}
	s := rotaStore{}
	today := civil.NewDate(2026, 11, 25)
	if _, err := Leads(t.Context(), c, s, today); err != nil {
		t.Fatal(err)
	}
	known := len(s)
	first, err := LayRota(t.Context(), c, s, RotaQuery{Week: today, Weeks: 20})
	if err != nil {
		t.Fatal(err)
	}
	if len(s) != known {
		t.Errorf("%d weeks are stored without --save, want %d", len(s), known)
	}
	led := map[string]int{}
	for _, table := range first.Tables {
		for w, d := range table.Duties {
			led[d.Lead]++
			if d.Settled != (w < known) {
				t.Errorf("%s, week %d: settled %t", table.ID, w, d.Settled)
			}
			if w < known {
				if want := s[d.Monday]; !hasDuty(want, table.ID, d) {
					t.Errorf("%+v, want one of %+v", d, want)
				}
			}
		}
	}
	for _, p := range first.People {
		if p.Led != led[p.ID] {
			t.Errorf("%s: %d weeks, counted %d", p.ID, p.Led, led[p.ID])
		}
	}
	if first.Running > 0 || first.NoLead > 0 || first.WorstLead > 1.5 || len(first.Lone) > 0 {
		t.Errorf("%+v", first)
	}
	saved, err := LayRota(t.Context(), c, s, RotaQuery{Week: today, Weeks: 20, Save: true})
	if err != nil {
		t.Fatal(err)
	}
	again, err := LayRota(t.Context(), c, s, RotaQuery{Week: today, Weeks: 20})
	if diff := cmp.Diff(saved, again); diff != "" || err != nil || len(s) != 20 {
		t.Errorf("%v, %d weeks stored (-saved +again):\n%s", err, len(s), diff)
	}
	for i, table := range saved.Tables {
		for w, d := range table.Duties {
			if was := first.Tables[i].Duties[w]; d.Lead != was.Lead || d.Deputy != was.Deputy {
				t.Errorf("%+v is saved, %+v was shown", d, was)
			}
		}
	}
}

func hasDuty(all []Duty, table string, w RotaWeek) bool {
	for _, d := range all {
		if d.Table == table && d.Lead == w.Lead && d.Deputy == w.Deputy {
			return true
		}
	}
	return false
}
