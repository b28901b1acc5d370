package sim_test

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bemanna/erlang"
	"bemanna/erlang/sim"
)

// drawModel draws a small centre that uses everything at once.
func drawModel(t *rapid.T) sim.Model {
	share := func(name string) float64 { return rapid.Float64Range(0, 1).Draw(t, name) }
	n := rapid.IntRange(1, 4).Draw(t, "intervals")
	groups := rapid.IntRange(1, 3).Draw(t, "groups")
	kinds := rapid.IntRange(0, 2).Draw(t, "kinds of e-mail")
	m := sim.Model{
		Step: 600, N: n, DayCV: share("day CV"), Below: 5,
		Departure: erlang.Departure(rapid.IntRange(0, 2).Draw(t, "departure")),
		Selection: sim.Selection(rapid.IntRange(0, 2).Draw(t, "selection")),
		Lines:     rapid.SampledFrom([]int{0, 0, 1, 7}).Draw(t, "lines"),
		Strict:    rapid.Bool().Draw(t, "strict"),
	}
	list := func(n int, name string) []float64 {
		return rapid.SliceOfN(rapid.Float64Range(0, 1), n, n).Draw(t, name)
	}
	for g := range groups {
		group := sim.Group{
			ArrivalRate: scaled(0.05, list(n, "rates")), HandleTime: repeat(n, 100), Threshold: 20,
			Service:  sim.Service{Shape: sim.Shape(rapid.IntRange(0, 4).Draw(t, "shape")), CV: share("CV") / 2},
			Priority: rapid.IntRange(0, 1).Draw(t, "priority"),
			Redial:   sim.Redial{Share: share("redials") / 2, Delay: 200, SamePatience: rapid.Bool().Draw(t, "same")},
			Open:     rapid.SliceOfN(rapid.Bool(), n, n).Draw(t, "open"),
		}
		if rapid.Bool().Draw(t, "patience") {
			group.AbandonRate = scaled(0.02, list(n, "abandon"))
		}
		if to := rapid.IntRange(0, groups-1).Draw(t, "overflow to"); to != g {
			group.Overflow = sim.Overflow{To: to, After: 60 * share("after"), Closed: rapid.Bool().Draw(t, "when closed")}
		}
		m.Groups = append(m.Groups, group)
	}
	for range kinds {
		m.Email = append(m.Email, sim.Email{
			ArrivalRate: scaled(0.01, list(n, "messages")), HandleTime: 150, Deadline: 1000 * share("deadline"),
			Backlog: scaled(2000, list(rapid.IntRange(0, 9).Draw(t, "backlog"), "ages")),
			Reserve: rapid.IntRange(0, 2).Draw(t, "reserve"),
		})
	}
	for range rapid.IntRange(0, 8).Draw(t, "agents") {
		m.Agents = append(m.Agents, drawAgent(t, groups, kinds, 600*float64(n)))
	}
	return m
}

func drawAgent(t *rapid.T, groups, kinds int, end float64) sim.Agent {
	some := func(n int, name string) []int {
		all := make([]int, n)
		for i := range all {
			all[i] = i
		}
		if n > 0 {
			all = rapid.Permutation(all).Draw(t, name)
		}
		return all[:rapid.IntRange(0, n).Draw(t, "how many")]
	}
	a := sim.Agent{Count: rapid.IntRange(0, 2).Draw(t, "count")}
	if rapid.Bool().Draw(t, "pauses") {
		a.Pauses = sim.Pauses{Share: 0.2, Length: 100}
	}
	at := 0.0
	for range rapid.IntRange(0, 4).Draw(t, "duties") {
		from := at + float64(rapid.IntRange(0, 4).Draw(t, "gap"))*100
		at = from + float64(rapid.IntRange(1, 8).Draw(t, "length"))*100
		if at > end && rapid.Bool().Draw(t, "stays") {
			at = math.Inf(1)
		}
		a.Duties = append(a.Duties, sim.Duty{From: from, To: at, Groups: some(groups, "skills"), Email: some(kinds, "kinds")})
		if math.IsInf(at, 1) {
			break
		}
	}
	return a
}

// exact is whether two sums of counts are the same but for rounding.
func exact(a, b float64) bool { return math.Abs(a-b) <= 1e-9*max(1, math.Abs(a), math.Abs(b)) }

func TestNothingIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawModel(t)
		r := run(t, m, sim.Options{Replications: 3, Seed: 5})
		check := func(what string, c sim.Calls) {
			ended := c.Answered().Mean + c.Abandoned().Mean + c.Blocked().Mean + c.Left().Mean
			if !exact(c.Offered().Mean, ended) {
				t.Errorf("%s: %v calls offered, %v ended", what, c.Offered().Mean, ended)
			}
			counts := c.Counts()
			if counts.AnsweredWithin > counts.Answered || counts.AbandonedWithin > counts.Abandoned || counts.AbandonedBelow > counts.AbandonedWithin {
				t.Errorf("%s: counts %+v", what, counts)
			}
		}
		var cells, groups erlang.Counts
		for g := range m.Groups {
			check(fmt.Sprint("group ", g), r.Group(g).Calls)
			groups = groups.Plus(r.Group(g).Counts())
			for i := range m.N {
				check(fmt.Sprint("cell ", g, i), r.At(g, i))
				cells = cells.Plus(r.At(g, i).Counts())
			}
		}
		for i := range m.N {
			w := r.WorkAt(i)
			if w.OnCalls().Mean > w.OnPhoneDuty().Mean*(1+1e-9)+1e-6 {
				t.Errorf("interval %d: %v s on calls of %v s on duty", i, w.OnCalls().Mean, w.OnPhoneDuty().Mean)
			}
		}
		if day := r.Day().Counts(); !exact(day.Answered, groups.Answered) || !exact(day.Answered, cells.Answered) || !exact(day.Abandoned, cells.Abandoned) {
			t.Errorf("the day %+v, its groups %+v, its cells %+v", day, groups, cells)
		}
		for k := range m.Email {
			e := r.Email(k)
			if came, begun, left := e.Came().Mean, e.Answered().Mean, e.LeftOver().Mean; !exact(came, begun+left) || e.Overdue().Mean > left {
				t.Errorf("e-mail %d: %v came, %v answered, %v left, %v overdue", k, came, begun, left, e.Overdue().Mean)
			}
		}
	})
}

func TestWorkersDoNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawModel(t)
		one := run(t, m, sim.Options{Replications: 7, Seed: 6, Workers: 1})
		for _, workers := range []int{2, 5} {
			if several := run(t, m, sim.Options{Replications: 7, Seed: 6, Workers: workers}); !reflect.DeepEqual(one, several) {
				t.Fatalf("%d workers give another result than one", workers)
			}
		}
	})
}

// The same seed brings the same calls, whatever the agents.
func TestPlansMeetTheSameCalls(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawModel(t)
		for g := range m.Groups {
			m.Groups[g].Redial = sim.Redial{}
		}
		o := sim.Options{Replications: 2, Seed: 7}
		some := run(t, m, o)
		m.Agents = append(m.Agents, sim.Agent{Count: 3, Duties: always(0)})
		more := run(t, m, o)
		for g := range m.Groups {
			for i := range m.N {
				if a, b := some.At(g, i).Offered(), more.At(g, i).Offered(); a != b {
					t.Fatalf("group %d, interval %d: %v calls, and %v with three agents more", g, i, a, b)
				}
			}
		}
	})
}

func TestOneAgentMoreIsNoWorse(t *testing.T) {
	manyDays(t)
	for _, d := range []erlang.Departure{erlang.FinishCall, erlang.FirstToFinish, erlang.Preempt} {
		for seed := range uint64(10) {
			day := uneven{[]float64{5, 12, 22, 20, 9, 14}, []int{8, 14, 22, 12, 10, 13}}
			last := -1.0
			for agents := range 5 {
				m := day.model(d)
				if agents > 0 {
					m.Agents = append(m.Agents, sim.Agent{Count: agents, Duties: always(0)})
				}
				within := run(t, m, sim.Options{Replications: 40, Seed: seed}).Day().AnsweredWithin().Mean
				if within < last {
					t.Errorf("departure %d, seed %d: %v answered in time with %d agents more, %v with one less", d, seed, within, agents, last)
				}
				last = within
			}
		}
	}
}

// Ways to say the same thing.
func TestSameInOtherWords(t *testing.T) {
	base := func() sim.Model {
		m := steady(5, 6)
		m.Groups = append(m.Groups, m.Groups[0])
		for g := range m.Groups {
			m.Groups[g].AbandonRate = repeat(2, 1./60)
		}
		m.Agents[0].Duties = always(1, 0)
		m.Agents[0].Count = 11
		return m
	}
	want := base()
	for name, change := range map[string]func(*sim.Model){
		"one by one": func(m *sim.Model) {
			m.Agents = slices.Repeat([]sim.Agent{{Duties: always(1, 0)}}, 11)
		},
		"a shift in two": func(m *sim.Model) {
			m.Agents[0].Duties = []sim.Duty{{From: 0, To: 1000, Groups: []int{1, 0}}, {From: 1000, To: math.Inf(1), Groups: []int{1, 0}}}
		},
		"overflow at once is a skill": func(m *sim.Model) {
			m.Groups[0].Overflow = sim.Overflow{To: 1, After: 1e-9}
			m.Agents[0].Duties = always(1)
		},
		"overflow that nobody waits for": func(m *sim.Model) {
			m.Groups[0].Overflow = sim.Overflow{To: 1, After: 1e6}
		},
		"always closed with overflow": func(m *sim.Model) {
			m.Groups[0].Open = make([]bool, m.N)
			m.Groups[0].Overflow = sim.Overflow{To: 1, Closed: true}
			m.Agents[0].Duties = always(1)
		},
		"more lines than calls": func(m *sim.Model) { m.Lines = 1000 },
	} {
		m := base()
		change(&m)
		o := sim.Options{Replications: 30, Seed: 8}
		got, want := run(t, m, o), run(t, want, o)
		for g := range m.Groups {
			if diff := cmp.Diff(want.Group(g).Counts(), got.Group(g).Counts()); diff != "" {
				t.Errorf("%s: counts of group %d (-want +got):\n%s", name, g, diff)
			}
		}
	}
}

func TestPoolingHelps(t *testing.T) {
	apart := steady(5, 6)
	apart.Groups = append(apart.Groups, apart.Groups[0])
	apart.Agents = append(apart.Agents, sim.Agent{Count: 6, Duties: always(1)})
	together := apart
	together.Agents = []sim.Agent{{Count: 12, Duties: always(0, 1)}}
	o := sim.Options{Replications: 100, Seed: 9}
	a, b := run(t, apart, o).Day().ServiceLevel(erlang.OfOffered), run(t, together, o).Day().ServiceLevel(erlang.OfOffered)
	if a.High >= b.Low {
		t.Errorf("service level apart %v, together %v", a, b)
	}
	q := erlang.Queue{ArrivalRate: 10 / 60., ServiceRate: 1. / 60}
	want, err := q.Performance(12, 20)
	if err != nil {
		t.Fatal(err)
	}
	agrees(t, "together", run(t, together, o).Interval(looked).ServiceLevel(erlang.OfOffered), want.ServiceLevel(erlang.OfOffered))
}

// Those who wait at the end are answered by who stays, and left by who goes.
func TestEndOfTheDay(t *testing.T) {
	m := steady(10, 5)
	o := sim.Options{Replications: 20, Seed: 10}
	if stay := run(t, m, o).Day(); stay.Left().Mean != 0 || stay.Answered() != stay.Offered() {
		t.Errorf("agents stay: %v left, %v answered of %v", stay.Left(), stay.Answered(), stay.Offered())
	}
	m.Agents[0].Duties[0].To = 2 * warm
	goes := run(t, m, o).Day()
	if left := goes.Left().Mean; left < 100 {
		t.Errorf("agents go at the end with twice the calls that they can answer: %v left", left)
	}
	if got := goes.Counts(); !exact(got.Abandoned, goes.Left().Mean) {
		t.Errorf("counts %+v, want those left among the abandoned", got)
	}
}

func TestClosedGroupsTurnAway(t *testing.T) {
	m := steady(5, 6)
	m.Groups[0].Open = []bool{false, true}
	r := run(t, m, sim.Options{Replications: 20, Seed: 11})
	if shut, open := r.At(0, 0).Offered().Mean, r.At(0, 1).Offered().Mean; shut != 0 || open == 0 {
		t.Errorf("%v calls counted while closed, %v while open", shut, open)
	}
}

// A specialist is asked before those who could be needed elsewhere, and who
// has been free the longest where that is the rule.
func TestSelection(t *testing.T) {
	m := steady(3, 3)
	m.Groups = append(m.Groups, m.Groups[0])
	m.Groups[1].ArrivalRate = repeat(2, 0)
	m.Agents = []sim.Agent{{Count: 5, Duties: always(0, 1)}, {Count: 5, Duties: always(0)}, {Count: 5, Duties: always(1, 0)}}
	helped := func(s sim.Selection) float64 {
		m := m
		m.Selection = s
		// Calls of group 1 are answered by its own two crews, and wait for them.
		m.Groups = slices.Clone(m.Groups)
		m.Groups[1].ArrivalRate = repeat(2, 9/60.)
		return run(t, m, sim.Options{Replications: 50, Seed: 12}).Group(1).ServiceLevel(erlang.OfOffered).Mean
	}
	if first, idle := helped(sim.FirstListed), helped(sim.LongestIdle); first <= idle {
		t.Errorf("service level of the other group %v when specialists go first, %v when not", first, idle)
	}
}

// Those who list a group first are asked first, and have less time for others.
func TestFirstChoiceIsAskedFirst(t *testing.T) {
	level := func(a, b []int) sim.Estimate {
		m := steady(3, 3)
		m.Groups = slices.Repeat(m.Groups, 3)
		m.Agents = []sim.Agent{{Count: 6, Duties: always(a...)}, {Count: 6, Duties: always(b...)}}
		return run(t, m, sim.Options{Replications: 50, Seed: 14}).Group(1).ServiceLevel(erlang.OfOffered)
	}
	first, last := level([]int{0, 1}, []int{2, 0}), level([]int{1, 0}, []int{0, 2})
	if first.High >= last.Low {
		t.Errorf("service level of group 1 %v when its agents are the first choice of group 0, %v when the last", first, last)
	}
}

func TestHelpIsCounted(t *testing.T) {
	for name, o := range map[string]sim.Overflow{
		"after a wait": {To: 1, After: 15},
		"while closed": {To: 1, Closed: true},
	} {
		m := steady(5, 6)
		m.Groups = slices.Repeat(m.Groups, 2)
		m.Groups[0].Overflow = o
		if o.Closed {
			m.Groups[0].Open = make([]bool, m.N)
		}
		m.Agents[0].Duties = always(1)
		m.Agents[0].Count = 12
		r := run(t, m, sim.Options{Replications: 20, Seed: 15})
		if own, helped := r.Group(1).Overflowed().Mean, r.Group(0).Overflowed(); own != 0 || helped.Mean == 0 || helped != r.Group(0).Answered() {
			t.Errorf("%s: %v calls of those without agents were answered, %v by others; %v of the others'", name, r.Group(0).Answered(), helped, own)
		}
		if wait := r.Group(0).SpeedOfAnswer(); wait.Mean < o.After {
			t.Errorf("%s: answered after %v", name, wait)
		}
	}
}

func TestQuantilesAndChances(t *testing.T) {
	day := run(t, steady(10, 11), sim.Options{Replications: 101, Seed: 13}).Day()
	for _, d := range definitions[:4] {
		if low, high := day.Quantile(d, 0.1), day.Quantile(d, 0.9); !(low < day.ServiceLevel(d).Mean && day.ServiceLevel(d).Mean < high) {
			t.Errorf("%v: quantiles %v and %v around %v", d, low, high, day.ServiceLevel(d))
		}
		for _, p := range []float64{0.05, 0.3, 0.77} {
			at := day.Quantile(d, p)
			if got := day.Chance(d, at); got.Mean < 1-p || got.Mean > 1-p+1.01/101 || got.Low >= got.Mean || got.High <= got.Mean {
				t.Errorf("%v: chance %v of the %v quantile", d, got, p)
			}
		}
	}
	if never := day.Chance(erlang.OfOffered, 1.5); never.Mean != 0 || !(never.High > 0) {
		t.Errorf("chance of 150 %%: %v", never)
	}
	if q := day.Quantile(erlang.ExcludingBelow(9), 0.5); !math.IsNaN(q) {
		t.Errorf("quantile below seconds that were not counted: %v", q)
	}
}

// TestChanceOfGroups: the chance of one group is that of its days, and that of all
// groups is that of the whole days.
func TestChanceOfGroups(t *testing.T) {
	m := steady(10, 11)
	m.Groups = append(m.Groups, m.Groups[0])
	m.Agents = append(m.Agents, sim.Agent{Count: 9, Duties: always(1)})
	r := run(t, m, sim.Options{Replications: 100, Seed: 13})
	for _, d := range definitions[:4] {
		for _, share := range []float64{0.3, 0.5, 0.7, 0.9} {
			if got, want := r.Chance([]int{0}, d, share), r.Group(0).Chance(d, share); got != want {
				t.Errorf("%v, %v, one group: %v, want %v", d, share, got, want)
			}
			if got, want := r.Chance([]int{1, 0}, d, share), r.Day().Chance(d, share); got != want {
				t.Errorf("%v, %v, both groups: %v, want %v", d, share, got, want)
			}
		}
	}
}
