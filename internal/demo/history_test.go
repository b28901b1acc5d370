package demo

import (
	"maps"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"gonum.org/v1/gonum/stat"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
)

// Every open quarter-hour of every group has one row, nothing else has, and the
// counts of a row add up. Outages without rows are the exception.
func TestRowsFillTheOpeningHours(t *testing.T) {
	c, err := centre.Load(made(t).dir)
	if err != nil {
		t.Fatal(err)
	}
	w, err := newWorld(Options{Until: sunday, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{}
	for d := made(t).sum.From; d <= sunday; d++ {
		grid, out := civil.DayGrid(d, c.Interval, c.Location), w.outage(d)
		for _, g := range c.Groups {
			if g.Channel != centre.Phone || d < g.From {
				continue
			}
			for i, open := range g.Hours.Mask(d, c.Calendar, grid) {
				if open && (!out.silent || !out.covers(i)) {
					want[g.ID+" "+grid.Time(i).Format(time.RFC3339)] = true
				}
			}
		}
	}
	for _, row := range made(t).rows(t, "phone") {
		key := row.text("group") + " " + row.text("interval_start")
		if !want[key] {
			t.Fatalf("%s: not open, or a second row", key)
		}
		delete(want, key)
		checkRow(t, row)
	}
	if len(want) > 0 {
		t.Errorf("%d open intervals have no row", len(want))
	}
}

func checkRow(t *testing.T, row row) {
	t.Helper()
	offered, answered := row.number(t, "offered"), row.number(t, "answered")
	in60, in180 := row.number(t, "answered_within_60s"), row.number(t, "answered_within_180s")
	switch {
	case offered != answered+row.number(t, "abandoned"),
		in60 > in180, in180 > answered,
		answered > 0 && in180 == answered && row.number(t, answeredWaitColumn)*answered > 60*in60+180*(in180-in60)+answered/2,
		(answered == 0) != (row.text(answeredWaitColumn) == ""),
		(offered == answered) != (row.text(abandonedWaitColumn) == ""),
		(answered == 0) != (row.number(t, "talk_s") == 0),
		row.text("source") != "invented", row.text("channel") != "phone":
		t.Errorf("does not add up: %v", row.cells)
	}
}

func TestEmailRows(t *testing.T) {
	calendar := civil.Sweden()
	for _, row := range made(t).rows(t, "email") {
		d, err := civil.ParseDate(row.text("date"))
		if err != nil {
			t.Fatal(err)
		}
		if calendar.Free(d) || !strings.HasPrefix(row.text("group"), "epost_") || row.text("source") != "invented" {
			t.Errorf("unexpected row %v", row.cells)
		}
		row.number(t, "offered")
	}
}

// The stamps carry the offset of the day: the working days around each change
// of the clocks.
func TestOffsetsAroundClockChanges(t *testing.T) {
	want := map[string]string{
		"2024-10-25": "+02:00", "2024-10-28": "+01:00",
		"2025-03-28": "+01:00", "2025-03-31": "+02:00", "2025-10-24": "+02:00", "2025-10-27": "+01:00",
		"2026-03-27": "+01:00", "2026-03-30": "+02:00", "2026-10-23": "+02:00", "2026-10-26": "+01:00",
	}
	seen := map[string]bool{}
	for _, row := range made(t).rows(t, "phone") {
		stamp := row.text("interval_start")
		if offset, ok := want[stamp[:10]]; ok {
			seen[stamp[:10]] = true
			if !strings.HasSuffix(stamp, offset) {
				t.Fatalf("stamp %s, want offset %s", stamp, offset)
			}
		}
	}
	if len(seen) != len(want) {
		t.Errorf("rows on %d of the %d days", len(seen), len(want))
	}
}

// callsBy adds up the calls of 2025 by a key of the day and the hour.
func callsBy[K comparable](t *testing.T, key func(group string, at time.Time) K) map[K]float64 {
	t.Helper()
	sums := map[K]float64{}
	for _, row := range made(t).rows(t, "phone") {
		at, err := time.Parse(time.RFC3339, row.text("interval_start"))
		if err != nil {
			t.Fatal(err)
		}
		if at.Year() == 2025 {
			sums[key(row.text("group"), at)] += float64(row.number(t, "offered"))
		}
	}
	return sums
}

func TestMondayIsBusiest(t *testing.T) {
	sums := callsBy(t, func(_ string, at time.Time) civil.Date { return civil.DateOf(at) })
	byWeekday := map[time.Weekday][]float64{}
	for _, d := range slices.Sorted(maps.Keys(sums)) {
		byWeekday[d.Weekday()] = append(byWeekday[d.Weekday()], sums[d])
	}
	if len(byWeekday) != 5 {
		t.Errorf("calls on %d weekdays, want 5", len(byWeekday))
	}
	monday := stat.Mean(byWeekday[time.Monday], nil)
	for day := time.Tuesday; day <= time.Friday; day++ {
		if mean := stat.Mean(byWeekday[day], nil); mean > .95*monday {
			t.Errorf("%.0f calls on a mean %v, %.0f on a Monday", mean, day, monday)
		}
	}
}

func TestDayHasTwoPeaks(t *testing.T) {
	sums := callsBy(t, func(_ string, at time.Time) int { return at.Hour() })
	if sums[9] <= sums[8] || sums[10] <= sums[11] || sums[13] <= sums[12] || sums[9] <= sums[13] || sums[14] <= sums[15] {
		t.Errorf("calls by hour %v, want a peak between 9 and 11 and a lower one between 13 and 15", sums)
	}
}

func TestSeasonsOfGroups(t *testing.T) {
	type month struct {
		group string
		month time.Month
	}
	sums := callsBy(t, func(group string, at time.Time) month { return month{group, at.Month()} })
	for _, x := range []struct {
		group     string
		high, low time.Month
		factor    float64 // at least
	}{
		{"kultur_kollo", time.March, time.November, 1.6}, // camps
		{"skola", time.January, time.November, 1.2},      // choice of school; January has few working days
		{"aldre_direkt", time.October, time.June, 1.3},   // letters about fees
		{"forskola", time.November, time.July, 1.35},     // summer
		{"godman", time.November, time.September, 2},     // there was no such assignment in September
	} {
		if high, low := sums[month{x.group, x.high}], sums[month{x.group, x.low}]; high < x.factor*low || high == 0 {
			t.Errorf("%s: %.0f calls in %v, %.0f in %v; want a ratio above %g", x.group, high, x.high, low, x.low, x.factor)
		}
	}
}

// The new assignment brings far more than its client said.
func TestAssignmentRunsAboveEstimate(t *testing.T) {
	days, calls := map[string]bool{}, 0
	for _, row := range made(t).rows(t, "phone") {
		if row.text("group") == "godman" {
			days[row.text("interval_start")[:10]] = true
			calls += row.number(t, "offered")
		}
	}
	if perDay := float64(calls) / float64(len(days)); perDay < 1.25*45 || perDay > 1.8*45 {
		t.Errorf("%.1f calls a day, want 1.25 to 1.8 times the 45 of the estimate", perDay)
	}
}

// The day's own factor has a coefficient of variation of 5 to 10 %.
func TestDaysAreOverdispersed(t *testing.T) {
	w, err := newWorld(Options{Until: sunday, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	for i := range w.groups {
		g := &w.groups[i]
		var factors []float64
		for d := sunday - 799; d <= sunday; d++ {
			factors = append(factors, w.chance(g, d))
		}
		mean, sd := stat.MeanStdDev(factors, nil)
		if cv := sd / mean; cv < .05 || cv > .105 {
			t.Errorf("%s: coefficient of variation %.3f, want .05 to .10", g.ID, cv)
		}
	}
}

func TestOutages(t *testing.T) {
	w, err := newWorld(Options{Until: sunday, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	var days []civil.Date
	silent := 0
	for d := made(t).sum.From; d <= sunday; d++ {
		o := w.outage(d)
		if o.to == 0 {
			continue
		}
		days = append(days, d)
		if o.silent {
			silent++
		}
		if w.calendar.Free(d) {
			t.Errorf("outage on %v, when all is closed", d)
		}
		for i, g := range w.groups {
			for slot, tally := range w.live(d).tally[i] {
				if o.covers(slot) && tally.offered > 0 {
					t.Errorf("%v, %s, slot %d: %d calls got through", d, g.ID, slot, tally.offered)
				}
			}
		}
	}
	if len(days) < 2 || len(days) > 4 || silent == 0 || silent == len(days) {
		t.Errorf("outages on %v, %d of them without rows; want two to four, of both kinds", days, silent)
	}
}

// News brings far more calls for some hours, on about one day in 220.
func TestNewsIsRareAndFades(t *testing.T) {
	w, err := newWorld(Options{Until: sunday, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	seen, days := 0, 0
	for i := range w.groups {
		if w.groups[i].Email {
			continue
		}
		for d := sunday - 799; d <= sunday; d++ {
			days++
			if s := w.news(&w.groups[i], d); s.gain > 0 {
				seen++
				if s.at(s.start-1) != 1 || s.at(s.start) <= s.at(s.start+120) || s.at(s.start+120) <= 1 {
					t.Errorf("shock %+v does not begin at its start and fade", s)
				}
			}
		}
	}
	if expected := float64(days) / 220; math.Abs(float64(seen)-expected) > 4*math.Sqrt(expected) {
		t.Errorf("%d shocks in %d days of groups, want about %.0f", seen, days, expected)
	}
}
