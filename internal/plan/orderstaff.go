package plan

import (
	"bytes"
	"encoding/binary"
	"slices"

	"bemanna/erlang"
)

// standing is who is on the telephone in an interval beside the crews of the scene:
// how many by skills.
type standing struct {
	t      int
	counts string
}

// nobody is no skills.
const nobody = -1

// skillsOf gives the index among the skills of the day of those of people who take
// some groups.
func (d *orderDay) skillsOf(groups []int) int {
	i := slices.IndexFunc(d.skills, func(other []int) bool { return slices.Equal(groups, other) })
	if i < 0 {
		i = len(d.skills)
		d.skills = append(d.skills, groups)
	}
	return i
}

// beside counts by skills who is on the telephone in interval t beside the crews of
// the scene, with one of some skills more.
func (d *orderDay) beside(t, more int) []int {
	counts := make([]int, len(d.skills), len(d.skills)+1)
	for _, some := range [][]*call{d.joined, d.called} {
		for _, x := range some {
			if !x.phone[t] {
				continue
			}
			i := d.skillsOf(x.groups)
			counts = append(counts, make([]int, len(d.skills)-len(counts))...)
			counts[i]++
		}
	}
	if more != nobody {
		counts[more]++
	}
	return counts
}

// crewsAt gives all who are on the telephone in interval t.
func (d *orderDay) crewsAt(t int) []erlang.Crew { return d.crewsWith(t, d.beside(t, nobody)) }

func (d *orderDay) crewsWith(t int, beside []int) []erlang.Crew {
	all := slices.Clip(d.crews[t])
	for i, n := range beside {
		if n > 0 {
			all = append(all, erlang.Crew{Agents: float64(n) * d.there, Groups: d.skills[i]})
		}
	}
	return all
}

// at gives what becomes of the calls of interval t, with one of some skills more.
// While shifts are sought the same people come together again and again.
func (d *orderDay) at(t, more int) (served, error) {
	beside := d.beside(t, more)
	var counts []byte
	for _, n := range beside {
		counts = binary.AppendUvarint(counts, uint64(n))
	}
	k := standing{t, string(bytes.TrimRight(counts, "\x00"))} // the same when more skills are known
	if known, ok := d.known[k]; ok {
		return known, nil
	}
	out, err := d.look.at(t, d.crewsWith(t, beside))
	if err == nil {
		d.known[k] = out
	}
	return out, err
}
