package export

import (
	"io"
	"math"
	"time"

	"bemanna/forecast"
	"bemanna/internal/i18n"
)

// ScoreRow is how good a model was on a group over a horizon, as JSON. Shares
// are null where nothing could be counted.
type ScoreRow struct {
	Group     string   `json:"group"`
	Model     string   `json:"model"`
	Days      int      `json:"days"`
	Intervals int      `json:"intervals"`
	Calls     float64  `json:"calls"`
	WAPE      *float64 `json:"wape"`
	Floor     *float64 `json:"floor"`
	Bias      *float64 `json:"bias"`
	Pinball   *float64 `json:"pinball"`
	Cover80   *float64 `json:"cover80"`
	Cover95   *float64 `json:"cover95"`
	Seconds   float64  `json:"seconds"` // of one forecast, on average
}

// Scores turns the scores of a backtest into their rows.
func Scores(r forecast.BacktestResult) []ScoreRow {
	spent := map[[2]string]time.Duration{}
	runs := map[[2]string]int{}
	for _, run := range r.Runs {
		k := [2]string{run.Group, run.Model}
		spent[k] += run.Elapsed
		runs[k]++
	}
	known := func(x float64) *float64 {
		if math.IsNaN(x) {
			return nil
		}
		return &x
	}
	out := []ScoreRow{}
	for _, s := range r.Scores {
		k := [2]string{s.Group, s.Model}
		out = append(out, ScoreRow{
			Group: s.Group, Model: s.Model, Days: s.Days, Intervals: s.Intervals, Calls: s.Calls,
			WAPE: known(s.WAPE), Floor: known(s.Floor), Bias: known(s.Bias), Pinball: known(s.Pinball),
			Cover80: known(s.Cover80), Cover95: known(s.Cover95),
			Seconds: spent[k].Seconds() / float64(max(1, runs[k])),
		})
	}
	return out
}

// ScoreTable writes the scores for a manager: what the error is, what it could
// be at best, and what simple methods reach.
func ScoreTable(w io.Writer, r forecast.BacktestResult, words *i18n.Words) error {
	header := []string{words.Say("col.group")}
	for _, id := range []string{"days", "model", "error", "floor", "bias", "pinball", "cover80", "cover95"} {
		header = append(header, words.Say("score."+id))
	}
	var rows [][]string
	last := ""
	for _, s := range r.Scores {
		name := ""
		if s.Group != last {
			name, last = clip(s.Group, 14), s.Group
		}
		rows = append(rows, []string{
			name, words.Number(float64(s.Days), 0), words.Say("model." + s.Model), words.Share(s.WAPE, 1), words.Share(s.Floor, 1),
			words.Share(s.Bias, 1), words.Number(s.Pinball, 2), words.Share(s.Cover80, 0), words.Share(s.Cover95, 0),
		})
	}
	if err := writeTable(w, header, rows); err != nil {
		return err
	}
	for _, l := range wrap(words.Say("score.legend"), pageWidth) {
		if _, err := io.WriteString(w, l+"\n"); err != nil {
			return err
		}
	}
	return nil
}
