package ingest

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// What is not known stays unknown; nobody waits where nobody was.
func TestWaits(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		columns, cells      string
		answered, abandoned float64
	}{
		{"answered,abandoned,wait_answered_s,wait_abandoned_s", "4,2,100,60", 100, 60},
		{"answered,abandoned,wait_answered_s,wait_abandoned_s", "4,2,,60", nan, 60},
		{"answered,abandoned,wait_answered_s,wait_abandoned_s", "4,2,100,-", 100, nan},
		{"answered,abandoned,wait_answered_s,wait_abandoned_s", "0,0,,", 0, 0},
		{"answered,abandoned,wait_answered_s,wait_abandoned_s", "0,0,7,9", 7, 9}, // calls of the interval before
		{"answered,abandoned,wait_answered_s,wait_abandoned_s", ",,100,60", 100, 60},
		{"answered,abandoned,asa,avg_wait_abandoned", "4,2,25,30", 100, 60},
		{"answered,abandoned,asa,avg_wait_abandoned", "4,2,,", nan, nan},
		{"answered,abandoned,asa,avg_wait_abandoned", "0,0,25,30", 0, 0},
		{"answered,abandoned,asa,avg_wait_abandoned", ",,25,30", nan, nan},
		{"answered,asa,avg_wait_abandoned", "4,25,30", 100, nan}, // how many gave up is not said
		{"abandoned,wait_abandoned", "2,60", nan, 60},
		{"answered,abandoned,wait", "4,2,100", 100, nan},
		{"answered,abandoned,wait,wait_answered", "4,2,160,100", 100, nan}, // the name that says whose it is
		{"answered,abandoned,medelväntetid besvarade,väntetid besvarade", "4,2,25,101", 101, nan},
		{"answered,abandoned", "4,2", nan, nan},
	} {
		rows, report := read(t, "start,group,offered,"+c.columns+"\n2026-11-23 08:00,A,6,"+c.cells+"\n", Options{})
		same := func(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }
		if r := rows[0]; report.Good != 1 || !same(r.WaitSeconds, c.answered) || !same(r.AbandonedWaitSeconds, c.abandoned) {
			t.Errorf("%s %s: answered %v, abandoned %v; want %v, %v\n%v",
				c.columns, c.cells, r.WaitSeconds, r.AbandonedWaitSeconds, c.answered, c.abandoned, report)
		}
	}
}

// Nobody waits on the telephone for more than four hours; e-mail does, and so
// may the mean of a day.
func TestLongWaits(t *testing.T) {
	type set struct {
		column string
		reason Reason
	}
	for text, want := range map[string]set{
		"start,group,offered,answered,wait_answered_s\n2026-11-23 08:00,A,4,2,28801":     {"wait_answered_s", ReasonWait},
		"start,group,offered,abandoned,wait_abandoned_s\n2026-11-23 08:00,A,4,2,28801":   {"wait_abandoned_s", ReasonWait},
		"start,group,channel,offered,answered,asa\n2026-11-23 08:00,A,phone,4,2,4:00:01": {"asa", ReasonWait},
		"start,group,offered,abandoned,avg wait abandoned\n2026-11-23 08:00,A,4,2,30000": {"avg wait abandoned", ReasonWait}, // milliseconds
		"start,group,offered,answered,asa\n2026-11-23 08:00,A,4,0,-1":                    {"asa", ReasonNegative},
		"start,group,offered,abandoned,wait_abandoned\n2026-11-23 08:00,A,4,2,-1":        {"wait_abandoned", ReasonNegative},
		"start,group,offered,abandoned,wait_abandoned\n2026-11-23 08:00,A,4,2,soon":      {"wait_abandoned", ReasonNumber},

		"start,group,offered,answered,wait_answered_s\n2026-11-23 08:00,A,4,2,28800":             {},
		"start,group,offered,answered,wait_answered_s\n2026-11-23 08:00,A,4,0,99999":             {},
		"start,group,offered,abandoned,wait_abandoned_s\n2026-11-23 08:00,A,4,,99999":            {},
		"start,group,channel,offered,answered,wait_s\n2026-11-23 08:00,A,email,4,2,900000":       {},
		"date,group,offered,answered,svarstid\n2026-11-23,A,4,2,180000\n2026-11-24,A,4,2,180000": {},
	} {
		_, report := read(t, text+"\n", Options{})
		var got set
		if len(report.Rejects) > 0 {
			got = set{report.Rejects[0].Column, report.Rejects[0].Reason}
		}
		if got != want {
			t.Errorf("%s: set aside for %+v, want %+v", text, got, want)
		}
	}
}

// The report says of which calls a mean was.
func TestReportSaysWhoseMean(t *testing.T) {
	_, report := read(t, "start;group;offered;answered;abandoned;snittkötid besvarade;snittkötid övergivna\n2026-11-23 08:00;A;4;2;2;10;20\n", Options{})
	for _, want := range []string{
		"column snittkötid besvarade: wait_answered_s, mean of the answered calls\n",
		"column snittkötid övergivna: wait_abandoned_s, mean of the abandoned calls\n",
	} {
		if !strings.Contains(report.String(), want) {
			t.Errorf("report lacks %q:\n%v", want, report)
		}
	}
}

// Waits that are written as sums come back as they were, those written as means
// to within the rounding of the mean, and the series add them up.
func TestWaitsReadWhatIsWritten(t *testing.T) {
	type interval struct{ answered, abandoned, waited, lost int }
	rapid.Check(t, func(rt *rapid.T) {
		intervals := rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) interval {
			v := interval{answered: rapid.IntRange(0, 40).Draw(rt, "answered"), abandoned: rapid.IntRange(0, 9).Draw(rt, "abandoned")}
			v.waited = v.answered * rapid.IntRange(0, 900).Draw(rt, "mean wait")
			v.lost = rapid.IntRange(0, 600*v.abandoned).Draw(rt, "waits of those who gave up")
			return v
		}), 1, 4).Draw(rt, "intervals")
		means := rapid.Bool().Draw(rt, "means")
		var b strings.Builder
		b.WriteString("start;group;offered;answered;abandoned;")
		if means {
			b.WriteString("medelväntetid besvarade (s);medelväntetid övergivna (s)\n")
		} else {
			b.WriteString("wait_answered_s;wait_abandoned_s\n")
		}
		mean := func(sum, n int) float64 { return float64(sum) / float64(max(1, n)) }
		var answered, abandoned, tolerance float64
		for i, v := range intervals {
			fmt.Fprintf(&b, "2026-11-23 08:%02d;A;%d;%d;%d;", 15*i, v.answered+v.abandoned, v.answered, v.abandoned)
			if means {
				fmt.Fprintf(&b, "%.0f;%.0f\n", mean(v.waited, v.answered), mean(v.lost, v.abandoned))
				tolerance += float64(v.abandoned) / 2
			} else {
				fmt.Fprintf(&b, "%d;%d\n", v.waited, v.lost)
			}
			answered += float64(v.waited)
			abandoned += float64(v.lost)
		}
		rows, report := read(t, b.String(), Options{})
		if report.Good != len(intervals) {
			rt.Fatalf("%s%v", b.String(), report)
		}
		m, err := Series(rows, "A", SeriesOptions{Step: time.Hour, Location: stockholm(t)})
		if err != nil {
			rt.Fatal(err)
		}
		i := slices.IndexFunc(m.WaitAnswered.Values, func(x float64) bool { return !math.IsNaN(x) })
		if got := m.WaitAnswered.Values[i]; got != answered {
			rt.Errorf("answered waited %v, want %v\n%s", got, answered, b.String())
		}
		if got := m.WaitAbandoned.Values[i]; math.Abs(got-abandoned) > tolerance {
			rt.Errorf("abandoned waited %v, want %v ± %v\n%s", got, abandoned, tolerance, b.String())
		}
	})
}

// A history without waits has no series of them; where some intervals have
// them, the sum over one without is unknown.
func TestSeriesOfWaits(t *testing.T) {
	series := func(text string) Measures {
		rows, _ := read(t, text, Options{})
		m, err := Series(rows, "A", SeriesOptions{Step: time.Hour, Location: stockholm(t)})
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	m := series("start,group,offered,answered,abandoned\n2026-11-23 08:00,A,6,4,2\n")
	if m.WaitAnswered.Values != nil || m.WaitAbandoned.Values != nil {
		t.Errorf("waits of nowhere: %v, %v", m.WaitAnswered, m.WaitAbandoned)
	}
	m = series("start,group,offered,answered,abandoned,wait_answered_s,wait_abandoned_s\n" +
		"2026-11-23 08:00,A,6,4,2,100,60\n2026-11-23 08:30,A,6,4,2,50,\n2026-11-23 10:00,A,6,4,2,10,20\n")
	if got := runs(m.WaitAnswered.Values); got != "8×NaN 150 0 10 13×NaN" {
		t.Errorf("answered waited %s", got)
	}
	if got := runs(m.WaitAbandoned.Values); got != "9×NaN 0 20 13×NaN" {
		t.Errorf("abandoned waited %s", got)
	}
}
