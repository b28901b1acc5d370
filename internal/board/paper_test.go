package board

import (
	"net/http"
	"strings"
	"testing"

	"bemanna/internal/plan"
)

// TestPaper: the sheet of a unit may load nothing, and of a day without a plan
// there is none.
func TestPaper(t *testing.T) {
	f, _ := planned(t)
	w := f.ask(http.MethodGet, "/print?unit=u1&date=2026-11-20&lang=en")
	if w.Code != http.StatusOK || w.Header().Get("Content-Security-Policy") != paperPolicy || !strings.Contains(w.Body.String(), "Ann Berg") {
		t.Errorf("%d, %v\n%s", w.Code, w.Header(), w.Body)
	}
	if w := f.ask(http.MethodGet, "/print?date=2026-10-01"); w.Code != http.StatusNotFound {
		t.Errorf("a day without a plan: %d", w.Code)
	}
}

// TestCalendarOfLink: a link gives the coming days that have plans, one event
// each, and no others.
func TestCalendarOfLink(t *testing.T) {
	f, s := planned(t)
	token, hash := NewToken()
	if _, err := s.SaveLink(t.Context(), "p1", hash, "test", f.now); err != nil {
		t.Fatal(err)
	}
	d, err := plan.Stored(t.Context(), f.c, s, monday)
	if err != nil {
		t.Fatal(err)
	}
	d.Date++
	for _, at := range d.Agents {
		if at.Shift != nil {
			at.Shift.Start, at.Shift.End = at.Shift.Start.AddDate(0, 0, 1), at.Shift.End.AddDate(0, 0, 1)
		}
	}
	save(t, s, d)
	w := f.ask(http.MethodGet, "/p/"+token+".ics")
	text := w.Body.String()
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/calendar") || strings.Count(text, "BEGIN:VEVENT") != 2 {
		t.Errorf("%d, %v\n%s", w.Code, w.Header(), text)
	}
	if strings.Contains(text, "20261120T") {
		t.Errorf("a day that is over:\n%s", text)
	}
	if !strings.Contains(f.page(t, "/p/"+token), "/p/"+token+".ics") {
		t.Error("the page does not lead to the calendar")
	}
}
