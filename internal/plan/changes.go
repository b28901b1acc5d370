package plan

import (
	"cmp"
	"slices"
	"time"

	"bemanna/schedule"
)

// Change is what one person does otherwise than was planned. What one person
// does never depends on what another one accepts.
type Change struct {
	Who   string `json:"who"` // an id
	Name  string `json:"name"`
	Moves []Move `json:"moves"` // in order of time
	// Gain is how much lower the expected share of the day would be without the
	// change, all others being made. Below 0 where it is for e-mail.
	Gain   float64 `json:"gain"`
	Serves string  `json:"serves,omitempty"` // the pool that gains most
	// Forced: the news leave no choice, whether the change is accepted or not.
	Forced bool `json:"forced,omitempty"`
	// EmailHours is what e-mail wins by it; below 0: what it gives.
	EmailHours float64 `json:"email_hours,omitempty"`
}

// Move is one thing that changes: a pause at another time, other work, or the
// whole time of somebody who comes.
type Move struct {
	Text   string     `json:"text"` // in words
	Reason MoveReason `json:"reason"`
	Was    *Activity  `json:"was,omitempty"` // nothing for somebody who comes, and for a pause that is due now
	Is     *Activity  `json:"is,omitempty"`  // nothing for a pause that is no longer due
}

// MoveReason is why something changes.
type MoveReason string

// The reasons.
const (
	MoveCalls  MoveReason = "calls"  // more calls are answered in time
	MoveEmail  MoveReason = "email"  // e-mail is answered in time
	MoveRules  MoveReason = "rules"  // the pause cannot be where it was
	MoveComing MoveReason = "coming" // somebody comes
)

// settle lists the changes, those that gain most first. What gains next to
// nothing, for calls or for e-mail, for so many moves is taken back in the draft, the
// least first: nobody shall be asked for it, unless too many would have lunch at once.
func (k *checkIn) settle(known *answers) ([]Change, error) {
	d := k.draft
	d.plan.Days = slices.Clone(d.plan.Days)
	for {
		all, err := k.changes(known)
		if err != nil {
			return nil, err
		}
		slices.SortStableFunc(all, func(a, b Change) int { return cmp.Compare(b.Gain, a.Gain) })
		idle := func(c *Change) bool {
			moves := len(c.Moves)
			return !c.Forced && c.Gain < worthDoing*float64(moves) && c.EmailHours < worthMoving*float64(moves)
		}
		least := len(all) - 1
		for least >= 0 && (!idle(&all[least]) || k.crowds(d.agent(all[least].Who))) {
			least--
		}
		if least < 0 {
			return all, d.verify()
		}
		i := d.agent(all[least].Who)
		d.plan.Days[i] = k.kept.plan.Days[i]
	}
}

// worthMoving is the hours that e-mail must win for each move.
const worthMoving = 0.5

// emailHours is how much of a day is for e-mail.
func (d *draft) emailHours(day schedule.AgentDay) float64 {
	n := 0
	for _, a := range day.Activities {
		if a.Kind == schedule.Email && !d.r.ownWork(a) {
			n += a.Len()
		}
	}
	return float64(n) * d.r.Grid.Step.Hours()
}

// changes lists what people do otherwise in the draft, in their order.
func (k *checkIn) changes(known *answers) ([]Change, error) {
	g := newGains(k.draft, known)
	all := make([]Change, len(k.draft.plan.Days))
	err := inParallel(len(all), nil, func(i int) (err error) {
		all[i], err = k.change(g, i)
		return err
	})
	return slices.DeleteFunc(all, func(c Change) bool { return len(c.Moves) == 0 }), err
}

// change is what one agent does otherwise; without moves: nothing.
func (k *checkIn) change(g *gains, agent int) (Change, error) {
	moves := k.moves(agent)
	if len(moves) == 0 {
		return Change{}, nil
	}
	was, is := k.kept.plan.Days[agent], k.draft.plan.Days[agent]
	c := Change{Who: is.Agent, Name: k.draft.avail[agent].Person.Name, Moves: moves}
	c.Forced = !slices.ContainsFunc(moves, func(m Move) bool { return m.Reason == MoveCalls || m.Reason == MoveEmail })
	coming := moves[0].Reason == MoveComing
	var e effect
	for t := k.now; t < k.draft.r.Grid.N; t++ {
		before, now := !coming && doing(was, t).Kind == schedule.Phone, doing(is, t).Kind == schedule.Phone
		if before == now {
			continue
		}
		people := 1 // more, if the change were not made
		if now {
			people = -1
		}
		if err := g.add(&e, t, people, k.draft.personAt(agent, t)); err != nil {
			return c, err
		}
	}
	e = e.opposite()
	c.Gain, c.Serves = g.share(e), g.serves(e)
	c.EmailHours = k.draft.emailHours(is) - k.draft.emailHours(was)
	return c, nil
}

// moves lists what is otherwise for one agent. That somebody on the telephone is
// counted for another pool is nothing: the next call decides.
func (k *checkIn) moves(agent int) []Move {
	if is := k.draft.plan.Days[agent]; k.former.Days[agent].Shift.Len() == 0 && is.Shift.Len() > 0 {
		return []Move{{Reason: MoveComing, Is: k.presence(is)}}
	}
	own := slices.Concat(k.pauseMoves(agent, schedule.Break), k.pauseMoves(agent, schedule.Lunch), k.otherWork(agent))
	slices.SortStableFunc(own, func(a, b Move) int { return a.start().Compare(b.start()) })
	return own
}

// presence is the time from when somebody comes until they go.
func (k *checkIn) presence(day schedule.AgentDay) *Activity {
	here := slices.DeleteFunc(slices.Clone(day.Activities), func(a schedule.Activity) bool { return a.Kind == schedule.Absent })
	at := k.draft.r.Grid
	return &Activity{Start: at.Time(here[0].From), End: at.Time(here[len(here)-1].To)}
}

// pauseMoves pairs the pauses of a kind that are gone with those that are new,
// in order of time. What falls into an absence is gone without a word.
func (k *checkIn) pauseMoves(agent int, kind schedule.Kind) []Move {
	is := k.draft.plan.Days[agent]
	was, now, kept := pauses(k.former.Days[agent], kind), pauses(is, kind), pauses(k.kept.plan.Days[agent], kind)
	gone := slices.DeleteFunc(without(was, now), func(s schedule.Span) bool {
		on := doing(is, s.From).Kind
		return on == "" || on == schedule.Absent
	})
	come := without(now, was)
	var out []Move
	for i := range max(len(gone), len(come)) {
		m := Move{Reason: MoveRules}
		if i < len(gone) {
			m.Was = k.shown(agent, schedule.Activity{Span: gone[i], Kind: kind})
			if slices.Contains(kept, gone[i]) {
				m.Reason = MoveCalls
			}
		}
		if i < len(come) {
			m.Is = k.shown(agent, schedule.Activity{Span: come[i], Kind: kind})
		}
		out = append(out, m)
	}
	return out
}

// pauses gives the pauses of a kind in a day.
func pauses(day schedule.AgentDay, kind schedule.Kind) []schedule.Span {
	var out []schedule.Span
	for _, a := range day.Activities {
		if a.Kind == kind {
			out = append(out, a.Span)
		}
	}
	return out
}

// without gives those of the spans that are not among others.
func without(spans, others []schedule.Span) []schedule.Span {
	return slices.DeleteFunc(slices.Clone(spans), func(s schedule.Span) bool { return slices.Contains(others, s) })
}

func (m *Move) start() time.Time {
	if m.Is != nil {
		return m.Is.Start
	}
	return m.Was.Start
}

// otherWork finds the stretches in which an agent works on the telephone instead
// of e-mail, or the other way round.
func (k *checkIn) otherWork(agent int) []Move {
	was, is := k.kept.plan.Days[agent], k.draft.plan.Days[agent]
	type stretch struct{ was, is schedule.Activity }
	var all []stretch
	for t := is.Shift.From; t < is.Shift.To; t++ {
		a, b := doing(was, t), doing(is, t)
		if !works(a.Kind) || !works(b.Kind) || sameWork(a, b) {
			continue
		}
		if n := len(all) - 1; n >= 0 && all[n].is.To == t && sameWork(all[n].was, a) && sameWork(all[n].is, b) {
			all[n].was.To, all[n].is.To = t+1, t+1
			continue
		}
		a.Span, b.Span = schedule.Span{From: t, To: t + 1}, schedule.Span{From: t, To: t + 1}
		all = append(all, stretch{a, b})
	}
	var out []Move
	for _, s := range all {
		m := Move{Reason: MoveCalls, Was: k.shown(agent, s.was), Is: k.shown(agent, s.is)}
		if s.is.Kind == schedule.Email {
			m.Reason = MoveEmail
		}
		out = append(out, m)
	}
	return out
}

func works(k schedule.Kind) bool {
	return k == schedule.Phone || k == schedule.Email || k == schedule.Other
}

// sameWork tells whether two activities are the same to those who do them.
func sameWork(a, b schedule.Activity) bool {
	return a.Kind == b.Kind && (a.Kind != schedule.Email || a.Demands[0] == b.Demands[0])
}

// shown is an activity as people read it; nil for none.
func (k *checkIn) shown(agent int, a schedule.Activity) *Activity {
	if a.Len() == 0 {
		return nil
	}
	out := &Activity{Start: k.draft.r.Grid.Time(a.From), End: k.draft.r.Grid.Time(a.To), Kind: string(a.Kind)}
	if a.Kind == schedule.Phone || a.Kind == schedule.Email {
		out.Groups = k.draft.activities(agent, a)[0].Groups
	}
	return out
}
