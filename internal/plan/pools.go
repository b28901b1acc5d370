package plan

import (
	"slices"

	"bemanna/internal/centre"
)

// sharing is how much of their people two groups must have in common to be
// staffed as one: of those who master either, at least half master both. Below
// that, few calls of the one would find the people of the other.
const sharing = 0.5

// pool is a set of answer groups that share their people and are staffed as
// one: small groups need far fewer people together than apart.
type pool struct {
	id, name string
	groups   []int // indexes of the phone groups, in the order of the centre file
}

// pools parts the phone groups of a centre by who masters them. Groups that
// must never be empty stand alone, so that their floor is theirs. Without
// people every group stands alone: nothing says that they share.
func pools(c *centre.Centre, groups []centre.Group) []pool {
	masters := make([]map[int]bool, len(groups))
	for g, group := range groups {
		masters[g] = map[int]bool{}
		for p, person := range c.People {
			if slices.ContainsFunc(person.Skills, func(s centre.Skill) bool { return s.Group == group.ID }) {
				masters[g][p] = true
			}
		}
	}
	var out []pool
	for g, group := range groups {
		i := slices.IndexFunc(out, func(p pool) bool {
			first := groups[p.groups[0]]
			return group.MinStaff == 0 && first.MinStaff == 0 && group.Unit == first.Unit &&
				!slices.ContainsFunc(p.groups, func(h int) bool { return common(masters[g], masters[h]) < sharing })
		})
		if i < 0 {
			out = append(out, pool{id: group.ID, name: group.Name, groups: []int{g}})
			continue
		}
		out[i].groups = append(out[i].groups, g)
	}
	nameAfterUnits(c, groups, out)
	return out
}

// common gives the share of those in a or b who are in both.
func common(a, b map[int]bool) float64 {
	both := 0
	for p := range a {
		if b[p] {
			both++
		}
	}
	either := len(a) + len(b) - both
	if either == 0 {
		return 0
	}
	return float64(both) / float64(either)
}

// nameAfterUnits names the largest pool of each unit after it, if it has
// several groups; the others keep the name of their first group.
func nameAfterUnits(c *centre.Centre, groups []centre.Group, all []pool) {
	for _, u := range c.Units {
		best := -1
		for i, p := range all {
			if groups[p.groups[0]].Unit == u.ID && len(p.groups) > 1 && (best < 0 || len(p.groups) > len(all[best].groups)) {
				best = i
			}
		}
		if best >= 0 {
			all[best].id, all[best].name = u.ID, u.Name
		}
	}
}

// PoolName is the name of the unit whose groups make up the pool of a group, or that
// of the group that stands alone.
func (d *Day) PoolName(g Group) string {
	for _, u := range d.Units {
		if u.ID == g.Pool {
			return u.Name
		}
	}
	for _, other := range d.Groups {
		if other.ID == g.Pool {
			return other.Name
		}
	}
	return g.Name
}
