package schedule

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
)

// Gathering is a meeting, training or coaching that wants a time.
type Gathering struct {
	Kind   Kind  // Meeting, Training, Coaching or Lead
	Agents []int // indexes of Problem.Agents
	Length int   // intervals
	Within Span  // when it may be; the zero Span is all day
}

// Slot is a time for a gathering.
type Slot struct {
	Span Span
	// Price is what the day costs more if the gathering is held then. Those who
	// take part move their pauses and their work so that it costs least; shifts
	// stay, and so does everybody else.
	Price Money
	// Missing are those who cannot take part, with the reason and what they
	// collide with.
	Missing []Reason
}

// Slots ranks all times at which a gathering could be held: those with the
// fewest missing first, and of these the cheapest. The plan must be one for the
// problem. Of the slots of a problem without room for the gathering there are
// none.
//
// When ctx is done, the slots that have been priced are given. Errors: those of
// Validate, a plan of other agents, and a gathering that makes no sense.
func Slots(ctx context.Context, p Problem, plan Plan, g Gathering) ([]Slot, error) {
	if err := errors.Join(p.Validate(), p.refuse(g)); err != nil {
		return nil, err
	}
	if len(plan.Days) != len(p.Agents) {
		return nil, fmt.Errorf("plan: days of %d agents, want %d", len(plan.Days), len(p.Agents))
	}
	within := g.Within
	if within == (Span{}) {
		within.To = p.Grid.N
	}
	var slots []Slot
	without := around(p, plan, g.Agents)
	for from := within.From; from+g.Length <= within.To && ctx.Err() == nil; from++ {
		slots = append(slots, p.slot(plan, g, Span{from, from + g.Length}, without))
	}
	slices.SortStableFunc(slots, func(a, b Slot) int {
		return cmp.Or(cmp.Compare(len(a.Missing), len(b.Missing)), cmp.Compare(a.Price, b.Price))
	})
	return slots, nil
}

// refuse tells what is wrong with a gathering.
func (p Problem) refuse(g Gathering) error {
	switch g.Kind {
	case Meeting, Training, Coaching, Lead:
	default:
		return fmt.Errorf("gathering: kind %q, want a meeting, training, coaching or lead", g.Kind)
	}
	if g.Length < 1 || !p.within(g.Within) {
		return fmt.Errorf("gathering: %d intervals in %v, want at least 1 within [0, %d)", g.Length, g.Within, p.Grid.N)
	}
	for _, a := range g.Agents {
		if a < 0 || a >= len(p.Agents) {
			return fmt.Errorf("gathering: agent %d, want an index below %d", a, len(p.Agents))
		}
	}
	return nil
}

// slot prices one time for a gathering; without is the day if it is not held.
func (p Problem) slot(plan Plan, g Gathering, at Span, without *repair) Slot {
	s := Slot{Span: at}
	var able []int
	for _, a := range g.Agents {
		if why := p.collision(plan, a, at); why.Rule != "" {
			s.Missing = append(s.Missing, why)
		} else {
			able = append(able, a)
		}
	}
	for {
		r := around(p.hold(g.Kind, able, at), plan, g.Agents)
		missing := len(s.Missing)
		able = slices.DeleteFunc(able, func(a int) bool { // whom the rules leave no room
			why, broken := r.breaks(a, without)
			if broken {
				s.Missing = append(s.Missing, why)
			}
			return broken
		})
		if len(s.Missing) == missing {
			s.Price = r.total() - without.total()
			return s
		}
	}
}

// breaks gives the first rule that agent a breaks here but not without.
func (r *repair) breaks(a int, without *repair) (Reason, bool) {
	for _, why := range r.unplaced {
		if why.Agent == r.Agents[a].ID && !slices.Contains(without.unplaced, why) {
			return why, true
		}
	}
	return Reason{}, false
}

// collision tells why agent a cannot be anywhere else at a time; the zero
// Reason: the agent can.
func (p Problem) collision(plan Plan, a int, at Span) Reason {
	agent, shift := &p.Agents[a], plan.Days[a].Shift
	if shift.common(at) != at {
		return Reason{Agent: agent.ID, Rule: RuleShift, Span: shift}
	}
	for _, b := range agent.Fixed {
		if !b.Kind.givesWay() && b.common(at).Len() > 0 {
			return Reason{Agent: agent.ID, Rule: RuleFixed, Span: b.Span, With: b.Kind}
		}
	}
	for _, b := range agent.Pinned {
		if b.common(at).Len() > 0 {
			return Reason{Agent: agent.ID, Rule: RulePinned, Span: b.Span, With: b.Kind}
		}
	}
	return Reason{}
}

// hold gives the problem in which some agents are at a gathering.
func (p Problem) hold(kind Kind, agents []int, at Span) Problem {
	p.Agents = slices.Clone(p.Agents)
	for _, a := range agents {
		p.Agents[a].Fixed = slices.Concat(p.Agents[a].Fixed, []Block{{at, kind}})
	}
	return p
}

// around plans the days of some agents anew, within their shifts, for a problem
// that may have changed for them, and leaves all others as planned.
func around(p Problem, plan Plan, agents []int) *repair {
	r := newRepair(Freeze(p, plan, 0), plan, RepairOptions{})
	r.keep()
	r.agents = slices.DeleteFunc(r.agents, func(a int) bool { return !slices.Contains(agents, a) })
	r.descend(context.Background())
	return r
}

// Placement is what Place gives.
type Placement struct {
	Problem Problem // with the gatherings as fixed blocks of those who take part
	Plan    Plan
	// Slots are the times that were chosen, in the order of the gatherings; an
	// empty Span where there is none.
	Slots []Slot
}

// Place gives each gathering the time at which it costs least, and plans the
// day. It plans without them first, places those that bind most time before
// those that bind less, and plans again around them all. A gathering is held
// without those who are missing from its slot, and not at all if nobody could
// come.
//
// Errors: those of Solve and of Slots.
func Place(ctx context.Context, p Problem, gatherings []Gathering, o Options) (Placement, error) {
	plan, err := Solve(ctx, p, o)
	if err != nil {
		return Placement{}, err
	}
	out := Placement{Problem: p, Plan: plan, Slots: make([]Slot, len(gatherings))}
	order := make([]int, len(gatherings))
	for i := range order {
		order[i] = i
	}
	binds := func(i int) int { return gatherings[i].Length * len(gatherings[i].Agents) }
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(binds(j), binds(i)) })
	for _, i := range order {
		if err := out.place(ctx, gatherings[i], &out.Slots[i]); err != nil {
			return Placement{}, fmt.Errorf("gathering %d: %w", i, err)
		}
	}
	if len(gatherings) > 0 {
		out.Plan, err = Solve(ctx, out.Problem, o)
	}
	return out, err
}

// place holds a gathering at its best time.
func (pl *Placement) place(ctx context.Context, g Gathering, chosen *Slot) error {
	slots, err := Slots(ctx, pl.Problem, pl.Plan, g)
	if err != nil || len(slots) == 0 || len(slots[0].Missing) >= len(g.Agents) {
		return err
	}
	*chosen = slots[0]
	missing := func(a int) bool {
		return slices.ContainsFunc(chosen.Missing, func(why Reason) bool { return why.Agent == pl.Problem.Agents[a].ID })
	}
	able := slices.DeleteFunc(slices.Clone(g.Agents), missing)
	pl.Problem = pl.Problem.hold(g.Kind, able, chosen.Span)
	r := around(pl.Problem, pl.Plan, able)
	unplaced := pl.Plan.Unplaced
	pl.Plan = r.plan()
	pl.Plan.Unplaced = unplaced
	return nil
}
