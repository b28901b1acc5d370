// Package civil turns what a calendar says into instants and back: civil days,
// clock times, days of 92, 96 or 100 quarter-hours, ISO weeks, the Swedish red
// days, eves and bridge days, and opening hours with validity dates.
//
// A day is a number and an interval is an index: nothing here depends on the
// clock of the machine.
package civil

import (
	"fmt"
	"strings"
	"time"
)

// Date is a civil day: the number of days since 1970-01-01. Days are compared,
// sorted and counted with the usual operators; d+7 is the same weekday a week
// later in every year and time zone.
type Date int32

// NewDate gives the day of a year, month and day of the month. Days past the
// end of a month run on, as in time.Date.
func NewDate(year int, month time.Month, day int) Date {
	return Date(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// DateOf gives the civil day of t in t's own location.
func DateOf(t time.Time) Date {
	_, east := t.Zone()
	local := t.Unix() + int64(east)
	day := local / 86400
	if local%86400 < 0 {
		day--
	}
	return Date(day)
}

// ParseDate reads 2026-11-24.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("date %q: want a day such as 2026-11-24", s)
	}
	return DateOf(t), nil
}

func (d Date) utc() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// Civil gives the year, the month and the day of the month.
func (d Date) Civil() (year int, month time.Month, day int) { return d.utc().Date() }

// Weekday gives the day of the week.
func (d Date) Weekday() time.Weekday {
	return time.Weekday(((int(d)+4)%7 + 7) % 7) // 1970-01-01 was a Thursday
}

// ISOWeek gives the ISO 8601 week and the year that it belongs to.
func (d Date) ISOWeek() (year, week int) { return d.utc().ISOWeek() }

// Monday gives the first day of the ISO week of d.
func (d Date) Monday() Date { return d - Date((int(d.Weekday())+6)%7) }

// String gives 2026-11-24.
func (d Date) String() string { return d.utc().Format(time.DateOnly) }

// MarshalText gives 2026-11-24.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads 2026-11-24.
func (d *Date) UnmarshalText(b []byte) (err error) {
	*d, err = ParseDate(string(b))
	return err
}

// At gives the instant at which the clocks of loc show c on day d. Where the
// clocks skip c, it is the first instant after the gap; where they show c
// twice, it is the first of the two. 24:00 is the next midnight.
func (d Date) At(c Clock, loc *time.Location) time.Time {
	y, m, day := d.Civil()
	wall := time.Date(y, m, day, 0, int(c), 0, 0, time.UTC).Unix()
	guess := time.Date(y, m, day, 0, int(c), 0, 0, loc)
	// time.Date does not promise which offset it picks near a change: try
	// those of the day before and of the day after.
	_, before := guess.Add(-24 * time.Hour).Zone()
	_, after := guess.Add(24 * time.Hour).Zone()
	first, second := max(before, after), min(before, after) // the greater offset comes first
	for _, offset := range []int{first, second} {
		t := time.Unix(wall-int64(offset), 0).In(loc)
		if _, o := t.Zone(); o == offset {
			return t
		}
	}
	// In a gap the second is the offset before it: by that, c is past the change.
	start, _ := time.Unix(wall-int64(second), 0).In(loc).ZoneBounds()
	return start
}

// Start gives the first instant of day d in loc.
func (d Date) Start(loc *time.Location) time.Time { return d.At(0, loc) }

// Clock is a time of day in minutes after midnight, 0 to 24*60.
type Clock int

// ParseClock reads 08:15, 8:15 or 24:00.
func ParseClock(s string) (Clock, error) {
	h, m, ok := strings.Cut(s, ":")
	hh, okh := digits(h)
	mm, okm := digits(m)
	if !ok || !okh || !okm || len(m) != 2 || mm > 59 || hh > 24 || hh == 24 && mm > 0 {
		return 0, fmt.Errorf("time %q: want a time of day such as 08:15", s)
	}
	return Clock(hh*60 + mm), nil
}

func digits(s string) (n int, ok bool) {
	if s == "" || len(s) > 2 {
		return 0, false
	}
	for _, r := range s {
		if r < '0' || r > '9' {
			return 0, false
		}
		n = n*10 + int(r-'0')
	}
	return n, true
}

// ClockOf gives the time of day that t's own location shows, whole minutes.
func ClockOf(t time.Time) Clock {
	hour, minute, _ := t.Clock()
	return Clock(60*hour + minute)
}

// EndClock gives the time of day at which something ends: at midnight 24:00.
func EndClock(t time.Time) Clock {
	if c := ClockOf(t); c > 0 {
		return c
	}
	return 24 * 60
}

// String gives 08:15.
func (c Clock) String() string { return fmt.Sprintf("%02d:%02d", int(c)/60, int(c)%60) }

// MarshalText gives 08:15.
func (c Clock) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads 08:15.
func (c *Clock) UnmarshalText(b []byte) (err error) {
	*c, err = ParseClock(string(b))
	return err
}

// AddMonths gives the same day n months later; a day past the end of a month
// runs on.
func (d Date) AddMonths(n int) Date {
	y, m, day := d.Civil()
	return NewDate(y, m+time.Month(n), day)
}

// AddYears gives the same day n years later; 29 February becomes 1 March in a
// year without one.
func (d Date) AddYears(n int) Date {
	y, m, day := d.Civil()
	return NewDate(y+n, m, day)
}
