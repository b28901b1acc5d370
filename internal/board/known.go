package board

import (
	"context"
	"slices"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/plan"
	"bemanna/internal/store"
)

// weeksBack is how far back a plan of the same weekday is looked for, where a
// day has none.
const weeksBack = 4

// known is what there is of a day.
type known struct {
	date     civil.Date
	day      *plan.Day // nil: nothing
	open     bool      // anything is open on the day
	troubles []trouble // what readers should know of where it comes from
}

// trouble is something about the source of a page.
type trouble struct {
	Kind  troubleKind
	Since time.Time
	Day   civil.Date // of the plan that is shown in the place of the right one
}

// troubleKind is the message that says it.
type troubleKind string

const (
	troubleStore    troubleKind = "board.trouble_store"    // cannot be read, Since
	troublePlanning troubleKind = "board.trouble_planning" // a run is under way, Since
	troubleFailed   troubleKind = "board.trouble_failed"   // the last run made no plan, Since
	troubleOld      troubleKind = "board.trouble_old"      // the plan was made before its day, Since
	troubleInstead  troubleKind = "board.trouble_instead"  // no plan: another one is shown, of Day
	troubleNone     troubleKind = "board.trouble_none"     // no plan, and none to take its place
)

// day finds what there is of a day: its plan, else that of the same weekday
// before; where the store cannot be read, the plan that is published.
func (s *source) day(ctx context.Context, c *centre.Centre, date civil.Date) (known, error) {
	k := known{date: date, open: opens(c, date)}
	err := k.read(ctx, c, s, date)
	if ctx.Err() != nil {
		return k, ctx.Err()
	}
	if since := s.health(ctx, err); !since.IsZero() {
		k.troubles = []trouble{{Kind: troubleStore, Since: since.In(c.Location)}}
		if k.day, err = s.published(); err != nil {
			k.troubles = append(k.troubles, trouble{Kind: troubleNone})
		} else if k.day.Date != date {
			k.troubles = append(k.troubles, trouble{Kind: troubleInstead, Day: k.day.Date})
		}
	}
	return k, nil
}

// unreadable tells whether the store could not be read.
func (k *known) unreadable() bool {
	return slices.ContainsFunc(k.troubles, func(t trouble) bool { return t.Kind == troubleStore })
}

// opens tells whether anything is open on a day.
func opens(c *centre.Centre, date civil.Date) bool { return plan.NextOpen(c, date) == date }

// read takes the day from the store.
func (k *known) read(ctx context.Context, c *centre.Centre, s *source, date civil.Date) error {
	db, err := s.open(ctx)
	if err != nil {
		return err
	}
	for w := civil.Date(0); w <= weeksBack && k.day == nil; w++ {
		if k.day, err = s.plans.newest(ctx, c, db, date-7*w); err != nil {
			return err
		}
		if !k.open {
			break // a closed day has no other in its place
		}
	}
	switch {
	case k.day == nil && k.open:
		k.troubles = append(k.troubles, trouble{Kind: troubleNone})
	case k.day != nil && k.day.Date != date:
		k.troubles = append(k.troubles, trouble{Kind: troubleInstead, Day: k.day.Date})
	}
	runs, err := db.Runs(ctx, 1)
	if err != nil {
		return err
	}
	k.look(runs, c.Location, civil.DateOf(s.clock().In(c.Location)))
	return nil
}

// ownOnly forgets a plan that is shown in the place of the day's: it says nothing
// of who is where.
func (k *known) ownOnly() {
	if k.day == nil || k.day.Date == k.date {
		return
	}
	k.day = nil
	for i := range k.troubles {
		if k.troubles[i].Kind == troubleInstead {
			k.troubles[i].Kind = troubleNone
		}
	}
}

// look says how the newest run went, where that concerns the day: one that is
// under way, one that failed after the plan was made, and a plan of today that
// is of an earlier day.
func (k *known) look(runs []store.Run, loc *time.Location, today civil.Date) {
	if k.date < today {
		return
	}
	if len(runs) > 0 {
		r := runs[0]
		later := k.day == nil || r.Started.After(k.day.Made)
		switch {
		case r.Status == store.RunRunning:
			k.troubles = append(k.troubles, trouble{Kind: troublePlanning, Since: r.Started.In(loc)})
			return
		case later && (r.Status == store.RunFailed || r.Status == store.RunInterrupted):
			k.troubles = append(k.troubles, trouble{Kind: troubleFailed, Since: r.Started.In(loc)})
			return
		}
	}
	if k.day != nil && k.day.Date == today && civil.DateOf(k.day.Made.In(loc)) < today {
		k.troubles = append(k.troubles, trouble{Kind: troubleOld, Since: k.day.Made})
	}
}
