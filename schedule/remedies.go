package schedule

import (
	"cmp"
	"fmt"
	"slices"
)

// Remedies are what can be had beside moves, each at a price.
type Remedies struct {
	// CallIns are people who are not planned, with the shifts that they could
	// work and what each costs.
	CallIns       []Agent
	Overtime      []Overtime
	Cancellations []Cancellation
}

// Overtime is somebody who may stay longer.
type Overtime struct {
	Agent   int   // index of Problem.Agents
	Longest int   // intervals after the shift
	Price   Money // of each
}

// Cancellation is a fixed block that may be called off for all who have it.
type Cancellation struct {
	Agents []int // indexes of Problem.Agents
	Block  Block
	Price  Money
}

// Offer is a remedy with its price and what it saves if everybody else keeps to
// the plan.
type Offer struct {
	Kind   OfferKind
	Agents []string
	Span   Span // the shift, the time after it, or the time of the block
	Price  Money
	Gain   Money // without the price
	Serves int   // the demand that gains most; -1: none
}

// OfferKind is the kind of a remedy.
type OfferKind string

// The kinds of remedies.
const (
	OfferCallIn   OfferKind = "call-in"
	OfferOvertime OfferKind = "overtime"
	OfferCancel   OfferKind = "cancel"
)

// validate refuses what does not fit the problem.
func (w Remedies) validate(p Problem) error {
	extra := p
	extra.Agents, extra.Caps = w.CallIns, nil
	if err := extra.Validate(); err != nil {
		return fmt.Errorf("call-ins: %w", err)
	}
	known := func(a int) bool { return a >= 0 && a < len(p.Agents) }
	for i, o := range w.Overtime {
		if !known(o.Agent) || o.Longest < 0 {
			return fmt.Errorf("overtime %d: agent %d for %d, want an index below %d for 0 or more", i, o.Agent, o.Longest, len(p.Agents))
		}
	}
	for i, c := range w.Cancellations {
		if !all(c.Agents, known) || !p.within(c.Block.Span) {
			return fmt.Errorf("cancellation %d: agents %v at %v, want indexes below %d within [0, %d)", i, c.Agents, c.Block.Span, len(p.Agents), p.Grid.N)
		}
	}
	return nil
}

// offers prices each remedy on its own, and gives those that save anything.
func (r *repair) offers(o RepairOptions) []Offer {
	var all []Offer
	first := len(r.Agents) - len(o.Wider.CallIns)
	for a := first; a < len(r.Agents); a++ {
		if len(r.options[a].frames) > 0 {
			all = append(all, r.callIn(a))
		}
	}
	for _, over := range o.Wider.Overtime {
		all = append(all, r.overtime(over))
	}
	for _, c := range o.Wider.Cancellations {
		all = append(all, r.cancellation(c, o.Now))
	}
	all = slices.DeleteFunc(all, func(o Offer) bool { return o.Gain <= 0 })
	slices.SortStableFunc(all, func(a, b Offer) int { return cmp.Compare(b.Gain-b.Price, a.Gain-a.Price) })
	return all
}

// saved makes an offer of the effect of a remedy.
func (e effect) saved(o Offer) Offer {
	for g := range e.demands {
		o.Gain -= e.demands[g]
		e.demands[g] = -e.demands[g]
	}
	o.Price += e.cost + o.Gain // shifts and soft rules
	o.Serves = e.dearest()
	return o
}

// callIn is the best day of agent a, who is off.
func (r *repair) callIn(a int) Offer {
	o := Offer{Kind: OfferCallIn, Agents: []string{r.Agents[a].ID}}
	e := r.trial(a, func() {
		r.redo(a)
		o.Span = r.Agents[a].Shifts[r.days[a].frame.shift].Span
	})
	return e.saved(o)
}

// overtime is the time after the shift that saves most beyond its price, no
// longer than anybody may work without a pause.
func (r *repair) overtime(over Overtime) Offer {
	a := over.Agent
	none := Offer{Kind: OfferOvertime, Agents: []string{r.Agents[a].ID}}
	best, d := none, r.days[a]
	if d.frame == nil {
		return none
	}
	end := r.Agents[a].Shifts[d.frame.shift].To
	for to := end + 1; to <= min(end+over.Longest, r.Grid.N, r.farthestEnd(a)); to++ {
		o := none
		o.Span, o.Price = Span{end, to}, over.Price*Money(to-end)
		o = r.trial(a, func() { r.resumeAll(a, o.Span) }).saved(o)
		if best.Gain == 0 || o.Gain-o.Price > best.Gain-best.Price {
			best = o
		}
	}
	return best
}

// farthestEnd gives the last interval until which agent a may work without
// another pause.
func (r *repair) farthestEnd(a int) int {
	d := &r.days[a]
	from := 0
	for _, p := range d.frame.parts {
		from = max(from, p.From)
	}
	for t := range r.Grid.N {
		if r.pause(a, t) {
			from = max(from, t+1)
		}
	}
	for _, kind := range []Kind{Break, Lunch} {
		for _, s := range d.pauses(kind, r.Rules.BreakLength) {
			from = max(from, s.To)
		}
	}
	return from + r.options[a].longest
}

// cancellation lets all who have the block work instead, from now on.
func (r *repair) cancellation(c Cancellation, now int) Offer {
	o := Offer{Kind: OfferCancel, Span: c.Block.common(Span{now, r.Grid.N}), Price: c.Price}
	if len(c.Agents) == 0 {
		return o
	}
	e := r.trial(c.Agents[0], func() {
		for _, a := range c.Agents {
			o.Agents = append(o.Agents, r.Agents[a].ID)
			if d := r.days[a]; d.frame != nil && slices.Contains(r.Agents[a].Fixed, c.Block) {
				r.resumeAll(a, o.Span.common(r.Agents[a].Shifts[d.frame.shift].Span))
			}
		}
	})
	return e.saved(o)
}

// resumeAll puts agent a to the best work in each interval of a span.
func (r *repair) resumeAll(a int, span Span) {
	for t := span.From; t < span.To; t++ {
		if r.canWork(a, t, either) {
			r.resume(a, t)
		}
	}
}
