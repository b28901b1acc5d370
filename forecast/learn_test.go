package forecast_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"bemanna/forecast"
)

// redDays2026 are the red days and eves of weekdays in Sweden in 2026.
func redDays2026(at time.Time) (forecast.DayKind, string) {
	switch at.Format("2006-01-02") {
	case "2025-12-24", "2025-12-25", "2025-12-26", "2025-12-31", "2026-01-01", "2026-01-06",
		"2026-04-03", "2026-04-06", "2026-05-01", "2026-05-14", "2026-06-19":
		return forecast.Holiday, "röd dag"
	}
	return forecast.Ordinary, ""
}

// TestRecovers checks that the effects of weekdays, of the first business days
// of a month and of days after a holiday are found in a history made with them,
// and told as reasons.
func TestRecovers(t *testing.T) {
	isRed := func(day time.Time) bool { kind, _ := redDays2026(day); return kind == forecast.Holiday }
	afterRed := func(day time.Time) bool {
		if isRed(day) {
			return false
		}
		for e := day.AddDate(0, 0, -1); ; e = e.AddDate(0, 0, -1) {
			if isRed(e) {
				return true
			}
			if e.Weekday() != time.Saturday && e.Weekday() != time.Sunday {
				return false
			}
		}
	}
	firstWorkday := func(day time.Time) bool {
		for e := day.AddDate(0, 0, 1-day.Day()); ; e = e.AddDate(0, 0, 1) {
			if e.Weekday() != time.Saturday && e.Weekday() != time.Sunday && !isRed(e) {
				return e.Equal(day)
			}
		}
	}
	c := centre{
		start: "2025-06-02", days: 7 * 52, step: time.Hour, calls: 2000, noise: .02, poisson: true, seed: 11,
		effect: func(at time.Time) float64 {
			day := time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, at.Location())
			e := 1.
			if firstWorkday(day) {
				e *= 1.25
			}
			if afterRed(day) {
				e *= 1.2
			}
			if isRed(day) {
				e *= .3
			}
			return e
		},
	}
	o := c.options(28)
	o.Calendar = redDays2026
	f := forecastOf(t, forecast.DayLevel{}, c.history(t), o)
	found := map[forecast.Reason]float64{}
	var miss, calls float64
	for _, d := range f.Days {
		var want float64
		for h := range 24 {
			want += c.rate(d.Date.Add(time.Duration(h) * time.Hour))
		}
		miss += math.Abs(d.Total - want)
		calls += want
		for _, term := range d.Terms {
			switch {
			case firstWorkday(d.Date) && term.Reason == forecast.ReasonMonthStart,
				d.Date.Format("01-02") == "06-19" && term.Reason == forecast.ReasonHoliday,
				d.Date.Format("01-02") == "06-22" && term.Reason == forecast.ReasonAfterHoliday:
				found[term.Reason] = term.Factor
			}
			if term.Factor > .97 && term.Factor < 1.03 {
				t.Errorf("%v: %s × %.3f is not worth telling", d.Date, term.Reason, term.Factor)
			}
		}
	}
	if miss > .04*calls { // the noise of the days is .02
		t.Errorf("the days ahead are missed by %.1f %%, want at most 4 %%", 100*miss/calls)
	}
	for reason, want := range map[forecast.Reason]float64{
		forecast.ReasonMonthStart: 1.25, forecast.ReasonHoliday: .3, forecast.ReasonAfterHoliday: 1.2,
	} {
		if got := found[reason]; math.Abs(math.Log(got/want)) > .12 {
			t.Errorf("%s: factor %.3f, want about %.2f", reason, got, want)
		}
	}
}

// TestHolidaysAreToldApart checks that two holidays with other effects, seen
// once each, are expected to have their own effect the next time.
func TestHolidaysAreToldApart(t *testing.T) {
	calendar := func(at time.Time) (forecast.DayKind, string) {
		switch at.Format("01-02") {
		case "05-20":
			return forecast.Holiday, "the quiet one"
		case "05-27":
			return forecast.Holiday, "the busy one"
		}
		return forecast.Ordinary, ""
	}
	factor := map[string]float64{"the quiet one": .4, "the busy one": 1.6}
	c := centre{
		start: "2025-01-06", days: 70 * 7, step: time.Hour, calls: 2000, noise: .02, poisson: true, seed: 13, open: always,
		effect: func(at time.Time) float64 {
			if _, name := calendar(at); name != "" {
				return factor[name]
			}
			return 1
		},
	}
	o := c.options(28)
	o.Calendar = calendar
	for _, d := range forecastOf(t, forecast.DayLevel{}, c.history(t), o).Days {
		_, name := calendar(d.Date)
		if name == "" {
			continue
		}
		i := slices.IndexFunc(d.Terms, func(term forecast.Term) bool { return term.Reason == forecast.ReasonHoliday })
		if i < 0 || d.Terms[i].Name != name || math.Abs(math.Log(d.Terms[i].Factor/factor[name])) > .3 {
			t.Errorf("%s: terms %v, want the holiday with about × %v", name, d.Terms, factor[name])
		}
	}
}

// TestTermsInOrder checks that the greatest reason comes first.
func TestTermsInOrder(t *testing.T) {
	o := typicalCentre.options(28)
	o.Calendar = redDays2026
	f := forecastOf(t, forecast.DayLevel{}, typicalCentre.history(t), o)
	size := func(term forecast.Term) float64 { return math.Abs(math.Log(term.Factor)) }
	for _, d := range f.Days {
		if !slices.IsSortedFunc(d.Terms, func(a, b forecast.Term) int {
			if size(a) < size(b) {
				return 1
			}
			return -1
		}) {
			t.Errorf("%v: terms %v, want the greatest first", d.Date, d.Terms)
		}
	}
}

// TestFaults checks what is made of the faults of a history: each is noted and
// none moves the forecast.
func TestFaults(t *testing.T) {
	c := typicalCentre
	o := c.options(14)
	o.Open = officeHours
	clean := forecastOf(t, forecast.DayLevel{}, c.history(t), o)
	day := func(n int) time.Time { return midnight(t, c.start, stockholm).AddDate(0, 0, n) }
	at := func(n, hour int) time.Time { return day(n).Add(time.Duration(hour) * time.Hour) }
	for _, test := range []struct {
		name    string
		from    time.Time
		until   time.Time
		value   float64
		kind    forecast.NoteKind
		noteTo  time.Time
		noteVal bool
	}{
		{"an outage before noon", at(100, 9), at(100, 12), 0, forecast.NoteOutage, at(100, 12), true},
		{"an outage of a day", at(100, 0), at(101, 0), 0, forecast.NoteOutage, at(100, 17), true},
		{"half a day unknown", at(100, 11), at(101, 0), math.NaN(), forecast.NotePartial, at(101, 0), false},
		{"a giant day", at(100, 8), at(100, 17), 300, forecast.NoteOutlier, at(101, 0), true},
		{"calls at night", at(100, 2), at(100, 3), 5, forecast.NoteOutsideHours, at(100, 3), true},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := c.history(t)
			for i := range h.Offered.Values {
				if x := h.Offered.Time(i); !x.Before(test.from) && x.Before(test.until) {
					h.Offered.Values[i] = test.value
				}
			}
			f := forecastOf(t, forecast.DayLevel{}, h, o)
			i := slices.IndexFunc(f.Notes, func(n forecast.Note) bool { return n.Kind == test.kind && n.To.Equal(test.noteTo) })
			if i < 0 {
				t.Fatalf("notes %v, want one of kind %q until %v", f.Notes, test.kind, test.noteTo)
			}
			if (f.Notes[i].Value > 0) != test.noteVal {
				t.Errorf("note with value %v, want one: %v", f.Notes[i].Value, test.noteVal)
			}
			for d := range f.Days {
				if got, want := f.Days[d].Total, clean.Days[d].Total; math.Abs(got-want) > .05*want {
					t.Errorf("%v: %v calls, without the fault %v", f.Days[d].Date, got, want)
				}
			}
		})
	}
}

// TestNewHours checks that a group that opens an hour earlier from the first day
// ahead is expected to have more calls, and not fewer an hour.
func TestNewHours(t *testing.T) {
	h, o := typicalCentre.history(t), typicalCentre.options(7)
	o.Open = officeHours
	before := forecastOf(t, forecast.DayLevel{}, h, o)
	o.Open = func(at time.Time) bool {
		early := at.Hour() == 7 && !at.Before(h.Offered.End()) && at.Weekday() != time.Saturday && at.Weekday() != time.Sunday
		return officeHours(at) || early
	}
	after := forecastOf(t, forecast.DayLevel{}, h, o)
	for i := range before.Mean {
		at := before.Start.Add(time.Duration(i) * before.Step)
		switch {
		case officeHours(at) && math.Abs(after.Mean[i]-before.Mean[i]) > 1e-9*before.Mean[i]:
			t.Errorf("%v: %v calls, want %v as without the new hour", at, after.Mean[i], before.Mean[i])
		case o.Open(at) && after.Mean[i] == 0:
			t.Errorf("%v: no calls in the new hour", at)
		}
	}
}

// TestDailyTotals checks that totals of days help: alone, for a channel that
// has nothing else, and as a long past before the intervals.
func TestDailyTotals(t *testing.T) {
	c := centre{start: "2025-09-01", days: 270, step: time.Hour, calls: 300, noise: .03, poisson: true, seed: 5}
	full := c.history(t)
	daily := totals(full)
	o := c.options(14)
	want := forecastOf(t, forecast.DayLevel{}, full, o)
	cut := len(full.Offered.Values) - 60*24
	end := full.Offered.End()
	for _, test := range []struct {
		name      string
		history   forecast.History
		intervals int
		open      func(time.Time) bool
	}{
		{"totals before intervals", forecast.History{
			Offered: forecast.Series{Start: full.Offered.Time(cut), Step: time.Hour, Values: full.Offered.Values[cut:]}, Daily: daily,
		}, 14 * 24, nil},
		{"totals alone", forecast.History{Offered: forecast.Series{Start: end, Step: time.Hour}, Daily: daily}, 14 * 24, nil},
		{"totals alone, hours known", forecast.History{Offered: forecast.Series{Start: end, Step: time.Hour}, Daily: daily}, 14 * 24, officeHours},
		{"totals alone, step of a day", forecast.History{Offered: forecast.Series{Start: end, Step: 24 * time.Hour}, Daily: daily}, 14, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := forecastOf(t, forecast.DayLevel{}, test.history, forecast.Options{Intervals: test.intervals, Open: test.open})
			for d := range want.Days {
				if got, want := f.Days[d].Total, want.Days[d].Total; math.Abs(got-want) > .03*want {
					t.Errorf("%v: %v calls, want about %v as from the intervals", f.Days[d].Date, got, want)
				}
			}
		})
	}
}

// TestSpreadWidens checks that what lies further ahead, or data that are old,
// are not taken to be surer.
func TestSpreadWidens(t *testing.T) {
	h, o := typicalCentre.history(t), typicalCentre.options(7)
	o.Open = officeHours
	fresh := forecastOf(t, forecast.DayLevel{}, h, o)
	for i := len(h.Offered.Values) - 28*24; i < len(h.Offered.Values); i++ {
		h.Offered.Values[i] = math.NaN()
	}
	stale := forecastOf(t, forecast.DayLevel{}, h, o)
	if a, b := fresh.Days[0].Sigma, stale.Days[0].Sigma; b <= a {
		t.Errorf("spread of the first day %v with four weeks missing, want more than %v", b, a)
	}
}
