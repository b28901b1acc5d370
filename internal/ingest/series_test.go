package ingest

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"bemanna/forecast"
)

// dayOf cuts a civil day out of a series.
func dayOf(s forecast.Series, date string) []float64 {
	from, err := time.ParseInLocation(time.DateOnly, date, s.Start.Location())
	if err != nil {
		return nil
	}
	i := int(from.Sub(s.Start) / s.Step)
	n := int(from.AddDate(0, 0, 1).Sub(from) / s.Step)
	if i < 0 || i+n > len(s.Values) {
		return nil
	}
	return s.Values[i : i+n]
}

// runs writes a day in short: 3×0 2×NaN 7.
func runs(values []float64) string {
	var parts []string
	for i := 0; i < len(values); {
		j := i
		for j < len(values) && (values[j] == values[i] || math.IsNaN(values[j]) && math.IsNaN(values[i])) {
			j++
		}
		part := fmt.Sprint(values[i])
		if j-i > 1 {
			part = fmt.Sprintf("%d×%s", j-i, part)
		}
		parts = append(parts, part)
		i = j
	}
	return strings.Join(parts, " ")
}

// The rule of absent, empty and unknown intervals, day by day.
func TestAbsentEmptyUnknown(t *testing.T) {
	rows, report := read(t, strings.Join([]string{
		"start,group,offered",
		"2026-03-02 06:00,B,1", // B begins a day before A
		"2026-03-03 12:00,A,1",
		"2026-03-04 06:00,A,", // empty
		"2026-03-04 18:00,A,x",
		"2026-03-04 12:00,A,7",
		"2026-03-04 12:00,A,8", // again
		"2026-03-06 12:00,B,1", // a day without A, after one without anybody
		"2026-03-07 12:00,A,2",
		"2026-03-08 12:00,B,3", // A has ended
		"2026-03-08 18:00,B,3", // the file ends
	}, "\n"), Options{})
	if report.Repeats != 1 || report.SetAside[ReasonNumber] != 1 {
		t.Fatal(report)
	}
	days := func(group string) string {
		m, err := Series(rows, group, SeriesOptions{Step: time.Hour, Location: stockholm(t)})
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for d := 1; d <= 9; d++ {
			date := fmt.Sprintf("2026-03-%02d", d)
			fmt.Fprintf(&b, "%s %s\n", date, runs(dayOf(m.Offered, date)))
		}
		return b.String()
	}
	const wantA = `2026-03-01 
2026-03-02 
2026-03-03 12×0 1 11×0
2026-03-04 6×0 NaN 5×0 8 5×0 NaN 5×0
2026-03-05 24×NaN
2026-03-06 24×0
2026-03-07 12×0 2 11×0
2026-03-08 
2026-03-09 
`
	const wantB = `2026-03-01 
2026-03-02 6×NaN 1 17×0
2026-03-03 24×0
2026-03-04 24×0
2026-03-05 24×NaN
2026-03-06 12×0 1 11×0
2026-03-07 24×0
2026-03-08 12×0 3 5×0 3 5×NaN
2026-03-09 
`
	if d := cmp.Diff(wantA, days("A")); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(wantB, days("B")); d != "" {
		t.Error(d)
	}
	if _, err := Series(rows, "C", SeriesOptions{Step: time.Hour}); err == nil || !strings.Contains(err.Error(), `group "C": no rows; the rows are of B, A`) {
		t.Errorf("unknown group: %v", err)
	}
}

func TestSeriesOfShortAndLongDays(t *testing.T) {
	for date, want := range map[string]int{"2027-03-28": 92, "2027-10-31": 100} {
		rows, _ := read(t, "start,group,offered\n"+date+" 00:00,A,1\n"+date+" 00:15,A,1\n"+date+" 23:45,A,1\n", Options{})
		m, err := Series(rows, "A", SeriesOptions{Step: 15 * time.Minute, Location: stockholm(t)})
		if err != nil || len(m.Offered.Values) != want {
			t.Errorf("%s: %d quarter-hours, %v; want %d", date, len(m.Offered.Values), err, want)
		}
	}
}

func TestHandledAndDaily(t *testing.T) {
	rows, _ := read(t, "start,group,offered,answered,aht_s\n2026-03-03 12:00,A,5,4,100\n2026-03-03 12:30,A,3,2,50\n2026-03-03 13:30,A,3,,50\n", Options{})
	daily, _ := read(t, "date,group,offered\n2026-03-01,A,70\n2026-03-02,A,\n2026-03-03,A,9\n2026-03-04,A,80\n", Options{})
	m, err := Series(append(rows, daily...), "A", SeriesOptions{Step: time.Hour, Location: stockholm(t)})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		series forecast.Series
		want   string
	}{
		"offered":  {m.Offered, "12×NaN 8 3 10×NaN"},
		"answered": {m.Answered, "12×NaN 6 11×NaN"},
		"handled":  {m.Handled, "12×NaN 500 11×NaN"},
		"within":   {m.AnsweredWithin, ""},
	} {
		if got := runs(c.series.Values); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	var got []string
	for _, d := range m.Daily {
		got = append(got, fmt.Sprintf("%s %v", d.Date.Format(time.DateTime), d.Value))
	}
	if d := cmp.Diff([]string{"2026-03-01 00:00:00 70", "2026-03-04 00:00:00 80"}, got); d != "" {
		t.Error(d)
	}
	m, err = Series(daily, "A", SeriesOptions{Step: time.Hour, Location: stockholm(t)})
	if err != nil || runs(m.Offered.Values) != "96×NaN" || len(m.Daily) != 3 {
		t.Errorf("daily totals alone: %s, %d days, %v", runs(m.Offered.Values), len(m.Daily), err)
	}
}

func TestCoarseRows(t *testing.T) {
	rows, _ := read(t, "start,group,offered\n2026-03-03 12:00,A,1\n2026-03-03 12:30,A,1\n", Options{})
	_, err := Series(rows, "A", SeriesOptions{Step: 15 * time.Minute})
	var coarse *CoarseError
	if !errors.As(err, &coarse) || coarse.Step != 30*time.Minute ||
		err.Error() != `group "A": interval at 2026-03-03 11:00: 30m0s long, wanted 15m0s or a part of it` {
		t.Errorf("error %v", err)
	}
	finer, _ := read(t, "start,group,offered\n2026-03-03 12:00,A,4\n2026-03-03 12:15,A,5\n2026-03-03 12:30,A,6\n", Options{})
	m, err := Series(append(rows, finer...), "A", SeriesOptions{Step: 15 * time.Minute})
	if err != nil || runs(m.Offered.Values) != "44×NaN 4 5 6 0 48×NaN" {
		t.Errorf("both lengths: %s, %v", runs(m.Offered.Values), err)
	}
	if _, err := Series(rows, "A", SeriesOptions{Step: time.Hour, From: time.Date(2026, 3, 3, 0, 30, 0, 0, time.UTC)}); err == nil {
		t.Error("a series that starts off its grid was made")
	}
}

// Summing rows into longer intervals and then into days gives the same days
// whatever the length, in whatever order the rows come, repeated or not.
func TestSumsDoNotDependOnTheGrid(t *testing.T) {
	loc := stockholm(t)
	rapid.Check(t, func(t *rapid.T) {
		first := time.Date(2026, 3, 28, 0, 0, 0, 0, loc) // the clocks change on the second day
		var rows []Row
		want := map[string]float64{}
		for _, i := range rapid.SliceOfNDistinct(rapid.IntRange(0, 3*96-5), 1, 60, rapid.ID[int]).Draw(t, "intervals") {
			n := float64(rapid.IntRange(0, 50).Draw(t, "calls"))
			at := first.Add(time.Duration(i) * 15 * time.Minute)
			row := faulty(Row{Group: "A", Start: at, Step: 15 * time.Minute})
			if rapid.Bool().Draw(t, "again") {
				rows = append(rows, row)
			}
			row.Offered, row.Faulty = n, false
			rows = append(rows, row)
			want[at.Format(time.DateOnly)] += n
		}
		step := rapid.SampledFrom([]time.Duration{15 * time.Minute, 30 * time.Minute, time.Hour}).Draw(t, "step")
		m, err := Series(rapid.Permutation(rows).Draw(t, "order"), "A", SeriesOptions{Step: step, Location: loc})
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]float64{}
		for i, n := range m.Offered.Values {
			if !math.IsNaN(n) {
				got[m.Offered.Time(i).Format(time.DateOnly)] += n
			}
		}
		for date, total := range got {
			if total == 0 && want[date] == 0 {
				delete(got, date)
				delete(want, date)
			}
		}
		if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
			t.Fatal(d)
		}
	})
}
