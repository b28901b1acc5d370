package export

import (
	"math"
	"slices"
	"time"

	"bemanna/forecast"
	"bemanna/internal/civil"
	"bemanna/internal/plan"
)

// BacktestDoc is a backtest as JSON. Shares are null where nothing could be
// counted.
type BacktestDoc struct {
	IntervalSeconds int          `json:"interval_s"`
	Days            int          `json:"days"`
	Origins         []civil.Date `json:"origins"`
	Verdicts        []VerdictDoc `json:"verdicts"`
	// Scores are those of each group, method and horizon; those of all groups
	// together have an empty group.
	Scores []ScoreDoc `json:"scores"`
	// Correlations are those of the groups' errors of a day, by origin, from what
	// was known then.
	Correlations []float64 `json:"correlations,omitempty"`
}

// ScoreDoc is how good a method was on a group over a horizon.
type ScoreDoc struct {
	Group     string   `json:"group"`
	Model     string   `json:"model"`
	Days      int      `json:"days"`
	Intervals int      `json:"intervals"` // that count
	Calls     float64  `json:"calls"`
	WAPE      *float64 `json:"wape"`
	Floor     *float64 `json:"floor"`
	Bias      *float64 `json:"bias"`
	Pinball   *float64 `json:"pinball"`
	Cover80   *float64 `json:"cover80"`
	Cover95   *float64 `json:"cover95"`
	Totals    TotalDoc `json:"day_totals"`
	// Seconds of processor time of one forecast, that of the latest origin, which
	// is made alone. Null for all groups together.
	Seconds *float64 `json:"cpu_s"`
}

// TotalDoc is how good the totals of days were.
type TotalDoc struct {
	Days    int      `json:"days"` // that count
	WAPE    *float64 `json:"wape"`
	Floor   *float64 `json:"floor"`
	Cover80 *float64 `json:"cover80"`
	Cover95 *float64 `json:"cover95"`
}

// VerdictDoc is how the forecast did beside the best simple method.
type VerdictDoc struct {
	Group     string    `json:"group"` // "": all groups together
	Days      int       `json:"days"`
	Simple    string    `json:"simple"`    // the simple method that did best
	JudgedBy  string    `json:"judged_by"` // wape; pinball where there is less than a call an interval
	Gain      *float64  `json:"gain"`      // share by which the loss is smaller than the simple method's
	Intervals plan.Held `json:"intervals"`
	Lean      plan.Lean `json:"lean"`
	Mixed     int       `json:"mixed"` // forecasts with a simple method mixed in, of as many as there are origins
}

// Backtest turns a backtest into its document.
func Backtest(b *plan.Backtested) BacktestDoc {
	doc := BacktestDoc{
		IntervalSeconds: int(b.Step.Seconds()), Days: b.Days, Origins: b.Origins,
		Verdicts: []VerdictDoc{}, Scores: []ScoreDoc{},
	}
	for _, v := range b.Verdicts {
		d := VerdictDoc{
			Group: v.Model.Group, Days: v.Model.Days, Simple: v.Simple.Model, JudgedBy: "wape",
			Gain: orNull(v.Gain), Intervals: v.Intervals, Lean: v.Lean, Mixed: v.Mixed,
		}
		if v.ByPinball {
			d.JudgedBy = "pinball"
		}
		doc.Verdicts = append(doc.Verdicts, d)
	}
	spent := timeSpent(b.Runs)
	for _, s := range slices.Concat(b.Scores, b.SumScores) {
		d := ScoreDoc{
			Group: s.Group, Model: s.Model, Days: s.Days, Intervals: s.Intervals, Calls: s.Calls,
			WAPE: orNull(s.WAPE), Floor: orNull(s.Floor), Bias: orNull(s.Bias), Pinball: orNull(s.Pinball),
			Cover80: orNull(s.Cover80), Cover95: orNull(s.Cover95),
			Totals: TotalDoc{
				Days: s.Totals.Days, WAPE: orNull(s.Totals.WAPE), Floor: orNull(s.Totals.Floor),
				Cover80: orNull(s.Totals.Cover80), Cover95: orNull(s.Totals.Cover95),
			},
		}
		if t, ok := spent[method{s.Group, s.Model}]; ok {
			d.Seconds = orNull(t.Seconds())
		}
		doc.Scores = append(doc.Scores, d)
	}
	for _, c := range b.Correlations {
		doc.Correlations = append(doc.Correlations, plan.Round(c.Value, 3))
	}
	return doc
}

// method is a model on a group.
type method struct{ group, model string }

// timeSpent gives the time of the forecast that was timed.
func timeSpent(runs []forecast.BacktestRun) map[method]time.Duration {
	spent := map[method]time.Duration{}
	for _, r := range runs {
		spent[method{r.Group, r.Model}] += r.Elapsed
	}
	return spent
}

func orNull(x float64) *float64 {
	if math.IsNaN(x) {
		return nil
	}
	return &x
}
