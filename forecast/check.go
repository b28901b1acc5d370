package forecast

import (
	"fmt"
	"time"
)

// The greatest number of calls and of seconds of their handling that are believed:
// sums of their squares over years are far from overflowing, and their quantiles
// are numbers.
const (
	mostCalls   = 1e15
	mostSeconds = 1e18
)

// check refuses what no model can make sense of.
func check(h History, o Options) error {
	if err := h.Offered.check("offered", mostCalls); err != nil {
		return err
	}
	for _, s := range []struct {
		name   string
		series Series
		most   float64
	}{{"answered", h.Answered, mostCalls}, {"handled", h.Handled, mostSeconds}} {
		if len(s.series.Values) == 0 {
			continue
		}
		if err := s.series.check(s.name, s.most); err != nil {
			return err
		}
	}
	if n := h.calls(); len(h.Handled.Values) > 0 && n.Step != h.Handled.Step {
		return fmt.Errorf("handled: step %v, want that of the calls, %v", h.Handled.Step, n.Step)
	}
	for i, d := range h.Daily {
		if known(d.Value) && !(d.Value >= 0 && d.Value <= mostCalls) {
			return fmt.Errorf("daily total of %s: %v, want 0 to %g, or NaN for unknown", d.Date.Format(time.DateOnly), d.Value, mostCalls)
		}
		if i > 0 && d.Date.Before(h.Daily[i-1].Date) {
			return fmt.Errorf("daily total of %s: comes after that of %s, want them in order of date",
				d.Date.Format(time.DateOnly), h.Daily[i-1].Date.Format(time.DateOnly))
		}
	}
	if err := o.Learnt.check(); err != nil {
		return err
	}
	for _, e := range o.Events {
		if err := e.check(); err != nil {
			return err
		}
	}
	switch {
	case o.Intervals < 0:
		return fmt.Errorf("intervals: %d, want 0 or more", o.Intervals)
	case !(o.Expected >= 0 && o.Expected <= mostCalls):
		return fmt.Errorf("expected calls a day: %v, want 0 to %g", o.Expected, mostCalls)
	case !(o.HandleTime >= 0 && o.HandleTime <= mostSeconds):
		return fmt.Errorf("handle time: %v s, want 0 to %g", o.HandleTime, mostSeconds)
	}
	return nil
}

// check refuses steps and numbers that make no sense; most is the greatest number.
func (s Series) check(name string, most float64) error {
	if s.Step < time.Second || (24*time.Hour)%s.Step != 0 {
		return fmt.Errorf("%s: step %v, want one that divides a day into equal parts", name, s.Step)
	}
	for i, v := range s.Values {
		if known(v) && !(v >= 0 && v <= most) {
			return fmt.Errorf("%s at %s: %v, want 0 to %g, or NaN for unknown", name, s.Time(i).Format(time.RFC3339), v, most)
		}
	}
	return nil
}
