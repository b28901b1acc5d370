package schedule

import (
	"slices"
	"time"

	"pgregory.net/rapid"
)

// drawProblem makes small problems with everything in them: groups that close,
// e-mail with and without a window, shifts with and without lunch, meetings and
// absences, soft rules that are on or off, hours that people are spared, caps.
func drawProblem(t *rapid.T) Problem {
	n := rapid.IntRange(6, 24).Draw(t, "intervals")
	p := Problem{
		Grid:  Grid{Start: time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC), Step: 15 * time.Minute, N: n},
		Rules: drawRules(t),
	}
	for range rapid.IntRange(1, 4).Draw(t, "demands") {
		p.Demands = append(p.Demands, drawDemand(t, n))
	}
	for i := range rapid.IntRange(1, 6).Draw(t, "agents") {
		a := drawAgent(t, n, len(p.Demands))
		a.ID = string(rune('a' + i))
		drawPins(t, &a, p.Demands, n)
		p.Agents = append(p.Agents, a)
	}
	p.Caps = drawCaps(t, len(p.Agents))
	return p
}

// drawCaps makes caps on lunches and seats, of all agents or of some.
func drawCaps(t *rapid.T, agents int) []Cap {
	var caps []Cap
	for range rapid.SampledFrom([]int{0, 0, 1, 2}).Draw(t, "caps") {
		c := Cap{
			Crowd: rapid.SampledFrom([]Crowd{AtLunch, Seated}).Draw(t, "crowd"),
			Most:  rapid.IntRange(0, agents).Draw(t, "most"), Cost: Money(rapid.IntRange(0, 2000).Draw(t, "capCost")),
		}
		if rapid.Bool().Draw(t, "ofSome") {
			c.Agents = rapid.Permutation(indexes(agents)).Draw(t, "capped")[:rapid.IntRange(0, agents).Draw(t, "nCapped")]
		}
		caps = append(caps, c)
	}
	return caps
}

func drawRules(t *rapid.T) Rules {
	from := rapid.IntRange(0, 4).Draw(t, "lunchFrom")
	return Rules{
		LongestStretch: rapid.IntRange(0, 12).Draw(t, "longestStretch"),
		LunchFrom:      from,
		LunchTo:        from + rapid.IntRange(0, 6).Draw(t, "lunchWindow"),
		BreakLength:    rapid.IntRange(0, 2).Draw(t, "breakLength"),
		BreakDistance:  rapid.IntRange(0, 2).Draw(t, "breakDistance"),
		MinBlock:       rapid.IntRange(0, 4).Draw(t, "minBlock"),
		SwitchCost:     Money(rapid.SampledFrom([]int{0, 30, 200}).Draw(t, "switchCost")),
		LongestPhone:   rapid.IntRange(0, 4).Draw(t, "longestPhone"),
		PhoneCost:      Money(rapid.SampledFrom([]int{0, 20, 100}).Draw(t, "phoneCost")),
	}
}

func drawDemand(t *rapid.T, n int) Demand {
	if rapid.Bool().Draw(t, "email") {
		d := Demand{Kind: Email, Backlog: drawCosts(t, 3*n)}
		if rapid.Bool().Draw(t, "hasWindow") {
			d.Window = drawSpan(t, n)
		}
		return d
	}
	d := Demand{Kind: Phone, Cost: make([][]Money, n)}
	open := drawSpan(t, n)
	for i := open.From; i < open.To; i++ {
		d.Cost[i] = drawCosts(t, 4)
	}
	return d
}

// drawCosts makes a falling convex table of up to most agents.
func drawCosts(t *rapid.T, most int) []Money {
	saved := rapid.SliceOfN(rapid.IntRange(0, 1000), 0, most).Draw(t, "saved")
	slices.Sort(saved)
	costs := []Money{0}
	for _, s := range saved {
		costs = append(costs, costs[len(costs)-1]+Money(s))
	}
	slices.Reverse(costs)
	return costs
}

func drawAgent(t *rapid.T, n, demands int) Agent {
	skills := rapid.Permutation(indexes(demands)).Draw(t, "skills")
	a := Agent{Skills: skills[:rapid.IntRange(0, demands).Draw(t, "nSkills")]}
	for range rapid.IntRange(0, 4).Draw(t, "shifts") {
		s := Shift{Span: drawSpan(t, n), Cost: Money(rapid.IntRange(0, 300).Draw(t, "shiftCost"))}
		if rapid.Bool().Draw(t, "hasLunch") {
			s.Lunch = rapid.IntRange(0, min(3, s.Len()-1)).Draw(t, "lunch")
		}
		a.Shifts = append(a.Shifts, s)
	}
	if rapid.IntRange(0, 3).Draw(t, "spared") == 0 {
		for range n {
			a.Spare = append(a.Spare, Money(rapid.SampledFrom([]int{0, 0, 50, 400, -200}).Draw(t, "spare")))
		}
	}
	for range rapid.SampledFrom([]int{0, 0, 0, 1, 2}).Draw(t, "blocks") {
		kind := rapid.SampledFrom([]Kind{Absent, Meeting, Training, Lead, Other}).Draw(t, "kind")
		a.Fixed = append(a.Fixed, Block{drawSpan(t, n), kind})
	}
	return a
}

// drawPins pins a few things for an agent, mostly within a shift.
func drawPins(t *rapid.T, a *Agent, demands []Demand, n int) {
	for range rapid.SampledFrom([]int{0, 0, 1, 2, 3}).Draw(t, "pins") {
		within := Span{0, n}
		if len(a.Shifts) > 0 && rapid.IntRange(0, 5).Draw(t, "inShift") > 0 {
			within = a.Shifts[0].Span
		}
		span := drawSpan(t, within.Len())
		pin := Activity{Span: Span{within.From + span.From, within.From + span.To}, Kind: rapid.SampledFrom([]Kind{Break, Lunch, Other}).Draw(t, "pinned")}
		if rapid.Bool().Draw(t, "pinnedWork") {
			g := rapid.IntRange(0, len(demands)-1).Draw(t, "on")
			pin.Kind, pin.Demands = demands[g].Kind, []int{g}
		}
		if !slices.ContainsFunc(a.Pinned, func(b Activity) bool { return b.From < pin.To && pin.From < b.To }) {
			a.Pinned = append(a.Pinned, pin)
		}
	}
}

func drawSpan(t *rapid.T, n int) Span {
	from := rapid.IntRange(0, n-1).Draw(t, "from")
	return Span{from, rapid.IntRange(from+1, n).Draw(t, "to")}
}

func indexes(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	return all
}
