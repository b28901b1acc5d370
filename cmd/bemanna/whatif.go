package main

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"bemanna/internal/calculator"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/plan"
)

var whatIfFlags = []cli.Flag{
	&cli.StringFlag{Name: "sick", Usage: "what if this `SHARE` of the people were unexpectedly away, such as 10%"},
	&cli.StringSliceFlag{Name: "volume", Usage: "what if calls changed: `[GROUP=]+10%`; may be repeated"},
	&cli.StringSliceFlag{Name: "more", Usage: "what if one more came like the person `ID`; may be repeated"},
	&cli.StringSliceFlag{Name: "one-more-in", Usage: "what if one more came with the skills of the unit or group `ID`; may be repeated"},
	&cli.StringSliceFlag{Name: "close", Usage: "what if a group were closed: `GROUP=DATE[THH:MM-HH:MM]`; may be repeated"},
}

// mostDaysAhead is how many days are looked at together: half a year.
const mostDaysAhead = 184

// checkDays refuses days in the wrong order, and too many.
func checkDays(q plan.HorizonQuery) error {
	if n := int(q.Until-q.From) + 1; n < 1 || n > mostDaysAhead {
		return usageError{fmt.Errorf("--from %s --to %s: %d days, want 1 to %d", q.From, q.Until, n, mostDaysAhead)}
	}
	return nil
}

// whatIfOf reads the flags of a what-if.
func whatIfOf(c *cli.Context, ctr *centre.Centre) (w plan.WhatIf, err error) {
	if c.IsSet("sick") {
		sick, err := shareOf(c, "sick")
		if err != nil {
			return w, err
		}
		w.Absence = &sick
	}
	for _, s := range c.StringSlice("volume") {
		v, err := volumeChange(s)
		if err != nil {
			return w, usageError{err}
		}
		w.Volume = append(w.Volume, v)
	}
	for _, id := range c.StringSlice("more") {
		i := slices.IndexFunc(ctr.People, func(p centre.Person) bool { return p.ID == id })
		if i < 0 {
			return w, usageError{fmt.Errorf("--more %q: no such person", id)}
		}
		w.More = append(w.More, plan.Another(ctr.People[i]))
	}
	for _, id := range c.StringSlice("one-more-in") {
		p, err := plan.Newcomer(ctr, id)
		if err != nil {
			return w, usageError{fmt.Errorf("--one-more-in: %w", err)}
		}
		w.More = append(w.More, p)
	}
	for _, s := range c.StringSlice("close") {
		x, err := closure(s)
		if err != nil {
			return w, usageError{err}
		}
		w.Close = append(w.Close, x)
	}
	return w, nil
}

// shareOf reads a flag with a share, written 10% or 0.1.
func shareOf(c *cli.Context, flag string) (float64, error) {
	s, ok := calculator.Share(c.String(flag))
	if !ok || s > 1 {
		return 0, usageError{fmt.Errorf("--%s %q: want a share from 0 to 1, such as 10%% or 0.1", flag, c.String(flag))}
	}
	return s, nil
}

var changePattern = regexp.MustCompile(`^([+-]?\d{1,3}(?:[.,]\d+)?)\s*%$`)

// volumeChange reads [GROUP=]+10%.
func volumeChange(s string) (plan.VolumeChange, error) {
	group, change, named := strings.Cut(s, "=")
	if !named {
		group, change = "", s
	}
	m := changePattern.FindStringSubmatch(change)
	if m == nil {
		return plan.VolumeChange{}, fmt.Errorf("--volume %q: want a change such as +10%% or skola=-5%%", s)
	}
	percent, err := strconv.ParseFloat(strings.Replace(m[1], ",", ".", 1), 64)
	return plan.VolumeChange{Group: group, Factor: 1 + percent/100}, err
}

// closure reads GROUP=DATE[THH:MM-HH:MM].
func closure(s string) (x plan.Closure, err error) {
	group, when, ok := strings.Cut(s, "=")
	day, hours, timed := strings.Cut(when, "T")
	x.Group = group
	if x.Date, err = civil.ParseDate(day); err == nil && timed {
		x.Span, err = civil.ParseSpan(hours)
	}
	if !ok || err != nil {
		return x, fmt.Errorf("--close %q: want a group and a time such as skola=2026-12-10T13:00-14:30", s)
	}
	return x, nil
}
