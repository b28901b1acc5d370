package schedule

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// slotsOf ranks times and insists that it can.
func slotsOf(t interface{ Fatalf(string, ...any) }, p Problem, plan Plan, g Gathering) []Slot {
	slots, err := Slots(context.Background(), p, plan, g)
	if err != nil {
		t.Fatalf("Slots: %v", err)
	}
	return slots
}

// For one agent the price of each slot is the difference between the best of all
// days with the block and without it.
func TestSlotPricesAreExactForOneAgent(t *testing.T) {
	drawn, priced := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		drawn++
		p := drawTiny(t)
		plan := solve(t, p, Options{})
		if len(plan.Unplaced) > 0 || plan.Days[0].Shift.Len() == 0 {
			return
		}
		g := Gathering{Kind: Coaching, Agents: []int{0}, Length: rapid.IntRange(1, 3).Draw(t, "length")}
		p = Freeze(p, plan, 0)
		slots := slotsOf(t, p, plan, g)
		if len(slots) != max(0, p.Grid.N+1-g.Length) {
			t.Fatalf("%d slots of %d in %d intervals", len(slots), g.Length, p.Grid.N)
		}
		without := cheapest(p, [][]AgentDay{allDays(p, 0)})
		for _, s := range slots {
			held := p.hold(g.Kind, g.Agents, s.Span)
			days := allDays(held, 0)
			days = slices.DeleteFunc(days, func(d AgentDay) bool { return d.Shift.Len() == 0 })
			if len(s.Missing) > 0 {
				continue
			}
			priced++
			if want := cheapest(held, [][]AgentDay{days}) - without; s.Price != want {
				t.Fatalf("slot %v costs %d, want %d", s.Span, s.Price, want)
			}
		}
	})
	seen(t, drawn, priced, "a slot has a price")
}

// Whoever cannot come is named, with what is in the way; and where the rules
// leave no room, so is that.
func TestMissingAreNamed(t *testing.T) {
	p, plan := checked()
	p.Agents[0].Pinned = []Activity{{Span{0, 8}, Phone, []int{1}}}
	p.Agents[0].Shifts = p.Agents[0].Shifts[:1]
	g := Gathering{Kind: Meeting, Agents: []int{0, 1}, Length: 2}
	missing := map[int][]Reason{}
	for _, s := range slotsOf(t, p, plan, g) {
		missing[s.Span.From] = s.Missing
	}
	b := Reason{Agent: "b", Rule: RuleShift, Span: Span{10, 14}}
	for from, want := range map[int][]Reason{
		6:  {{"a", RulePinned, Span{0, 8}, Phone}, b},
		10: nil,
		16: {b},
		25: {{"a", RuleFixed, Span{24, 26}, Meeting}, b},
		35: {{"a", RuleShift, Span{0, 36}, ""}, b},
	} {
		if diff := cmp.Diff(want, missing[from]); diff != "" {
			t.Errorf("at %d (-want +got):\n%s", from, diff)
		}
	}
	g = Gathering{Kind: Training, Agents: []int{0}, Length: 10, Within: Span{12, 22}}
	want := []Reason{{"a", RuleLunch, Span{0, 36}, Training}}
	if diff := cmp.Diff(want, slotsOf(t, p, plan, g)[0].Missing); diff != "" {
		t.Errorf("over lunch (-want +got):\n%s", diff)
	}
}

// The cheapest slot costs less than the dearest, and the ranking is by price.
func TestSlotsAreRanked(t *testing.T) {
	p := smallDay()
	plan := solve(t, p, Options{Iterations: 200})
	slots := slotsOf(t, p, plan, Gathering{Kind: Meeting, Agents: atWork(plan, 3, 1), Length: 4})
	if !slices.IsSortedFunc(slots, func(a, b Slot) int {
		if len(a.Missing) != len(b.Missing) {
			return len(a.Missing) - len(b.Missing)
		}
		return int(a.Price - b.Price)
	}) {
		t.Error("slots are not in order")
	}
	all := slices.DeleteFunc(slices.Clone(slots), func(s Slot) bool { return len(s.Missing) > 0 })
	if first, last := all[0].Price, all[len(all)-1].Price; first < 0 || first >= last {
		t.Errorf("prices from %d to %d, want a range from 0 at least", first, last)
	}
}

// Gatherings that are placed cost no more than at a time that anybody might
// have picked, and the plan around them keeps the rules.
func TestPlaceBeatsAPickedTime(t *testing.T) {
	p := smallDay()
	p.Agents = slices.Clone(p.Agents)
	here := atWork(solve(t, p, Options{Iterations: 1}), 8, 1)
	gatherings := []Gathering{
		{Kind: Coaching, Agents: here[:2], Length: 2},
		{Kind: Meeting, Agents: here[2:], Length: 4, Within: Span{8, 36}},
	}
	o := Options{Iterations: 100}
	placed, err := Place(t.Context(), p, gatherings, o)
	if err != nil {
		t.Fatal(err)
	}
	if broken := Check(placed.Problem, placed.Plan); len(broken) > 0 {
		t.Fatalf("broken rules: %+v", broken)
	}
	for i, g := range gatherings {
		s := placed.Slots[i]
		if s.Span.Len() != g.Length || g.Within.Len() > 0 && s.Span.common(g.Within) != s.Span {
			t.Errorf("gathering %d at %v, want %d intervals within %v", i, s.Span, g.Length, g.Within)
		}
	}
	picked := p.hold(Coaching, here[:2], Span{12, 14}).hold(Meeting, here[2:], Span{12, 16})
	if cost := solve(t, picked, o).Cost; placed.Plan.Cost >= cost {
		t.Errorf("placed at cost %d, want less than %d, that at a picked time", placed.Plan.Cost, cost)
	}
}

func TestGatheringsThatMakeNoSense(t *testing.T) {
	p := smallDay()
	plan := solve(t, p, Options{Iterations: 1})
	for name, g := range map[string]Gathering{
		"kind":   {Kind: Phone, Length: 1},
		"length": {Kind: Meeting},
		"within": {Kind: Meeting, Length: 1, Within: Span{0, 99}},
		"agent":  {Kind: Meeting, Length: 1, Agents: []int{99}},
	} {
		if _, err := Slots(t.Context(), p, plan, g); err == nil {
			t.Errorf("%s: no error", name)
		}
		if _, err := Place(t.Context(), p, []Gathering{g}, Options{Iterations: 1}); err == nil {
			t.Errorf("%s: no error of Place", name)
		}
	}
	if _, err := Slots(t.Context(), p, Plan{}, Gathering{Kind: Meeting, Length: 1}); err == nil {
		t.Error("no error for a plan without days")
	}
}

func BenchmarkSlots(b *testing.B) {
	p := centre{seed: 1, agents: 66, units: 3, groups: 14, load: 0.68}.day(3)
	plan := solve(b, p, Options{Seed: 1})
	g := Gathering{Kind: Meeting, Agents: atWork(plan, 8, 1), Length: 4}
	for b.Loop() {
		slotsOf(b, p, plan, g)
	}
}
