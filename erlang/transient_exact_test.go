package erlang_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/stat/distuv"

	"bemanna/erlang"
)

// A full is the whole state of a day: calls with the agents who are there and
// waiting, agents too many that are busy, of whom the first to finish leaves
// (FirstToFinish), and agents who finish their own call and leave
// (FinishCall).
type full struct{ calls, surplus, leaving int }

// What becomes of a call that is followed.
var answered, hungUp = full{calls: -1}, full{calls: -2}

// A move is a state and the rate at which it is reached.
type move struct {
	to   full
	rate float64
}

func (s full) waiting(agents int) int { return max(0, s.calls-agents-s.surplus) }

// departures lists the moves out of a state but for those of new calls.
func (s full) departures(in erlang.Interval) []move {
	waiting := s.waiting(in.Agents)
	return []move{
		{full{s.calls - 1, max(0, s.surplus-1), s.leaving}, float64(s.calls-waiting) * in.ServiceRate},
		{full{s.calls - 1, s.surplus, s.leaving}, float64(waiting) * in.AbandonRate},
		{full{s.calls, s.surplus, s.leaving - 1}, float64(s.leaving) * in.ServiceRate},
	}
}

// moves lists all moves out of a state, up to so many calls.
func (s full) moves(in erlang.Interval, top int) []move {
	join := in.ArrivalRate
	if s.calls >= in.Agents {
		join *= 1 - in.Balk
	}
	if s.calls == top {
		join = 0
	}
	return append(s.departures(in), move{full{s.calls + 1, s.surplus, s.leaving}, join})
}

// ahead lists the moves of those ahead of a call that waits.
func (s full) ahead(in erlang.Interval) []move {
	if s == answered || s == hungUp {
		return nil
	}
	moves := append(s.departures(in), move{hungUp, in.AbandonRate})
	for i := range moves {
		if moves[i].to.calls >= 0 && moves[i].to.calls < in.Agents {
			moves[i].to = answered
		}
	}
	return moves
}

// restaffed is the state after a change of the number of agents.
func (s full) restaffed(from, to int, d erlang.Departure) full {
	if s.calls < 0 {
		return s
	}
	over := max(0, s.calls-s.waiting(from)-to)
	switch d {
	case erlang.FinishCall:
		return full{s.calls - over, 0, s.leaving + over}
	case erlang.FirstToFinish:
		return full{s.calls, over, 0}
	default:
		return full{s.calls, 0, 0}
	}
}

type distribution map[full]float64

// restaffed changes the number of agents; as is known of a call that is
// followed, it is answered when one is free then.
func (p distribution) restaffed(from, to int, d erlang.Departure, following bool) distribution {
	after := distribution{}
	for s, x := range p {
		s = s.restaffed(from, to, d)
		if following && s.calls >= 0 && s.calls < to {
			s = answered
		}
		after[s] += x
	}
	return after
}

// uniformised moves a distribution through a time by uniformisation (Jensen,
// Skandinavisk Aktuarietidskrift 36, 1953), and gives the time spent in each
// state.
func uniformised(p distribution, seconds float64, moves func(full) []move) (after, spent distribution) {
	var states []full
	index := map[full]int{}
	visit := func(s full) int {
		i, ok := index[s]
		if !ok {
			i = len(states)
			index[s], states = i, append(states, s)
		}
		return i
	}
	for s := range p {
		visit(s)
	}
	type edge struct {
		from, to int
		rate     float64
	}
	var edges []edge
	fastest := 1e-9
	for i := 0; i < len(states); {
		sum := 0.0
		for _, m := range moves(states[i]) {
			if m.rate > 0 {
				edges = append(edges, edge{i, visit(m.to), m.rate})
				sum += m.rate
			}
		}
		fastest = max(fastest, sum)
		i++
	}
	now, next := make([]float64, len(states)), make([]float64, len(states))
	end, time := make([]float64, len(states)), make([]float64, len(states))
	for s, x := range p {
		now[index[s]] = x
	}
	events := distuv.Poisson{Lambda: fastest * seconds}
	tail := 1.0
	for n := 0.0; n < events.Lambda+9*math.Sqrt(events.Lambda)+30; n++ {
		chance := events.Prob(n)
		tail -= chance
		for i, x := range now {
			end[i] += chance * x
			time[i] += max(0, tail) / fastest * x
		}
		copy(next, now)
		for _, e := range edges {
			flow := now[e.from] * e.rate / fastest
			next[e.from] -= flow
			next[e.to] += flow
		}
		now, next = next, now
	}
	after, spent = distribution{}, distribution{}
	for i, s := range states {
		after[s], spent[s] = end[i], time[i]
	}
	return after, spent
}

// level gives the share of the calls of an interval that are answered within a
// threshold: each is followed from the moment it comes, at Gauss nodes
// between the moments at which something changes for it.
func level(day []erlang.Interval, i int, start distribution, threshold float64, d erlang.Departure, top int) float64 {
	in := day[i]
	cuts := []float64{0, in.Duration}
	end := 0.0
	for _, later := range day[i:] {
		end += later.Duration
		if cut := end - threshold; cut > 0 && cut < in.Duration {
			cuts = append(cuts, cut)
		}
	}
	slices.Sort(cuts)
	const points = 10
	var nodes, weights [points]float64
	sum := 0.0
	for c := range len(cuts) - 1 {
		quad.Legendre{}.FixedLocations(nodes[:], weights[:], cuts[c], cuts[c+1])
		for g, at := range nodes {
			found, _ := uniformised(start, at, func(s full) []move { return s.moves(in, top) })
			followed := distribution{}
			for s, x := range found {
				switch {
				case s.calls < in.Agents:
					followed[answered] += x
				default:
					followed[s] += x * (1 - in.Balk)
				}
			}
			left, now, until := threshold, i, in.Duration-at
			for left > 0 {
				step := left
				if now+1 < len(day) {
					step = min(left, until)
				}
				followed, _ = uniformised(followed, step, func(s full) []move { return s.ahead(day[now]) })
				left -= step
				if left > 0 {
					followed = followed.restaffed(day[now].Agents, day[now+1].Agents, d, true)
					now++
					until = day[now].Duration
				}
			}
			sum += weights[g] * followed[answered]
		}
	}
	return sum / in.Duration
}

// compareWithUniformisation checks a day against the full state. Levels are
// checked for a threshold above 0.
func compareWithUniformisation(t *testing.T, day []erlang.Interval, threshold float64, d erlang.Departure, top int) {
	t.Helper()
	course, err := erlang.Follow(day, threshold, erlang.TransientOptions{Departure: d})
	if err != nil {
		t.Fatal(err)
	}
	p := distribution{{}: 1}
	agents := day[0].Agents
	for i, in := range day {
		p = p.restaffed(agents, in.Agents, d, false)
		agents = in.Agents
		start := p
		after, spent := uniformised(p, in.Duration, func(s full) []move { return s.moves(in, top) })
		p = after
		var calls, queue, delay float64
		for s, x := range after {
			calls += float64(s.calls+s.leaving) * x
		}
		for s, x := range spent {
			queue += float64(s.waiting(agents)) * x / in.Duration
			if s.calls >= agents {
				delay += x / in.Duration
			}
		}
		name := fmt.Sprintf("departure %d, interval %d: ", d, i)
		absolute(t, name+"calls at the end", course.End[i].Calls, calls, 1e-10*calls)
		absolute(t, name+"queue", course.Intervals[i].QueueLength, queue, 1e-10)
		absolute(t, name+"delay", course.Intervals[i].Delay, delay, 1e-11)
		if threshold > 0 {
			absolute(t, name+"level", course.Intervals[i].AnsweredWithin, level(day, i, start, threshold, d, top), 2e-9)
		}
	}
}

// TestTransientAgainstUniformisation has the day of the vectors, in minutes,
// and a small one in which a threshold is longer than an interval and all that
// can changes.
func TestTransientAgainstUniformisation(t *testing.T) {
	var large []erlang.Interval
	for i, rate := range []float64{4, 9, 14, 12, 8, 3} {
		large = append(large, erlang.Interval{
			Duration: 15, ArrivalRate: rate, ServiceRate: 0.2, AbandonRate: 0.4, Agents: []int{24, 46, 68, 66, 40, 20}[i],
		})
	}
	small := []erlang.Interval{
		{Duration: 200, ArrivalRate: 0.04, ServiceRate: 1.0 / 80, AbandonRate: 1.0 / 90, Agents: 4},
		{Duration: 40, ArrivalRate: 0.08, ServiceRate: 1.0 / 100, AbandonRate: 1.0 / 90, Agents: 5},
		{Duration: 35, ArrivalRate: 0.05, ServiceRate: 1.0 / 100, AbandonRate: 1.0 / 200, Agents: 1},
		{Duration: 90, ArrivalRate: 0.03, ServiceRate: 1.0 / 60, AbandonRate: 0, Balk: 0.2, Agents: 3},
		{Duration: 100, ArrivalRate: 0.02, ServiceRate: 1.0 / 60, AbandonRate: 1.0 / 50, Agents: 0},
		{Duration: 100, ArrivalRate: 0.02, ServiceRate: 1.0 / 60, AbandonRate: 1.0 / 50, Agents: 2},
	}
	for _, d := range []erlang.Departure{erlang.FinishCall, erlang.FirstToFinish, erlang.Preempt} {
		compareWithUniformisation(t, large, 0, d, 140)
		compareWithUniformisation(t, small, 60, d, 30)
	}
}
