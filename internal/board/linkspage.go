package board

import (
	"net/http"
	"slices"
	"strconv"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/internal/store"
)

// personLinksView lists people with the links by which they see their own days.
type personLinksView struct {
	Title, Intro string
	Units        []link // to the people of one unit
	TableLinks   []link // none: the list has no parts as small as that
	Action       string // where the forms go
	Made         *madeLink
	Rows         []linkRow
}

// madeLink is a link that has just been made. The store has its hash alone: this is
// the one time that it is shown.
type madeLink struct{ Name, URL string }

// linkRow is a person; Made and By are empty where there is no link.
type linkRow struct {
	ID, Name, Unit string
	Made, By       string
	Was            string // by which a form tells what its sender saw
	Gone           bool   // no longer in the centre file: the link leads nowhere
}

// links shows who has a link.
func (b *Board) links(w http.ResponseWriter, q *request) error {
	c, err := b.source.centre()
	if err != nil {
		return err
	}
	db, err := b.source.open(q.Context())
	if err != nil {
		return fault{Status: http.StatusServiceUnavailable, Key: "board.fault_store", Cause: err}
	}
	all, err := db.Links(q.Context())
	if err != nil {
		return fault{Status: http.StatusServiceUnavailable, Key: "board.fault_store", Cause: err}
	}
	return b.showLinks(w, q, c, all, http.StatusOK, nil, "")
}

// showLinks shows the list, and above it a link that was just made or why
// something was not done.
func (b *Board) showLinks(w http.ResponseWriter, q *request, c *centre.Centre, all []store.Link, status int, made *madeLink, why string) error {
	v, err := viewLinks(q, c, all)
	if err != nil {
		return err
	}
	v.Made = made
	f := frame{Title: v.Title, Body: v}
	if why != "" {
		f.Banners = []banner{{Text: why, Urgent: true}}
	}
	w.Header().Set("Cache-Control", "no-store")
	return b.show(w, q, status, "personlinks", f)
}

// viewLinks lists the people of a unit, or of all, in the order of the centre
// file, and last those who have left it and still have a link.
func viewLinks(q *request, c *centre.Centre, all []store.Link) (personLinksView, error) {
	v := personLinksView{Title: q.words.Say("board.links_title"), Intro: q.words.Say("board.links_intro"), Action: q.to("/links")}
	asked := q.URL.Query().Get("unit")
	names := map[string]string{}
	v.Units = []link{{Text: q.words.Say("board.all_units"), URL: linksURL(q, ""), Here: asked == ""}}
	for _, u := range c.Units {
		names[u.ID] = u.Name
		v.Units = append(v.Units, link{Text: u.Name, URL: linksURL(q, u.ID), Here: asked == u.ID})
	}
	if _, ok := names[asked]; asked != "" && !ok {
		return v, notFound("board.fault_unit", asked)
	}
	for _, p := range c.People {
		if asked == "" || asked == p.Unit {
			v.Rows = append(v.Rows, rowOf(q, c, linkRow{ID: p.ID, Name: p.Name, Unit: names[p.Unit]}, all))
		}
	}
	for _, l := range all {
		if _, ok := c.Person(l.Person); !ok && asked == "" {
			v.Rows = append(v.Rows, rowOf(q, c, linkRow{ID: l.Person, Name: l.Person, Gone: true}, all))
		}
	}
	return v, nil
}

// rowOf fills in the link of a person, if there is one.
func rowOf(q *request, c *centre.Centre, row linkRow, all []store.Link) linkRow {
	if l, ok := linkOf(all, row.ID); ok {
		row.Made, row.By, row.Was = q.words.Day(civil.DateOf(l.Made.In(c.Location))), l.By, was(l)
	}
	return row
}

func linkOf(all []store.Link, person string) (store.Link, bool) {
	i := slices.IndexFunc(all, func(l store.Link) bool { return l.Person == person })
	if i < 0 {
		return store.Link{}, false
	}
	return all[i], true
}

// was tells one link of a person from the next; "": there is none.
func was(l store.Link) string {
	if l.Person == "" {
		return ""
	}
	return strconv.FormatInt(l.Made.Unix(), 10)
}

func linksURL(q *request, unit string) string {
	values := q.kept()
	values.Del("unit")
	if unit != "" {
		values.Set("unit", unit)
	}
	return address("/links", values)
}
