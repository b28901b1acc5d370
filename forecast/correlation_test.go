package forecast_test

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"bemanna/forecast"
)

// daily gives a normal variable for each day.
func daily(seed uint64) func(day time.Time) float64 {
	return func(day time.Time) float64 {
		return rand.New(rand.NewPCG(seed, uint64(day.Year()*366+day.YearDay()))).NormFloat64()
	}
}

// together invents groups whose errors of a day have a given correlation: a part
// is common to all of them, the rest is each group's own. Calls come by chance.
func together(tb testing.TB, correlation float64, calls ...float64) []forecast.Group {
	tb.Helper()
	const noise = .1
	common := daily(7)
	var groups []forecast.Group
	for i, n := range calls {
		own := daily(100 + uint64(i))
		c := centre{start: "2025-03-03", days: 7 * 40, step: time.Hour, calls: n, seed: uint64(i), poisson: true}
		c.effect = func(day time.Time) float64 {
			return math.Exp(noise * (math.Sqrt(correlation)*common(day) + math.Sqrt(1-correlation)*own(day)))
		}
		groups = append(groups, forecast.Group{Name: string(rune('a' + i)), History: c.history(tb), Options: forecast.Options{Open: officeHours}})
	}
	return groups
}

// TestDayCorrelation finds the correlation that the groups were made with; the
// tolerance is three standard errors of that of 200 days, and what is left of the
// usual one.
func TestDayCorrelation(t *testing.T) {
	for _, want := range []float64{0, .5, .9} {
		c, err := forecast.DayCorrelation(t.Context(), together(t, want, 2000, 800, 300))
		if err != nil {
			t.Fatal(err)
		}
		if math.Abs(c.Value-want) > .18 || c.Days < 150 || c.Days > 200 {
			t.Errorf("correlation %.3f of %d days, want %v of 150 to 200", c.Value, c.Days, want)
		}
	}
}

// TestDayCorrelationIsShrunk checks that little history tells little: with less the
// correlation is nearer to that which is taken when there is none.
func TestDayCorrelationIsShrunk(t *testing.T) {
	groups := together(t, .95, 2000, 2000)
	of := func(days int) forecast.Correlation {
		var short []forecast.Group
		for _, g := range groups {
			s := &g.History.Offered
			s.Values = s.Values[:24*days]
			short = append(short, g)
		}
		c, err := forecast.DayCorrelation(t.Context(), short)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	none, some, all := of(14), of(70), of(7*40-1)
	if none.Days != 0 || !(none.Value > 0 && none.Value < some.Value && some.Value < all.Value) {
		t.Errorf("correlation %+v of two weeks, %+v of ten, %+v of forty", none, some, all)
	}
	alone, err := forecast.DayCorrelation(t.Context(), groups[:1])
	if err != nil || alone != none {
		t.Errorf("%+v of one group, %v, want %+v as of no history", alone, err, none)
	}
}

func TestDayCorrelationRefuses(t *testing.T) {
	groups := together(t, .5, 100, 100)
	groups[1].History.Offered.Step = 0
	const want = `correlation of "b": offered: step 0s, want one that divides a day into equal parts`
	if _, err := forecast.DayCorrelation(t.Context(), groups); err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := forecast.DayCorrelation(ctx, groups); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v of a cancelled search, want %v", err, context.Canceled)
	}
}
