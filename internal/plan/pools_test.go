package plan

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"bemanna/internal/centre"
)

// TestPools: groups of a unit that most people master both are one pool; a
// group of specialists, one with a floor, and one of another unit are not.
func TestPools(t *testing.T) {
	c := &centre.Centre{Units: []centre.Unit{{ID: "u", Name: "Unit"}}}
	people := func(n int, groups ...string) {
		for range n {
			p := centre.Person{}
			for _, g := range groups {
				p.Skills = append(p.Skills, centre.Skill{Group: g})
			}
			c.People = append(c.People, p)
		}
	}
	people(4, "a", "b", "floor", "other")
	people(2, "a")
	people(3, "special")
	groups := []centre.Group{
		{ID: "a", Unit: "u"},
		{ID: "b", Unit: "u"},
		{ID: "special", Unit: "u"},
		{ID: "floor", Unit: "u", MinStaff: 2},
		{ID: "other", Unit: "v"},
	}
	var got [][]int
	for _, p := range pools(c, groups) {
		got = append(got, p.groups)
	}
	if diff := cmp.Diff([][]int{{0, 1}, {2}, {3}, {4}}, got); diff != "" {
		t.Errorf("pools (-want +got):\n%s", diff)
	}
	c.People = nil
	if n := len(pools(c, groups)); n != len(groups) {
		t.Errorf("without people %d pools, want %d", n, len(groups))
	}
}
