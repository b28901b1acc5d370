package plan

import (
	"context"
	"slices"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
)

// orderWeek is the days of an ISO week for which temps are sought together:
// their hours of the week are shared out over its days.
type orderWeek struct {
	days []*orderDay
	all  []*callable
}

// weekly parts days into weeks.
func (h *Horizon) weekly(days []*orderDay, unit string) []*orderWeek {
	var out []*orderWeek
	for _, d := range days {
		n := len(out) - 1
		if n < 0 || out[n].days[0].date.Monday() != d.date.Monday() {
			out = append(out, &orderWeek{all: h.callables(unit)})
			n++
		}
		out[n].days = append(out[n].days, d)
	}
	return out
}

// fill calls people in until each day reaches its aim, or nobody is left who
// helps: always the shift that wins most calls in time for a krona. Then those
// are sent home whom later ones have made needless, and their hours are offered
// to other days.
//
// That is the greedy method for a cover of least cost. Its cost is within a
// factor 1 + ln(most shifts/least gain) of the least one where gains fall
// (Wolsey, Combinatorica 2, 1982, pp. 385–393).
func (w *orderWeek) fill(ctx context.Context, c *centre.Centre, today civil.Date) error {
	if err := w.greedy(ctx, c, today); err != nil {
		return err
	}
	freed := false
	for _, d := range w.days {
		sent, err := d.prune()
		if err != nil {
			return err
		}
		freed = freed || sent
	}
	if !freed {
		return nil
	}
	return w.greedy(ctx, c, today)
}

// trim lets people come later or go earlier where the aim is reached as well.
func (w *orderWeek) trim(ctx context.Context, c *centre.Centre) error {
	for _, d := range w.days {
		for _, x := range d.dearest() {
			if err := d.trim(ctx, c, x.who); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *orderWeek) greedy(ctx context.Context, c *centre.Centre, today civil.Date) error {
	type found struct {
		offer
		ok bool
	}
	offers := make([]found, len(w.days))
	look := func(i int) (err error) {
		offers[i].offer, offers[i].ok, err = w.days[i].best(c, w.all, today)
		return err
	}
	for i := range w.days {
		if err := look(i); err != nil {
			return err
		}
	}
	for {
		best := -1
		for i, o := range offers {
			if o.ok && (best < 0 || o.better(offers[best].offer)) {
				best = i
			}
		}
		if best < 0 {
			return nil
		}
		o := offers[best]
		if err := w.days[best].callIn(ctx, c, o.who, o.shift); err != nil {
			return err
		}
		for i := range offers { // the day itself, and those that counted on the same person
			if i == best || offers[i].ok && offers[i].who == o.who {
				if err := look(i); err != nil {
					return err
				}
			}
		}
	}
}

// purchase is a shift with what it wins when those before it are ordered.
type purchase struct {
	day  *orderDay
	call *call
	won  served // inTime more, lost and price less
}

// purchases puts the shifts of all days into the order in which they are worth
// buying: what wins most calls in time for a krona first, as far as the order
// within each day allows.
func purchases(days []*orderDay) ([]purchase, error) {
	queues := make([][]purchase, len(days))
	err := inParallel(len(days), nil, func(i int) (err error) {
		queues[i], err = days[i].purchases()
		return err
	})
	if err != nil {
		return nil, err
	}
	var out []purchase
	for {
		best := -1
		for i, q := range queues {
			if len(q) > 0 && (best < 0 || q[0].offer().better(queues[best][0].offer())) {
				best = i
			}
		}
		if best < 0 {
			return out, nil
		}
		out = append(out, queues[best][0])
		queues[best] = queues[best][1:]
	}
}

func (p purchase) offer() offer { return offer{gain: p.won.inTime, cost: p.call.cost()} }

// purchases gives the shifts of a day, each time the one that wins most for a
// krona after those before it.
func (d *orderDay) purchases() ([]purchase, error) {
	wait := d.called
	d.called = nil
	if err := d.refresh(0, len(d.now)); err != nil {
		return nil, err
	}
	var out []purchase
	for len(wait) > 0 {
		var best purchase
		for _, x := range wait {
			won, err := d.winning(x)
			if err != nil {
				return nil, err
			}
			p := purchase{d, x, won}
			if best.call == nil || p.offer().better(best.offer()) {
				best = p
			}
		}
		out = append(out, best)
		wait = slices.DeleteFunc(slices.Clone(wait), func(x *call) bool { return x == best.call })
		d.called = append(d.called, best.call)
		if err := d.refresh(best.call.day.Shift.From, best.call.day.Shift.To); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// winning gives what a shift wins beside those that are ordered.
func (d *orderDay) winning(x *call) (served, error) {
	var won served
	d.called = append(d.called, x)
	defer func() { d.called = d.called[:len(d.called)-1] }()
	for t := x.day.Shift.From; t < x.day.Shift.To; t++ {
		with, err := d.at(t, nobody)
		if err != nil {
			return won, err
		}
		won.add(with, 1)
		won.add(d.now[t], -1)
	}
	return won, nil
}

// afford keeps what a budget in kronor buys of some purchases: those that are
// worth most, a day's in their order. The others are sent home.
func afford(all []purchase, budget float64) ([]purchase, error) {
	full := map[*orderDay]bool{}
	var out []purchase
	for _, p := range all {
		if full[p.day] || p.call.cost() > budget {
			full[p.day] = true
			p.call.who.drop(p.day.date, p.call.work)
			p.day.called = slices.DeleteFunc(slices.Clone(p.day.called), func(x *call) bool { return x == p.call })
			if err := p.day.refresh(p.call.day.Shift.From, p.call.day.Shift.To); err != nil {
				return nil, err
			}
			continue
		}
		budget -= p.call.cost()
		out = append(out, p)
	}
	return out, nil
}
