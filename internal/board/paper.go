package board

import (
	"bytes"
	"errors"
	"net/http"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/export"
	"bemanna/internal/plan"
)

// paperPolicy is what the printed page may load: nothing. It is one file, with
// its style in it.
const paperPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// print sends the day as A4 pages, one for each unit or for ?unit= alone; ?date=
// is another day than today's.
func (b *Board) print(w http.ResponseWriter, q *request) error {
	c, err := b.source.centre()
	if err != nil {
		return err
	}
	date, err := dayAsked(q, c, "date")
	if err != nil {
		return err
	}
	k, err := b.source.day(q.Context(), c, date)
	if err != nil {
		return err
	}
	if k.day == nil {
		return notFound("board.fault_no_plan", date.String())
	}
	var page bytes.Buffer
	unit := q.URL.Query().Get("unit")
	if err := export.Print(&page, k.day, unit, q.words); err != nil {
		if errors.Is(err, export.ErrNoUnit) {
			return notFound("board.fault_unit", unit)
		}
		return err
	}
	w.Header().Set("Content-Security-Policy", paperPolicy)
	send(w, http.StatusOK, "text/html; charset=utf-8", page.Bytes())
	return nil
}

// dayAsked is the day of a query, or today, or the next day on which anything is
// open.
func dayAsked(q *request, c *centre.Centre, name string) (civil.Date, error) {
	s := q.URL.Query().Get(name)
	if s == "" {
		return plan.NextOpen(c, civil.DateOf(q.now.In(c.Location))), nil
	}
	d, err := civil.ParseDate(s)
	if err != nil {
		return 0, badRequest("board.fault_date", s)
	}
	return d, nil
}
