package export

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"bemanna/forecast"
	"bemanna/internal/civil"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// hardBacktest is a backtest with the widest of everything: a tiny group of a long
// name that is missed by more than all of its calls, and one of which nothing is
// known.
func hardBacktest() *plan.Backtested {
	name := "Kundtjänst för parkeringstillstånd"
	wide := forecast.Score{
		Group: name, Model: forecast.DayLevel{}.Name(), Days: 28, Intervals: 12_000, Calls: 9_000,
		WAPE: 1.2345, Floor: .9345, Bias: -1.2345, Pinball: 1234.56, Cover80: 1, Cover95: 1,
		Totals: forecast.DayScore{Days: 224, WAPE: 1.2345, Floor: .5, Cover80: 1, Cover95: 1},
	}
	simple := wide
	simple.Model = forecast.SameWeekday{}.Name()
	nan := math.NaN()
	unknown := forecast.Score{Model: wide.Model, Days: 28, WAPE: nan, Floor: nan, Bias: nan, Pinball: nan, Cover80: nan, Cover95: nan}
	unknown.Totals = forecast.DayScore{WAPE: nan, Floor: nan, Cover80: nan, Cover95: nan}
	return &plan.Backtested{
		Step: 30 * time.Minute, Days: 28, Origins: []civil.Date{civil.NewDate(2026, 9, 24), civil.NewDate(2026, 11, 18)},
		BacktestResult: forecast.BacktestResult{
			Runs: []forecast.BacktestRun{
				{Group: name, Model: wide.Model},
				{Group: name, Model: wide.Model, Elapsed: 1234567 * time.Microsecond},
				{Group: name, Model: simple.Model},
				{Group: name, Model: simple.Model},
			},
			Scores: []forecast.Score{wide, simple}, SumScores: []forecast.Score{unknown, unknown},
		},
		Verdicts: []plan.Verdict{
			{Model: wide, Simple: simple, ByPinball: true, Gain: -1.234, Intervals: plan.HeldNarrow, Lean: plan.LeanLow, Mixed: 1, Forecasts: 2},
			{Model: wide, Simple: simple, Gain: nan, Intervals: plan.HeldNone, Lean: plan.LeanHigh, Mixed: 1, Forecasts: 2},
		},
	}
}

// TestBacktestPageIsNarrow: the page fits into 80 columns in both languages, and
// says of every figure that is not known that it is none.
func TestBacktestPageIsNarrow(t *testing.T) {
	for _, lang := range i18n.Languages {
		words, err := i18n.New(lang)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := BacktestPage(&out, hardBacktest(), words); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(out.String()) {
			if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")); n > pageWidth {
				t.Errorf("%s: %d columns: %s", lang, n, line)
			}
		}
		if strings.Contains(out.String(), "NaN") || strings.Count(out.String(), "(1 ") != 1 {
			t.Errorf("%s: want no NaN, and the mixed group once:\n%s", lang, out.String())
		}
	}
}

// TestBacktestDoc: what is not known is null, and only what was timed has a time.
func TestBacktestDoc(t *testing.T) {
	raw, err := json.Marshal(Backtest(hardBacktest()))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"interval_s":1800`, `"origins":["2026-09-24","2026-11-18"]`, `"judged_by":"pinball","gain":-1.234,"intervals":"narrow"`,
		`"model":"day level × profile","days":28,"intervals":12000`, `"cpu_s":1.234567}`,
		`"wape":null,"floor":null,"cover80":null,"cover95":null},"cpu_s":null}`,
	} {
		if !strings.Contains(string(raw), want) {
			t.Errorf("no %s in %s", want, raw)
		}
	}
}
