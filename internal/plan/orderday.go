package plan

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/schedule"
)

// call is somebody who is called in for a shift.
type call struct {
	who *callable
	candidate
	groups []int             // of the requirement, that the person takes
	day    schedule.AgentDay // with lunch and breaks
	phone  []bool            // by interval: on the telephone
}

// hours are those that are paid, cost is in kronor.
func (x *call) hours() float64 { return x.work.Hours() }
func (x *call) cost() float64  { return x.work.Hours() * x.who.Cost }

// orderDay is a day for which temps are sought: a scene, who has been called in,
// and what becomes of the calls.
type orderDay struct {
	*scene
	look   *appraiser
	aim    float64 // calls that are to be answered in time
	joined []*call // people of the centre who come in addition
	called []*call
	firm   []*call // those of called who are not sent home
	skills [][]int // of people who have been tried: groups of the requirement
	known  map[standing]served
	now    []served      // by interval
	gains  []*skillGains // of one person more
}

// skillGains are the calls in time that one more person with some skills wins in
// each interval. They are stale where the crews have changed since.
type skillGains struct {
	skills int
	by     []float64
	stale  []bool
}

func newOrderDay(s *scene, unit string) (*orderDay, error) {
	d := &orderDay{scene: s, look: newAppraiser(s, unit), known: map[standing]served{}, now: make([]served, s.r.Grid.N)}
	return d, d.refresh(0, len(d.now))
}

// refresh works out some intervals anew after the crews have changed.
func (d *orderDay) refresh(from, to int) (err error) {
	for t := from; t < to; t++ {
		if d.now[t], err = d.at(t, nobody); err != nil {
			return err
		}
		for _, g := range d.gains {
			g.stale[t] = true
		}
	}
	return nil
}

// total is what becomes of the calls of the day.
func (d *orderDay) total() served {
	var sum served
	for _, x := range d.now {
		sum.add(x, 1)
	}
	return sum
}

// deficit is how many calls in time are short of the aim.
func (d *orderDay) deficit() float64 { return max(0, d.aim-d.total().inTime) }

// gainsOf gives what one more person who takes some groups wins in each
// interval.
func (d *orderDay) gainsOf(groups []int) ([]float64, error) {
	g, err := d.gainsFor(groups)
	if err == nil {
		err = d.renew(g)
	}
	return g.by, err
}

// gainsFor gives the gains of some skills as they are known.
func (d *orderDay) gainsFor(groups []int) (*skillGains, error) {
	skills := d.skillsOf(groups)
	for _, g := range d.gains {
		if g.skills == skills {
			return g, nil
		}
	}
	n := len(d.now)
	g := &skillGains{skills, make([]float64, n), slices.Repeat([]bool{true}, n)}
	d.gains = append(d.gains, g)
	return g, d.renew(g)
}

// renew works out what is stale.
func (d *orderDay) renew(g *skillGains) error {
	for t := range g.by {
		if !g.stale[t] {
			continue
		}
		with, err := d.at(t, g.skills)
		if err != nil {
			return err
		}
		g.by[t], g.stale[t] = max(0, with.inTime-d.now[t].inTime), false
	}
	return nil
}

// join lets people of the centre who come in addition work as they are worth
// most, one after the other.
func (d *orderDay) join(ctx context.Context, c *centre.Centre, more []centre.Person) error {
	extra := *c
	extra.People, extra.Bookings = more, nil
	for _, a := range extra.Available(d.date) {
		x := &call{who: &callable{Person: a.Person}, groups: d.groupsOf(a.Person)}
		worth, err := d.gainsOf(x.groups)
		if err != nil {
			return err
		}
		if x.day, err = d.alone(ctx, shifts(c, d.r.Grid, a), worth); err != nil {
			return err
		}
		x.phone = onPhone(x.day, len(d.now))
		d.joined = append(d.joined, x)
		if err := d.refresh(x.day.Shift.From, x.day.Shift.To); err != nil {
			return err
		}
	}
	return nil
}

// onPhone tells in which of n intervals somebody is on the telephone.
func onPhone(day schedule.AgentDay, n int) []bool {
	out := make([]bool, n)
	for _, a := range day.Activities {
		for t := a.From; a.Kind == schedule.Phone && t < a.To; t++ {
			out[t] = true
		}
	}
	return out
}

// callIn gives k a shift on the day, in the place of the one that k has there.
func (d *orderDay) callIn(ctx context.Context, c *centre.Centre, k *callable, shift candidate) error {
	x := &call{who: k, candidate: shift, groups: d.groupsOf(k.Person)}
	worth, err := d.gainsOf(x.groups)
	if err != nil {
		return err
	}
	one := schedule.Shift{Span: span(d.r.Grid, shift.span)}
	if minutes(shift.work) < shift.span.Close-shift.span.Open {
		one.Lunch = intervals(d.r.Grid, c.Rules.Lunch)
	}
	if x.day, err = d.alone(ctx, []schedule.Shift{one}, worth); err != nil {
		return err
	}
	x.phone = onPhone(x.day, len(d.now))
	k.take(d.date, shift.span, shift.work)
	if i := d.callOf(k); i >= 0 {
		k.worked[d.date.Monday()] -= d.called[i].work
		k.shifts[d.date.Monday()]--
		d.called[i] = x
	} else {
		d.called = append(d.called, x)
	}
	return d.refresh(one.From, one.To)
}

// callOf gives the index of the shift for which k is called in; -1: none.
func (d *orderDay) callOf(k *callable) int {
	return slices.IndexFunc(d.called, func(x *call) bool { return x.who == k })
}

// prune sends those home without whom the aim is reached as well, the dearest
// first, and tells whether there are any. Who is free of charge stays.
func (d *orderDay) prune() (sent bool, err error) {
	for _, x := range d.dearest() {
		all := d.called
		d.called = slices.DeleteFunc(slices.Clone(all), func(y *call) bool { return x == y })
		if err := d.refresh(x.day.Shift.From, x.day.Shift.To); err != nil {
			return sent, err
		}
		if d.deficit() == 0 {
			x.who.drop(d.date, x.work)
			sent = true
			continue
		}
		d.called = all
		if err := d.refresh(x.day.Shift.From, x.day.Shift.To); err != nil {
			return sent, err
		}
	}
	return sent, nil
}

// dearest lists those who are called in and may be sent home, the dearest first.
func (d *orderDay) dearest() []*call {
	out := slices.DeleteFunc(slices.Clone(d.called), func(x *call) bool {
		return x.cost() == 0 || slices.ContainsFunc(d.firm, func(y *call) bool { return x.who == y.who })
	})
	slices.SortStableFunc(out, func(a, b *call) int { return cmp.Compare(b.cost(), a.cost()) })
	return out
}

// trim shortens the shift of somebody as long as the aim is reached.
func (d *orderDay) trim(ctx context.Context, c *centre.Centre, k *callable) error {
	for d.deficit() == 0 {
		all := slices.Clone(d.called)
		x := all[d.callOf(k)]
		shorter := false
		for _, s := range k.candidates(c, civil.Span{}) {
			ends := s.span.Open == x.span.Open && s.span.Close < x.span.Close || s.span.Open > x.span.Open && s.span.Close == x.span.Close
			if shorter || !ends || s.work != x.work-time.Hour {
				continue
			}
			if err := errors.Join(d.callIn(ctx, c, k, s), d.refresh(x.day.Shift.From, x.day.Shift.To)); err != nil {
				return err
			}
			if shorter = d.deficit() == 0; shorter {
				continue
			}
			d.called = slices.Clone(all)
			k.take(d.date, x.span, x.work-s.work)
			k.shifts[d.date.Monday()]--
			if err := d.refresh(x.day.Shift.From, x.day.Shift.To); err != nil {
				return err
			}
		}
		if !shorter {
			return nil
		}
	}
	return nil
}
