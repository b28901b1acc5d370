package ingest

import (
	"strings"
	"time"

	"bemanna/internal/civil"
)

// stamp is a date, a time of day, or both, as a cell writes them.
type stamp struct {
	date    civil.Date
	hasDate bool
	hasTime bool
	minute  int // after midnight
	second  int
	length  int           // minutes of a range such as 08:00-08:15; 0: none
	offset  time.Duration // east of UTC
	exact   bool          // the cell has an offset
	form    DateForm
	unsure  bool // the day could be the month
}

// The years that are believed; others are slips of the pen that would stretch
// a series over centuries.
const firstYear, lastYear = 1990, 2099

// stamps reads stamps. Neighbouring rows mostly have the same date, so the last
// one is kept.
type stamps struct {
	monthFirst bool // the order of dates with slashes or points
	text       string
	last       stamp
}

// parse reads the forms of dates and times that the documentation of Read
// names.
func (p *stamps) parse(s string) (st stamp, ok bool) {
	s = strings.TrimSpace(s)
	if c, clock := parseClock(s); clock {
		return c, true
	}
	date := s
	if i := strings.IndexAny(s, "T "); i > 0 {
		date, s = s[:i], strings.TrimSpace(s[i+1:])
		if st, ok = parseClock(s); !ok {
			return stamp{}, false
		}
	}
	if date != p.text || !p.last.hasDate {
		d, ok := parseDate(date, p.monthFirst)
		if !ok {
			return stamp{}, false
		}
		p.text, p.last = strings.Clone(date), d
	}
	st.date, st.hasDate, st.form, st.unsure = p.last.date, true, p.last.form, p.last.unsure
	return st, true
}

// parseDate reads 2026-11-23, 20261123, 23/11/2026, 11/23/2026 or 23.11.2026.
func parseDate(s string, monthFirst bool) (stamp, bool) {
	if len(s) == 8 && allDigits(s) {
		y, _ := digits(s[:4])
		m, _ := digits(s[4:6])
		d, _ := digits(s[6:])
		return civilDate(y, m, d, Compact)
	}
	i := strings.IndexAny(s, "-/.")
	if i < 0 {
		return stamp{}, false
	}
	j := i + 1 + strings.IndexByte(s[i+1:], s[i])
	if j <= i {
		return stamp{}, false
	}
	a, okA := digits(s[:i])
	b, okB := digits(s[i+1 : j])
	c, okC := digits(s[j+1:])
	switch {
	case !okA || !okB || !okC || j-i > 3:
		return stamp{}, false
	case i == 4 && len(s)-j <= 3:
		return civilDate(a, b, c, YearFirst)
	case i > 2 || len(s)-j != 5:
		return stamp{}, false
	}
	day, month, form := a, b, DayFirst
	if monthFirst {
		day, month, form = b, a, MonthFirst
	}
	st, ok := civilDate(c, month, day, form)
	st.unsure = a <= 12 && b <= 12
	return st, ok
}

func civilDate(y, m, d int, form DateForm) (stamp, bool) {
	if y < firstYear || y > lastYear || m < 1 || m > 12 || d < 1 || d > 31 {
		return stamp{}, false
	}
	date := civil.NewDate(y, time.Month(m), d)
	if _, month, _ := date.Civil(); int(month) != m {
		return stamp{}, false // 31 April
	}
	return stamp{date: date, hasDate: true, form: form}, true
}

// parseClock reads 08:15, 8.15, 0815, 08:15:00, ranges such as 08:00-08:15,
// and times with an offset: 08:15Z, 08:15:00+01:00.
func parseClock(s string) (stamp, bool) {
	minute, second, rest, ok := clock(s)
	if !ok || minute >= 24*60 {
		return stamp{}, false
	}
	st := stamp{minute: minute, second: second, hasTime: true}
	if rest == "" {
		return st, true
	}
	hasSeconds := strings.Count(s[:len(s)-len(rest)], ":") == 2
	trimmed := strings.TrimSpace(rest)
	if end, isRange := strings.CutPrefix(strings.Replace(trimmed, "–", "-", 1), "-"); isRange && !hasSeconds {
		to, _, tail, ok := clock(strings.TrimSpace(end))
		if !ok || tail != "" {
			return stamp{}, false
		}
		st.length = rangeMinutes(minute, to)
		return st, true
	}
	st.offset, st.exact = offset(trimmed)
	return st, st.exact
}

// rangeMinutes is the length of from-to; 23:45-00:00 ends at midnight, and
// 08:00-08:14 means up to and with the last minute.
func rangeMinutes(from, to int) int {
	n := (to - from + 24*60) % (24 * 60)
	if (n+1)%5 == 0 {
		n++
	}
	return n
}

// clock reads a time of day up to 24:00 from the front of s: hours and
// minutes, perhaps seconds with a fraction that is dropped.
func clock(s string) (minute, second int, rest string, ok bool) {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	if n == 3 || n == 4 { // 815, 0815
		v, _ := digits(s[:n])
		return v/100*60 + v%100, 0, s[n:], v/100 < 24 && v%100 < 60 || v == 2400
	}
	if n < 1 || n > 2 || len(s) < n+3 || s[n] != ':' && s[n] != '.' {
		return 0, 0, "", false
	}
	sep := s[n]
	h, _ := digits(s[:n])
	m, ok := digits(s[n+1 : n+3])
	rest = s[n+3:]
	if len(rest) >= 3 && rest[0] == sep {
		var okS bool
		second, okS = digits(rest[1:3])
		ok = ok && okS && second < 60
		rest = rest[3:]
		if len(rest) > 1 && (rest[0] == '.' || rest[0] == ',') {
			rest = strings.TrimLeft(rest[1:], "0123456789")
		}
	}
	return h*60 + m, second, rest, ok && m < 60 && (h < 24 || h == 24 && m == 0)
}

// offset reads Z, +01, +0100 or +01:00.
func offset(s string) (time.Duration, bool) {
	if s == "Z" || s == "z" {
		return 0, true
	}
	if len(s) < 3 || s[0] != '+' && s[0] != '-' {
		return 0, false
	}
	h, okH := digits(s[1:3])
	m, okM := 0, true
	if rest := strings.TrimPrefix(s[3:], ":"); rest != "" {
		m, okM = digits(rest)
		okM = okM && len(rest) == 2 && m < 60
	}
	if !okH || !okM || h > 14 {
		return 0, false
	}
	d := time.Duration(h)*time.Hour + time.Duration(m)*time.Minute
	if s[0] == '-' {
		d = -d
	}
	return d, true
}
