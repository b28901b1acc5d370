package forecast_test

import (
	"encoding/json"
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"bemanna/forecast"
)

// lastDays gives the last days of a history at a step of an hour.
func lastDays(h forecast.History, days int) forecast.History {
	n := len(h.Offered.Values) - 24*days
	return forecast.History{Offered: forecast.Series{Start: h.Offered.Time(n), Step: time.Hour, Values: h.Offered.Values[n:]}}
}

// siblings gives the groups of a centre whose days after a red day have 1.4 times
// the calls. Their history ends on 18 June, before Midsummer; the first group has
// four weeks of it.
func siblings(tb testing.TB) []forecast.Group {
	tb.Helper()
	isRed := func(day time.Time) bool { kind, _ := redDays2026(day); return kind == forecast.Holiday }
	var groups []forecast.Group
	for g := range 4 {
		c := centre{
			start: "2025-10-06", days: 255, step: time.Hour, calls: 300 * float64(g+1), noise: .03, poisson: true, seed: uint64(g),
			effect: func(day time.Time) float64 {
				e := day.AddDate(0, 0, -1)
				for e.Weekday() == time.Saturday || e.Weekday() == time.Sunday {
					e = e.AddDate(0, 0, -1)
				}
				switch {
				case isRed(day):
					return .3
				case isRed(e):
					return 1.4
				}
				return 1
			},
		}
		h := c.history(tb)
		if g == 0 {
			h = lastDays(h, 28)
		}
		o := c.options(14)
		o.Calendar = redDays2026
		groups = append(groups, forecast.Group{Name: fmt.Sprint("group ", g), History: h, Options: o})
	}
	return groups
}

// TestKin checks that a group that is four weeks old expects of the day after a
// holiday what its siblings have seen, and says why, while it does not alone.
func TestKin(t *testing.T) {
	groups := siblings(t)
	kin, err := forecast.Relate(t.Context(), groups)
	if err != nil {
		t.Fatal(err)
	}
	factor := func(g forecast.Group) float64 {
		for _, d := range forecastOf(t, forecast.DayLevel{}, g.History, g.Options).Days {
			if d.Date.Format("01-02") != "06-22" {
				continue
			}
			for _, term := range d.Terms {
				if term.Reason == forecast.ReasonAfterHoliday {
					return term.Factor
				}
			}
		}
		return 1
	}
	alone := factor(groups[0])
	groups[0].Options.Kin = kin[0]
	if with := factor(groups[0]); alone > 1.1 || math.Abs(with-1.4) > .12 {
		t.Errorf("after Midsummer × %.2f with siblings and × %.2f alone, want 1.4 and hardly anything", with, alone)
	}
}

// TestKinIsOfTheOthers checks that a group does not meet itself: without others
// that have a history, its forecast is as it was.
func TestKinIsOfTheOthers(t *testing.T) {
	groups := siblings(t)[:2] // one of four weeks, and one that others learn from
	kin, err := forecast.Relate(t.Context(), groups)
	if err != nil {
		t.Fatal(err)
	}
	g := groups[1]
	before := forecastOf(t, forecast.DayLevel{}, g.History, g.Options)
	g.Options.Kin = kin[1]
	after := forecastOf(t, forecast.DayLevel{}, g.History, g.Options)
	same := cmp.Options{cmpopts.EquateApprox(1e-12, 0), cmpopts.IgnoreFields(forecast.Learnt{}, "Kin")}
	if diff := cmp.Diff(before, after, same); diff != "" {
		t.Errorf("(-without +with):\n%s", diff)
	}
}

func TestRelateRefuses(t *testing.T) {
	groups := siblings(t)
	groups[2].History.Offered.Step = 7 * time.Minute
	_, err := forecast.Relate(t.Context(), groups)
	if want := `answer group "group 2": offered: step 7m0s, want one that divides a day into equal parts`; err == nil || err.Error() != want {
		t.Errorf("error %v, want %q", err, want)
	}
}

// TestKinIsKept checks that what other groups have shown travels with what was
// learnt, gives the same forecast, and grows old.
func TestKinIsKept(t *testing.T) {
	groups := siblings(t)
	kin, err := forecast.Relate(t.Context(), groups)
	if err != nil {
		t.Fatal(err)
	}
	g := groups[0]
	g.Options.Kin = kin[0]
	told := forecastOf(t, forecast.DayLevel{}, g.History, g.Options)
	raw, err := json.Marshal(told.Learnt)
	if err != nil {
		t.Fatal(err)
	}
	g.Options.Learnt = new(forecast.Learnt)
	if err := json.Unmarshal(raw, g.Options.Learnt); err != nil {
		t.Fatal(err)
	}
	end := g.History.Offered.End()
	g.Options.Kin = g.Options.Learnt.Related(end)
	if diff := cmp.Diff(told, forecastOf(t, forecast.DayLevel{}, g.History, g.Options)); diff != "" {
		t.Errorf("(-told +kept):\n%s", diff)
	}
	for days, want := range map[int]bool{-1: false, 0: true, 28: true, 29: false} {
		if kept := g.Options.Learnt.Related(end.AddDate(0, 0, days)) != nil; kept != want {
			t.Errorf("%d days later: kept %v, want %v", days, kept, want)
		}
	}
	var none *forecast.Learnt
	if none.Related(end) != nil || new(forecast.Learnt).Related(end) != nil {
		t.Error("kin out of nothing")
	}
}
