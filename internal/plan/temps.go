package plan

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"bemanna/internal/centre"
)

// TempsOptions say how temps are sought.
type TempsOptions struct {
	Unit   string   // id: only for its groups, of its temps; "": all
	Budget *float64 // most kronor; nil: what the target needs
	// Redial is the share of those who give up and call again.
	Redial float64
	// Simulated is the number of simulated days behind each day's share before
	// and after, 2 or more.
	Simulated int
}

// tempsDay is a day at both quantiles, with what simulation says of the expected
// one without temps and with them.
type tempsDay struct {
	p50, p90      *orderDay
	target        float64
	before, after rehearsed
	rehearsed     []*call // those who are called in in after
	pooled        served  // before, by the formula
	kind          float64 // how much too kind the formula is: added to the share that is aimed at
	hardBefore    served  // at P90, by the formula, with nothing ordered
	hard          served  // the same with what is ordered at P50
	// own holds need against the people of the centre at both quantiles.
	own, ownHard balance
	// room is the part of the time on the telephone that the day can do without, with
	// nothing ordered.
	room AtQuantiles
}

// flattery bounds by how much the pooled formula is taken to be too kind, or
// too hard, where the simulated days without temps say so.
const flattery = 0.1

// Temps finds the hourly temps and agency workers to call in so that each day of
// the horizon reaches the target of the centre at the least cost, as far as they
// can; and with a budget, those of them that are worth most. Shifts are chosen by
// the pooled formula of evaluate, held against simulated days: where those say of
// a day without temps that the formula is too kind, its target is raised by that
// much. What is said of the share before and after is simulated.
//
// The same horizon, what-if and options give the same order. The error tells of a
// what-if that makes no sense, and of a unit that does not exist.
func (h *Horizon) Temps(ctx context.Context, w WhatIf, o TempsOptions) (*Temps, error) {
	if err := CheckTemps(h.c, w, o); err != nil {
		return nil, err
	}
	days := make([]*tempsDay, len(h.days))
	err := inParallel(len(days), nil, func(i int) (err error) {
		days[i], err = h.tempsDay(ctx, h.days[i], w, o)
		return err
	})
	if err != nil {
		return nil, err
	}
	bought, weeks, err := h.order(ctx, days, o)
	if err != nil {
		return nil, err
	}
	err = inParallel(len(days), nil, func(i int) error { return days[i].harden() })
	if err != nil {
		return nil, err
	}
	if o.Budget == nil {
		if err := h.reserve(ctx, days, weeks); err != nil {
			return nil, err
		}
	}
	return h.tempsDocument(days, weeks, bought, o)
}

// CheckTemps tells what is wrong with a what-if and with options.
func CheckTemps(c *centre.Centre, w WhatIf, o TempsOptions) error {
	return errors.Join(w.validate(c), o.validate(c))
}

func (o TempsOptions) validate(c *centre.Centre) error {
	var faults []error
	if o.Unit != "" && !slices.ContainsFunc(c.Units, func(u centre.Unit) bool { return u.ID == o.Unit }) {
		faults = append(faults, fmt.Errorf("unit %q: want a unit of the centre", o.Unit))
	}
	if o.Simulated < 2 {
		faults = append(faults, fmt.Errorf("%d simulated days, want 2 or more", o.Simulated))
	}
	if !(o.Redial >= 0 && o.Redial <= 1) {
		faults = append(faults, fmt.Errorf("redial %v, want a share from 0 to 1", o.Redial))
	}
	if o.Budget != nil && !(*o.Budget >= 0) {
		faults = append(faults, fmt.Errorf("budget %v, want 0 or more", *o.Budget))
	}
	return errors.Join(faults...)
}

// tempsDay sets a day without temps.
func (h *Horizon) tempsDay(ctx context.Context, a *aheadDay, w WhatIf, o TempsOptions) (*tempsDay, error) {
	p50, p90, err := h.scenes(a, w)
	if err != nil {
		return nil, err
	}
	d := &tempsDay{target: h.c.Target.Share}
	for _, x := range []struct {
		to *(*orderDay)
		s  *scene
	}{{&d.p50, p50}, {&d.p90, p90}} {
		if *x.to, err = newOrderDay(x.s, o.Unit); err != nil {
			return nil, err
		}
		if err := (*x.to).join(ctx, h.c, w.More); err != nil {
			return nil, err
		}
	}
	if d.before, err = d.p50.rehearse(ctx, o.Unit, o.Simulated, h.q.Seed); err != nil {
		return nil, err
	}
	if d.own, err = p50.balance(d.p50.crewsAt); err != nil {
		return nil, err
	}
	if d.ownHard, err = p90.balance(d.p90.crewsAt); err != nil {
		return nil, err
	}
	d.pooled, d.hardBefore = d.p50.total(), d.p90.total()
	d.after = d.before
	d.kind = min(flattery, 1-d.target, max(-flattery, d.pooled.share()-d.before.share()))
	d.setAim()
	if d.room.P50, err = d.p50.room(); err != nil {
		return nil, err
	}
	if d.room.P50 > 0 {
		d.room.P90, err = d.p90.room()
	}
	return d, err
}

// order calls in who is wanted at P50, and gives the shifts in the order of their
// worth. Where simulated days say that a day falls short of the target for all
// that, it aims higher and more are called in.
func (h *Horizon) order(ctx context.Context, days []*tempsDay, o TempsOptions) ([]purchase, []*orderWeek, error) {
	expected := make([]*orderDay, len(days))
	for i, d := range days {
		expected[i] = d.p50
	}
	weeks := h.weekly(expected, o.Unit)
	for range aimings {
		if err := inParallel(len(weeks), nil, func(i int) error { return weeks[i].fill(ctx, h.c, h.q.Today) }); err != nil {
			return nil, nil, err
		}
		if err := h.rehearseAfter(ctx, days, o); err != nil {
			return nil, nil, err
		}
		if !aimHigher(days) {
			break
		}
	}
	if err := inParallel(len(weeks), nil, func(i int) error { return weeks[i].trim(ctx, h.c) }); err != nil {
		return nil, nil, err
	}
	all, err := purchases(expected)
	if err == nil && o.Budget != nil {
		all, err = afford(all, *o.Budget)
	}
	return all, weeks, errors.Join(err, h.rehearseAfter(ctx, days, o))
}

// aimings is how often the days are filled and simulated: what is then still
// short is within the margin of the simulation, or nobody is left to be asked.
const aimings = 2

// aimHigher raises the aims of the days that simulation finds short of the
// target, and tells whether there are any.
func aimHigher(days []*tempsDay) bool {
	higher := false
	for _, d := range days {
		if short := d.target - d.after.share(); short > 0 && d.pooled.calls > 0 {
			d.kind = min(1-d.target, d.kind+short)
			d.setAim()
			higher = true
		}
	}
	return higher
}

// setAim asks for the target, and for what the formula is too kind by.
func (d *tempsDay) setAim() {
	d.p50.aim, d.p90.aim = (d.target+d.kind)*d.pooled.calls, (d.target+d.kind)*d.hardBefore.calls
}

// rehearseAfter simulates the days with those who are called in now, where that
// is not known yet.
func (h *Horizon) rehearseAfter(ctx context.Context, days []*tempsDay, o TempsOptions) error {
	return inParallel(len(days), nil, func(i int) (err error) {
		d := days[i]
		if slices.Equal(d.rehearsed, d.p50.called) {
			return nil
		}
		d.rehearsed = slices.Clone(d.p50.called)
		d.after, err = d.p50.rehearse(ctx, o.Unit, o.Simulated, h.q.Seed)
		return err
	})
}

// reached tells whether the simulated day reaches the target, as far as the
// simulation can tell.
func (d *tempsDay) reached() bool { return d.after.share() >= d.target-d.after.margin }

// harden holds those who are ordered against a day at P90.
func (d *tempsDay) harden() error {
	d.p90.called, d.p90.firm = slices.Clone(d.p50.called), d.p50.called
	if err := d.p90.refresh(0, len(d.p90.now)); err != nil {
		return err
	}
	d.hard = d.p90.total()
	return nil
}

// reserve calls in who is wanted at P90 beside those at P50.
func (h *Horizon) reserve(ctx context.Context, days []*tempsDay, weeks []*orderWeek) error {
	busy := make([]*orderDay, len(days))
	for i, d := range days {
		busy[i] = d.p90
	}
	again := h.weekly(busy, "")
	return inParallel(len(again), nil, func(i int) error {
		again[i].all = weeks[i].all
		return again[i].fill(ctx, h.c, h.q.Today)
	})
}
