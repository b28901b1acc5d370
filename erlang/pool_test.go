package erlang_test

import (
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"bemanna/erlang"
)

// ofLoads gives queues of 300-second calls with the loads, in erlangs.
func ofLoads(loads ...float64) []erlang.Queue {
	queues := make([]erlang.Queue, len(loads))
	for i, load := range loads {
		queues[i] = erlang.Queue{ArrivalRate: load / 300, ServiceRate: 1.0 / 300, AbandonRate: 1.0 / 180}
	}
	return queues
}

func pool(t rapid.TB, queues []erlang.Queue, crews []erlang.Crew) erlang.Pooling {
	t.Helper()
	p, err := erlang.Pool(queues, crews)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

var near = cmpopts.EquateApprox(1e-8, 1e-9)

func TestPoolByHand(t *testing.T) {
	for _, c := range []struct {
		name     string
		loads    []float64
		crews    []erlang.Crew
		pool     []int
		capacity []float64
		spare    float64
	}{
		{
			"one flexible crew is one pool",
			[]float64{1, 2, 3},
			[]erlang.Crew{{12, []int{0, 1, 2}}},
			[]int{0, 0, 0},
			[]float64{2, 4, 6},
			0,
		},
		{
			"specialists are apart, though their ratios are equal",
			[]float64{1, 2},
			[]erlang.Crew{{2, []int{1}}, {1, []int{0}}},
			[]int{0, 1},
			[]float64{1, 2},
			0,
		},
		{
			"a specialist of the one is no help to the other",
			[]float64{5, 5},
			[]erlang.Crew{{10, []int{0}}, {4, []int{1}}},
			[]int{0, 1},
			[]float64{10, 4},
			0,
		},
		{
			"the flexible go where the need is greatest",
			[]float64{5, 5},
			[]erlang.Crew{{10, []int{0}}, {4, []int{1}}, {3, []int{0, 1}}},
			[]int{0, 1},
			[]float64{10, 7},
			0,
		},
		{
			"a chain of crews is one pool",
			[]float64{4, 4, 4},
			[]erlang.Crew{{6, []int{0, 1}}, {6, []int{1, 2}}, {3, []int{2, 0}}},
			[]int{0, 0, 0},
			[]float64{5, 5, 5},
			0,
		},
		{
			"nobody serves the second; the third has no calls",
			[]float64{4, 4, 0},
			[]erlang.Crew{{6, []int{0, 2}}, {2, []int{2}}, {1, nil}},
			[]int{0, 1, -1},
			[]float64{6, 0, 0},
			3,
		},
		{"no crews", []float64{1}, nil, []int{0}, []float64{0}, 0},
		{"no groups", nil, []erlang.Crew{{3, nil}}, []int{}, []float64{}, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := pool(t, ofLoads(c.loads...), c.crews)
			if diff := cmp.Diff(c.pool, p.Pool); diff != "" {
				t.Errorf("pools (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.capacity, p.Capacity, near); diff != "" {
				t.Errorf("capacity (-want +got):\n%s", diff)
			}
			if !cmp.Equal(c.spare, p.Spare, near) {
				t.Errorf("spare %v, want %v", p.Spare, c.spare)
			}
		})
	}
}

// drawCrews draws up to six groups, some of them without calls, and up to
// eight crews with any skills.
func drawCrews(t *rapid.T) (loads []float64, crews []erlang.Crew) {
	load := rapid.OneOf(rapid.Just(0.0), rapid.Float64Range(0.1, 20), rapid.Map(rapid.IntRange(1, 3), func(i int) float64 { return float64(i) }))
	loads = rapid.SliceOfN(load, 1, 6).Draw(t, "loads")
	agents := rapid.OneOf(rapid.Float64Range(0, 20), rapid.Map(rapid.IntRange(0, 4), func(i int) float64 { return float64(i) }))
	crew := rapid.Custom(func(t *rapid.T) erlang.Crew {
		return erlang.Crew{
			Agents: agents.Draw(t, "agents"),
			Groups: rapid.SliceOfN(rapid.IntRange(0, len(loads)-1), 0, 4).Draw(t, "groups"),
		}
	})
	return loads, rapid.SliceOfN(crew, 0, 8).Draw(t, "crews")
}

// reachable is the number of agents that serve any group with calls in the
// set, a bit for each group.
func reachable(set uint, loads []float64, crews []erlang.Crew) float64 {
	agents := 0.0
	for _, crew := range crews {
		for _, g := range crew.Groups {
			if loads[g] > 0 && set>>g&1 == 1 {
				agents += crew.Agents
				break
			}
		}
	}
	return agents
}

// fairest is the max–min fair spread by trying every subset: the tightest
// subset of groups gets all that it can reach, beyond what went to tighter
// ones, and so on.
func fairest(loads []float64, crews []erlang.Crew) []float64 {
	capacity := make([]float64, len(loads))
	done := uint(0)
	for {
		taken := reachable(done, loads, crews)
		tightest, least := uint(0), math.Inf(1)
		for set := range uint(1) << len(loads) {
			load := 0.0
			for g, l := range loads {
				if set>>g&1 == 1 {
					load += l
				}
			}
			if set&done != 0 || load == 0 {
				continue
			}
			if ratio := (reachable(set|done, loads, crews) - taken) / load; ratio < least {
				tightest, least = set, ratio
			}
		}
		if tightest == 0 {
			return capacity
		}
		for g, l := range loads {
			if tightest>>g&1 == 1 {
				capacity[g] = l * max(0, least)
			}
		}
		done |= tightest
	}
}

func TestPoolIsTheFairestSpread(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		loads, crews := drawCrews(t)
		p := pool(t, ofLoads(loads...), crews)
		if diff := cmp.Diff(fairest(loads, crews), p.Capacity, cmpopts.EquateApprox(1e-6, 1e-7)); diff != "" {
			t.Errorf("capacity (-all subsets tried +got):\n%s", diff)
		}
	})
}

func TestPoolLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		loads, crews := drawCrews(t)
		p := pool(t, ofLoads(loads...), crews)
		given, all := p.Spare, 0.0
		for _, capacity := range p.Capacity {
			given += capacity
		}
		for _, crew := range crews {
			all += crew.Agents
		}
		if !cmp.Equal(given, all, near) {
			t.Errorf("%v agents went somewhere, want all %v", given, all)
		}
		// Hall: no set of groups gets more agents than serve it.
		for set := range uint(1) << len(loads) {
			got := 0.0
			for g, capacity := range p.Capacity {
				if set>>g&1 == 1 {
					got += capacity
				}
			}
			if most := reachable(set, loads, crews); got > most*(1+1e-8)+1e-9 {
				t.Errorf("groups %b get %v agents, %v serve them", set, got, most)
			}
		}
		// A pool has one ratio, and is all the calls and agents of its groups.
		agents, arrivals := make([]float64, len(p.Pools)), make([]float64, len(p.Pools))
		for g, k := range p.Pool {
			if k < 0 {
				continue
			}
			agents[k] += p.Capacity[g]
			arrivals[k] += loads[g] / 300
			load := p.Pools[k].Queue.ArrivalRate / p.Pools[k].Queue.ServiceRate
			if !cmp.Equal(p.Capacity[g]/loads[g], p.Pools[k].Agents/load, near) {
				t.Errorf("group %d has %v agents per erlang, its pool %v", g, p.Capacity[g]/loads[g], p.Pools[k].Agents/load)
			}
		}
		for k, shared := range p.Pools {
			if !cmp.Equal(shared.Agents, agents[k], near) || !cmp.Equal(shared.Queue.ArrivalRate, arrivals[k], near) {
				t.Errorf("pool %d is %+v, its groups have %v agents and %v calls/s", k, shared, agents[k], arrivals[k])
			}
		}
	})
}

func TestOneMoreAgentNeverLowersTheLeastRatio(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		loads, crews := drawCrews(t)
		if len(crews) == 0 {
			return
		}
		least := func() float64 {
			ratio := math.Inf(1)
			for g, capacity := range pool(t, ofLoads(loads...), crews).Capacity {
				if loads[g] > 0 {
					ratio = min(ratio, capacity/loads[g])
				}
			}
			return ratio
		}
		before := least()
		crews[rapid.IntRange(0, len(crews)-1).Draw(t, "which")].Agents++
		if after := least(); after < before*(1-1e-8) {
			t.Errorf("the least ratio falls from %v to %v", before, after)
		}
	})
}

func TestPoolingPerformance(t *testing.T) {
	queues := ofLoads(4, 6, 0, 3)
	p := pool(t, queues, []erlang.Crew{{12, []int{0, 1}}, {2, []int{3}}})
	got, err := p.Performance([]float64{20, 60, 20, 20})
	if err != nil {
		t.Fatal(err)
	}
	shared := ofLoads(10)[0]
	for g, want := range []erlang.Performance{
		perform(t, shared, 12, 20), perform(t, shared, 12, 60), perform(t, queues[2], 0, 20), perform(t, queues[3], 2, 20),
	} {
		for _, d := range definitions {
			absolute(t, fmt.Sprint("group ", g, " ", d), got[g].ServiceLevel(d), want.ServiceLevel(d), 1e-12)
		}
		absolute(t, "wait", got[g].AverageWait, want.AverageWait, 1e-9)
		absolute(t, "group's own calls", got[g].OfferedRate, queues[g].ArrivalRate, 1e-15)
		absolute(t, "group's own queue", got[g].QueueLength, queues[g].ArrivalRate*got[g].AverageWait, 1e-12)
	}
}

// TestPoolOfDifferentCalls checks the means over calls: 1 call/s of 100 s and
// 3 calls/s of 200 s are 4 calls/s of 175 s.
func TestPoolOfDifferentCalls(t *testing.T) {
	queues := []erlang.Queue{
		{ArrivalRate: 1, ServiceRate: 1.0 / 100, AbandonRate: 1.0 / 60},
		{ArrivalRate: 3, ServiceRate: 1.0 / 200, AbandonRate: 1.0 / 180},
	}
	p := pool(t, queues, []erlang.Crew{{800, []int{0, 1}}})
	want := erlang.Pooling{
		Pool: []int{0, 0}, Capacity: []float64{800.0 / 7, 4800.0 / 7},
		Pools: []erlang.PooledQueue{{
			Queue:  erlang.Queue{ArrivalRate: 4, ServiceRate: 1.0 / 175, AbandonRate: (1.0/60 + 3.0/180) / 4},
			Agents: 800,
		}},
	}
	if diff := cmp.Diff(want, p, near, cmpopts.IgnoreUnexported(p)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestPoolFaults(t *testing.T) {
	good := ofLoads(1, 2)
	bad := ofLoads(1, nan)
	for _, c := range []struct {
		queues []erlang.Queue
		crew   erlang.Crew
		field  string
	}{
		{bad, erlang.Crew{Agents: 1}, "Queue.ArrivalRate"},
		{good, erlang.Crew{Agents: nan}, "Crew.Agents"},
		{good, erlang.Crew{Agents: inf}, "Crew.Agents"},
		{good, erlang.Crew{Agents: -1}, "Crew.Agents"},
		{good, erlang.Crew{Agents: 1, Groups: []int{2}}, "Crew.Groups"},
		{good, erlang.Crew{Agents: 1, Groups: []int{-1}}, "Crew.Groups"},
	} {
		_, err := erlang.Pool(c.queues, []erlang.Crew{c.crew})
		wantField(t, err, c.field)
	}
	p := pool(t, good, nil)
	_, err := p.Performance([]float64{20})
	wantField(t, err, "thresholds")
	_, err = p.Performance([]float64{20, -1})
	wantField(t, err, "threshold")
}

// TestPooledNeed: ten groups of 4 calls in 15 minutes, 300 s each, 85 % in a
// minute, need 30 people apart and 17 together.
func TestPooledNeed(t *testing.T) {
	target := erlang.Target{Share: 0.85, Threshold: 60}
	queues := make([]erlang.Queue, 10)
	apart := 0
	for i := range queues {
		queues[i] = erlang.Queue{ArrivalRate: 4.0 / 900, ServiceRate: 1.0 / 300}
		n, err := queues[i].Agents(target)
		if err != nil {
			t.Fatal(err)
		}
		apart += n
	}
	total, share, err := erlang.PooledNeed(queues, target)
	if err != nil {
		t.Fatal(err)
	}
	if apart != 30 || erlang.Whole(total) != 17 {
		t.Errorf("%d people apart and %v together, want 30 and 17", apart, total)
	}
	for i, s := range share {
		absolute(t, fmt.Sprint("share ", i), s, total/10, 1e-12)
	}
}

func TestPooledNeedSharesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		loads := rapid.SliceOfN(rapid.OneOf(rapid.Just(0.0), rapid.Float64Range(0.01, 50)), 1, 12).Draw(t, "loads")
		target := erlang.Target{Share: 0.8, Threshold: 20, MinAgents: rapid.IntRange(0, 5).Draw(t, "floor")}
		total, share, err := erlang.PooledNeed(ofLoads(loads...), target)
		if err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for _, s := range share {
			sum += s
		}
		if !cmp.Equal(sum, total, near) {
			t.Errorf("shares add up to %v of %v", sum, total)
		}
		sizes, apart := 0.0, 0.0
		for i, q := range ofLoads(loads...) {
			n, err := q.AgentsReal(erlang.Target{Share: 0.8, Threshold: 20})
			if err != nil {
				t.Fatal(err)
			}
			apart += n
			sizes += loads[i]
		}
		if total > max(apart, float64(target.MinAgents))+1e-9 {
			t.Errorf("%v agents together, %v apart: pooling does not cost", total, apart)
		}
	})
	_, _, err := erlang.PooledNeed(ofLoads(1), erlang.Target{Share: 2})
	wantField(t, err, "Target.Share")
	_, _, err = erlang.PooledNeed(ofLoads(1, -1), erlang.Target{Share: 0.8})
	wantField(t, err, "Queue.ArrivalRate")
	if !errors.As(err, new(*erlang.InputError)) {
		t.Errorf("error %v, want an InputError", err)
	}
}
