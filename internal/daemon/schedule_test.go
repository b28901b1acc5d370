package daemon

import (
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"
	"github.com/robfig/cron/v3"

	"bemanna/internal/civil"
)

// Zones that change their clocks at 01:00 UTC, at 02:00, by half an hour, at
// midnight (two of them), and never.
var zones = []string{
	"Europe/Stockholm", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "America/Santiago", "Asia/Tokyo",
}

func zone(tb testing.TB, name string) *time.Location {
	tb.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		tb.Fatal(err)
	}
	return loc
}

func mustParse(tb testing.TB, expr string, loc *time.Location) cron.Schedule {
	tb.Helper()
	s, err := ParseSchedule(expr, loc)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

const dueFormat = "01-02 15:04 -0700"

// dues gives the due times from the instant from, included, up to the instant
// to, excluded.
func dues(s cron.Schedule, from, to time.Time) []string {
	var all []string
	for t := s.Next(from.Add(-time.Second)); t.Before(to) && !t.IsZero(); t = s.Next(t) {
		all = append(all, t.Format(dueFormat))
	}
	return all
}

// The clocks of Stockholm skip 02:00–03:00 on 2026-03-29 and show it twice on
// 2026-10-25 (directive 2000/84/EC: at 01:00 UTC on the last Sundays of March
// and October). Those of Cairo skip 00:00–01:00 on Friday 2026-04-24 (Egyptian
// law 24/2023: the last Friday of April).
func TestDueAtClockChanges(t *testing.T) {
	for _, c := range []struct {
		zone, expr, from, to string // days; to is excluded
		want                 []string
	}{
		{"Europe/Stockholm", "45 5 * * *", "2026-03-28", "2026-03-31", []string{"03-28 05:45 +0100", "03-29 05:45 +0200", "03-30 05:45 +0200"}},
		{"Europe/Stockholm", "45 5 * * *", "2026-10-24", "2026-10-27", []string{"10-24 05:45 +0200", "10-25 05:45 +0100", "10-26 05:45 +0100"}},
		{"Europe/Stockholm", "40 2 * * *", "2026-03-28", "2026-03-31", []string{"03-28 02:40 +0100", "03-29 03:00 +0200", "03-30 02:40 +0200"}},
		{"Europe/Stockholm", "40 2 * * *", "2026-10-24", "2026-10-27", []string{"10-24 02:40 +0200", "10-25 02:40 +0200", "10-26 02:40 +0100"}},
		{"Europe/Stockholm", "0,40 2,3 * * *", "2026-03-29", "2026-03-30", []string{"03-29 03:00 +0200", "03-29 03:40 +0200"}},
		{"Europe/Stockholm", "0 */2 * * SUN", "2026-10-25", "2026-10-26", []string{
			"10-25 00:00 +0200", "10-25 02:00 +0200", "10-25 04:00 +0100", "10-25 06:00 +0100", "10-25 08:00 +0100", "10-25 10:00 +0100",
			"10-25 12:00 +0100", "10-25 14:00 +0100", "10-25 16:00 +0100", "10-25 18:00 +0100", "10-25 20:00 +0100", "10-25 22:00 +0100",
		}},
		{"Africa/Cairo", "0 0 * * *", "2026-04-23", "2026-04-26", []string{"04-23 00:00 +0200", "04-24 01:00 +0300", "04-25 00:00 +0300"}},
	} {
		loc := zone(t, c.zone)
		got := dues(mustParse(t, c.expr, loc), day(t, c.from, loc), day(t, c.to, loc))
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s %q from %s (-want +got)\n%s", c.zone, c.expr, c.from, diff)
		}
	}
}

// What runs in every hour runs in each hour that passes. Friday 2026-04-24 in
// Cairo begins at 01:00, which cron by itself takes for a Thursday.
func TestDueEveryHour(t *testing.T) {
	for _, c := range []struct {
		zone, expr, day string
		want            int
	}{
		{"Europe/Stockholm", "*/15 * * * *", "2026-03-28", 96},
		{"Europe/Stockholm", "*/15 * * * *", "2026-03-29", 92},
		{"Europe/Stockholm", "*/15 * * * *", "2026-10-25", 100},
		{"Europe/Stockholm", "0 0-23 * * *", "2026-10-25", 25},
		{"Europe/Stockholm", "@hourly", "2026-03-29", 23},
		{"Europe/Stockholm", "@every 15m", "2026-10-25", 100},
		{"Australia/Lord_Howe", "*/15 * * * *", "2026-04-05", 98}, // half an hour longer
		{"Australia/Lord_Howe", "*/15 * * * *", "2026-10-04", 94}, // half an hour shorter
		{"Australia/Lord_Howe", "@hourly", "2026-10-04", 23},      // 02:00 is not shown
		{"Africa/Cairo", "0 * * * FRI", "2026-04-24", 23},         // from 01:00
		{"Africa/Cairo", "0 * * * FRI", "2026-10-30", 24},         // the second 23:00 belongs to the Thursday
		{"America/Santiago", "30 * * * SAT", "2026-04-04", 25},    // 23:30 twice
		{"America/New_York", "0 * * * MON-FRI", "2026-11-01", 0},  // a Sunday
		{"America/New_York", "59 * 1 11 *", "2026-11-01", 25},
	} {
		loc := zone(t, c.zone)
		d, err := civil.ParseDate(c.day)
		if err != nil {
			t.Fatal(err)
		}
		got := dues(mustParse(t, c.expr, loc), d.Start(loc), (d + 1).Start(loc))
		if len(got) != c.want {
			t.Errorf("%s %q is due %d times on %s, want %d: %s", c.zone, c.expr, len(got), c.day, c.want, got)
		}
	}
}

// day gives the first instant of a day.
func day(t *testing.T, date string, loc *time.Location) time.Time {
	t.Helper()
	d, err := civil.ParseDate(date)
	if err != nil {
		t.Fatal(err)
	}
	return d.Start(loc)
}

// On every day of 2026 a time of day is due once: at the first instant
// whose clock has reached it. This walks over the year, five minutes a step.
func TestOncePerDayIsTheFirstInstantThatReachesTheTime(t *testing.T) {
	times := []struct {
		expr string
		at   int // minutes after midnight
	}{{"0 0 * * *", 0}, {"30 0 * * *", 30}, {"15 2 * * *", 135}, {"30 2 * * *", 150}, {"0 3 * * *", 180}, {"55 23 * * *", 1435}}
	for _, name := range zones {
		loc := zone(t, name)
		from, to := day(t, "2026-01-01", loc), day(t, "2027-01-01", loc)
		want := make([][]string, len(times))
		reached := make([]int, len(times)) // the last day of the year on which it was
		for now := from; now.Before(to); now = now.Add(5 * time.Minute) {
			h, m, _ := now.Clock()
			today := now.YearDay()
			for i, c := range times {
				if today > reached[i] && h*60+m >= c.at {
					reached[i] = today
					want[i] = append(want[i], now.Format(dueFormat))
				}
			}
		}
		for i, c := range times {
			if diff := cmp.Diff(want[i], dues(mustParse(t, c.expr, loc), from, to)); diff != "" {
				t.Errorf("%s %q (-want +got)\n%s", name, c.expr, diff)
			}
		}
	}
}

// Whenever it is asked around a change of the clocks, in the second of two
// equal hours too, a schedule gives the next of the same due times.
func TestNextDoesNotDependOnWhenItIsAsked(t *testing.T) {
	exprs := []string{"40 2 * * *", "*/20 * * * *", "0,30 1-3 * * *", "0 */2 * * MON", "45 5 1 * *", "@every 90m", "30 0,23 * * *"}
	for _, name := range zones {
		loc := zone(t, name)
		_, change := day(t, "2026-01-01", loc).ZoneBounds()
		for ; !change.IsZero() && change.Year() == 2026; _, change = change.ZoneBounds() {
			for _, expr := range exprs {
				s := mustParse(t, expr, loc)
				next := s.Next(change.AddDate(0, -2, 0))
				for minutes := -300; minutes < 300; minutes++ {
					asked := change.Add(time.Duration(minutes) * time.Minute)
					for !next.After(asked) {
						next = s.Next(next)
					}
					if got := s.Next(asked); !got.Equal(next) {
						t.Fatalf("%s %q asked at %v: due at %v, want %v", name, expr, asked, got, next)
					}
				}
			}
		}
	}
}

func TestScheduleErrors(t *testing.T) {
	for expr, want := range map[string]string{
		"":                         "empty",
		"45 5 * *":                 "expected exactly 5 fields",
		"0 45 5 * * *":             "expected exactly 5 fields",
		"60 5 * * *":               "above maximum",
		"0 5 * * SÖN":              "failed to parse",
		"CRON_TZ=Europe/Stockholm": "want no time zone",
		"TZ=UTC 45 5 * * *":        "want no time zone",
		"0 0 31 2 *":               "never runs",
		"0 0 30 2 *":               "never runs",
		", 5 * * *":                "never runs",
		"@every -1h":               "want at least 1m",
		"@every 1s":                "want at least 1m",
		"@every hour":              "invalid duration",
		"@reboot":                  "unrecognized",
	} {
		s, err := ParseSchedule(expr, time.UTC)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("schedule %q: %v, error %v, want one with %q", expr, s, err, want)
		}
	}
}

func TestLeapDayRuns(t *testing.T) {
	s := mustParse(t, "0 6 29 2 *", time.UTC)
	want := time.Date(2028, 2, 29, 6, 0, 0, 0, time.UTC)
	if got := s.Next(time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)); !got.Equal(want) {
		t.Errorf("due at %v, want %v", got, want)
	}
}

func FuzzParseSchedule(f *testing.F) {
	for _, expr := range []string{"45 5 * * *", "*/15 * * * MON-FRI", "0 0 29 2 ?", "@daily", "@every 15m", "CRON_TZ=x", "1-5/2,7 * 1,2 JAN SUN"} {
		f.Add(expr)
	}
	loc := zone(f, "Europe/Stockholm")
	f.Fuzz(func(t *testing.T, expr string) {
		s, err := ParseSchedule(expr, loc)
		if err != nil {
			return
		}
		at := time.Date(2026, 3, 29, 0, 30, 0, 0, loc)
		for range 5 {
			next := s.Next(at)
			if !next.After(at) {
				t.Fatalf("schedule %q: at %v due at %v", expr, at, next)
			}
			at = next
		}
	})
}
