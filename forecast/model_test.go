package forecast_test

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bemanna/forecast"
)

// models are all forecasters; every law below holds for each of them.
var models = []forecast.Model{
	forecast.DayLevel{}, forecast.SameWeekday{}, forecast.EightWeeks{}, forecast.MedianOfFour{},
}

func forecastOf(tb testing.TB, m forecast.Model, h forecast.History, o forecast.Options) forecast.Forecast {
	tb.Helper()
	f, err := m.Forecast(tb.Context(), h, o)
	if err != nil {
		tb.Fatal(err)
	}
	return f
}

// typicalCentre is open in office hours and has chance in its counts.
var typicalCentre = centre{start: "2026-01-05", days: 140, step: time.Hour, calls: 400, noise: .05, poisson: true, seed: 7}

func TestForecastIsComplete(t *testing.T) {
	for _, m := range models {
		t.Run(m.Name(), func(t *testing.T) {
			h, o := typicalCentre.history(t), typicalCentre.options(28)
			f := forecastOf(t, m, h, o)
			if !f.Start.Equal(h.Offered.End()) || f.Step != h.Offered.Step {
				t.Errorf("starts at %v with step %v, want %v and %v", f.Start, f.Step, h.Offered.End(), h.Offered.Step)
			}
			wantSane(t, f, o.Intervals)
			if f.Days[0].Date != midnight(t, "2026-05-25", stockholm) || len(f.Days) != 28 {
				t.Errorf("%d days from %v, want 28 from 2026-05-25", len(f.Days), f.Days[0].Date)
			}
		})
	}
}

// fataler is what testing.T and rapid.T have in common.
type fataler interface {
	Helper()
	Fatalf(format string, args ...any)
}

// wantSane fails unless f has n intervals and every number of it makes sense.
func wantSane(t fataler, f forecast.Forecast, n int) {
	t.Helper()
	if len(f.Mean) != n || len(f.Spread) != n || len(f.HandleTime) != n {
		t.Fatalf("%d means, %d spreads, %d handle times, want %d of each", len(f.Mean), len(f.Spread), len(f.HandleTime), n)
	}
	good := func(v float64) bool { return v >= 0 && !math.IsInf(v, 0) }
	for i := range n {
		if !good(f.Mean[i]) || !good(f.Spread[i]) || !good(f.HandleTime[i]) {
			t.Fatalf("interval %d: mean %v, spread %v, handle time %v, want finite numbers from 0 up", i, f.Mean[i], f.Spread[i], f.HandleTime[i])
		}
	}
	for _, d := range f.Days {
		if !good(d.Total) || !good(d.Sigma) || !good(d.HandleSigma) {
			t.Fatalf("day %v: total %v, sigma %v and %v of the handle time, want finite numbers from 0 up", d.Date, d.Total, d.Sigma, d.HandleSigma)
		}
	}
	if !(f.DayShare >= 0 && f.DayShare <= 1) {
		t.Fatalf("day share %v, want 0 to 1", f.DayShare)
	}
}

// TestClosed checks that closed intervals have no calls, whether somebody has
// said when the group is open or the history tells.
func TestClosed(t *testing.T) {
	for _, m := range models {
		t.Run(m.Name(), func(t *testing.T) {
			h, o := typicalCentre.history(t), typicalCentre.options(14)
			for name, open := range map[string]func(time.Time) bool{"learned": nil, "given": officeHours} {
				o.Open = open
				f := forecastOf(t, m, h, o)
				for i, mean := range f.Mean {
					at := f.Start.Add(time.Duration(i) * f.Step)
					if officeHours(at) != (mean > 0) {
						t.Errorf("%s hours: mean %v at %v, open: %v", name, mean, at, officeHours(at))
					}
				}
			}
		})
	}
}

// TestClosedDays checks that weekdays and holidays without rows are learned to
// be closed, and not taken for zeros.
func TestClosedDays(t *testing.T) {
	h, o := typicalCentre.history(t), typicalCentre.options(28)
	red := func(at time.Time) (forecast.DayKind, string) {
		switch at.Format("01-02") {
		case "04-03", "04-06", "05-01", "05-14", "06-19": // 2026, and Midsummer's Eve
			return forecast.Holiday, "röd dag"
		}
		return forecast.Ordinary, ""
	}
	o.Calendar = red
	for i := range h.Offered.Values {
		at := h.Offered.Time(i)
		kind, _ := red(at)
		if at.Weekday() == time.Saturday || at.Weekday() == time.Sunday || kind == forecast.Holiday {
			h.Offered.Values[i] = math.NaN()
		}
	}
	f := forecastOf(t, forecast.DayLevel{}, h, o)
	for _, d := range f.Days {
		kind, _ := red(d.Date)
		off := d.Date.Weekday() == time.Saturday || d.Date.Weekday() == time.Sunday || kind == forecast.Holiday
		if off != (d.Total == 0) {
			t.Errorf("%v: %v calls, day off: %v", d.Date.Format("Mon 2006-01-02"), d.Total, off)
		}
	}
	if len(f.Notes) != 0 {
		t.Errorf("notes %v, want none", f.Notes)
	}
}

// TestMissingDays checks that days that are not known do not move the pattern
// of the week: of a history without chance, the rest still tells all.
func TestMissingDays(t *testing.T) {
	c := typicalCentre
	c.poisson, c.noise = false, 0
	for _, m := range models {
		t.Run(m.Name(), func(t *testing.T) {
			h, o := c.history(t), c.options(14)
			day := int(24 * time.Hour / c.step)
			for _, missing := range [][2]int{{17, 1}, {30, 3}, {60, 7}, {99, 2}, {135, 3}} {
				for i := missing[0] * day; i < (missing[0]+missing[1])*day; i++ {
					h.Offered.Values[i] = math.NaN()
				}
			}
			f := forecastOf(t, m, h, o)
			for i, got := range f.Mean {
				want := c.rate(f.Start.Add(time.Duration(i) * f.Step))
				if math.Abs(got-want) > .02*want {
					t.Fatalf("%v: mean %v, want %v", f.Start.Add(time.Duration(i)*f.Step), got, want)
				}
			}
		})
	}
}

// TestClockChange checks that calls are learned by what the clocks show: after
// a change in spring and in autumn the day still starts at eight, and the days
// of 23 and 25 hours have as many intervals.
func TestClockChange(t *testing.T) {
	for _, test := range []struct {
		start string
		hours int // of the day of the change
	}{{"2026-02-02", 23}, {"2026-08-31", 25}} {
		c := centre{start: test.start, days: 53, step: 30 * time.Minute, calls: 400, open: always, seed: 3}
		for _, m := range models {
			t.Run(m.Name(), func(t *testing.T) {
				h, o := c.history(t), c.options(7)
				f := forecastOf(t, m, h, o)
				intervals := map[string]int{}
				for i, got := range f.Mean {
					at := f.Start.Add(time.Duration(i) * f.Step)
					intervals[at.Format(time.DateOnly)]++
					if want := c.rate(at); math.Abs(got-want) > .03*want {
						t.Fatalf("%v: mean %v, want %v", at, got, want)
					}
				}
				change := f.Days[2]
				if n := intervals[change.Date.Format(time.DateOnly)]; n != 2*test.hours {
					t.Errorf("%v has %d intervals, want %d", change.Date, n, 2*test.hours)
				}
			})
		}
	}
}

// TestLittleHistory walks through histories that hardly tell anything.
func TestLittleHistory(t *testing.T) {
	start := midnight(t, "2026-03-02", stockholm) // a Monday
	series := func(values ...float64) forecast.History {
		return forecast.History{Offered: forecast.Series{Start: start, Step: time.Hour, Values: values}}
	}
	office := func(days int) []float64 {
		c := centre{start: "2026-03-02", days: days, step: time.Hour, calls: 90, poisson: true}
		return c.history(t).Offered.Values
	}
	for _, test := range []struct {
		name    string
		history forecast.History
		options forecast.Options
		total   float64 // of the first day ahead
		note    forecast.NoteKind
	}{
		{"nothing", series(), forecast.Options{}, 0, forecast.NoteNoHistory},
		{"nothing but an estimate", series(), forecast.Options{Expected: 120}, 120, forecast.NoteNoHistory},
		{"an estimate and hours", series(), forecast.Options{Expected: 120, Open: officeHours}, 120, forecast.NoteNoHistory},
		{"zeros", series(make([]float64, 24*30)...), forecast.Options{}, 0, forecast.NoteNoHistory},
		{"a day", series(office(1)...), forecast.Options{}, mondayOf(office(1)), forecast.NoteLittle},
		{"a day and an estimate", series(office(1)...), forecast.Options{Expected: 400}, (mondayOf(office(1)) + 1.5*400) / 2.5, forecast.NoteLittle},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := test.options
			o.Intervals = 24
			f := forecastOf(t, forecast.DayLevel{}, test.history, o)
			wantSane(t, f, 24)
			if got := f.Days[0].Total; math.Abs(got-test.total) > 1e-6 {
				t.Errorf("%v calls, want %v", got, test.total)
			}
			has := func(n forecast.Note) bool { return n.Kind == test.note }
			if !slices.ContainsFunc(f.Notes, has) {
				t.Errorf("notes %v, want one of kind %q", f.Notes, test.note)
			}
			for i, mean := range f.Mean {
				if mean > 0 && f.Spread[i] < .2 {
					t.Errorf("spread %v, want a wide one", f.Spread[i])
				}
			}
		})
	}
}

func mondayOf(hours []float64) (sum float64) {
	for _, v := range hours[:24] {
		sum += v
	}
	return sum
}

// TestAnyHistory feeds the models histories of every sort: short and long, with
// gaps, zeros and giants, with totals of days and without.
func TestAnyHistory(t *testing.T) {
	steps := []time.Duration{time.Hour, 3 * time.Hour, 6 * time.Hour, 24 * time.Hour}
	zones := []*time.Location{time.UTC, stockholm}
	rapid.Check(t, func(t *rapid.T) {
		step := rapid.SampledFrom(steps).Draw(t, "step")
		zone := rapid.SampledFrom(zones).Draw(t, "zone")
		start := time.Date(2026, 1, rapid.IntRange(1, 99).Draw(t, "day"), rapid.IntRange(0, 23).Draw(t, "hour"), 0, 0, 0, zone)
		value := rapid.OneOf(
			rapid.Just(0.), rapid.Just(math.NaN()), rapid.Float64Range(0, 3), rapid.Float64Range(0, 1000), rapid.Just(1e9),
		)
		pattern := rapid.SliceOfN(value, 1, 60).Draw(t, "pattern")
		h := forecast.History{Offered: forecast.Series{Start: start, Step: step}}
		for i := range rapid.IntRange(0, 60).Draw(t, "days") * int(24*time.Hour/step) {
			h.Offered.Values = append(h.Offered.Values, pattern[i%len(pattern)])
		}
		for d := range rapid.IntRange(0, 100).Draw(t, "totals") {
			h.Daily = append(h.Daily, forecast.DayTotal{Date: start.AddDate(0, 0, d-50), Value: float64(d % 7)})
		}
		o := forecast.Options{Intervals: rapid.IntRange(0, 200).Draw(t, "ahead"), Expected: rapid.Float64Range(0, 100).Draw(t, "expected")}
		if rapid.Bool().Draw(t, "hours") {
			o.Open = officeHours
		}
		for i := range rapid.IntRange(0, 4).Draw(t, "events") {
			o.Events = append(o.Events, forecast.Event{
				Name: fmt.Sprint("event ", i), Like: rapid.SampledFrom([]string{"", "letter", "news"}).Draw(t, "like"),
				Date:   start.AddDate(0, 0, rapid.IntRange(-100, 100).Draw(t, "event day")),
				Factor: rapid.SampledFrom([]float64{0, .5, 1.2, 3}).Draw(t, "factor"), Size: rapid.Float64Range(0, 3).Draw(t, "size"),
			})
		}
		if mean := rapid.SampledFrom([]float64{0, 30, 1e6}).Draw(t, "handle time"); mean > 0 {
			h = handled(h, func(at time.Time, _ float64) float64 { return mean * float64(at.Day()) })
		}
		for _, m := range models {
			f, err := m.Forecast(t.Context(), h, o)
			if err != nil {
				t.Fatalf("%s: %v", m.Name(), err)
			}
			wantSane(t, f, o.Intervals)
		}
	})
}

// TestNonsense checks that options and histories that make no sense are refused
// with a word on what is wrong.
func TestNonsense(t *testing.T) {
	good := typicalCentre.history(t)
	for _, test := range []struct {
		want   string
		change func(h *forecast.History, o *forecast.Options)
	}{
		{"offered: step 7m0s, want one that divides a day into equal parts", func(h *forecast.History, _ *forecast.Options) { h.Offered.Step = 7 * time.Minute }},
		{"offered at 2026-01-05T01:00:00+01:00: -1, want 0 to 1e+15, or NaN for unknown", func(h *forecast.History, _ *forecast.Options) {
			h.Offered.Values = []float64{0, -1}
		}},
		{"intervals: -1, want 0 or more", func(_ *forecast.History, o *forecast.Options) { o.Intervals = -1 }},
		{"expected calls a day: NaN, want 0 to 1e+15", func(_ *forecast.History, o *forecast.Options) { o.Expected = math.NaN() }},
		{"handle time: -3 s, want 0 to 1e+18", func(_ *forecast.History, o *forecast.Options) { o.HandleTime = -3 }},
		{"daily total of 2026-01-05: -1, want 0 to 1e+15, or NaN for unknown", func(h *forecast.History, _ *forecast.Options) {
			h.Daily = []forecast.DayTotal{{Date: h.Offered.Start, Value: -1}}
		}},
		{"offered at 2026-01-05T00:00:00+01:00: 1e+300, want 0 to 1e+15, or NaN for unknown", func(h *forecast.History, _ *forecast.Options) {
			h.Offered.Values = []float64{1e300}
		}},
		{`event "letter": size 20000, want 0 to 10000`, func(h *forecast.History, o *forecast.Options) {
			o.Events = []forecast.Event{{Name: "letter", Date: h.Offered.Start, Size: 20000}}
		}},
		{`event "letter": factor 2 to the power of its size 100, want no more than 1e+06, nor less than its inverse`, func(h *forecast.History, o *forecast.Options) {
			o.Events = []forecast.Event{{Name: "letter", Date: h.Offered.Start, Size: 100, Factor: 2}}
		}},
	} {
		h, o := good, forecast.Options{Intervals: 10}
		test.change(&h, &o)
		for _, m := range models {
			if _, err := m.Forecast(t.Context(), h, o); err == nil || err.Error() != test.want {
				t.Errorf("%s: error %v, want %q", m.Name(), err, test.want)
			}
		}
	}
}
