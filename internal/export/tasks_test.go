package export

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"bemanna/internal/plan"
)

// TestLongDayFitsThePage: people who work around the clock are shown in several
// tables within the width of the page, at all hours that they work.
func TestLongDayFitsThePage(t *testing.T) {
	d := someDay(t, ordinary)
	d.Agents = d.Agents[:3]
	for i, hours := range []string{"00:00 phone 08:00", "06:00 phone 15:00", "16:00 phone 23:45"} {
		a := &d.Agents[i]
		a.Activities = activities(t, d, hours)
		a.Shift = &plan.Period{Start: a.Activities[0].Start, End: a.Activities[0].End}
		a.Absent = false
	}
	var b bytes.Buffer
	if err := Page(&b, d, language(t, "en")); err != nil {
		t.Fatal(err)
	}
	_, tasks, _ := strings.Cut(b.String(), "3 WHO DOES WHAT")
	tasks, _, _ = strings.Cut(tasks, "4 BREAKS")
	phone := 0
	for line := range strings.Lines(tasks) {
		if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")); n > pageWidth {
			t.Errorf("%d columns, want at most %d: %s", n, pageWidth, line)
		}
		if utf8.RuneCountInString(line) > stripLabel {
			phone += strings.Count(string([]rune(line)[stripLabel:]), "P")
		}
	}
	if want := 4*(8+9) + 31; phone != want {
		t.Errorf("%d quarter-hours on the phone shown, want %d:\n%s", phone, want, tasks)
	}
	if n := strings.Count(tasks, "00  01"); n != 1 {
		t.Errorf("the first hours head %d tables, want 1:\n%s", n, tasks)
	}
}
