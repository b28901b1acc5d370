package sim

import (
	"cmp"
	"fmt"
	"slices"
)

// A roster is the plan made ready: who can do what, and when that changes. All
// days of a run share it.
type roster struct {
	crews   []crew
	changes []change
	people  int
	reach   []reach // of each group
	writers [][]int32
	// phoneTime is the time in seconds on telephone duties in each interval,
	// while a group of the duty is open.
	phoneTime []float64
}

// away is the duty of who has none.
const away = none

// A crew is the agents who have the same list of groups and e-mail at present.
type crew struct {
	groups []int
	email  []int
	// open is in which intervals any of the groups takes calls; nil is always.
	open []bool
	// sources are where its calls come from, those to be taken first at the front.
	sources []source
	// rivals are the crews that share a group with it, itself included.
	rivals []int32
	// mailers are those of the rivals that answer e-mail.
	mailers []int32
}

func (c *crew) phones() bool { return len(c.groups) > 0 }

// A source is a line that a crew takes calls from.
type source struct {
	group int32
	// tier orders the sources: within a tier the longest wait goes first.
	tier     int32
	overflow bool
	after    float64 // s a call must have waited
}

// reach is the crews that take a group's calls, in the order in which they are
// asked: at once, and those that overflow adds.
type reach struct {
	own, overflow []int32
}

// A change is that a person's duty changes.
type change struct {
	at     float64
	person int32
	crew   int32 // or away
}

func newRoster(m *Model) *roster {
	r := &roster{phoneTime: make([]float64, m.N)}
	index := map[string]int32{}
	for _, a := range m.Agents {
		for range max(a.Count, 1) {
			r.hire(m, a, index)
		}
	}
	slices.SortStableFunc(r.changes, func(a, b change) int { return cmp.Compare(a.at, b.at) })
	for i := range r.crews {
		r.connect(m, i)
	}
	r.route(m)
	return r
}

// hire adds a person. Duties that follow each other without a pause are one
// change, and none when nothing changes.
func (r *roster) hire(m *Model, a Agent, index map[string]int32) {
	person := int32(r.people)
	r.people++
	last, until := int32(away), 0.0
	end := func(next float64) {
		if last != away && until < next {
			r.changes = append(r.changes, change{until, person, away})
			last = away
		}
	}
	grid := grid{m.Step, m.N}
	for _, d := range a.Duties {
		if len(d.Groups) == 0 && len(d.Email) == 0 {
			continue
		}
		end(d.From)
		crew := r.crew(m, d, index)
		if crew != last {
			r.changes = append(r.changes, change{d.From, person, crew})
			last = crew
		}
		until = d.To
		if len(d.Groups) > 0 {
			grid.spreadOver(r.crews[crew].open, d.From, d.To, 1, r.phoneTime)
		}
	}
	end(inf)
}

func (r *roster) crew(m *Model, d Duty, index map[string]int32) int32 {
	key := fmt.Sprint(d.Groups, d.Email)
	i, ok := index[key]
	if !ok {
		i = int32(len(r.crews))
		index[key] = i
		r.crews = append(r.crews, crew{groups: d.Groups, email: d.Email, open: m.anyOpen(d.Groups)})
	}
	return i
}

// anyOpen is in which intervals any of some groups takes calls; nil is always.
func (m *Model) anyOpen(groups []int) []bool {
	open := make([]bool, m.N)
	for _, g := range groups {
		if m.Groups[g].Open == nil {
			return nil
		}
		for t, yes := range m.Groups[g].Open {
			open[t] = open[t] || yes
		}
	}
	return open
}

// connect finds the sources of a crew, its rivals and those of them who answer
// e-mail.
func (r *roster) connect(m *Model, index int) {
	c := &r.crews[index]
	type place struct {
		source
		priority, rank int
	}
	var places []place
	for g, group := range m.Groups {
		s := source{group: int32(g)}
		rank := slices.Index(c.groups, g)
		if rank < 0 && group.Overflow.After > 0 {
			s.overflow, s.after = true, group.Overflow.After
			rank = slices.Index(c.groups, group.Overflow.To)
		}
		if rank < 0 {
			continue
		}
		if !m.Strict {
			rank = 0
		}
		places = append(places, place{s, group.Priority, rank})
	}
	order := func(a, b place) int {
		return cmp.Or(cmp.Compare(a.priority, b.priority), cmp.Compare(a.rank, b.rank))
	}
	slices.SortStableFunc(places, order)
	for i, p := range places {
		if i > 0 {
			p.tier = c.sources[i-1].tier
			if order(places[i-1], p) != 0 {
				p.tier++
			}
		}
		c.sources = append(c.sources, p.source)
	}
	for i := range r.crews {
		shares := func(g int) bool { return slices.Contains(c.groups, g) }
		if i == index || slices.ContainsFunc(r.crews[i].groups, shares) {
			c.rivals = append(c.rivals, int32(i))
			if len(r.crews[i].email) > 0 {
				c.mailers = append(c.mailers, int32(i))
			}
		}
	}
}

// route finds who is asked to answer the calls of each group, and each kind of
// e-mail.
func (r *roster) route(m *Model) {
	r.reach = make([]reach, len(m.Groups))
	for g, group := range m.Groups {
		r.reach[g].own = r.takers(g)
		if group.Overflow.After > 0 {
			helpers := r.takers(group.Overflow.To)
			r.reach[g].overflow = slices.DeleteFunc(helpers, func(c int32) bool {
				return slices.Contains(r.crews[c].groups, g)
			})
		}
	}
	r.writers = make([][]int32, len(m.Email))
	for k := range m.Email {
		for c := range r.crews {
			if slices.Contains(r.crews[c].email, k) {
				r.writers[k] = append(r.writers[k], int32(c))
			}
		}
		// Those who have no calls to wait for come first.
		slices.SortStableFunc(r.writers[k], func(a, b int32) int {
			return cmp.Compare(min(1, len(r.crews[a].groups)), min(1, len(r.crews[b].groups)))
		})
	}
}

// takers are the crews that list a group, in the order of FirstListed.
func (r *roster) takers(g int) []int32 {
	var crews []int32
	for c := range r.crews {
		if slices.Contains(r.crews[c].groups, g) {
			crews = append(crews, int32(c))
		}
	}
	slices.SortStableFunc(crews, func(a, b int32) int {
		x, y := r.crews[a].groups, r.crews[b].groups
		return cmp.Or(cmp.Compare(slices.Index(x, g), slices.Index(y, g)), cmp.Compare(len(x), len(y)))
	})
	return crews
}
