package sim

import (
	"context"
	"testing"
)

// Once a day has been simulated, others need no more memory, with calls that
// wait, call again and overflow, with e-mail, and with agents who come and go.
func TestDaysNeedNoMemoryOfTheirOwn(t *testing.T) {
	m := Model{Step: 3600, N: 2, Lines: 40, Departure: 1}
	for range 2 {
		m.Groups = append(m.Groups, Group{
			ArrivalRate: []float64{0.1, 0.1}, HandleTime: []float64{60, 60}, AbandonRate: []float64{0.02, 0.02},
			Redial: Redial{Share: 0.5, Delay: 100},
		})
	}
	m.Groups[0].Overflow = Overflow{To: 1, After: 20}
	m.Email = []Email{{ArrivalRate: []float64{0.01, 0.01}, HandleTime: 100, Backlog: []float64{1, 2}}}
	for i := range 8 {
		m.Agents = append(m.Agents, Agent{Duties: []Duty{
			{From: 100 * float64(i), To: 3000, Groups: []int{i % 2}, Email: []int{0}}, {From: 4000, To: 7000, Groups: []int{1, 0}},
		}})
	}
	if err := m.check(); err != nil {
		t.Fatal(err)
	}
	d := newDay(&m, newRoster(&m))
	day := func() {
		for r := range 20 {
			if err := d.run(context.Background(), 1, r); err != nil {
				t.Fatal(err)
			}
		}
	}
	day()
	if n := testing.AllocsPerRun(3, day); n > 0 {
		t.Errorf("%v allocations in 20 days, want none", n)
	}
}
