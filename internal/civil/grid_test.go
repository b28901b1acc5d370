package civil_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"bemanna/internal/civil"
)

func location(t *testing.T, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// The zones have changes of an hour at night, of half an hour (Lord Howe), at
// midnight (São Paulo, Santiago, Beirut), and a day that was left out (Apia,
// 2011-12-30).
var zones = []string{
	"UTC", "Europe/Stockholm", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo",
	"America/Santiago", "Asia/Beirut", "Asia/Kathmandu", "Africa/Casablanca", "Pacific/Apia",
}

func TestAt(t *testing.T) {
	for _, c := range []struct{ zone, day, clock, want, why string }{
		{"Europe/Stockholm", "2026-11-24", "08:15", "2026-11-24T08:15:00+01:00", "an ordinary day"},
		{"Europe/Stockholm", "2026-11-24", "24:00", "2026-11-25T00:00:00+01:00", "the next midnight"},
		{"Europe/Stockholm", "2027-03-28", "02:00", "2027-03-28T03:00:00+02:00", "a gap"},
		{"Europe/Stockholm", "2027-03-28", "02:30", "2027-03-28T03:00:00+02:00", "in the gap: its end"},
		{"Europe/Stockholm", "2027-03-28", "03:00", "2027-03-28T03:00:00+02:00", "after the gap"},
		{"Europe/Stockholm", "2027-10-31", "02:30", "2027-10-31T02:30:00+02:00", "twice: the first"},
		{"Europe/Stockholm", "2027-10-31", "03:00", "2027-10-31T03:00:00+01:00", "after it"},
		{"America/New_York", "2027-03-14", "02:30", "2027-03-14T03:00:00-04:00", "a gap"},
		{"America/New_York", "2027-11-07", "01:30", "2027-11-07T01:30:00-04:00", "twice: the first"},
		{"Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-04T02:30:00+11:00", "a gap of half an hour"},
		{"Australia/Lord_Howe", "2027-04-04", "01:45", "2027-04-04T01:45:00+11:00", "twice: the first"},
		{"America/Sao_Paulo", "2018-11-04", "00:00", "2018-11-04T01:00:00-02:00", "a day without midnight"},
		{"America/Sao_Paulo", "2018-11-03", "24:00", "2018-11-04T01:00:00-02:00", "the end of the day before it"},
		{"America/Sao_Paulo", "2018-02-17", "23:30", "2018-02-17T23:30:00-02:00", "twice before midnight: the first"},
		{"America/Sao_Paulo", "2018-02-18", "00:00", "2018-02-18T00:00:00-03:00", "the midnight that follows"},
		{"Pacific/Apia", "2011-12-30", "12:00", "2011-12-31T00:00:00+14:00", "a day that was left out"},
	} {
		day, _ := civil.ParseDate(c.day)
		clock, _ := civil.ParseClock(c.clock)
		if got := day.At(clock, location(t, c.zone)).Format(time.RFC3339); got != c.want {
			t.Errorf("%s %s in %s: %s, want %s (%s)", c.day, c.clock, c.zone, got, c.want, c.why)
		}
	}
}

// TestAtBySearch compares At with a search through the minutes of three days for
// the first that shows the time, or, where none does, the first that is past it.
func TestAtBySearch(t *testing.T) {
	locations := make([]*time.Location, len(zones))
	for i, name := range zones {
		locations[i] = location(t, name)
	}
	rapid.Check(t, func(t *rapid.T) {
		loc := rapid.SampledFrom(locations).Draw(t, "zone")
		d := changeNear(loc, civil.Date(rapid.Int32Range(14_600, 22_000).Draw(t, "day"))) // 2009 to 2030
		c := civil.Clock(rapid.IntRange(0, 24*60).Draw(t, "clock"))
		y, m, day := d.Civil()
		wall := time.Date(y, m, day, 0, int(c), 0, 0, time.UTC)
		var want time.Time
		for u := wall.Add(-36 * time.Hour); u.Before(wall.Add(36 * time.Hour)); u = u.Add(time.Minute) {
			_, offset := u.In(loc).Zone()
			shown := u.Add(time.Duration(offset) * time.Second)
			if shown.Equal(wall) {
				want = u
				break
			}
			if want.IsZero() && shown.After(wall) {
				want = u
			}
		}
		if got := d.At(c, loc); !got.Equal(want) {
			t.Errorf("%s %s in %s: %s, want %s", d, c, loc, got, want.In(loc))
		}
	})
}

// changeNear gives the day on which clocks change next after d, or the day before
// or after it; d itself in zones without changes.
func changeNear(loc *time.Location, d civil.Date) civil.Date {
	_, end := d.Start(loc).ZoneBounds()
	if end.IsZero() || civil.DateOf(end) > d+400 {
		return d
	}
	return civil.DateOf(end.In(loc)) + d%3 - 1
}

func TestDayGrid(t *testing.T) {
	for _, c := range []struct {
		zone, day string
		step      time.Duration
		n         int
	}{
		{"Europe/Stockholm", "2026-11-24", 15 * time.Minute, 96},
		{"Europe/Stockholm", "2027-03-28", 15 * time.Minute, 92},
		{"Europe/Stockholm", "2027-10-31", 15 * time.Minute, 100},
		{"Europe/Stockholm", "2027-10-31", time.Hour, 25},
		{"Australia/Lord_Howe", "2026-10-04", 15 * time.Minute, 94},
		{"Australia/Lord_Howe", "2026-10-04", time.Hour, 23}, // 23.5 hours: the rest is left out
		{"America/Sao_Paulo", "2018-11-04", 30 * time.Minute, 46},
		{"Pacific/Apia", "2011-12-30", 15 * time.Minute, 0},
	} {
		day, _ := civil.ParseDate(c.day)
		if g := civil.DayGrid(day, c.step, location(t, c.zone)); g.N != c.n {
			t.Errorf("%s in %s has %d intervals of %s, want %d", c.day, c.zone, g.N, c.step, c.n)
		}
	}
}

// TestGridsAreSeamless sees that days follow each other without gap or overlap,
// and that Index finds the interval of every instant.
func TestGridsAreSeamless(t *testing.T) {
	for _, zone := range zones {
		loc := location(t, zone)
		end := civil.NewDate(2026, 1, 1).Start(loc)
		for d := civil.NewDate(2026, 1, 1); d < civil.NewDate(2028, 1, 1); d++ {
			g := civil.DayGrid(d, 15*time.Minute, loc)
			if !g.Start.Equal(end) {
				t.Fatalf("%s in %s starts at %s, want %s", d, zone, g.Start, end)
			}
			end = g.Time(g.N)
			for i := range g.N {
				at := g.Time(i)
				if g.Index(at) != i || g.Index(at.Add(g.Step-1)) != i || civil.DateOf(at) != d {
					t.Fatalf("%s is in interval %d of %s in %s, want %d", at, g.Index(at), d, zone, i)
				}
			}
			if before := g.Index(g.Start.Add(-1)); before != -1 || g.Index(end) != g.N {
				t.Fatalf("the ends of %s in %s are in intervals %d and %d, want -1 and %d", d, zone, before, g.Index(end), g.N)
			}
		}
	}
}
