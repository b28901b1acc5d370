package schedule

import (
	"runtime"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// beyond counts the agents beyond the caps, over all intervals.
func beyond(p Problem, plan Plan) int {
	sum := 0
	for i, heads := range p.Heads(plan) {
		for _, n := range heads {
			sum += max(0, n-p.Caps[i].Most)
		}
	}
	return sum
}

// lunchtime gives a problem for three agents whose lunches collide, one of whom
// at most may have it at once.
var lunchtime = rapid.Custom(func(t *rapid.T) Problem {
	const n = 7
	p := Problem{Grid: Grid{Step: 1, N: n}, Rules: Rules{LunchFrom: 1, LunchTo: rapid.IntRange(2, 4).Draw(t, "lunchTo")}}
	p.Demands = []Demand{{Kind: Phone, Cost: make([][]Money, n)}}
	for i := range n {
		p.Demands[0].Cost[i] = drawCosts(t, 3)
	}
	for i := range 3 {
		a := Agent{ID: string(rune('a' + i)), Skills: []int{0}}
		for range rapid.IntRange(1, 2).Draw(t, "shifts") {
			from := rapid.IntRange(0, 2).Draw(t, "from")
			a.Shifts = append(a.Shifts, Shift{Span: Span{from, from + 5}, Lunch: rapid.IntRange(1, 2).Draw(t, "lunch")})
		}
		p.Agents = append(p.Agents, a)
	}
	p.Caps = []Cap{{Crowd: AtLunch, Most: 1, Cost: 10_000}}
	if rapid.Bool().Draw(t, "seats") {
		p.Caps = append(p.Caps, Cap{Crowd: Seated, Agents: []int{0, 1}, Most: 1, Cost: 3_000})
	}
	return p
})

// Held against all plans of three agents, nobody is beyond a cap where all can be
// within, and the search nearly always finds the cheapest. A looser cap never
// costs more.
func TestCapsAreKeptWhereTheyCanBe(t *testing.T) {
	kept, broken, felt, missed := 0, 0, 0, 0
	for seed := range 100 {
		p := lunchtime.Example(seed)
		days := [][]AgentDay{allDays(p, 0), allDays(p, 1), allDays(p, 2)}
		if len(days[0])*len(days[1])*len(days[2]) > 1_000 {
			continue
		}
		plan := solve(t, p, Options{Iterations: 50})
		switch best := cheapest(p, days); {
		case plan.Cost < best:
			t.Errorf("seed %d: cost %d, less than the least of all plans, %d", seed, plan.Cost, best)
		case plan.Cost > best:
			missed++
		}
		within := false
		eachPlan(days, nil, func(chosen []AgentDay) { within = within || beyond(p, Plan{Days: chosen}) == 0 })
		switch over := beyond(p, plan); {
		case within && over > 0:
			t.Errorf("seed %d: %d beyond the caps, want none", seed, over)
		case within:
			kept++
		default:
			broken++
		}
		p.Caps = slices.Clone(p.Caps)
		for i := range p.Caps {
			p.Caps[i].Most++
		}
		looser := solve(t, p, Options{Iterations: 50})
		if looser.Cost > plan.Cost {
			t.Errorf("seed %d: cost %d with looser caps, %d with tight ones", seed, looser.Cost, plan.Cost)
		}
		if within && looser.Cost < plan.Cost {
			felt++
		}
	}
	if kept < 20 || broken < 20 || felt < 10 {
		t.Errorf("%d problems with room, of which %d feel the cap, and %d without room, want more of each", kept, felt, broken)
	}
	if missed > (kept+broken)/20 {
		t.Errorf("%d of %d plans are not the best, want at most one in twenty", missed, kept+broken)
	}
}

// crowdedDay is the small day with less room for lunch than it would take, and
// that of the first half of the agents apart.
func crowdedDay() Problem {
	p := smallDay()
	p.Caps = []Cap{
		{Crowd: AtLunch, Most: 3, Cost: 20_000},
		{Crowd: AtLunch, Agents: []int{0, 1, 2, 3, 4, 5, 6, 7}, Most: 2, Cost: 20_000},
	}
	return p
}

func TestCapsOfADay(t *testing.T) {
	p := crowdedDay()
	free := p
	free.Caps = nil
	unbound := solve(t, free, Options{Iterations: 200})
	for i, heads := range p.Heads(unbound) {
		if slices.Max(heads) <= p.Caps[i].Most {
			t.Fatalf("cap %d: %d at most without it, want more, or the test says nothing", i, slices.Max(heads))
		}
	}
	plan := solve(t, p, Options{Iterations: 200})
	if over := beyond(p, plan); over > 0 {
		t.Errorf("%d beyond the caps", over)
	}
	proof := bounded(t, p, plan, 300)
	if money, share := proof.Gap(plan.Cost); money < 0 || share > 0.05 {
		t.Errorf("cost %d, bound %d: want it below, by 5 %% at most", plan.Cost, proof.Bound)
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if diff := cmp.Diff(plan, solve(t, p, Options{Iterations: 200})); diff != "" {
		t.Errorf("another plan on one core (-many +one):\n%s", diff)
	}
}

// Whoever is beyond a cap that nobody can keep is counted, and has a plan.
func TestACapThatCannotBeKept(t *testing.T) {
	p := smallDay()
	free := solve(t, p, Options{Iterations: 50})
	p.Caps = []Cap{{Crowd: AtLunch, Cost: 1000}}
	plan := solve(t, p, Options{Iterations: 50})
	lunches := 0 // intervals
	for _, d := range plan.Days {
		for _, act := range d.Activities {
			if act.Kind == Lunch {
				lunches += act.Len()
			}
		}
	}
	if over := beyond(p, plan); over != lunches || over == 0 || plan.Cost < free.Cost+Money(over)*1000*9/10 {
		t.Errorf("%d beyond the cap and a cost of %d, want %d and more than %d", over, plan.Cost, lunches, free.Cost)
	}
}

// A repair keeps the caps that the plan kept, and comes within one that is new.
func TestRepairKeepsCaps(t *testing.T) {
	p := crowdedDay()
	plan := solve(t, p, Options{Iterations: 200})
	free := p
	free.Caps = nil
	crowded := solve(t, free, Options{Iterations: 200})
	for _, c := range []struct {
		name string
		plan Plan
	}{{"kept", plan}, {"new", crowded}} {
		news := p
		news.Agents = slices.Clone(p.Agents)
		news.Agents[2].Fixed = []Block{{Span{0, p.Grid.N}, Absent}}
		news.Agents[9].Fixed = []Block{{Span{22, 28}, Meeting}}
		r, err := Repair(t.Context(), news, c.plan, RepairOptions{ChangeCost: 100})
		if err != nil {
			t.Fatal(err)
		}
		if broken := Check(r.Problem, r.Plan); len(broken) > 0 {
			t.Error(broken)
		}
		if over := beyond(r.Problem, r.Plan); over > 0 {
			t.Errorf("%s: %d beyond the caps", c.name, over)
		}
	}
}

func TestWeekKeepsCaps(t *testing.T) {
	w := centre{seed: 1, agents: 16, units: 2, groups: 5, load: 0.68}.week()
	for d := range w.Days {
		w.Days[d].Caps = crowdedDay().Caps
	}
	plan, err := SolveWeek(t.Context(), w, Options{Iterations: 100})
	if err != nil {
		t.Fatal(err)
	}
	if broken := CheckWeek(w, plan); len(broken) > 0 {
		t.Error(broken)
	}
	for d, day := range plan.Days {
		if over := beyond(w.Days[d], day); over > 0 {
			t.Errorf("day %d: %d beyond the caps", d, over)
		}
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	one, err := SolveWeek(t.Context(), w, Options{Iterations: 100})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(plan, one); diff != "" {
		t.Errorf("another plan on one core (-many +one):\n%s", diff)
	}
}

func TestCapsThatMakeNoSense(t *testing.T) {
	for _, c := range []Cap{
		{Crowd: "fika", Most: 1},
		{Crowd: AtLunch, Most: -1},
		{Crowd: Seated, Cost: -1},
		{Crowd: AtLunch, Agents: []int{16}},
		{Crowd: AtLunch, Agents: []int{-1}},
		{Crowd: AtLunch, Agents: []int{3, 3}},
	} {
		p := smallDay()
		if p.Caps = []Cap{c}; p.Validate() == nil {
			t.Errorf("%+v: no fault", c)
		}
	}
}
