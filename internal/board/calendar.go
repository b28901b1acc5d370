package board

import (
	"bytes"
	"net/http"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/export"
	"bemanna/internal/plan"
)

const (
	// calendarForm ends the address of a person's link for a calendar.
	calendarForm = ".ics"
	// calendarDays is how far ahead plans are looked for.
	calendarDays = 28
)

// calendar sends the coming days of a person that have plans. Where there are
// none the calendar is empty: whoever subscribes to it asks again.
func (b *Board) calendar(w http.ResponseWriter, q *request, c *centre.Centre, who centre.Person) error {
	db, err := b.source.open(q.Context())
	if err != nil {
		return fault{Status: http.StatusServiceUnavailable, Key: "board.fault_store", Cause: err}
	}
	var days []*plan.Day
	today := civil.DateOf(q.now.In(c.Location))
	for date := today; date < today+calendarDays; date++ {
		d, err := b.source.plans.newest(q.Context(), c, db, date)
		if err != nil {
			return err
		}
		if d != nil && agentOf(d, who.ID) != nil {
			days = append(days, d)
		}
	}
	var text bytes.Buffer
	if err := export.Calendar(&text, days, who.ID, q.words); err != nil {
		return err
	}
	send(w, http.StatusOK, "text/calendar; charset=utf-8", text.Bytes())
	return nil
}
