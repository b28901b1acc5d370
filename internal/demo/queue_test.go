package demo

import (
	"math"
	"math/rand/v2"
	"testing"

	"bemanna/erlang"
)

// crewOf gives the same number of people in each of some slots.
func crewOf(people, slots int) []int {
	crew := make([]int, slots)
	for i := range crew {
		crew[i] = people
	}
	return crew
}

func at(group int, arrive, patience, handle float64) *call {
	return &call{group: group, arrive: arrive, patience: patience, talk: handle}
}

// In the long run the queue is an M/M/n+M: the shares answered are those of
// package erlang, within four standard errors of a stationary stretch.
func TestQueueIsErlangA(t *testing.T) {
	const (
		handle, patience = 300.0, 240.0
		slots            = 12000
	)
	for _, x := range []struct {
		people int
		load   float64 // erlangs
	}{{3, 2}, {8, 8}, {12, 14}} {
		r := rand.New(rand.NewPCG(1, uint64(x.people)))
		var calls []*call
		for now := 0.0; now < slots*slotSeconds; now += r.ExpFloat64() * handle / x.load {
			calls = append(calls, at(0, now, patience*r.ExpFloat64(), handle*r.ExpFloat64()))
		}
		f := floor{groups: make([]group, 1), people: [][]int{crewOf(x.people, slots)}}
		f.run(calls)
		var sum tally
		for _, c := range calls {
			sum.add(c)
		}
		q := erlang.Queue{ArrivalRate: x.load / handle, ServiceRate: 1 / handle, AbandonRate: 1 / patience}
		want, err := q.Performance(float64(x.people), 60)
		if err != nil {
			t.Fatal(err)
		}
		n := float64(sum.offered)
		for _, share := range []struct {
			name      string
			got, want float64
		}{
			{"answered within 60 s", float64(sum.within60) / n, want.AnsweredWithin},
			{"abandoned", float64(sum.abandoned) / n, want.Abandonment},
		} {
			// Calls that come together share their waits: count one in ten as independent.
			tolerance := 4 * math.Sqrt(share.want*(1-share.want)/(n/10))
			if math.Abs(share.got-share.want) > tolerance {
				t.Errorf("%d people, %g erlangs: %s %.4f, want %.4f ± %.4f",
					x.people, x.load, share.name, share.got, share.want, tolerance)
			}
		}
	}
}

func TestFirstComeFirstServed(t *testing.T) {
	calls := []*call{at(0, 0, 1e6, 100), at(0, 10, 1e6, 100), at(0, 20, 50, 100), at(0, 30, 1e6, 100)}
	f := floor{groups: make([]group, 1), people: [][]int{{1}}}
	f.run(calls)
	for i, want := range []float64{0, 90, 0, 170} {
		if c := calls[i]; c.wait != want || c.answered != (i != 2) {
			t.Errorf("call %d: waited %g s, answered %t; want %g, %t", i, c.wait, c.answered, want, i != 2)
		}
	}
}

func TestUrgentGoesFirst(t *testing.T) {
	calls := []*call{at(0, 0, 1e6, 100), at(0, 10, 1e6, 100), at(1, 20, 1e6, 100)}
	f := floor{groups: []group{{}, {Urgent: true}}, people: [][]int{{1}}}
	f.run(calls)
	if calls[2].wait != 80 || calls[1].wait != 190 {
		t.Errorf("urgent waited %g s, the other %g; want 80, 190", calls[2].wait, calls[1].wait)
	}
}

func TestSharedGroupGoesWhereMostAreFree(t *testing.T) {
	groups := []group{{Unit: 0}, {Unit: 1}, {Unit: -1}}
	calls := []*call{at(0, 0, 1e6, 100), at(2, 1, 1e6, 100), at(1, 2, 1e6, 100), at(1, 3, 1e6, 100)}
	f := floor{groups: groups, people: [][]int{{2}, {2}}}
	f.run(calls)
	// Unit 0 has one free and unit 1 two: the shared call takes one of unit 1,
	// whose second own call then waits for it.
	for i, want := range []float64{0, 0, 0, 98} {
		if calls[i].wait != want {
			t.Errorf("call %d waited %g s, want %g", i, calls[i].wait, want)
		}
	}
}

func TestPeopleFinishTheirCallsWhenTheyLeave(t *testing.T) {
	calls := []*call{at(0, 800, 1e6, 300), at(0, 850, 1e6, 300), at(0, 860, 1e6, 10)}
	f := floor{groups: make([]group, 1), people: [][]int{{2, 1}}}
	f.run(calls)
	// Both talk past 900 s, when one of them leaves; the third call has to wait
	// until the one who stays is free at 1150 s.
	if !calls[0].answered || calls[2].wait != 290 {
		t.Errorf("the third call waited %g s, want 290", calls[2].wait)
	}
}
