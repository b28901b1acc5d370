package plan

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
)

// Acceptance says what of a check-in becomes the plan, who says so and when.
type Acceptance struct {
	// People are those whose changes are made, by id. The news hold for all, and
	// so does what they force upon people. All: everybody's changes.
	People []string
	All    bool
	By     string
	At     time.Time
}

// OvertakenError says that somebody was faster: the plan has changed since it
// was read. What they did must be seen before anything is changed on top of it.
type OvertakenError struct {
	Date    civil.Date
	Read    int    // the version that was read
	Newest  int    // the version that there is
	By      string // who made it
	At      time.Time
	Reports []Report // what was reported with it
}

func (e *OvertakenError) Error() string {
	var told []string
	for _, r := range e.Reports {
		told = append(told, fmt.Sprintf("%s %s (%s)", r.Kind, r.Person, r.Name))
	}
	text := fmt.Sprintf("plan of %s: version %d was read, but %s has made version %d at %s",
		e.Date, e.Read, e.By, e.Newest, e.At.Format("15:04"))
	if len(told) > 0 {
		text += ": " + strings.Join(told, ", ")
	}
	return text + "; want the check-in done again on that"
}

func (e *OvertakenError) Unwrap() error { return ErrOvertaken }

// Accept stores a check-in as the next version of the plan of its day, and notes
// in it who reported what and when. Without news there is nothing to store, and
// the plan stays. The error is *OvertakenError, and nothing is stored, if the
// plan that the check-in starts from is no longer the newest.
func Accept(ctx context.Context, c *centre.Centre, s Plans, r *CheckInResult, a Acceptance) (*Day, error) {
	if r.work == nil {
		return r.Day, nil
	}
	day := *r.Day
	if !a.All {
		some, err := r.work.only(ctx, a.People)
		if err != nil {
			return nil, err
		}
		day = *some
	}
	told := slices.Clone(r.Reports)
	for i := range told {
		told[i].By, told[i].At = a.By, a.At.In(c.Location).Truncate(time.Second)
	}
	day.Reports = slices.Concat(r.work.day.Reports, told)
	saved, err := saveAfter(ctx, c, s, &day, r.Version, a)
	if err != nil {
		return nil, err
	}
	r.Accepted, r.Reports = saved.Version, told
	return saved, nil
}

// Reported gives what has been reported of a day, by its newest plan, and the
// version of that; 0: there is none. Whoever makes the plan anew does not forget
// it, and saves with SaveAfter what is to come after that version.
func Reported(ctx context.Context, c *centre.Centre, s Plans, date civil.Date) (_ []Report, read int, err error) {
	newest, err := Stored(ctx, c, s, date)
	if errors.Is(err, ErrNoPlan) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, err
	}
	return newest.Reports, newest.Version, nil
}

// Undo takes the change back that version read of a plan made, 0 being the
// newest: the plan of before becomes the next version, as it was. The error is
// *CheckInError where nothing was changed since the plan was made, and
// *OvertakenError, and nothing is stored, where read is no longer the newest.
func Undo(ctx context.Context, c *centre.Centre, s Plans, date civil.Date, read int, by string, at time.Time) (*Day, error) {
	newest, err := storedVersion(ctx, c, s, date, read)
	if err != nil {
		return nil, err
	}
	if newest.Basis == 0 {
		return nil, Refusal{Reason: RefusedUnchanged, Date: date}.because("the plan of %s, version %d, has not been changed since it was made: nothing to undo", date, newest.Version)
	}
	before, err := storedVersion(ctx, c, s, date, newest.Basis)
	if err != nil {
		return nil, err
	}
	return saveAfter(ctx, c, s, before, newest.Version, Acceptance{By: by, At: at})
}

// saveAfter stores a plan as the version after the one that was read.
func saveAfter(ctx context.Context, c *centre.Centre, s Plans, d *Day, read int, a Acceptance) (*Day, error) {
	doc, err := json.Marshal(d)
	if err != nil {
		return nil, err
	}
	d.Version, err = s.SavePlanAfter(ctx, d.Date, read, doc, a.By, a.At)
	if err == nil {
		return d, nil
	}
	if !errors.Is(err, ErrOvertaken) {
		return nil, err
	}
	saved, err := s.Plan(ctx, d.Date, 0)
	if err != nil {
		return nil, err
	}
	newest, err := Stored(ctx, c, s, d.Date)
	if err != nil {
		return nil, err
	}
	told := slices.DeleteFunc(slices.Clone(newest.Reports), func(r Report) bool { return slices.Contains(d.Reports, r) })
	return nil, &OvertakenError{d.Date, read, saved.Version, saved.By, saved.At.In(c.Location), told}
}

// only is the plan in which some people's changes are made.
func (k *checkIn) only(ctx context.Context, people []string) (*Day, error) {
	d := *k.draft
	d.plan.Days = slices.Clone(d.plan.Days)
	for i, day := range d.plan.Days {
		if !slices.Contains(people, day.Agent) {
			d.plan.Days[i] = k.kept.plan.Days[i]
		}
	}
	if err := d.verify(); err != nil {
		return nil, err
	}
	return k.document(ctx, &d)
}
