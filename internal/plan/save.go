package plan

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
)

// Saved is a version of the plan of a day as it is stored.
type Saved struct {
	Date    civil.Date
	Version int    // from 1 on
	Doc     []byte // a Day in JSON; nil in lists
	By      string // who made it
	At      time.Time
}

// Faults of plans in a store.
var (
	ErrNoPlan    = errors.New("no plan")                                // of that day, or no such version
	ErrOvertaken = errors.New("the plan has changed since it was read") // another version is the newest
)

// Plans is what the spine wants of a store of plans.
type Plans interface {
	// SavePlan adds a version to the plan of a day and gives its number.
	SavePlan(ctx context.Context, day civil.Date, doc []byte, by string, at time.Time) (version int, err error)
	// SavePlanAfter adds a version like SavePlan if read is still the newest
	// version of the day; otherwise the error is ErrOvertaken.
	SavePlanAfter(ctx context.Context, day civil.Date, read int, doc []byte, by string, at time.Time) (version int, err error)
	// Plan gives a version of the plan of a day; version 0 is the newest. The
	// error is ErrNoPlan when there is none.
	Plan(ctx context.Context, day civil.Date, version int) (Saved, error)
}

// Save stores a plan as the next version of its day, and sets its version.
func Save(ctx context.Context, s Plans, d *Day, by string) error {
	doc, err := json.Marshal(d)
	if err != nil {
		return err
	}
	d.Version, err = s.SavePlan(ctx, d.Date, doc, by, d.Made)
	return err
}

// SaveAfter stores a plan like Save if read is still the newest version of the
// day, 0 where there was none. Otherwise the error is ErrOvertaken: what was
// accepted meanwhile is not in the plan.
func SaveAfter(ctx context.Context, s Plans, d *Day, read int, by string) error {
	doc, err := json.Marshal(d)
	if err != nil {
		return err
	}
	d.Version, err = s.SavePlanAfter(ctx, d.Date, read, doc, by, d.Made)
	return err
}

// Stored gives the newest plan of a day, its times in the zone of the centre.
func Stored(ctx context.Context, c *centre.Centre, s Plans, day civil.Date) (*Day, error) {
	return storedVersion(ctx, c, s, day, 0)
}

// storedVersion gives a version of the plan of a day, 0 being the newest.
func storedVersion(ctx context.Context, c *centre.Centre, s Plans, day civil.Date, version int) (*Day, error) {
	saved, err := s.Plan(ctx, day, version)
	if err != nil {
		return nil, err
	}
	d := new(Day)
	if err := json.Unmarshal(saved.Doc, d); err != nil {
		return nil, fmt.Errorf("stored plan of %s, version %d: %w", day, saved.Version, err)
	}
	d.Version = saved.Version
	d.in(c.Location)
	return d, nil
}

// in puts all times of the day into a location: JSON keeps the offset alone.
func (d *Day) in(loc *time.Location) {
	for _, t := range d.times() {
		*t = t.In(loc)
	}
}

func (d *Day) times() []*time.Time {
	out := []*time.Time{&d.Made, &d.DataUntil}
	for i := range d.Groups {
		for j := range d.Groups[i].Intervals {
			out = append(out, &d.Groups[i].Intervals[j].Start)
		}
	}
	for i := range d.Email {
		for j := range d.Email[i].Arrivals {
			out = append(out, &d.Email[i].Arrivals[j].Start)
		}
	}
	for i := range d.Agents {
		a := &d.Agents[i]
		if a.Shift != nil {
			out = append(out, &a.Shift.Start, &a.Shift.End)
		}
		for j := range a.Activities {
			out = append(out, &a.Activities[j].Start, &a.Activities[j].End)
		}
	}
	for i := range d.Closings {
		out = append(out, &d.Closings[i].Start, &d.Closings[i].End)
	}
	for i := range d.Reports {
		out = append(out, &d.Reports[i].At)
	}
	if d.Meeting != nil {
		out = append(out, &d.Meeting.Start, &d.Meeting.End)
	}
	for i := range d.Actions {
		out = append(out, &d.Actions[i].Start, &d.Actions[i].End)
	}
	for i := range d.Remarks {
		if r := &d.Remarks[i]; !r.Start.IsZero() {
			out = append(out, &r.Start, &r.End)
		}
	}
	return out
}

// NextOpen gives the first day from day on on which a telephone group is open,
// within two weeks; day itself where there is none.
func NextOpen(c *centre.Centre, day civil.Date) civil.Date {
	for d := day; d < day+14; d++ {
		if openOn(c, d) {
			return d
		}
	}
	return day
}

// openOn tells whether any telephone group is open on a day.
func openOn(c *centre.Centre, d civil.Date) bool {
	return slices.ContainsFunc(c.Groups, func(g centre.Group) bool {
		return g.Channel == centre.Phone && assigned(g, d) &&
			(len(g.Hours) == 0 || len(g.Hours.On(d, c.Calendar)) > 0)
	})
}
