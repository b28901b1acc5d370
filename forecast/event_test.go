package forecast_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"bemanna/forecast"
)

// mailed is a centre with fee letters, whose effect falls by half from working
// day to working day, and the letters themselves.
func mailed(effect float64, letters ...forecast.Event) (centre, []forecast.Event) {
	c := centre{start: "2025-06-02", days: 7 * 52, step: time.Hour, calls: 800, noise: .04, poisson: true, seed: 21}
	c.effect = func(at time.Time) float64 {
		log := 0.
		for _, e := range letters {
			size := max(e.Size, 1)
			weight := 1.
			for d := e.Date; weight > .05; d = d.AddDate(0, 0, 1) {
				if d.Weekday() == time.Saturday || d.Weekday() == time.Sunday {
					continue
				}
				if d.YearDay() == at.YearDay() && d.Year() == at.Year() {
					log += size * weight * math.Log(effect)
				}
				weight /= 2
			}
		}
		return math.Exp(log)
	}
	return c, letters
}

func letter(name, date string) forecast.Event {
	day, err := time.ParseInLocation(time.DateOnly, date, stockholm)
	if err != nil {
		panic(err)
	}
	return forecast.Event{Name: name, Like: "fee letter", Date: day}
}

// eventTerm gives the factor of the event on a day; 1 when there is none.
func eventTerm(d forecast.Day, name string) float64 {
	for _, term := range d.Terms {
		if term.Reason == forecast.ReasonEvent && term.Name == name {
			return term.Factor
		}
	}
	return 1
}

// missOf gives the relative error of a day's total.
func missOf(c centre, d forecast.Day) float64 {
	var want float64
	for hour := range 24 {
		want += c.rate(d.Date.Add(time.Duration(hour) * time.Hour))
	}
	return d.Total/want - 1
}

// TestEventsLikeIt checks that the effect of letters of the past is expected of
// the one ahead, on each of its days, and told; and that it is not without them.
func TestEventsLikeIt(t *testing.T) {
	c, letters := mailed(1.5,
		letter("September", "2025-09-17"), letter("December", "2025-12-10"), letter("March", "2026-03-18"), letter("June", "2026-06-03"))
	o := c.options(14)
	without := forecastOf(t, forecast.DayLevel{}, c.history(t), o)
	o.Events = letters
	with := forecastOf(t, forecast.DayLevel{}, c.history(t), o)
	const first = 2 // 3 June, a Wednesday
	if miss := missOf(c, without.Days[first]); miss > -.25 {
		t.Errorf("without events the day is missed by %.2f: the test has nothing to show", miss)
	}
	for d, want := range map[int]float64{first: 1.5, first + 1: math.Sqrt(1.5), first + 5: math.Pow(1.5, .125)} {
		if miss := missOf(c, with.Days[d]); math.Abs(miss) > .1 {
			t.Errorf("%v: missed by %.2f", with.Days[d].Date, miss)
		}
		if got := eventTerm(with.Days[d], "June"); math.Abs(math.Log(got/want)) > .1 {
			t.Errorf("%v: June letter × %.2f, want about × %.2f", with.Days[d].Date, got, want)
		}
	}
	if got := eventTerm(with.Days[first-1], "June"); got != 1 {
		t.Errorf("the day before the letter: × %.2f, want none", got)
	}
}

// TestEventSaid checks that what people expect of an event stands until others
// like it have shown better, and that size counts.
func TestEventSaid(t *testing.T) {
	june := letter("June", "2026-06-03")
	june.Factor = 2
	c, letters := mailed(1.2, letter("September", "2025-09-17"), letter("December", "2025-12-10"), letter("March", "2026-03-18"), june)
	o := c.options(7)
	factor := func(events ...forecast.Event) float64 {
		o.Events = events
		return eventTerm(forecastOf(t, forecast.DayLevel{}, c.history(t), o).Days[2], "June")
	}
	if got := factor(june); math.Abs(got-2) > .01 {
		t.Errorf("with nothing but what people said × %.3f, want × 2", got)
	}
	one, all := factor(letters[2], june), factor(letters...)
	if !(one < 1.9 && all < one && all > 1.1) {
		t.Errorf("with one like it × %.3f, with three × %.3f, want it to fall from 2 towards 1.2", one, all)
	}
	june.Factor = 0
	small := factor(letters[0], letters[1], letters[2], june)
	june.Size = 2
	if twice := factor(letters[0], letters[1], letters[2], june); math.Abs(twice-small*small) > 1e-9 {
		t.Errorf("size 2: × %.3f, want the square of × %.3f", twice, small)
	}
}

// TestEventWithoutHistory checks that what people expect of an event tells for
// groups with little history or none.
func TestEventWithoutHistory(t *testing.T) {
	c := centre{start: "2026-05-25", days: 7, step: time.Hour, calls: 100}
	for name, h := range map[string]forecast.History{
		"none": {Offered: forecast.Series{Start: midnight(t, "2026-06-01", stockholm), Step: time.Hour}}, "a week": c.history(t),
	} {
		o := forecast.Options{Intervals: 7 * 24, Open: officeHours, Expected: 100}
		plain := forecastOf(t, forecast.DayLevel{}, h, o)
		june := letter("June", "2026-06-03")
		june.Factor = 1.5
		o.Events = []forecast.Event{june}
		f := forecastOf(t, forecast.DayLevel{}, h, o)
		if got := f.Days[2].Total / plain.Days[2].Total; math.Abs(got-1.5) > 1e-9 {
			t.Errorf("%s: × %.3f, want × 1.5", name, got)
		}
	}
}

// TestShock checks that a week of shock that somebody has named does not move
// the forecast of the weeks after it, which it does without a name.
func TestShock(t *testing.T) {
	calm := typicalCentre
	shocked := calm
	from := midnight(t, calm.start, stockholm).AddDate(0, 0, calm.days-7)
	shocked.effect = func(day time.Time) float64 {
		if day.Before(from) {
			return 1
		}
		return 1.7
	}
	o := calm.options(14)
	want := forecastOf(t, forecast.DayLevel{}, calm.history(t), o)
	o.Events = []forecast.Event{{Name: "strike", Date: from, Lag: []float64{1, 1, 1, 1, 1}}}
	named := forecastOf(t, forecast.DayLevel{}, shocked.history(t), o)
	o.Events = nil
	unnamed := forecastOf(t, forecast.DayLevel{}, shocked.history(t), o)
	sum := func(f forecast.Forecast) (calls float64) {
		for _, m := range f.Mean {
			calls += m
		}
		return calls
	}
	if ratio := sum(named) / sum(want); math.Abs(ratio-1) > .06 {
		t.Errorf("%.3f times the calls after a named shock, want as many as without", ratio)
	}
	if ratio := sum(unnamed) / sum(want); ratio < 1.15 {
		t.Errorf("%.3f times the calls without a name: the test has nothing to show", ratio)
	}
}

// TestOverride checks that people's figures stand beside the machine's.
func TestOverride(t *testing.T) {
	f := forecastOf(t, forecast.DayLevel{}, typicalCentre.history(t), typicalCentre.options(3))
	before := slices.Clone(f.Mean)
	day := func(n int) time.Time { return f.Start.AddDate(0, 0, n) }
	got, err := f.Override(
		forecast.Override{Name: "Eva: new campaign", From: day(0), To: day(1), Factor: 1.2},
		forecast.Override{Name: "Eva: meeting", From: day(1).Add(8 * time.Hour), To: day(1).Add(10 * time.Hour), Calls: 30},
		forecast.Override{Name: "Eva: night watch", From: day(2), To: day(2).Add(2 * time.Hour), Calls: 4},
	)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(f.Mean, before) {
		t.Error("the machine's figures have changed")
	}
	if want := 1.2 * f.Days[0].Total; math.Abs(got.Days[0].Total-want) > 1e-9 {
		t.Errorf("%v calls, want %v", got.Days[0].Total, want)
	}
	if term := got.Days[0].Terms[0]; term.Reason != forecast.ReasonOverride || math.Abs(term.Factor-1.2) > 1e-9 || term.Name != "Eva: new campaign" {
		t.Errorf("term %v, want the override × 1.2", term)
	}
	if sum := got.Mean[24+8] + got.Mean[24+9]; math.Abs(sum-30) > 1e-9 {
		t.Errorf("%v calls in two hours, want 30", sum)
	}
	if got.Mean[48] != 2 || got.Mean[49] != 2 {
		t.Errorf("%v and %v calls at night, want 4 spread evenly", got.Mean[48], got.Mean[49])
	}
	for _, bad := range []forecast.Override{
		{Name: "x", From: day(1), To: day(0), Factor: 1},
		{Name: "x", From: day(0), To: day(1)},
		{Name: "x", From: day(0), To: day(1), Factor: 1, Calls: 2},
		{Name: "x", From: day(0), To: day(1), Factor: math.NaN(), Calls: 2},
	} {
		if _, err := f.Override(bad); err == nil {
			t.Errorf("%+v is taken", bad)
		}
	}
}
