package forecast

import (
	"fmt"
	"math"
	"time"
)

// check refuses what no model can make sense of.
func check(h History, o Options) error {
	if err := h.Offered.check("offered"); err != nil {
		return err
	}
	for _, s := range []struct {
		name   string
		series Series
	}{{"answered", h.Answered}, {"handled", h.Handled}} {
		if len(s.series.Values) == 0 {
			continue
		}
		if err := s.series.check(s.name); err != nil {
			return err
		}
	}
	if n := h.calls(); len(h.Handled.Values) > 0 && n.Step != h.Handled.Step {
		return fmt.Errorf("handled: step %v, want that of the calls, %v", h.Handled.Step, n.Step)
	}
	for i, d := range h.Daily {
		if d.Value < 0 || math.IsInf(d.Value, 0) {
			return fmt.Errorf("daily total of %s: %v, want 0 or more, or NaN for unknown", d.Date.Format(time.DateOnly), d.Value)
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
	case !(o.Expected >= 0) || math.IsInf(o.Expected, 0):
		return fmt.Errorf("expected calls a day: %v, want 0 or more", o.Expected)
	case !(o.HandleTime >= 0) || math.IsInf(o.HandleTime, 0):
		return fmt.Errorf("handle time: %v s, want 0 or more", o.HandleTime)
	}
	return nil
}

func (s Series) check(name string) error {
	if s.Step < time.Second || (24*time.Hour)%s.Step != 0 {
		return fmt.Errorf("%s: step %v, want one that divides a day into equal parts", name, s.Step)
	}
	for i, v := range s.Values {
		if v < 0 || math.IsInf(v, 0) {
			return fmt.Errorf("%s at %s: %v, want 0 or more, or NaN for unknown", name, s.Time(i).Format(time.RFC3339), v)
		}
	}
	return nil
}
