package daemon

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"bemanna/internal/civil"
)

// ParseSchedule reads a cron expression of five fields (minute, hour, day of
// the month, month, day of the week), or one of @hourly, @daily, @weekly,
// @monthly, @yearly and "@every 15m", to be read on the clocks of loc.
//
// It is due once for each time of day that it names, on each day that it names:
// where the clocks skip that time, at the first instant after the gap; where
// they show it twice, at the first of the two. Two times in the same gap are
// due once. An expression that names every hour follows the hours as they
// pass instead: it is due in both of two equal hours, and not in one that is
// skipped.
//
// "@every d" is due at the multiples of d since the year 1 in UTC, whatever the
// zone: "@every 1h" at each full hour, not an hour after the start.
//
// It is an error when the expression cannot be read, names a time zone, is
// never due (as 30 February), or is "@every" less than a minute.
func ParseSchedule(expr string, loc *time.Location) (cron.Schedule, error) {
	s, err := parseSchedule(expr, loc)
	if err != nil {
		return nil, fmt.Errorf("schedule %q: %w", expr, err)
	}
	return s, nil
}

func parseSchedule(expr string, loc *time.Location) (cron.Schedule, error) {
	if strings.Contains(expr, "TZ=") { // on a bare one cron panics
		return nil, errors.New("want no time zone in it")
	}
	if text, ok := strings.CutPrefix(expr, "@every "); ok {
		return parseEvery(text)
	}
	parsed, err := cron.ParseStandard(expr)
	if err != nil {
		return nil, err
	}
	spec := parsed.(*cron.SpecSchedule) // the other kind is that of @every
	if neverDue(*spec) {
		return nil, errors.New("never runs")
	}
	if spec.Hour&everyHour == everyHour {
		return hourly{spec, loc}, nil
	}
	spec.Location = time.UTC
	return daily{spec, loc}, nil
}

const everyHour = 1<<24 - 1 // the bits of the hours 0 to 23

func parseEvery(text string) (cron.Schedule, error) {
	d, err := time.ParseDuration(text)
	if err != nil {
		return nil, err
	}
	if d < time.Minute {
		return nil, errors.New("want at least 1m")
	}
	return every(d), nil
}

// neverDue tries the five years that cron looks ahead from 2000, a leap year.
func neverDue(spec cron.SpecSchedule) bool {
	return spec.Next(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero()
}

// daily names times of day on the clocks of loc. The location of its spec is
// UTC: the spec walks over what the clocks show.
type daily struct {
	spec *cron.SpecSchedule
	loc  *time.Location
}

// Next gives the first due time after t; the zero time if there is none within
// five years.
func (s daily) Next(t time.Time) time.Time {
	year, month, day := t.In(s.loc).Date()
	hour, minute, second := t.In(s.loc).Clock()
	shown := time.Date(year, month, day, hour, minute, second, 0, time.UTC)
	for {
		shown = s.spec.Next(shown)
		if shown.IsZero() {
			return time.Time{}
		}
		// In the second of two equal hours the times shown are due already.
		if due := civil.DateOf(shown).At(civil.ClockOf(shown), s.loc); due.After(t) {
			return due
		}
	}
}

// hourly names minutes of every hour on the clocks of loc. The location of its
// spec is time.Local, which means that of the time given: the spec walks over
// one stretch of constant offset after the other.
type hourly struct {
	spec *cron.SpecSchedule
	loc  *time.Location
}

// Next gives the first due time after t; the zero time if there is none within
// five years.
func (s hourly) Next(t time.Time) time.Time {
	t = t.In(s.loc)
	for stretch := t; ; {
		_, offset := stretch.Zone()
		_, end := stretch.ZoneBounds()
		due := s.spec.Next(t.In(time.FixedZone("", offset)))
		if due.IsZero() || end.IsZero() || due.Before(end) {
			return due.In(s.loc)
		}
		stretch, t = end, end.Add(-time.Second) // the change itself may be due
	}
}

// every is due at its multiples since the year 1, UTC.
type every time.Duration

// Next gives the first multiple after t.
func (s every) Next(t time.Time) time.Time {
	return t.Truncate(time.Duration(s)).Add(time.Duration(s))
}
