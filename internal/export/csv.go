package export

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"

	"bemanna/internal/plan"
)

// activityColumns are the columns of Activities. New ones are added behind.
var activityColumns = []string{"date", "version", "person", "name", "unit", "table", "start", "end", "activity", "groups"}

// Activities writes what everybody does as CSV for programs, a row for each
// activity in the order of the plan: comma, UTF-8, times with their offset,
// groups with a space between. Who does nothing on the day has no row. Texts
// that a spreadsheet would take for a formula are guarded; see guarded.
func Activities(w io.Writer, d *plan.Day) error {
	out := csv.NewWriter(w)
	if err := out.Write(activityColumns); err != nil {
		return err
	}
	for _, a := range d.Agents {
		for _, act := range a.Activities {
			err := out.Write([]string{
				d.Date.String(), strconv.Itoa(d.Version),
				guarded(a.ID), guarded(a.Name), guarded(a.Unit), guarded(a.Table),
				act.Start.Format(time.RFC3339), act.End.Format(time.RFC3339),
				guarded(act.Kind), guarded(strings.Join(act.Groups, " ")),
			})
			if err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

// Spreadsheets take a cell for a formula when it begins with one of these,
// also in their wide forms. The guard itself is among them, so that taking it
// away always gives the text back.
const (
	guard         = '\''
	formulaStarts = "=+-@\t\r＝＋－＠" + string(guard)
	cellEnds      = ",;\t\r\n\"" // what begins a new cell where another delimiter is expected
)

// guarded puts a ' before each sign at which a spreadsheet may begin to read a
// formula: at the start of a text, or behind a delimiter within it. Without a '
// at those places the text is as it was.
func guarded(text string) string {
	if !strings.ContainsAny(text, formulaStarts) {
		return text
	}
	var out strings.Builder
	start := true
	for _, r := range text {
		if start && strings.ContainsRune(formulaStarts, r) {
			out.WriteRune(guard)
		}
		out.WriteRune(r)
		start = strings.ContainsRune(cellEnds, r)
	}
	return out.String()
}
