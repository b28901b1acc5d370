package plan

import (
	"cmp"
	"slices"
	"time"

	"bemanna/internal/centre"
	"bemanna/schedule"
)

// Offer is something that can be had beside the changes.
type Offer struct {
	Text   string    `json:"text"` // in words
	Kind   OfferKind `json:"kind"`
	Who    []string  `json:"who"`             // ids
	Name   string    `json:"name,omitempty"`  // of the only person
	What   string    `json:"what,omitempty"`  // the kind of booking that would be cancelled
	Where  string    `json:"where,omitempty"` // the name of a unit
	Start  time.Time `json:"start"`
	End    time.Time `json:"end"`
	Hours  float64   `json:"hours"`            // of all people
	Kronor *float64  `json:"kronor,omitempty"` // what it costs; nothing where no price is known
	Gain   float64   `json:"gain"`             // of the expected share of the day
	Serves string    `json:"serves,omitempty"` // the pool that gains most
}

// OfferKind is a kind of offer.
type OfferKind string

// The kinds of offers.
const (
	OfferCallIn   OfferKind = "call_in"  // an hourly temp or agency worker who is not planned
	OfferOvertime OfferKind = "overtime" // somebody stays after the shift
	OfferCancel   OfferKind = "cancel"   // a meeting, training or coaching is called off
)

const (
	callInNotice    = time.Hour     // before somebody who is called in can begin
	longestOvertime = 2 * time.Hour // after a shift, where the limit of four weeks leaves as much
	mostOffers      = 6
	mostOfAKind     = 3 // so that there is something to choose from
)

// remedies are what the schedule engine may offer beside moves.
func (d *draft) remedies(now int) schedule.Remedies {
	var w schedule.Remedies
	w.CallIns = d.callable(now)
	for i, a := range d.problem.Agents {
		if d.avail[i].Person.Employment == centre.Permanent && len(a.Shifts) > 0 {
			longest := int(d.overtimeLeft(i, a.Shifts[0]) / d.r.Grid.Step)
			w.Overtime = append(w.Overtime, schedule.Overtime{Agent: i, Longest: longest})
		}
	}
	w.Cancellations = d.cancellable(now)
	return w
}

// callable are the temps and agency workers who are not planned, each with the
// half days that are left.
func (d *draft) callable(now int) []schedule.Agent {
	var out []schedule.Agent
	for _, p := range d.c.People {
		weekday := p.Days.Has(d.r.Date.Weekday())
		employed := (p.From == 0 || d.r.Date >= p.From) && (p.Until == 0 || d.r.Date <= p.Until)
		if p.Employment == centre.Permanent || !weekday || !employed || d.agent(p.ID) >= 0 {
			continue
		}
		agent := schedule.Agent{ID: p.ID, Skills: d.skills(p)}
		length := intervals(d.r.Grid, callInLength)
		first := max(now+intervals(d.r.Grid, callInNotice), d.r.Grid.Index(clockTime(d.r.Grid, p.Earliest)))
		for from := first; from+length <= d.r.Grid.Index(clockTime(d.r.Grid, p.Latest)); from++ {
			agent.Shifts = append(agent.Shifts, schedule.Shift{Span: schedule.Span{From: from, To: from + length}})
		}
		out = append(out, agent)
	}
	return out
}

// skills are the demands on which a person can work.
func (d *draft) skills(p centre.Person) []int {
	var out []int
	for _, s := range p.Skills {
		i := slices.IndexFunc(d.problem.Demands, func(k schedule.Demand) bool { return k.Kind == schedule.Email && k.ID == s.Group })
		if g := slices.IndexFunc(d.r.Groups, func(n GroupNeed) bool { return n.Group.ID == s.Group }); g >= 0 {
			i = d.r.Groups[g].Pool
		}
		if i >= 0 && !slices.Contains(out, i) {
			out = append(out, i)
		}
	}
	return out
}

// cancellable are the meetings, training and coaching that have not begun. What
// several of a unit have at the same time is one.
func (d *draft) cancellable(now int) []schedule.Cancellation {
	var out []schedule.Cancellation
	for i, a := range d.problem.Agents {
		for _, b := range a.Fixed {
			switch b.Kind {
			case schedule.Meeting, schedule.Training, schedule.Coaching:
			default:
				continue
			}
			if b.From < now || len(a.Shifts) == 0 {
				continue
			}
			k := slices.IndexFunc(out, func(c schedule.Cancellation) bool {
				return c.Block == b && d.avail[c.Agents[0]].Person.Unit == d.avail[i].Person.Unit
			})
			if k < 0 {
				out = append(out, schedule.Cancellation{Block: b})
				k = len(out) - 1
			}
			out[k].Agents = append(out[k].Agents, i)
		}
	}
	return out
}

// offers tells of what the schedule engine found, with gains of the day's share,
// the greatest first.
func (k *checkIn) offers(found []schedule.Offer, known *answers) ([]Offer, error) {
	g := newGains(k.draft, known)
	out := make([]Offer, len(found))
	err := inParallel(len(found), nil, func(i int) error {
		o, people := k.offer(found[i])
		var e effect
		for t := found[i].Span.From; t < found[i].Span.To; t++ {
			if err := g.add(&e, t, 1, people...); err != nil {
				return err
			}
		}
		o.Gain, o.Serves = g.share(e), g.serves(e)
		out[i] = o
		return nil
	})
	if err != nil {
		return nil, err
	}
	out = slices.DeleteFunc(out, func(o Offer) bool { return o.Gain < worthDoing })
	slices.SortStableFunc(out, func(a, b Offer) int { return cmp.Compare(b.Gain, a.Gain) })
	count := map[OfferKind]int{}
	out = slices.DeleteFunc(out, func(o Offer) bool { count[o.Kind]++; return count[o.Kind] > mostOfAKind })
	return out[:min(len(out), mostOffers)], nil
}

// offer puts an offer into the terms of the centre, with the people whom it
// brings to the telephone.
func (k *checkIn) offer(f schedule.Offer) (Offer, []centre.Person) {
	d := k.draft
	kinds := map[schedule.OfferKind]OfferKind{
		schedule.OfferCallIn: OfferCallIn, schedule.OfferOvertime: OfferOvertime, schedule.OfferCancel: OfferCancel,
	}
	o := Offer{Kind: kinds[f.Kind], Who: f.Agents, Start: d.r.Grid.Time(f.Span.From), End: d.r.Grid.Time(f.Span.To)}
	var people []centre.Person
	for _, id := range f.Agents {
		if p, ok := d.c.Person(id); ok {
			people = append(people, p)
		}
	}
	o.Hours = o.End.Sub(o.Start).Hours() * float64(len(people))
	if len(people) == 0 {
		return o, nil
	}
	first := people[0]
	o.Where = d.unitName(first.Unit)
	if len(people) == 1 {
		o.Name = first.Name
	}
	switch {
	case o.Kind == OfferCallIn && first.Cost > 0:
		kronor := Round(first.Cost*o.Hours, 0)
		o.Kronor = &kronor
	case o.Kind == OfferOvertime && d.c.Rules.OvertimeCost > 0:
		kronor := Round(d.c.Rules.OvertimeCost*o.Hours, 0)
		o.Kronor = &kronor
	case o.Kind == OfferCancel:
		o.Kronor = new(float64)
		if i := d.agent(first.ID); i >= 0 {
			b := d.problem.Agents[i].Fixed
			if j := slices.IndexFunc(b, func(b schedule.Block) bool { return b.From <= f.Span.From && f.Span.To <= b.To }); j >= 0 {
				o.What = string(b[j].Kind)
			}
		}
	}
	return o, people
}
