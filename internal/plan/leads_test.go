package plan

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
)

// TestActingTables: the lead of the week if able, else the deputy, else the
// next of the table, else somebody of the unit; stand-ins are marked, and
// nobody is at two tables.
func TestActingTables(t *testing.T) {
	week := civil.NewDate(2026, 11, 23)
	c := &centre.Centre{Tables: []centre.Table{{ID: "t1", Unit: "u"}, {ID: "t2", Unit: "u"}}}
	for _, p := range []struct{ id, table string }{{"a", "t1"}, {"b", "t1"}, {"c", "t1"}, {"d", "t2"}, {"e", "t2"}, {"f", ""}} {
		c.People = append(c.People, centre.Person{ID: p.id, Table: p.table, Unit: "u", Roles: []string{"lead"}})
	}
	duties := []Duty{{Week: week, Table: "t1", Lead: "a", Deputy: "b"}, {Week: week, Table: "t2", Lead: "d", Deputy: "e"}}
	type lead struct {
		Lead, Deputy string
		StandIn      bool
	}
	for _, x := range []struct {
		name   string
		absent string
		want   [2]lead
	}{
		{"everybody here", "", [2]lead{{"a", "b", false}, {"d", "e", false}}},
		{"the lead is away: the deputy", "a", [2]lead{{"b", "c", true}, {"d", "e", false}}},
		{"lead and deputy away: the next", "ab", [2]lead{{"c", "f", true}, {"d", "e", false}}},
		{"nobody of a table here: the unit", "de", [2]lead{{"a", "b", false}, {"c", "f", true}}},
		{"no deputy left at a table: the unit", "e", [2]lead{{"a", "b", false}, {"d", "c", false}}},
		{"too few: no deputy", "bcef", [2]lead{{"a", "", false}, {"d", "", false}}},
		{"nobody at all", "abcdef", [2]lead{{"", "", false}, {"", "", false}}},
	} {
		t.Run(x.name, func(t *testing.T) {
			tables := actingTables(c, duties, func(id string) bool {
				for _, a := range x.absent {
					if string(a) == id {
						return false
					}
				}
				return true
			})
			var got [2]lead
			for i, table := range tables {
				got[i] = lead{table.Lead, table.Deputy, table.StandIn}
			}
			if diff := cmp.Diff(x.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// rotaStore keeps duties in memory.
type rotaStore map[civil.Date][]Duty

func (s rotaStore) Duties(_ context.Context, from, until civil.Date) ([]Duty, error) {
	var out []Duty
	for w := from.Monday(); w < until; w += 7 {
		if w >= from {
			out = append(out, s[w]...)
		}
	}
	return out, nil
}

func (s rotaStore) SaveDuties(_ context.Context, duties []Duty) error {
	for _, d := range duties {
		s[d.Week] = append(s[d.Week], d)
	}
	return nil
}

// TestSettledWeeksStay: a plan of an earlier week lays the rota of the weeks
// that have none, and leaves those that people know.
func TestSettledWeeksStay(t *testing.T) {
	c, err := centre.Load("../../testdata/small")
	if err != nil {
		t.Fatal(err)
	}
	s := rotaStore{}
	today := civil.NewDate(2026, 11, 25)
	known, err := Leads(t.Context(), c, s, today)
	if err != nil {
		t.Fatal(err)
	}
	if len(known) != len(c.Tables) || known[0].Lead == "" || known[0].Deputy == "" {
		t.Fatalf("%+v", known)
	}
	if _, err := Leads(t.Context(), c, s, today-14); err != nil {
		t.Fatal(err)
	}
	for week, duties := range s {
		if len(duties) != len(c.Tables) {
			t.Errorf("week of %v: %d duties, want %d", week, len(duties), len(c.Tables))
		}
	}
	again, err := Leads(t.Context(), c, s, today)
	if diff := cmp.Diff(known, again); diff != "" || err != nil {
		t.Errorf("%v (-before +after):\n%s", err, diff)
	}
}
