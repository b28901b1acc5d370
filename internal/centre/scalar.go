package centre

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"bemanna/internal/civil"
)

// scalar is how one kind of value is read from text, and what a fault says was
// wanted where it cannot be.
type scalar[T any] struct {
	want  string
	parse func(string) (T, bool)
}

// read makes a scalar of a parser whose own error is not shown.
func read[T any](want string, parse func(string) (T, error)) scalar[T] {
	return scalar[T]{want, func(s string) (T, bool) {
		x, err := parse(s)
		return x, err == nil
	}}
}

var (
	clock    = read("a time of day such as 08:15", civil.ParseClock)
	span     = read("a span such as 08:00-16:30 within the day", civil.ParseSpan)
	weekdays = read("days such as mon-fri or mon,wed,sat", civil.ParseWeekdays)
	date     = read("a day such as 2026-11-24", civil.ParseDate)
	dayKind  = read("closed, eve, short, bridge or special", civil.ParseKind)

	flag = scalar[bool]{"true or false", func(s string) (bool, bool) {
		return s == "true", s == "true" || s == "false"
	}}
	line = scalar[string]{"text on one line", func(s string) (string, bool) {
		return s, strings.TrimSpace(s) != "" && !strings.ContainsFunc(s, unicode.IsControl)
	}}
	anyText = scalar[string]{"text", func(s string) (string, bool) { return s, s != "" }}
	amount  = scalar[float64]{"an amount of 0 or more", decimal}
	present = scalar[float64]{"a share above 0 and up to 1 such as 0.92", func(s string) (float64, bool) {
		x, ok := decimal(s)
		return x, ok && 0 < x && x <= 1
	}}
	share = scalar[float64]{"a share from 0 to 1 such as 0.7", func(s string) (float64, bool) {
		x, ok := decimal(s)
		return x, ok && x <= 1
	}}
	away = scalar[float64]{"a share from 0 to below 1 such as 0.06", func(s string) (float64, bool) {
		x, ok := decimal(s)
		return x, ok && x < 1
	}}
	target = scalar[Target]{"a share between 0 and 100 % and a time such as 85/60s", parseTarget}
	skill  = scalar[Skill]{"a group and a level from 1 to 5 such as parkering:3", parseSkill}

	id = scalar[string]{"letters, digits, _, - and . only, at most 64", func(s string) (string, bool) {
		return s, idPattern.MatchString(s)
	}}
	zone = scalar[*time.Location]{"a time zone such as Europe/Stockholm", func(s string) (*time.Location, bool) {
		loc, err := time.LoadLocation(s)
		return loc, err == nil && s != "" && s != "Local"
	}}
	people = count(0, 9999)
	notice = scalar[int]{"a number of days such as 2d, from 0d to 99d", func(s string) (int, bool) {
		n, err := strconv.ParseUint(strings.TrimSuffix(s, "d"), 10, 31)
		return int(n), err == nil && strings.HasSuffix(s, "d") && n <= 99
	}}
	interval = scalar[time.Duration]{"5m, 10m, 15m, 30m or 60m", func(s string) (time.Duration, bool) {
		d, err := time.ParseDuration(s)
		return d, err == nil && slices.Contains([]time.Duration{5, 10, 15, 30, 60}, d/time.Minute) && d%time.Minute == 0
	}}
)

var (
	idPattern      = regexp.MustCompile(`^[\p{L}\p{N}_][\p{L}\p{N}\p{M}_.-]{0,63}$`)
	decimalPattern = regexp.MustCompile(`^\d{1,12}(\.\d{1,12})?$`)
)

// decimal reads a number of 0 or more without sign, exponent or comma.
func decimal(s string) (float64, bool) {
	if !decimalPattern.MatchString(s) {
		return 0, false
	}
	x, err := strconv.ParseFloat(s, 64)
	return x, err == nil
}

// count reads a whole number from least to most.
func count(least, most int) scalar[int] {
	return scalar[int]{fmt.Sprintf("a whole number from %d to %d", least, most), func(s string) (int, bool) {
		n, err := strconv.ParseUint(s, 10, 31)
		return int(n), err == nil && least <= int(n) && int(n) <= most
	}}
}

// length reads a time in whole seconds from least to most.
func length(least, most time.Duration) scalar[time.Duration] {
	want := fmt.Sprintf("a time such as 45m from %s to %s", brief(least), brief(most))
	return scalar[time.Duration]{want, func(s string) (time.Duration, bool) {
		d, err := time.ParseDuration(s)
		return d, err == nil && least <= d && d <= most && d%time.Second == 0
	}}
}

// brief writes 1h30m rather than 1h30m0s.
func brief(d time.Duration) string {
	s := d.String()
	for _, tail := range []string{"m0s", "h0m"} {
		if strings.HasSuffix(s, tail) {
			s = s[:len(s)-2]
		}
	}
	return s
}

// oneOf reads one of a few names.
func oneOf[T ~string](names ...T) scalar[T] {
	words := make([]string, len(names))
	for i, n := range names {
		words[i] = string(n)
	}
	last := len(words) - 1
	want := strings.Join(words[:last], ", ") + " or " + words[last]
	return scalar[T]{want, func(s string) (T, bool) { return T(s), slices.Contains(names, T(s)) }}
}

func parseTarget(s string) (Target, bool) {
	percent, within, ok := strings.Cut(s, "/")
	x, okShare := decimal(percent)
	d, err := time.ParseDuration(within)
	good := ok && okShare && err == nil && 0 < x && x < 100 && 0 < d && d <= 24*time.Hour && d%time.Second == 0
	return Target{Share: x / 100, Within: d}, good
}

func parseSkill(s string) (Skill, bool) {
	group, level, ok := strings.Cut(s, ":")
	n, okLevel := count(1, 5).parse(level)
	return Skill{group, n}, ok && okLevel && idPattern.MatchString(group)
}
