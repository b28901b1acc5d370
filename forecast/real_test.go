package forecast_test

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
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
	return forecast.BacktestGroup{Name: d.series, History: h, Options: forecast.Options{Calendar: holidays(tb, d.holidays)}}
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
	g := d.load(tb)
	zone := g.History.Offered.Start.Location()
	o := forecast.BacktestOptions{
		Groups: []forecast.BacktestGroup{g}, Models: models, Days: slices.Max(d.horizons), Horizons: d.horizons,
	}
	for _, day := range d.origins {
		o.Origins = append(o.Origins, midnight(tb, day, zone))
	}
	r, err := forecast.Backtest(tb.Context(), o)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// peers gives the scores of other methods on the same series, origins and
// horizons: the least WAPE in per cent and the least pinball loss, our own
// first attempts apart.
func peers(tb testing.TB) map[string][2]float64 {
	tb.Helper()
	best := map[string][2]float64{}
	for _, row := range records(tb, "peers.csv") {
		if strings.HasPrefix(row[1], "proto") {
			continue
		}
		key := row[0] + " " + row[2]
		b, ok := best[key]
		if !ok {
			b = [2]float64{math.Inf(1), math.Inf(1)}
		}
		for i, column := range []int{4, 9} {
			if v := number(row[column]); v < b[i] {
				b[i] = v
			}
		}
		best[key] = b
	}
	return best
}

// everyInterval gives the score as if the intervals in which a group is closed
// counted too, as they do for the peers. They are forecast without a fault.
func everyInterval(s forecast.Score, runs []forecast.BacktestRun) forecast.Score {
	known := 0
	for _, r := range runs {
		end := r.Origin.AddDate(0, 0, s.Days)
		for _, row := range r.Rows {
			if row.Start.Before(end) && !math.IsNaN(row.Actual) {
				known++
			}
		}
	}
	part := float64(s.Intervals) / float64(known)
	s.Intervals = known
	s.Pinball *= part
	s.Cover80, s.Cover95 = 1-(1-s.Cover80)*part, 1-(1-s.Cover95)*part
	return s
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

// TestMeasure prints the scores on every public series, and the geometric mean
// of their ratios to those of the best of other methods, chosen for each series
// and horizon. Run it with BEMANNA_MEASURE=1.
func TestMeasure(t *testing.T) {
	if os.Getenv("BEMANNA_MEASURE") == "" {
		t.Skip("prints scores: set BEMANNA_MEASURE=1 to measure")
	}
	best := peers(t)
	var ratio [2]float64
	var cells, intervals, within80, within95 float64
	for _, d := range datasets {
		r := d.backtest(t, forecast.DayLevel{})
		for _, s := range r.Scores {
			n := float64(s.Intervals)
			intervals, within80, within95 = intervals+n, within80+n*s.Cover80, within95+n*s.Cover95
			days := s.Days
			if d.group == "bank" { // the peers count its business days
				days = map[int]int{1: 1, 7: 5, 28: 20}[days]
			} else {
				s = everyInterval(s, r.Runs)
			}
			b, ok := best[fmt.Sprint(d.series, " ", days)]
			if !ok {
				b = [2]float64{math.NaN(), math.NaN()}
			}
			t.Logf("%-26s %2d days: WAPE %6.2f (best %6.2f, floor %5.2f) bias %6.2f pinball %7.3f (best %7.3f) cover %5.1f %5.1f",
				s.Group, s.Days, 100*s.WAPE, b[0], 100*s.Floor, 100*s.Bias, s.Pinball, b[1], 100*s.Cover80, 100*s.Cover95)
			if ok {
				ratio[0] += math.Log(100 * s.WAPE / b[0])
				ratio[1] += math.Log(s.Pinball / b[1])
				cells++
			}
		}
	}
	t.Logf("to the best of others in %v cells: WAPE × %.4f, pinball × %.4f; open intervals: cover %.2f and %.2f",
		cells, math.Exp(ratio[0]/cells), math.Exp(ratio[1]/cells), 100*within80/intervals, 100*within95/intervals)
}
