package sim

import "testing"

// Three crews for group 0: two agents who list it second, one who lists it
// first, and one who has nothing else. They became free in this order.
func TestWhoIsAsked(t *testing.T) {
	for selection, want := range map[Selection][]int32{
		FirstListed: {3, 2, 0, 1, none},
		LongestIdle: {0, 1, 2, 3, none},
	} {
		m := Model{Step: 60, N: 1, Selection: selection}
		for range 2 {
			m.Groups = append(m.Groups, Group{ArrivalRate: []float64{0}, HandleTime: []float64{0}})
		}
		for _, groups := range [][]int{{1, 0}, {1, 0}, {0, 1}, {0}} {
			m.Agents = append(m.Agents, Agent{Duties: []Duty{{From: 0, To: 60, Groups: groups}}})
		}
		if err := m.check(); err != nil {
			t.Fatal(err)
		}
		d := newDay(&m, newRoster(&m))
		d.open(1, 0)
		for person, c := range d.changes[:4] {
			d.now = float64(person)
			d.changeDuty(c)
		}
		for i, seat := range want {
			got := d.freeSeat(d.reach[0].own)
			if got != seat {
				t.Fatalf("selection %d: agent %d is asked as number %d, want %d", selection, got, i, seat)
			}
			if got != none {
				d.floor.call(got)
			}
		}
	}
}
