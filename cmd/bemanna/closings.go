package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
)

// closeGroups adds windows such as parks=13:00-14:30 to those of the centre.
func closeGroups(c *centre.Centre, day civil.Date, windows []string) error {
	for _, text := range windows {
		w, err := parseClosing(c, day, text)
		if err != nil {
			return usageError{fmt.Errorf("--close %q: %w", text, err)}
		}
		c.Closings = append(c.Closings, w)
	}
	return nil
}

func parseClosing(c *centre.Centre, day civil.Date, text string) (w centre.Closing, err error) {
	w = centre.Closing{Date: day, Stay: centre.UsualStay}
	group, times, timed := strings.Cut(text, "=")
	from, until, both := strings.Cut(times, "-")
	if !timed || !both {
		return w, errors.New("want a group and a window, such as parks=13:00-14:30")
	}
	g, known := c.Group(group)
	if !known {
		return w, fmt.Errorf("unknown answer group %q", group)
	}
	if err := g.Closable(); err != nil {
		return w, err
	}
	w.Group = g.ID
	if w.Span.Open, err = civil.ParseClock(from); err != nil {
		return w, err
	}
	if w.Span.Close, err = civil.ParseClock(until); err != nil {
		return w, err
	}
	step := civil.Clock(c.Interval / time.Minute)
	if w.Span.Open >= w.Span.Close || w.Span.Open%step != 0 || w.Span.Close%step != 0 {
		return w, fmt.Errorf("window %s, want an end after the start, and multiples of the interval of %v", w.Span, c.Interval)
	}
	return w, nil
}
