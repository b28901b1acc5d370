package forecast_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bemanna/forecast"
)

// absence makes days of which so many hours are planned, in clusters of a working
// day each absent by chance with the rate that is given.
type absence struct {
	days  int
	hours float64
	rate  func(day time.Time) float64
	seed  uint64
}

const workingDay = 8 // hours

var firstOfAbsence = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC) // a Monday

func (a absence) history() []forecast.RateDay {
	random := rand.New(rand.NewPCG(a.seed, 1))
	days := make([]forecast.RateDay, a.days)
	for k := range days {
		date := firstOfAbsence.AddDate(0, 0, k)
		days[k] = forecast.RateDay{Date: date, Hours: a.hours}
		for range int(a.hours / workingDay) {
			if random.Float64() < a.rate(date) {
				days[k].Part += workingDay
			}
		}
	}
	return days
}

func (a absence) end() time.Time { return firstOfAbsence.AddDate(0, 0, a.days) }

func evenly(time.Time) float64 { return .08 }

// mondays has twice the absence on Mondays.
func mondays(day time.Time) float64 {
	if day.Weekday() == time.Monday {
		return .14
	}
	return .07
}

// winters has more absence in February than in August.
func winters(day time.Time) float64 {
	return .08 + .04*math.Cos(2*math.Pi*float64(day.YearDay()-45)/365)
}

func rateOf(tb testing.TB, days []forecast.RateDay, p forecast.RatePrior) forecast.Rate {
	tb.Helper()
	r, err := forecast.FitRate(days, p)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

var saidRate = forecast.RatePrior{Rate: .1, Hours: 400}

// TestRateWithoutDays checks that the prior stands alone when nothing is known, and
// that a prior worth more is surer.
func TestRateWithoutDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := forecast.RatePrior{Rate: rapid.Float64Range(0, 1).Draw(t, "rate"), Hours: rapid.Float64Range(1, 1e5).Draw(t, "hours")}
		nothing := make([]forecast.RateDay, rapid.IntRange(0, 3).Draw(t, "days"))
		for k := range nothing {
			nothing[k].Date = firstOfAbsence.AddDate(0, 0, k)
		}
		r, err := forecast.FitRate(nothing, p)
		if err != nil {
			t.Fatal(err)
		}
		rate, sd := r.On(firstOfAbsence.AddDate(0, 0, 10), math.Inf(1))
		if rate != p.Rate {
			t.Errorf("rate %v, want the prior's %v", rate, p.Rate)
		}
		p.Hours *= 4
		r, _ = forecast.FitRate(nothing, p)
		if _, surer := r.On(firstOfAbsence, math.Inf(1)); !(surer < sd) {
			t.Errorf("sd %v with a prior worth four times as much, want less than %v", surer, sd)
		}
	})
}

// TestRateIsAShare checks that any days give a rate between 0 and 1 with a finite
// uncertainty, which is larger for a day of few hours.
func TestRateIsAShare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var days []forecast.RateDay
		date := firstOfAbsence
		for range rapid.IntRange(0, 30).Draw(t, "days") {
			hours := rapid.OneOf(rapid.Just(0.), rapid.Float64Range(1e-3, 1e4)).Draw(t, "hours")
			part := hours * rapid.OneOf(rapid.Just(0.), rapid.Just(1.), rapid.Float64Range(0, 1)).Draw(t, "part")
			days = append(days, forecast.RateDay{Date: date, Hours: hours, Part: part})
			date = date.AddDate(0, 0, rapid.IntRange(1, 40).Draw(t, "gap"))
		}
		r, err := forecast.FitRate(days, forecast.RatePrior{Rate: rapid.Float64Range(0, 1).Draw(t, "rate"), Hours: rapid.Float64Range(.1, 1e4).Draw(t, "worth")})
		if err != nil {
			t.Fatal(err)
		}
		for ahead := range 10 {
			rate, sure := r.On(date.AddDate(0, 0, ahead), math.Inf(1))
			_, less := r.On(date.AddDate(0, 0, ahead), 50)
			if !(rate >= 0 && rate <= 1) || !(sure > 0 && sure < less) || math.IsInf(less, 0) {
				t.Fatalf("%d days ahead: rate %v, sd %v and of a day %v", ahead, rate, sure, less)
			}
		}
	})
}

// TestRateOfScaledHours checks that minutes would do as well as hours, once the
// days outweigh the prior.
func TestRateOfScaledHours(t *testing.T) {
	days := absence{days: 400, hours: 160, rate: mondays, seed: 3}.history()
	scaled := make([]forecast.RateDay, len(days))
	for k, d := range days {
		scaled[k] = forecast.RateDay{Date: d.Date, Hours: 60 * d.Hours, Part: 60 * d.Part}
	}
	minutes := forecast.RatePrior{Rate: saidRate.Rate, Hours: 60 * saidRate.Hours}
	for k := range 7 {
		day := firstOfAbsence.AddDate(0, 0, 400+k)
		rate, sd := rateOf(t, days, saidRate).On(day, 160)
		rate60, sd60 := rateOf(t, scaled, minutes).On(day, 60*160)
		if math.Abs(rate60-rate) > .03*rate || math.Abs(sd60-sd) > .05*sd {
			t.Errorf("%v: %.4f ± %.4f of minutes, want about the %.4f ± %.4f of hours", day.Weekday(), rate60, sd60, rate, sd)
		}
	}
}

// TestRateNarrows checks that more days make the rate surer, and draw it from the
// prior to theirs: in the mean of ten histories.
func TestRateNarrows(t *testing.T) {
	lastSD, lastMiss := math.Inf(1), math.Inf(1)
	for _, n := range []int{0, 3, 14, 60, 300} {
		var sd, miss float64
		for seed := range uint64(10) {
			a := absence{days: n, hours: 400, rate: evenly, seed: seed}
			rate, s := rateOf(t, a.history(), forecast.RatePrior{Rate: .2, Hours: 400}).On(a.end(), math.Inf(1))
			sd, miss = sd+s/10, miss+math.Abs(rate-.08)/10
		}
		if sd >= lastSD || miss >= lastMiss {
			t.Errorf("%d days: %.4f off ± %.4f, want nearer to .08 and surer than %.4f ± %.4f", n, miss, sd, lastMiss, lastSD)
		}
		lastSD, lastMiss = sd, miss
	}
}

// TestRateOfWeekdaysAndSeasons checks that what weekdays and seasons do is found in
// days made with it.
func TestRateOfWeekdaysAndSeasons(t *testing.T) {
	for name, rate := range map[string]func(time.Time) float64{"mondays": mondays, "winters": winters} {
		a := absence{days: 2 * 366, hours: 400, rate: rate, seed: 4}
		r := rateOf(t, a.history(), saidRate)
		for k := range 60 {
			day := a.end().AddDate(0, 0, k)
			if got, _ := r.On(day, 400); math.Abs(got-rate(day)) > .02 {
				t.Errorf("%s, %v: %.3f, want about %.3f", name, day.Format("Mon 2006-01-02"), got, rate(day))
			}
		}
	}
}

// TestRateFollows checks that a rate which has changed for good is followed.
func TestRateFollows(t *testing.T) {
	changed := func(day time.Time) float64 {
		if day.Before(firstOfAbsence.AddDate(0, 0, 300)) {
			return .05
		}
		return .12
	}
	a := absence{days: 360, hours: 400, rate: changed, seed: 5}
	if got, _ := rateOf(t, a.history(), saidRate).On(a.end(), 400); got < .105 || got > .135 {
		t.Errorf("%.3f two months after a change from .05 to .12", got)
	}
}

// TestRateAgainstPlainMean compares the rate with the plain mean of all days, over
// the four weeks after each of some histories: it is clearly better where weekdays
// differ, and a hair worse where they do not.
func TestRateAgainstPlainMean(t *testing.T) {
	for _, test := range []struct {
		name     string
		rate     func(time.Time) float64
		mostLoss float64 // mean squared error of the true rate, relative to that of the plain mean…
		ofChance float64 // …and how much of the variance of a day's chance it may be greater
	}{{"mondays", mondays, .25, 0}, {"evenly", evenly, 1, .02}} {
		var ours, plain, chance float64
		for seed := range uint64(8) {
			a := absence{days: 182, hours: 400, rate: test.rate, seed: seed}
			days := a.history()
			r := rateOf(t, days, saidRate)
			var part, hours float64
			for _, d := range days {
				part, hours = part+d.Part, hours+d.Hours
			}
			for k := range 28 {
				day := a.end().AddDate(0, 0, k)
				want := test.rate(day)
				got, _ := r.On(day, 400)
				ours += (got - want) * (got - want)
				plain += (part/hours - want) * (part/hours - want)
				chance += want * (1 - want) * workingDay / 400
			}
		}
		t.Logf("%s: squared error %.3f of the plain mean's, %.4f of chance beside %.4f", test.name, ours/plain, ours/chance, plain/chance)
		if ours > test.mostLoss*plain+test.ofChance*chance {
			t.Errorf("%s: squared error %v, of the plain mean %v, of chance %v", test.name, ours, plain, chance)
		}
	}
}

// TestRateCovers checks that nine days of ten lie within 1.645 standard deviations.
func TestRateCovers(t *testing.T) {
	var within, n float64
	for seed := range uint64(10) {
		a := absence{days: 182, hours: 400, rate: mondays, seed: 100 + seed}
		r := rateOf(t, a.history(), saidRate)
		a.days += 28
		for _, d := range a.history()[182:] {
			rate, sd := r.On(d.Date, d.Hours)
			n++
			if math.Abs(d.Part/d.Hours-rate) < 1.645*sd {
				within++
			}
		}
	}
	if within/n < .85 || within/n > .95 {
		t.Errorf("%.3f of the days lie in their 90 %% interval", within/n)
	}
}

// TestRateRefuses checks the words on what makes no sense.
func TestRateRefuses(t *testing.T) {
	good := []forecast.RateDay{{Date: firstOfAbsence, Hours: 8, Part: 1}}
	with := func(d forecast.RateDay) []forecast.RateDay {
		d.Date = firstOfAbsence.AddDate(0, 0, 1)
		return append(good[:1:1], d)
	}
	for _, test := range []struct {
		want  string
		days  []forecast.RateDay
		prior forecast.RatePrior
	}{
		{"part of 2024-01-02: 9 h, want 0 to the 8 h of the day", with(forecast.RateDay{Hours: 8, Part: 9}), saidRate},
		{"part of 2024-01-02: -1 h, want 0 to the 8 h of the day", with(forecast.RateDay{Hours: 8, Part: -1}), saidRate},
		{"part of 2024-01-02: NaN h, want 0 to the 8 h of the day", with(forecast.RateDay{Hours: 8, Part: math.NaN()}), saidRate},
		{"hours of 2024-01-02: NaN, want 0 or more", with(forecast.RateDay{Hours: math.NaN()}), saidRate},
		{"hours of 2024-01-02: +Inf, want 0 or more", with(forecast.RateDay{Hours: math.Inf(1)}), saidRate},
		{"rate of 2024-01-01: comes after that of 2024-01-01, want one for each date, in their order", append(good[:1:1], good...), saidRate},
		{"prior rate: 1.2, want a share between 0 and 1", good, forecast.RatePrior{Rate: 1.2, Hours: 8}},
		{"hours of the prior rate: 0, want a number above 0", good, forecast.RatePrior{Rate: .1}},
	} {
		if _, err := forecast.FitRate(test.days, test.prior); err == nil || err.Error() != test.want {
			t.Errorf("error %v, want %q", err, test.want)
		}
	}
}

// A year in which one of ten planned hours was lost on Mondays, and one of twenty on
// other days; next Monday and Tuesday have 400 hours planned.
func ExampleFitRate() {
	var days []forecast.RateDay
	date := time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC) // a Monday
	for range 52 * 7 {
		d := forecast.RateDay{Date: date, Hours: 400, Part: 20}
		if date.Weekday() == time.Monday {
			d.Part = 40
		}
		days = append(days, d)
		date = date.AddDate(0, 0, 1)
	}
	absence, err := forecast.FitRate(days, forecast.RatePrior{Rate: .08, Hours: 800})
	if err != nil {
		panic(err)
	}
	for range 2 {
		rate, _ := absence.On(date, 400)
		fmt.Printf("%v: %.0f %%\n", date.Weekday(), 100*rate)
		date = date.AddDate(0, 0, 1)
	}
	// Output:
	// Monday: 10 %
	// Tuesday: 5 %
}

// BenchmarkFitRate learns from two years.
func BenchmarkFitRate(b *testing.B) {
	days := absence{days: 2 * 366, hours: 400, rate: winters}.history()
	for b.Loop() {
		rateOf(b, days, saidRate)
	}
}
