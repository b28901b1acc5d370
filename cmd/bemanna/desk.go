package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/urfave/cli/v2"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
	"bemanna/internal/store"
)

// desk is what most commands work at: the centre, words for its people, and its
// store.
type desk struct {
	*env
	centre *centre.Centre
	words  *i18n.Words
	store  *store.Store
}

// atDesk runs a command that takes no arguments.
func (e *env) atDesk(run func(*cli.Context, *desk) error) cli.ActionFunc {
	return func(c *cli.Context) error {
		if err := noArguments(c); err != nil {
			return err
		}
		return e.withDesk(c.Context, false, func(k *desk) error { return run(c, k) })
	}
}

// withDesk opens the store for a while. Only import and the like create one.
func (e *env) withDesk(ctx context.Context, create bool, run func(*desk) error) error {
	c, err := e.openCentre()
	if err != nil {
		return err
	}
	words, err := e.speak(c)
	if err != nil {
		return err
	}
	s, err := store.Open(ctx, c.Store, store.Options{Create: create})
	if err != nil {
		return err
	}
	defer closing(e, s)
	return run(&desk{e, c, words, s})
}

// closing closes the store and says so if that fails: what was to be stored
// has been committed before.
func closing(e *env, s *store.Store) {
	if err := s.Close(); err != nil {
		e.say("bemanna: closing the store: %v", err)
	}
}

// today is the civil day of the centre.
func (k *desk) today() civil.Date { return civil.DateOf(k.clock().In(k.centre.Location)) }

// firstDay is the day that commands look at when none is named: today, or the
// day after the data where those are too old to say anything of today.
func (k *desk) firstDay(ctx context.Context) (civil.Date, error) {
	until, err := k.store.DataUntil(ctx, k.centre.Source)
	if err != nil || until.IsZero() {
		return k.today(), err
	}
	next := plan.DayAfter(k.centre, until)
	if k.today()-next <= plan.MostAhead {
		return k.today(), nil
	}
	k.say("bemanna: the data end on %s: taking %s for the first day; --help shows how to name another", next-1, next)
	return next, nil
}

// firstOpen is the first day from firstDay on on which anything is open.
func (k *desk) firstOpen(ctx context.Context) (civil.Date, error) {
	d, err := k.firstDay(ctx)
	return plan.NextOpen(k.centre, d), err
}

// notOver refuses a day that is over: what came of it is known, and a plan of it
// would be taken for one that people worked by.
func (k *desk) notOver(ctx context.Context, day civil.Date) error {
	until, err := k.store.DataUntil(ctx, k.centre.Source)
	if err != nil {
		return err
	}
	if day < k.today() && day < plan.DayAfter(k.centre, until) {
		return usageError{fmt.Errorf("--date %s: the day is over; bemanna replay and bemanna why look back, plan --show shows a stored plan", day)}
	}
	return nil
}

// stored gives the newest stored plan of a day.
func (k *desk) stored(ctx context.Context, day civil.Date) (*plan.Day, error) {
	d, err := plan.Stored(ctx, k.centre, k.store, day)
	if errors.Is(err, plan.ErrNoPlan) {
		return nil, fmt.Errorf("no plan of %s is stored: bemanna plan --date %s makes one", day, day)
	}
	return d, err
}

// openDay reads the flag of a day; the default is the first open one.
func (k *desk) openDay(c *cli.Context, flag string) (civil.Date, error) {
	return date(c, flag, func() (civil.Date, error) { return k.firstOpen(c.Context) })
}
