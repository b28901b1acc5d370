package forecast_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"bemanna/forecast"
)

// hard is a history of which it is hard to make something, and when the group is
// open; nil: around the clock.
type hard struct {
	name    string
	history forecast.History
	open    func(time.Time) bool
}

// hardHistories are the histories on which every forecaster keeps the laws.
func hardHistories(tb testing.TB) []hard {
	tb.Helper()
	small, typical := typicalCentre, typicalCentre
	small.calls, small.days = 12, 21
	none, day := small, small
	none.days, day.days = 0, 1
	around := centre{days: 53, step: time.Hour, calls: 300, open: always, noise: .05, poisson: true, seed: 9}
	spring, autumn := around, around
	spring.start, autumn.start = "2026-02-02", "2026-08-31" // two days before the clocks change
	monthAgo, _ := jumped(400, 7, 28)
	daysAgo, _ := jumped(400, 7, 3)

	total := typical.history(tb)
	daily := totals(total)
	total.Offered = forecast.Series{Start: total.Offered.End(), Step: time.Hour}
	total.Daily = daily
	mixed := typical.history(tb)
	mixed.Daily = daily[:100]
	set(mixed, 0, 100, math.NaN())
	hole, closed, zeros := typical.history(tb), typical.history(tb), typical.history(tb)
	set(hole, 60, 102, math.NaN())
	set(closed, 90, 140, 0)
	set(zeros, 0, 140, 0)

	return []hard{
		{"a typical centre", typical.history(tb), officeHours},
		{"three weeks of a small group", small.history(tb), officeHours},
		{"six weeks unknown", hole, officeHours},
		{"sevenfold since a month", monthAgo.history(tb), officeHours},
		{"sevenfold since three days", daysAgo.history(tb), officeHours},
		{"clocks ahead", spring.history(tb), nil},
		{"clocks back", autumn.history(tb), nil},
		{"totals alone", total, officeHours},
		{"totals, then intervals", mixed, officeHours},
		{"no calls", zeros, officeHours},
		{"no calls since weeks", closed, officeHours},
		{"one day", day.history(tb), officeHours},
		{"no day", none.history(tb), officeHours},
	}
}

// totals gives the totals of the days of a history by hours.
func totals(h forecast.History) []forecast.DayTotal {
	var daily []forecast.DayTotal
	for i, v := range h.Offered.Values {
		at := h.Offered.Time(i)
		day := time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, at.Location())
		if n := len(daily) - 1; n >= 0 && daily[n].Date.Equal(day) {
			daily[n].Value += v
		} else {
			daily = append(daily, forecast.DayTotal{Date: day, Value: v})
		}
	}
	return daily
}

// set puts a value in every interval of some days of a history by hours.
func set(h forecast.History, from, to int, value float64) {
	first := h.Offered.Start
	for i := range h.Offered.Values {
		if at := h.Offered.Time(i); !at.Before(first.AddDate(0, 0, from)) && at.Before(first.AddDate(0, 0, to)) {
			h.Offered.Values[i] = value
		}
	}
}

// options asks for some days ahead, and says when the group is open.
func (h hard) options(days int) forecast.Options {
	return forecast.Options{Intervals: days * 24, Open: h.open, Expected: 60}
}

// times gives the history with k times the calls.
func (h hard) times(k float64) forecast.History {
	s := h.history
	s.Offered.Values = slices.Clone(s.Offered.Values)
	for i := range s.Offered.Values {
		s.Offered.Values[i] *= k
	}
	s.Daily = slices.Clone(s.Daily)
	for i := range s.Daily {
		s.Daily[i].Value *= k
	}
	return s
}

// moved gives the same figures some days later, by clocks that do not change.
func (h hard) moved(days int) hard {
	at := func(t time.Time) time.Time {
		y, m, d := t.Date()
		return time.Date(y, m, d+days, t.Hour(), t.Minute(), 0, 0, time.UTC)
	}
	h.history.Offered.Start = at(h.history.Offered.Start)
	h.history.Daily = slices.Clone(h.history.Daily)
	for i, t := range h.history.Daily {
		h.history.Daily[i].Date = at(t.Date)
	}
	return h
}
