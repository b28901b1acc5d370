package board

import (
	"net/http"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/i18n"
	"bemanna/internal/store"
)

// accessStories are the states of the links of persons, and of logging out.
var accessStories = []story{
	{"links", func(b *Board, w http.ResponseWriter, q *request, _ *time.Location) error {
		return b.showLinks(w, q, madeCentre(), madeLinks, http.StatusOK, nil, "")
	}},
	{"links-made", func(b *Board, w http.ResponseWriter, q *request, _ *time.Location) error {
		made := &madeLink{Name: "Cia Dahl", URL: "https://plan.example.se/p/AAAAAAAAAAAAAAAAAAAAAA"}
		return b.showLinks(w, q, madeCentre(), madeLinks, http.StatusOK, made, "")
	}},
	{"links-changed", func(b *Board, w http.ResponseWriter, q *request, _ *time.Location) error {
		why := q.words.Say("board.link_changed", i18n.Args{"Name": "Cia Dahl"})
		return b.showLinks(w, q, madeCentre(), madeLinks, http.StatusOK, nil, why)
	}},
	{"links-nobody", func(b *Board, w http.ResponseWriter, q *request, _ *time.Location) error {
		return b.showLinks(w, q, &centre.Centre{}, nil, http.StatusOK, nil, "")
	}},
	{"logout", func(b *Board, w http.ResponseWriter, q *request, _ *time.Location) error {
		return b.showLogout(w, q, "anna.berg", "")
	}},
	{"logged-out", func(b *Board, w http.ResponseWriter, q *request, _ *time.Location) error {
		return b.showLogout(w, q, "", "")
	}},
	{"logged-out-here", func(b *Board, w http.ResponseWriter, q *request, _ *time.Location) error {
		return b.showLogout(w, q, "", "/logout/provider")
	}},
}

// madeLinks are links of two people of the made centre, and of one who has left it.
var madeLinks = []store.Link{
	{Person: "a1", By: "anna.berg", Made: (tuesday - 1).At(9*60+20, time.UTC)},
	{Person: "a3", By: "bemanna serve link", Made: (tuesday - 90).At(14*60, time.UTC)},
	{Person: "a17", By: "anna.berg", Made: (tuesday - 200).At(8*60, time.UTC)},
}

// madeCentre has the people of the made day.
func madeCentre() *centre.Centre {
	d := madeDay(tuesday, time.UTC, 8, 16)
	c := &centre.Centre{Location: time.UTC}
	for _, u := range d.Units {
		c.Units = append(c.Units, centre.Unit{ID: u.ID, Name: u.Name})
	}
	for _, a := range d.Agents {
		c.People = append(c.People, centre.Person{ID: a.ID, Name: a.Name, Unit: a.Unit})
	}
	return c
}
