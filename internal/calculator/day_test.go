package calculator_test

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bemanna/erlang"
	"bemanna/internal/calculator"
)

func readDay(t *testing.T, sheet string, flags texts) *calculator.Day {
	t.Helper()
	settings, err := calculator.ReadDaySettings(flags.of)
	if err != nil {
		t.Fatal(err)
	}
	d, err := calculator.ReadDay(strings.NewReader(sheet), flags.of, settings)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDayIsRead(t *testing.T) {
	quarter := func(start string, line int, calls, aht, patience float64, agents int) calculator.DayInterval {
		in := erlang.Interval{Duration: 900, ArrivalRate: calls / 900, ServiceRate: 1 / aht, Agents: agents}
		if patience > 0 {
			in.AbandonRate = 1 / patience
		}
		return calculator.DayInterval{Interval: in, Start: start, Calls: calls, Line: line}
	}
	for _, c := range []struct {
		name, sheet string
		flags       texts
		staffed     bool
		want        []calculator.DayInterval
		assumed     []string
	}{
		{
			"clocks, an empty handle time is that of the row above", "Tid;Samtal;AHT (s);Bemanning\n08:00;20;300;9\n08:15;0;;9\n08:30;12,5;240;8\n",
			texts{},
			true,
			[]calculator.DayInterval{quarter("08:00", 2, 20, 300, 0, 9), quarter("08:15", 3, 0, 300, 0, 9), quarter("08:30", 4, 12.5, 240, 0, 8)},
			[]string{"patience", "target", "threshold", "definition"},
		},
		{
			"lengths, flags for what the sheet leaves out", "duration_s,calls\n900,20\n15:00,30\n",
			texts{"aht": "5m", "patience": "4m", "target": "80/20s"},
			false,
			[]calculator.DayInterval{quarter("", 2, 20, 300, 240, 0), quarter("", 3, 30, 300, 240, 0)},
			[]string{"definition"},
		},
		{
			"neither", "calls,aht_s,patience_s\n20,300,240\n",
			texts{"agents": "7"},
			true,
			[]calculator.DayInterval{quarter("", 2, 20, 300, 240, 7)},
			[]string{"per", "target", "threshold", "definition"},
		},
	} {
		d := readDay(t, c.sheet, c.flags)
		if diff := cmp.Diff(c.want, d.Intervals); diff != "" || d.Staffed != c.staffed {
			t.Errorf("%s: staffed %v (-want +got):\n%s", c.name, d.Staffed, diff)
		}
		if diff := cmp.Diff(c.assumed, d.Case.Assumed); diff != "" {
			t.Errorf("%s: assumed (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestDayFaults(t *testing.T) {
	for _, c := range []struct{ sheet, want string }{
		{"start,aht_s\n08:00,300\n", "wanted a column calls; found start, aht_s"},
		{"calls,aht_s\n", "0 rows, want one for each interval of a day, at most 288"},
		{"calls,aht_s\n" + strings.Repeat("1,300\n", 289), "289 rows, want one for each interval of a day, at most 288"},
		{"start,calls,aht_s\n08:00,20,300\n08:15,20,300\n09:00,20,300\n", "line 4: start 09:00: want 08:30: starts follow each other evenly"},
		{"start,calls,aht_s\n08:00,20,300\n08:00,20,300\n", "line 3: start 08:00: want 08:15"},
		{"start,calls,aht_s\n25:00,20,300\n", "line 2: "},
		{"calls,aht_s\n20,\n", "line 2: aht: missing, want a time"},
		{"calls,aht_s,agents\n20,300,8\nx,300,8\n20,300,7.5\n", "line 3: calls x: want a number of 0 or more\nline 4: agents 7.5: want one whole number"},
		{"calls,aht_s,agents\n20,300,8\n20,300,\n", "agents in 1 of 2 rows, want them in all, or in none"},
		{"calls,aht_s\n20,300,8\n", "line 2: 3 cells, want 2 as in the header"},
	} {
		_, err := calculator.ReadDay(strings.NewReader(c.sheet), nothing, calculator.DaySettings{})
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%q: %v, want %s", c.sheet, err, c.want)
		}
		if input, ok := errors.AsType[*calculator.InputError](err); ok {
			t.Errorf("%q: %v is taken for a fault of a flag", c.sheet, input)
		}
	}
	_, err := calculator.ReadDay(strings.NewReader("calls,aht_s\n20,300\n"), texts{"target": "100"}.of, calculator.DaySettings{})
	if _, ok := errors.AsType[*calculator.InputError](err); !ok {
		t.Errorf("%v is not taken for a fault of a flag", err)
	}
}

func TestDaySettings(t *testing.T) {
	got, err := calculator.ReadDaySettings(texts{"departure": "preempt", "backlog": "12", "floor": "60%"}.of)
	want := calculator.DaySettings{Departure: erlang.Preempt, Backlog: 12, Floor: 0.6}
	if got != want || err != nil {
		t.Errorf("%+v, %v, want %+v", got, err, want)
	}
	for field, text := range map[string]string{"departure": "at once", "backlog": "-1", "floor": "120%"} {
		_, err := calculator.ReadDaySettings(texts{field: text}.of)
		input, ok := errors.AsType[*calculator.InputError](err)
		if !ok || input.Field != field || input.Value != text {
			t.Errorf("%s %s: %v", field, text, err)
		}
	}
}

// TestLongDayForgetsItsOpening: a day of constant rates and people is, after
// some hours, the long run of each interval.
func TestLongDayForgetsItsOpening(t *testing.T) {
	sheet := "duration_s,calls,aht_s,patience_s,agents\n" + strings.Repeat("3600,80,300,240,8\n", 12)
	for _, definition := range []string{"offered", "answered", "excluding-short", "including-abandoned", "excluding-below-5s"} {
		a, err := readDay(t, sheet, texts{"definition": definition}).Solve()
		if err != nil {
			t.Fatal(err)
		}
		last := a.Plans[0].Rows[11]
		near(t, definition+" level", last.ServiceLevel, last.Alone, 1e-9)
		if first := a.Plans[0].Rows[0]; !(first.ServiceLevel > first.Alone) {
			t.Errorf("%s: the first hour, which opens with everyone free, has %v, not above %v", definition, first.ServiceLevel, first.Alone)
		}
		if !(a.Plans[0].ServiceLevel > a.Plans[0].Alone && a.Plans[0].ServiceLevel < a.Plans[0].Rows[0].ServiceLevel) {
			t.Errorf("%s: the day has %v, alone %v", definition, a.Plans[0].ServiceLevel, a.Plans[0].Alone)
		}
	}
}

// TestBusyIntervalLeavesItsQueue: the interval after a peak is worse than by
// itself, a backlog makes the first one worse, and shares are weighted by
// calls.
func TestBusyIntervalLeavesItsQueue(t *testing.T) {
	const sheet = "calls,aht_s,agents\n20,300,9\n40,300,10\n20,300,12\n0,300,2\n"
	a, err := readDay(t, sheet, texts{}).Solve()
	if err != nil {
		t.Fatal(err)
	}
	rows := a.Plans[0].Rows
	if !(rows[2].ServiceLevel < rows[2].Alone && rows[1].Waiting > rows[0].Waiting) {
		t.Errorf("after the peak %+v", rows)
	}
	if !math.IsNaN(rows[3].ServiceLevel) || !math.IsNaN(rows[3].Alone) {
		t.Errorf("no calls, but levels: %+v", rows[3])
	}
	sum := 0.0
	for i, calls := range []float64{20, 40, 20} {
		sum += calls * rows[i].ServiceLevel
	}
	near(t, "day", a.Plans[0].ServiceLevel, sum/80, 1e-12)
	near(t, "hours", a.Plans[0].Hours, (9+10+12+2)*0.25, 1e-12)

	late, err := readDay(t, sheet, texts{"backlog": "10"}).Solve()
	if err != nil {
		t.Fatal(err)
	}
	if !(late.Plans[0].Rows[0].ServiceLevel < rows[0].ServiceLevel) {
		t.Errorf("with a backlog %v, without %v", late.Plans[0].Rows[0].ServiceLevel, rows[0].ServiceLevel)
	}
}

// TestReferenceDay: the vectors of a day with carry-over, through a sheet. Their
// levels, which come of a quadrature over the moments of arrival, are taken to
// 1e-7.
func TestReferenceDay(t *testing.T) {
	rows := vectors(t, "transient.csv")
	for convention, departure := range map[string]string{"P": "preempt", "E1": "first", "E2": "finish"} {
		sheet := "duration_s,calls,aht_s,patience_s,agents\n"
		var want table
		day := math.NaN()
		for _, r := range rows {
			switch {
			case r["convention"] != convention:
			case r["interval"] == "day":
				day = value(t, r, "SL_offered")
			default:
				want = append(want, r)
				sheet += fmt.Sprintf("%v,%v,%v,%v,%s\n", referenceInterval, value(t, r, "lambda_per_min")*referenceInterval/60,
					60/value(t, r, "mu"), 60/value(t, r, "theta"), r["s"])
			}
		}
		a, err := readDay(t, sheet, texts{"target": "85/60s", "departure": departure}).Solve()
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range want {
			what := convention + " interval " + r["interval"]
			if r["SL_offered"] != "" {
				near(t, what, a.Plans[0].Rows[i].ServiceLevel, value(t, r, "SL_offered"), 1e-7)
			}
		}
		if !math.IsNaN(day) {
			near(t, convention+" day", a.Plans[0].ServiceLevel, day, 1e-7)
		}
	}
}

// referenceInterval is the length of the intervals of the vectors, in seconds.
const referenceInterval = 900.0

// TestNeedOfADay: by interval, each reaches the target; by day, the day does and
// each interval its floor, with no more hours.
func TestNeedOfADay(t *testing.T) {
	const share, floor, rounding = 0.75, 0.6, 1e-9
	for _, c := range []struct{ sheet, patience string }{
		{"calls,aht_s\n4,300\n9,300\n14,300\n6,300\n2,300\n", "2m"},
		{"calls,aht_s\n20,200\n20,400\n0,300\n5,300\n", ""},
		{"calls,aht_s\n25,178\n9,120\n", ""}, // where the first agents come all at once
	} {
		a, err := readDay(t, c.sheet, texts{"target": "75/30s", "floor": "60%", "patience": c.patience}).Solve()
		if err != nil {
			t.Fatal(err)
		}
		each, day := a.Plans[0], a.Plans[1]
		if each.Basis != calculator.ByInterval || day.Basis != calculator.ByDay {
			t.Fatalf("plans by %s and %s", each.Basis, day.Basis)
		}
		for i, in := range a.Day.Intervals {
			if in.Calls > 0 && (each.Rows[i].ServiceLevel < share-rounding || day.Rows[i].ServiceLevel < floor-rounding) {
				t.Errorf("%q, interval %d: %v by interval, %v by day", c.sheet, i, each.Rows[i], day.Rows[i])
			}
		}
		if day.ServiceLevel < share-rounding || day.Hours > each.Hours {
			t.Errorf("%q: the day reaches %v with %v h, by interval %v h", c.sheet, day.ServiceLevel, day.Hours, each.Hours)
		}
	}
}

// TestOutlookOfADay: the share to be expected is that of the day, about as
// likely to be missed as to be passed; calls that are not known for certain
// make the range wider, and another definition has no outlook.
func TestOutlookOfADay(t *testing.T) {
	sheet := "calls,aht_s,patience_s,agents\n" + strings.Repeat("40,300,240,16\n", 8)
	plan := func(flags texts) calculator.DayPlan {
		a, err := readDay(t, sheet, flags).Solve()
		if err != nil {
			t.Fatal(err)
		}
		return a.Plans[0]
	}
	known, unknown := plan(texts{}), plan(texts{"cv": "15%"})
	near(t, "expected", known.Outlook.Share, known.ServiceLevel, 1e-6)
	if o := known.Outlook; !(o.Low < o.Share && o.Share < o.High && 0 < o.Chance && o.Chance < 1) {
		t.Errorf("%+v", o)
	}
	if o, u := known.Outlook, unknown.Outlook; !(u.Share < o.Share && u.Low < o.Low && u.High-u.Low > o.High-o.Low) {
		t.Errorf("with calls known %+v, not known %+v", o, u)
	}
	if o := plan(texts{"definition": "answered"}).Outlook; o != nil {
		t.Errorf("of those answered: %+v", o)
	}
}
