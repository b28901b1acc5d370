package board

import (
	"net/http"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/store"
)

// basis is what answers are taken from.
type basis struct {
	c     *centre.Centre
	db    *store.Store
	today civil.Date
	weeks civil.Date // ahead
	stamp string     // changes with the day, the data and the centre file
}

// basis gives the centre and its data as they are.
func (b *Board) basis(q *request) (basis, error) {
	c, err := b.source.centre()
	if err != nil {
		return basis{}, err
	}
	db, err := b.source.open(q.Context())
	if err != nil {
		return basis{}, fault{Status: http.StatusServiceUnavailable, Key: "board.fault_store", Cause: err}
	}
	until, err := db.DataUntil(q.Context(), c.Source)
	if err != nil {
		return basis{}, fault{Status: http.StatusServiceUnavailable, Key: "board.fault_store", Cause: err}
	}
	today := civil.DateOf(q.now.In(c.Location))
	return basis{c, db, today, b.ahead.weeks, today.String() + " " + until.UTC().Format(time.RFC3339) + "\n" + stampOf(c.Files)}, nil
}
