package export

import (
	"encoding/csv"
	"io"
	"strconv"
	"time"

	"bemanna/internal/plan"
)

// BacktestRows writes a row for each origin, group and interval of the model's own
// forecasts, as CSV; the handle time is empty where the history has none.
func BacktestRows(w io.Writer, b *plan.Backtested) error {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"origin", "group", "interval_start", "mean", "p025", "p10", "p50", "p90", "p975", "aht_s"}); err != nil {
		return err
	}
	for _, run := range b.Runs {
		if run.Model != b.Runs[0].Model {
			continue
		}
		for _, row := range run.Rows {
			record := []string{run.Origin.Format(time.DateOnly), run.Group, row.Start.Format("2006-01-02T15:04:05")}
			for _, x := range []float64{row.Mean, row.P025, row.P10, row.P50, row.P90, row.P975} {
				record = append(record, sixDigits(x))
			}
			handling := ""
			if row.HandleTime > 0 {
				handling = sixDigits(row.HandleTime)
			}
			if err := out.Write(append(record, handling)); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

func sixDigits(x float64) string { return strconv.FormatFloat(x, 'g', 6, 64) }
