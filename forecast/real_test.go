package forecast_test

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"
	_ "time/tzdata"

	"bemanna/forecast"
)

// dataset is a public series to measure on. The files lie beside the
// repository and are no part of it.
type dataset struct {
	series   string // its name in peers.csv
	file     string
	daily    string // file of totals of days from before; "": none
	group    string
	zone     string
	holidays string
	step     time.Duration
	until    string // rows at or after this clock time are left out; "": none
	origins  []string
	horizons []int // calendar days
}

func bank(name string, step time.Duration, until string) dataset {
	return dataset{
		series: name, file: "bank_5min.csv.gz", group: "bank", zone: "America/New_York",
		holidays: "holidays_us.csv", step: step, until: until,
		// business days 40, 52, …, 148 counted from 2003-03-03
		origins: businessDays("2003-03-03", 40, 12, 148), horizons: []int{1, 7, 28},
	}
}

func insurance(group string) dataset {
	return dataset{
		series: "insurance:" + group, file: "insurance_30min.csv.gz", group: group, zone: "Europe/Paris",
		holidays: "holidays_fr.csv", step: 30 * time.Minute,
		origins: everyDays("2011-01-01", 400, 66, 994), horizons: []int{1, 7, 28},
	}
}

func card(group string) dataset {
	return dataset{
		series: "card:" + group, file: "card_30min.csv.gz", group: group, zone: "America/New_York",
		holidays: "holidays_us.csv", step: 30 * time.Minute,
		origins: everyDays("2025-04-01", 42, 3, 63), horizons: []int{1, 7, 28},
	}
}

var datasets = []dataset{
	bank("bank_30min", 30*time.Minute, "21:00"),
	bank("bank_5min", 5*time.Minute, ""),
	insurance("assurances"), insurance("cat"), insurance("gestion_accueil"), insurance("medical"),
	insurance("regulation"), insurance("renault"), insurance("sap"), insurance("services"), insurance("tech"),
	card("A"), card("C"),
}

// withTotals are series with totals of the days before their intervals; the peers did
// not have them.
var withTotals = []dataset{cardWithTotals("A"), cardWithTotals("C")}

func cardWithTotals(group string) dataset {
	d := card(group)
	d.series += "+totals"
	d.daily = "card_daily.csv.gz"
	return d
}

func everyDays(from string, first, step, last int) []string {
	t, err := time.Parse(time.DateOnly, from)
	if err != nil {
		panic(err)
	}
	var days []string
	for i := first; i <= last; i += step {
		days = append(days, t.AddDate(0, 0, i).Format(time.DateOnly))
	}
	return days
}

func businessDays(from string, first, step, last int) []string {
	t, err := time.Parse(time.DateOnly, from)
	if err != nil {
		panic(err)
	}
	var days []string
	for i := 0; i <= last; t = t.AddDate(0, 0, 1) {
		if t.Weekday() == time.Saturday || t.Weekday() == time.Sunday {
			continue
		}
		if i >= first && (i-first)%step == 0 {
			days = append(days, t.Format(time.DateOnly))
		}
		i++
	}
	return days
}

// records reads a CSV file beside the repository without its header, or skips
// the test.
func records(tb testing.TB, name string) [][]string {
	tb.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", "shared", "data", name))
	if os.IsNotExist(err) {
		tb.Skipf("%s is not here: the public series to measure on are no part of the repository", name)
	}
	if err != nil {
		tb.Fatal(err)
	}
	var text io.Reader = bytes.NewReader(raw)
	if filepath.Ext(name) == ".gz" {
		if text, err = gzip.NewReader(text); err != nil {
			tb.Fatal(err)
		}
	}
	rows, err := csv.NewReader(text).ReadAll()
	if err != nil {
		tb.Fatal(err)
	}
	return rows[1:]
}

// load reads the series: a day without rows of any group is unknown, a row
// absent from another day is zero, an empty count is unknown, and of two rows
// with the same time the last one counts.
func (d dataset) load(tb testing.TB) forecast.BacktestGroup {
	tb.Helper()
	zone, err := time.LoadLocation(d.zone)
	if err != nil {
		tb.Fatal(err)
	}
	counts, answered, handled := map[time.Time]float64{}, map[time.Time]float64{}, map[time.Time]float64{}
	present := map[string]bool{}
	for _, row := range records(tb, d.file) {
		present[row[0][:10]] = true
		if row[1] != d.group || d.until != "" && row[0][11:16] >= d.until {
			continue
		}
		t, err := time.ParseInLocation("2006-01-02T15:04:05", row[0], zone)
		if err != nil {
			tb.Fatal(err)
		}
		counts[t] = number(row[2])
		if len(row) > 6 {
			answered[t], handled[t] = number(row[3]), number(row[3])*number(row[6])
		}
	}
	days := slices.Sorted(mapKeys(present))
	start := midnight(tb, days[0], zone)
	end := midnight(tb, days[len(days)-1], zone).AddDate(0, 0, 1)
	h := forecast.History{Offered: d.sum(counts, present, start, end)}
	if len(answered) > 0 {
		h.Answered = d.sum(answered, present, start, end)
		h.Handled = d.sum(handled, present, start, end)
	}
	if d.daily != "" {
		h.Daily = d.totals(tb, start)
	}
	return forecast.BacktestGroup{Name: d.series, History: h, Options: forecast.Options{Calendar: holidays(tb, d.holidays)}}
}

// totals reads the totals of the days before the intervals start.
func (d dataset) totals(tb testing.TB, start time.Time) []forecast.DayTotal {
	tb.Helper()
	var totals []forecast.DayTotal
	for _, row := range records(tb, d.daily) {
		if day := midnight(tb, row[0], start.Location()); row[1] == d.group && day.Before(start) {
			totals = append(totals, forecast.DayTotal{Date: day, Value: number(row[2])})
		}
	}
	return totals
}

// sum adds up the counts to the step of the series.
func (d dataset) sum(counts map[time.Time]float64, present map[string]bool, start, end time.Time) forecast.Series {
	s := forecast.Series{Start: start, Step: d.step}
	for t := start; t.Before(end); t = t.Add(d.step) {
		v := 0.
		if !present[t.Format(time.DateOnly)] {
			v = math.NaN()
		}
		s.Values = append(s.Values, v)
	}
	for t, v := range counts {
		s.Values[int(t.Sub(start)/d.step)] += v
	}
	return s
}

func mapKeys(m map[string]bool) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func number(s string) float64 {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return math.NaN()
	}
	return v
}

func midnight(tb testing.TB, day string, zone *time.Location) time.Time {
	tb.Helper()
	t, err := time.ParseInLocation(time.DateOnly, day, zone)
	if err != nil {
		tb.Fatal(err)
	}
	return t
}

func holidays(tb testing.TB, name string) forecast.Calendar {
	tb.Helper()
	names := map[string]string{}
	for _, row := range records(tb, name) {
		names[row[0]] = row[1]
	}
	return func(t time.Time) (forecast.DayKind, string) {
		if name, ok := names[t.Format(time.DateOnly)]; ok {
			return forecast.Holiday, name
		}
		return forecast.Ordinary, ""
	}
}

// backtest runs models over the origins of the dataset.
func (d dataset) backtest(tb testing.TB, models ...forecast.Model) forecast.BacktestResult {
	tb.Helper()
	return backtest(tb, options(tb, []dataset{d}, models...))
}

// options asks for a backtest of datasets of one centre, which have the same
// origins and horizons.
func options(tb testing.TB, centre []dataset, models ...forecast.Model) forecast.BacktestOptions {
	tb.Helper()
	first := centre[0]
	o := forecast.BacktestOptions{Models: models, Days: slices.Max(first.horizons), Horizons: first.horizons}
	for _, d := range centre {
		o.Groups = append(o.Groups, d.load(tb))
	}
	for _, day := range first.origins {
		o.Origins = append(o.Origins, midnight(tb, day, o.Groups[0].History.Offered.Start.Location()))
	}
	return o
}

// TestBank checks the model against the baselines on a public series of a bank,
// and that it holds what it has reached, with room for a change of method.
func TestBank(t *testing.T) {
	r := bank("bank_30min", 30*time.Minute, "21:00").backtest(t, forecast.DayLevel{}, forecast.SameWeekday{}, forecast.EightWeeks{})
	wape := map[string]float64{}
	for _, s := range r.Scores {
		if s.Days == 7 {
			wape[s.Model] = s.WAPE
		}
		if s.Model == (forecast.DayLevel{}).Name() && (s.WAPE > .06 || s.WAPE < s.Floor || s.Cover80 < .7 || s.Cover95 < .9) {
			t.Errorf("%d days: %+v", s.Days, s)
		}
	}
	model := wape[forecast.DayLevel{}.Name()]
	for _, m := range []forecast.Model{forecast.SameWeekday{}, forecast.EightWeeks{}} {
		if model > .95*wape[m.Name()] {
			t.Errorf("WAPE %.4f at 7 days, want clearly less than %.4f of %s", model, wape[m.Name()], m.Name())
		}
	}
}
