package schedule

import (
	"context"
	"fmt"
	"slices"
)

// RepairOptions say from when on and at what price a plan may change.
type RepairOptions struct {
	Seed uint64
	// Now is the first interval that may change.
	Now int
	// ChangeCost is the price of each change: of a pause that is moved, and of a
	// stretch in which an agent is counted on another demand. Changes that save
	// less are not made; 0: all that save anything.
	ChangeCost Money
	// Iterations is the number of times that a few agents are looked at
	// together; 0: repairsPerAgent for each agent of the problem.
	Iterations int
	// Wider are remedies beside the moves, which are priced but not taken.
	Wider Remedies
}

// repairsPerAgent brings the repair of a day of 66 agents close to what more
// would find.
const repairsPerAgent = 10

// Repaired is a plan after news, and how it differs from the plan before.
type Repaired struct {
	// Problem is what remained (see Freeze), which the plan is for.
	Problem Problem
	Plan    Plan
	// Unrepaired is what the day would cost if nobody did anything about it: all
	// keep their pauses and their work as far as they can, and those who are new
	// or back stay away.
	Unrepaired Money
	// Changes are what differs from the plan before, by agent and time, but for
	// what the news themselves take away.
	Changes []Change
	// Offers are the remedies, those that save most beyond their price first.
	Offers []Offer
}

// Repair changes a plan as little as pays after news. The problem says how
// things are now: somebody who is absent has a fixed absence all day, somebody
// who is late until they come, somebody who leaves from then on; somebody who is
// lent out or borrowed has other skills; somebody who is back or called in has
// shifts; demands are those that are known now, and what nobody may move is
// pinned. Shifts stay, the past stays, and so does what is fixed or pinned.
//
// It minimizes the cost of the plan and of the changes together, by the same
// exact day plan as Solve with a price on each pause that moves, and by an exact
// choice of each agent's work with a price on each stretch that changes: agent by
// agent, then for all by degrees (see harden), then for a few related ones at a
// time.
//
// The result depends on the arguments alone. When ctx is done, it is the best so
// far. Errors: those of Validate, for the problem and for what remains of it,
// and an interval outside the grid.
func Repair(ctx context.Context, p Problem, plan Plan, o RepairOptions) (Repaired, error) {
	if err := p.Validate(); err != nil {
		return Repaired{}, err
	}
	if o.Now < 0 || o.Now > p.Grid.N {
		return Repaired{}, fmt.Errorf("repair from interval %d on, want one within [0, %d]", o.Now, p.Grid.N)
	}
	if err := o.Wider.validate(p); err != nil {
		return Repaired{}, err
	}
	remaining := Freeze(p, plan, o.Now)
	if err := remaining.Validate(); err != nil {
		return Repaired{}, fmt.Errorf("what remains of the day: %w", err)
	}
	if o.Iterations == 0 {
		o.Iterations = repairsPerAgent * len(p.Agents)
	}
	r := newRepair(remaining, plan, o)
	r.keep()
	out := Repaired{Problem: remaining, Unrepaired: r.total()}
	r.welcome()
	r.descend(ctx)
	r.explore(ctx, r.harden(ctx, o.Iterations))
	out.Plan = r.plan()
	out.Plan.Days = out.Plan.Days[:len(p.Agents)]
	out.Plan.Unplaced = r.unplaced
	out.Changes = r.changes()
	out.Offers = r.offers(o)
	return out, nil
}

// repair is the search for the best repair.
type repair struct {
	*search
	changeCost Money
	weight     float64  // of the guide in what one more is worth, while the plan is hardened
	former     []former // by agent
	kept       []day    // the day that is nearest to the former one
	moves      []int    // by agent: the number of changes
}

// former is what an agent was to do, by interval.
type former struct {
	kinds []Kind
	on    []int32
}

// begins tells whether a pause of this kind began in interval t.
func (f *former) begins(kind Kind, t int) bool {
	return f.kinds[t] == kind && (t == 0 || f.kinds[t-1] != kind)
}

// works tells whether the agent was to work, or to be idle, in interval t.
func (f *former) works(t int) bool {
	return f.kinds[t] == Phone || f.kinds[t] == Email || f.kinds[t] == Other
}

// newRepair prepares the repair of what remains. Those who could be called in
// stand behind the agents, and are not planned.
func newRepair(p Problem, plan Plan, o RepairOptions) *repair {
	agents := len(p.Agents)
	extra := p
	extra.Agents = o.Wider.CallIns
	p.Agents = slices.Concat(p.Agents, Freeze(extra, Plan{}, o.Now).Agents)
	r := &repair{search: newSearch(newModel(p), o.Seed), changeCost: o.ChangeCost}
	r.agents = slices.DeleteFunc(r.agents, func(a int) bool { return a >= agents })
	r.unplaced = slices.DeleteFunc(r.unplaced, func(why Reason) bool {
		return slices.ContainsFunc(p.Agents[agents:], func(a Agent) bool { return a.ID == why.Agent })
	})
	r.kept = make([]day, len(p.Agents))
	r.moves = make([]int, len(p.Agents))
	for _, agent := range p.Agents {
		r.former = append(r.former, formerOf(plan.dayOf(agent.ID), p.Grid.N))
	}
	return r
}

func formerOf(d AgentDay, n int) former {
	f := former{make([]Kind, n), slices.Repeat([]int32{none}, n)}
	for _, act := range d.Activities {
		for t := act.From; t < min(act.To, n); t++ {
			f.kinds[t] = act.Kind
			if len(act.Demands) > 0 {
				f.on[t] = int32(act.Demands[0])
			}
		}
	}
	return f
}

// isNew tells whether agent a was off in the plan before.
func (r *repair) isNew(a int) bool {
	return !slices.ContainsFunc(r.former[a].kinds, func(k Kind) bool { return k != "" })
}

// Worth of what was planned, when the nearest day is looked for: all pauses
// before all work, and both before what the rules cost.
const (
	keptWork  = Money(1) << 30
	keptPause = keptWork << 10
)

// keep gives all who were planned the day that is nearest to the former one.
func (r *repair) keep() {
	for _, a := range r.agents {
		if r.isNew(a) {
			continue
		}
		d := r.planner
		d.begin(a)
		d.former, d.moveCost = &r.former[a], keptPause
		for t := d.reach.From; t < d.reach.To; t++ {
			for _, md := range d.modes(t) {
				if d.worth[md][t] != never && r.couldKeep(a, t, md) {
					d.worth[md][t] = keptWork
				}
			}
		}
		nearest, _ := d.best()
		nearest.cost = r.dayCost(a, nearest)
		r.kept[a] = nearest
		r.staff(a, nearest, 1<<40)
	}
	r.log = r.log[:0]
}

// couldKeep tells whether what agent a was on in interval t can be done in the
// mode.
func (r *repair) couldKeep(a, t int, md mode) bool {
	g := r.former[a].on[t]
	return g != none && r.skillsAt(a, t).has(int(g)) && r.open[md][t].has(int(g))
}

// welcome gives a day to those who are new.
func (r *repair) welcome() {
	for _, a := range r.agents {
		if r.isNew(a) {
			r.redo(a)
		}
	}
	r.log = r.log[:0]
}

// burden is what the repair minimizes.
func (r *repair) burden() Money {
	sum := r.total()
	for _, n := range r.moves {
		sum += Money(n) * r.changeCost
	}
	return sum
}

// descend looks at one agent after the other until nothing improves: at other
// work first, and then at other pauses too.
func (r *repair) descend(ctx context.Context) {
	for before := r.burden() + 1; r.burden() < before && ctx.Err() == nil; {
		before = r.burden()
		for _, i := range r.rand.Perm(len(r.agents)) {
			a := r.agents[i : i+1]
			r.attempt(a, func(a int) { r.staff(a, r.days[a], r.changeCost) })
			r.attempt(a, r.redo)
		}
	}
}

// explore looks at a few related agents at a time.
func (r *repair) explore(ctx context.Context, iterations int) {
	for range iterations {
		if len(r.agents) < 2 || ctx.Err() != nil {
			return
		}
		r.attempt(r.related(), r.redo)
	}
}

// attempt takes a few agents out and lets each be placed again. It keeps what
// improves.
func (r *repair) attempt(agents []int, place func(a int)) {
	r.try(agents, func() {
		for _, a := range agents {
			r.vacate(a)
		}
		for _, a := range agents {
			place(a)
		}
	})
}

// try changes the days of some agents, and keeps the change if it improves.
func (r *repair) try(agents []int, change func()) {
	limit := r.burden()
	days, moves := make([]day, len(agents)), make([]int, len(agents))
	for i, a := range agents {
		days[i], moves[i] = r.days[a], r.moves[a]
	}
	change()
	if r.burden() >= limit {
		r.undo(0)
		for i, a := range agents {
			r.days[a], r.moves[a] = days[i], moves[i]
		}
	}
	r.log = r.log[:0]
}

// vacate takes agent a off all work; nobody steps in.
func (r *repair) vacate(a int) {
	for t, md := range r.days[a].modes {
		if md != away {
			r.set(t, a, away, none)
		}
	}
}

// redo gives agent a, who is off all work, the best day if all others keep
// theirs.
func (r *repair) redo(a int) {
	d := r.planner
	d.begin(a)
	d.former, d.moveCost = &r.former[a], r.changeCost
	d.crowding = r.crowding(a)
	if r.isNew(a) {
		d.former = nil
	}
	for t := d.reach.From; t < d.reach.To; t++ {
		for _, md := range d.modes(t) {
			if d.worth[md][t] != never {
				d.worth[md][t] = r.directWorth(a, t, md) - r.spare(a, t, md)
			}
		}
	}
	best, _ := d.best()
	best.cost = r.dayCost(a, best)
	r.staff(a, best, r.changeCost)
}

// shareOfChange is how much of the price of a change the day planner asks for a
// single interval of other work: the runs of an hour or so that pay carry it.
const shareOfChange = 4

// directWorth is what agent a saves in interval t if nobody else moves.
func (r *repair) directWorth(a, t int, md mode) Money {
	f := &r.former[a]
	best := Money(0)
	for g := range r.skillsAt(a, t).both(r.open[md][t]) {
		worth := r.gain(t, g)
		if f.works(t) && f.on[t] != int32(g) {
			worth -= r.changeCost / shareOfChange
		}
		best = max(best, worth)
	}
	return best
}
