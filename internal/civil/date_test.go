package civil_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"bemanna/internal/civil"
)

// TestDateAgainstTime walks every day from 1900 to 2100 beside time.Date.
func TestDateAgainstTime(t *testing.T) {
	want := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)
	for d := civil.NewDate(1900, 1, 1); d <= civil.NewDate(2100, 12, 31); d++ {
		y, m, day := d.Civil()
		year, week := d.ISOWeek()
		wantYear, wantWeek := want.ISOWeek()
		if y != want.Year() || m != want.Month() || day != want.Day() ||
			d.Weekday() != want.Weekday() || year != wantYear || week != wantWeek ||
			civil.DateOf(want) != d || d.String() != want.Format(time.DateOnly) {
			t.Fatalf("day %d is %s, a %s in week %d of %d, want %s", d, d, d.Weekday(), week, year, want)
		}
		if monday := d.Monday(); monday.Weekday() != time.Monday || monday > d || d-monday > 6 {
			t.Fatalf("Monday of %s is %s", d, monday)
		}
		want = want.AddDate(0, 0, 1)
	}
}

func TestNewDateRunsOn(t *testing.T) {
	for _, c := range []struct {
		got  civil.Date
		want string
	}{
		{civil.NewDate(1970, 1, 1), "1970-01-01"},
		{civil.NewDate(2027, 2, 29), "2027-03-01"},
		{civil.NewDate(2026, 13, 1), "2027-01-01"},
		{civil.NewDate(2026, 12, 0), "2026-11-30"},
		{civil.NewDate(2024, 2, 29).AddYears(1), "2025-03-01"},
		{civil.NewDate(2024, 2, 29).AddYears(-4), "2020-02-29"},
	} {
		if c.got.String() != c.want {
			t.Errorf("%s, want %s", c.got, c.want)
		}
	}
}

// TestISOWeek53 has the turn of 2026, a year of 53 weeks, and of two that have 52.
func TestISOWeek53(t *testing.T) {
	for day, want := range map[string][2]int{
		"2026-12-27": {2026, 52}, "2026-12-28": {2026, 53}, "2027-01-03": {2026, 53}, "2027-01-04": {2027, 1},
		"2024-12-30": {2025, 1}, "2027-12-31": {2027, 52}, "2028-01-02": {2027, 52},
	} {
		d, err := civil.ParseDate(day)
		if err != nil {
			t.Fatal(err)
		}
		if year, week := d.ISOWeek(); [2]int{year, week} != want {
			t.Errorf("%s is in week %d of %d, want %d of %d", day, week, year, want[1], want[0])
		}
	}
}

func TestDateOfKeepsToTheLocation(t *testing.T) {
	night := time.Date(2026, 11, 24, 23, 30, 0, 0, time.UTC)
	if got := civil.DateOf(night.In(location(t, "Europe/Stockholm"))); got != civil.NewDate(2026, 11, 25) {
		t.Errorf("23:30 UTC is on %s in Stockholm, want 2026-11-25", got)
	}
}

// TestRoundTrips writes and reads every kind of value.
func TestRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := civil.Date(rapid.Int32Range(-25_000, 50_000).Draw(t, "date"))
		text, err := d.MarshalText()
		var back civil.Date
		if err != nil || back.UnmarshalText(text) != nil || back != d {
			t.Errorf("date %d: %s, read as %d", d, text, back)
		}
		c := civil.Clock(rapid.IntRange(0, 24*60).Draw(t, "clock"))
		text, err = c.MarshalText()
		var again civil.Clock
		if err != nil || again.UnmarshalText(text) != nil || again != c {
			t.Errorf("clock %d: %s, read as %d", c, text, again)
		}
		open := rapid.IntRange(0, 24*60-1).Draw(t, "open")
		s := civil.Span{Open: civil.Clock(open), Close: civil.Clock(rapid.IntRange(open+1, 24*60).Draw(t, "close"))}
		if got, err := civil.ParseSpan(s.String()); err != nil || got != s {
			t.Errorf("span %s: read as %s, %v", s, got, err)
		}
		days := civil.Weekdays(rapid.Uint8Range(1, 127).Draw(t, "days"))
		if got, err := civil.ParseWeekdays(days.String()); err != nil || got != days {
			t.Errorf("days %s: read as %s, %v", days, got, err)
		}
	})
}

func TestRefused(t *testing.T) {
	for _, s := range []string{"", "2026-02-29", "2026-1-1", "26-01-01", "2026-01-01 ", "20260101"} {
		if d, err := civil.ParseDate(s); err == nil {
			t.Errorf("ParseDate(%q) = %s, want an error", s, d)
		}
	}
	for _, s := range []string{"", ":", "8", "8:5", "08:60", "24:01", "25:00", "-1:00", "08:15:00", "008:15", "８:15"} {
		if c, err := civil.ParseClock(s); err == nil {
			t.Errorf("ParseClock(%q) = %s, want an error", s, c)
		}
	}
	for _, s := range []string{"", "-", "08:00", "08:00-", "16:00-08:00", "08:00-08:00", "22:00-26:00"} {
		if span, err := civil.ParseSpan(s); err == nil {
			t.Errorf("ParseSpan(%q) = %s, want an error", s, span)
		}
	}
	for _, s := range []string{"", ",", "mon-", "-fri", "monday", "mon;tue", "1-5"} {
		if days, err := civil.ParseWeekdays(s); err == nil {
			t.Errorf("ParseWeekdays(%q) = %s, want an error", s, days)
		}
	}
}

func TestAddMonths(t *testing.T) {
	for _, x := range []struct {
		from civil.Date
		n    int
		want civil.Date
	}{
		{civil.NewDate(2026, 11, 24), -13, civil.NewDate(2025, 10, 24)},
		{civil.NewDate(2026, 12, 1), 1, civil.NewDate(2027, 1, 1)},
		{civil.NewDate(2026, 3, 31), -1, civil.NewDate(2026, 3, 3)}, // 31 February runs on
	} {
		if got := x.from.AddMonths(x.n); got != x.want {
			t.Errorf("%v and %d months: %v, want %v", x.from, x.n, got, x.want)
		}
	}
}

func TestEndClock(t *testing.T) {
	for at, want := range map[string]string{"2026-11-23T00:00:00Z": "24:00", "2026-11-23T00:01:00Z": "00:01", "2026-11-23T23:45:00Z": "23:45"} {
		end, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := civil.EndClock(end).String(); got != want {
			t.Errorf("EndClock(%s) = %s, want %s", at, got, want)
		}
	}
}
