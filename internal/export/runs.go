package export

import (
	"fmt"
	"io"
	"time"

	"bemanna/internal/civil"
	"bemanna/internal/i18n"
)

// RunLine is a line of the ledger of runs, as JSON.
type RunLine struct {
	Job      string    `json:"job"`
	Due      time.Time `json:"due"`
	Started  time.Time `json:"started"`
	Finished time.Time `json:"finished,omitzero"`
	Status   string    `json:"status"`
	Message  string    `json:"message"`
}

// RunTable writes the ledger, the newest run first.
func RunTable(w io.Writer, runs []RunLine, words *i18n.Words) error {
	if len(runs) == 0 {
		_, err := fmt.Fprintln(w, words.Say("runs.none"))
		return err
	}
	header := []string{words.Say("runs.due"), words.Say("runs.started"), words.Say("runs.took"), words.Say("runs.status"), words.Say("runs.message")}
	var rows [][]string
	for _, r := range runs {
		took := ""
		if !r.Finished.IsZero() {
			took = words.Number(r.Finished.Sub(r.Started).Seconds(), 0) + " s"
		}
		rows = append(rows, []string{
			civil.DateOf(r.Due).String() + " " + civil.ClockOf(r.Due).String(), civil.ClockOf(r.Started).String(),
			took, words.Say("run_status." + r.Status), clip(r.Message, 36),
		})
	}
	return writeColumns(w, header, rows)
}
