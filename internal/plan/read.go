package plan

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"
)

// ReadDay reads a plan as it is published, plan.json, and checks what a
// simulation of it rests on. A plan written by hand may leave out what it does
// not need: targets of groups are then the day's, and people are always logged
// in.
func ReadDay(r io.Reader) (*Day, error) {
	d := new(Day)
	if err := json.NewDecoder(r).Decode(d); err != nil {
		return nil, fmt.Errorf("not a plan in JSON: %w", err)
	}
	return d, d.check()
}

// mostDue is the most hours of e-mail that a day can have: each message is
// played.
const mostDue = 10_000

var errNoStart = errors.New("start: missing, want a time such as 2026-11-24T08:00:00+01:00")

// check finds the first value that is out of its range.
func (d *Day) check() error {
	if d.IntervalSeconds < 60 || d.IntervalSeconds > 3600 {
		return fmt.Errorf("interval_s: %d, want seconds from 60 to 3600", d.IntervalSeconds)
	}
	if k := d.Correlation; k != nil && !(*k >= 0 && *k <= 1) {
		return fmt.Errorf("day_correlation: %v, want a share from 0 to 1", *k)
	}
	if !(d.LoginRate >= 0 && d.LoginRate <= 1) {
		return fmt.Errorf("login_rate: %v, want a share from 0 to 1", d.LoginRate)
	}
	if err := d.Target.check(); err != nil {
		return fmt.Errorf("target: %w", err)
	}
	ids := map[string]bool{}
	for _, g := range d.Groups {
		if ids[g.ID] {
			return fmt.Errorf("groups: %q twice, want each once", g.ID)
		}
		ids[g.ID] = true
		if err := g.check(); err != nil {
			return fmt.Errorf("group %q: %w", g.ID, err)
		}
	}
	for _, w := range d.Closings {
		if err := errors.Join(belowZero("moved_calls", w.Moved), belowZero("lost_calls", w.Lost)); err != nil {
			return fmt.Errorf("closing of %q: %w", w.Group, err)
		}
	}
	for _, e := range d.Email {
		ids[e.ID] = true
		if err := e.check(); err != nil {
			return fmt.Errorf("email %q: %w", e.ID, err)
		}
	}
	for _, a := range d.Agents {
		if err := a.check(ids); err != nil {
			return fmt.Errorf("agent %q: %w", a.ID, err)
		}
	}
	return nil
}

func (t DayTarget) check() error {
	if !(t.Share >= 0 && t.Share < 1) {
		return fmt.Errorf("share: %v, want a share from 0 to below 1", t.Share)
	}
	if t.Within < 0 {
		return fmt.Errorf("within_s: %d, want seconds, 0 or more", t.Within)
	}
	if _, known := definitions[t.Definition]; !known && t.Definition != "" {
		return fmt.Errorf("definition: %q, want offered, answered, excluding_short or including_abandoned", t.Definition)
	}
	return nil
}

func (g Group) check() error {
	if err := g.Target.check(); err != nil {
		return fmt.Errorf("target: %w", err)
	}
	if err := belowZero("patience_s", g.PatienceSeconds); err != nil {
		return err
	}
	if !(g.DayShare >= 0 && g.DayShare <= 1) {
		return fmt.Errorf("day_share: %v, want a share from 0 to 1", g.DayShare)
	}
	for _, x := range g.Intervals {
		err := errors.Join(belowZero("offered", x.Offered), belowZero("aht_s", x.HandleTime), belowZero("spread", x.Spread))
		switch {
		case x.Start.IsZero():
			return errNoStart
		case x.Offered > 0 && x.HandleTime == 0:
			err = errors.New("aht_s: 0, want seconds above 0 where calls are expected")
		}
		if err != nil {
			return fmt.Errorf("interval %s: %w", x.Start.Format(time.RFC3339), err)
		}
	}
	return nil
}

func (e EmailDay) check() error {
	err := errors.Join(belowZero("expected", e.Expected), belowZero("waiting", e.Waiting), belowZero("due_hours", e.Due),
		belowZero("deadline_s", e.Deadline), belowZero("aht_s", e.HandleTime))
	switch {
	case (e.Expected > 0 || e.Due > 0) && e.HandleTime < 1:
		err = fmt.Errorf("aht_s: %v, want 1 second or more where there are messages", e.HandleTime)
	case e.Due > mostDue:
		err = fmt.Errorf("due_hours: %v, want at most %v", e.Due, mostDue)
	}
	for _, a := range e.Arrivals {
		if a.Start.IsZero() {
			return errNoStart
		}
		err = errors.Join(err, belowZero("messages", a.Messages))
	}
	return err
}

func (a Agent) check(groups map[string]bool) error {
	end := time.Time{}
	for _, act := range a.Activities {
		if act.Start.IsZero() {
			return errNoStart
		}
		if !act.Start.Before(act.End) || act.Start.Before(end) {
			return fmt.Errorf("activity %s to %s, want an end after the start, and activities in order that do not overlap",
				act.Start.Format(time.RFC3339), act.End.Format(time.RFC3339))
		}
		end = act.End
		for _, g := range act.Groups {
			if !groups[g] {
				return fmt.Errorf("activity %s: group %q is not in groups or email", act.Start.Format(time.RFC3339), g)
			}
		}
	}
	return nil
}

func belowZero(field string, v float64) error {
	if v < 0 {
		return fmt.Errorf("%s: %v, want 0 or more", field, v)
	}
	return nil
}
