package plan

import (
	"errors"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"bemanna/forecast"
	"bemanna/internal/civil"
	"bemanna/internal/ingest"
)

// hourlyRows is a history of ten calls an hour from 1 to 28 March 2026.
func hourlyRows(groups ...string) []ingest.Row {
	var rows []ingest.Row
	for _, g := range groups {
		for t := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC); t.Month() == time.March && t.Day() < 29; t = t.Add(time.Hour) {
			r := ingest.Row{Start: t, Step: time.Hour, Group: g, Offered: 10}
			rows = append(rows, r)
		}
	}
	return rows
}

// TestOrigins: those that are named, in order and each once; otherwise eight over
// the second half.
func TestOrigins(t *testing.T) {
	march := func(days ...int) (out []civil.Date) {
		for _, d := range days {
			out = append(out, civil.NewDate(2026, 3, d))
		}
		return out
	}
	q := BacktestQuery{Rows: hourlyRows("a")}
	for _, x := range []struct{ asked, want []civil.Date }{
		{nil, march(14, 15, 17, 19, 21, 22, 24, 26)},
		{march(20, 2, 28, 20), march(2, 20, 28)},
	} {
		q.Origins = x.asked
		got, err := q.origins()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(x.want, got); diff != "" {
			t.Errorf("origins of %v (-want +got):\n%s", x.asked, diff)
		}
	}
}

// TestBacktestFaults: what the query and what the history lacks are two kinds of
// errors.
func TestBacktestFaults(t *testing.T) {
	const outside = ": the history goes from 2026-03-01 to 2026-03-28, want a day after the first of them and not after the last"
	for _, x := range []struct {
		want   string
		query  bool
		change func(q *BacktestQuery)
	}{
		{`group "c": not in the history, want one of a, b`, true, func(q *BacktestQuery) { q.Groups = []string{"b", "c"} }},
		{"origin 2026-03-01" + outside, true, func(q *BacktestQuery) { q.Origins = []civil.Date{civil.NewDate(2026, 3, 1)} }},
		{"origin 2026-03-29" + outside, true, func(q *BacktestQuery) { q.Origins = []civil.Date{civil.NewDate(2026, 3, 29)} }},
		{"the history has no intervals: nothing to test on", false, func(q *BacktestQuery) { q.Rows = nil }},
		{
			"the history has one day, 2026-03-01: want some to learn from and some to test on", false,
			func(q *BacktestQuery) { q.Rows = q.Rows[:24] },
		},
	} {
		q := BacktestQuery{Rows: hourlyRows("b", "a"), Step: time.Hour, Days: 7}
		x.change(&q)
		_, err := Backtest(t.Context(), q)
		var query *QueryError
		var history *HistoryError
		if err == nil || err.Error() != x.want || errors.As(err, &query) != x.query || errors.As(err, &history) == x.query {
			t.Errorf("error %v, want %s", err, x.want)
		}
	}
}

// TestVerdicts tries two groups of which nothing is ever other than expected: every
// line says so, and the last are those of both together.
func TestVerdicts(t *testing.T) {
	q := BacktestQuery{Rows: hourlyRows("a", "b"), Step: time.Hour, Days: 7, Origins: []civil.Date{civil.NewDate(2026, 3, 22)}}
	b, err := Backtest(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, v := range b.Verdicts {
		lines = append(lines, v.Model.Group)
		if v.Model.Days == 7 && (v.Model.WAPE > .03 || v.Lean != LeanEven || v.ByPinball || v.Forecasts != 1) {
			t.Errorf("%+v", v)
		}
	}
	if diff := cmp.Diff([]string{"a", "a", "b", "b", "", ""}, lines); diff != "" {
		t.Errorf("groups of the verdicts (-want +got):\n%s", diff)
	}

	for i := range q.Rows { // under a call an hour
		at := q.Rows[i].Start
		q.Rows[i].Offered = float64((at.Day() + at.Hour()) % 2)
	}
	if b, err = Backtest(t.Context(), q); err != nil {
		t.Fatal(err)
	}
	for k, v := range b.Verdicts {
		if alone := k < 4; v.ByPinball != alone { // together there is one
			t.Errorf("judged by pinball loss: %v, of %v calls in %d intervals", v.ByPinball, v.Model.Calls, v.Model.Intervals)
		}
	}
}

// TestJudge: the best of the simple methods by the loss that counts, and the words
// for intervals and bias.
func TestJudge(t *testing.T) {
	days := forecast.DayScore{Days: 400, Cover80: .95}
	busy := forecast.Score{Intervals: 100, Calls: 1000, WAPE: .08, Pinball: 3, Bias: -.03, Cover80: .74, Totals: days}
	tiny := forecast.Score{Intervals: 100, Calls: 50, WAPE: .9, Pinball: .2, Bias: .01, Cover80: .99, Totals: days}
	simple := []forecast.Score{{Model: "x", WAPE: .1, Pinball: .5}, {Model: "y", WAPE: .2, Pinball: .4}}
	nothing := forecast.Score{WAPE: math.NaN(), Pinball: math.NaN(), Bias: math.NaN(), Cover80: math.NaN()}
	for _, x := range []struct {
		name  string
		model forecast.Score
		want  Verdict
	}{
		{"busy", busy, Verdict{Model: busy, Simple: simple[0], Gain: .2, Intervals: HeldNarrow, Lean: LeanLow}},
		{"tiny", tiny, Verdict{Model: tiny, Simple: simple[1], ByPinball: true, Gain: .5, Intervals: HeldWide, Lean: LeanEven}},
		{"nothing known", nothing, Verdict{Model: nothing, Simple: simple[0], Gain: math.NaN(), Intervals: HeldNone, Lean: LeanEven}},
	} {
		if diff := cmp.Diff(x.want, judge(x.model, simple, x.name == "tiny"), cmpopts.EquateNaNs(), cmpopts.EquateApprox(1e-12, 0)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", x.name, diff)
		}
	}
}

// TestHeld: the fewer days, the less a share says.
func TestHeld(t *testing.T) {
	for _, x := range []struct {
		cover float64
		days  int
		want  Held
	}{
		{.8, 100, HeldWell},
		{1, 8, HeldWell},
		{.5, 8, HeldNarrow},
		{.9, 56, HeldWell},
		{.92, 56, HeldWide},
		{.74, 10_000, HeldNarrow},
		{.8, 0, HeldNone},
		{math.NaN(), 10, HeldNone},
	} {
		if got := held(x.cover, x.days); got != x.want {
			t.Errorf("%v of %d days: %s, want %s", x.cover, x.days, got, x.want)
		}
	}
}
