package board

import (
	"context"
	"net/http"
	"net/url"

	"bemanna/internal/centre"
	"bemanna/internal/i18n"
	"bemanna/internal/store"
)

// changeLink gives somebody a link or takes it away, if the link is still as the
// sender saw it: of two managers the second is told, and loading the page again
// makes no second link.
func (b *Board) changeLink(w http.ResponseWriter, q *request) error {
	if err := q.readForm(); err != nil {
		return err
	}
	c, err := b.source.centre()
	if err != nil {
		return err
	}
	db, err := b.source.open(q.Context())
	if err != nil {
		return unsaved(err)
	}
	b.linking.Lock()
	defer b.linking.Unlock()
	all, err := db.Links(q.Context())
	if err != nil {
		return unsaved(err)
	}
	id := q.PostForm.Get("person")
	l, has := linkOf(all, id)
	who, ours := c.Person(id)
	do := q.PostForm.Get("do")
	switch {
	case !ours && !has, !ours && do == "make":
		return badRequest("board.fault_person", id)
	case was(l) != q.PostForm.Get("was"):
		return b.showLinks(w, q, c, all, http.StatusConflict, nil, q.words.Say("board.link_changed", i18n.Args{"Name": nameIn(c, id)}))
	case do == "make":
		return b.makeLink(w, q, c, db, who)
	case do == "revoke" && has:
		return b.revokeLink(w, q, c, db, id)
	}
	return badRequest("board.fault_do", do)
}

// makeLink gives a person a new link and shows it.
func (b *Board) makeLink(w http.ResponseWriter, q *request, c *centre.Centre, db *store.Store, who centre.Person) error {
	ctx, cancel := context.WithTimeout(q.Context(), b.patience)
	defer cancel()
	token, hash := NewToken()
	if _, err := db.SaveLink(ctx, who.ID, hash, q.user.Name, q.now.In(c.Location)); err != nil {
		return unsaved(err)
	}
	all, err := db.Links(q.Context())
	if err != nil {
		return unsaved(err)
	}
	return b.showLinks(w, q, c, all, http.StatusOK, &madeLink{who.Name, b.reachedAt(q.Request) + "/p/" + token}, "")
}

// revokeLink takes the link of a person away, who may have left the centre.
func (b *Board) revokeLink(w http.ResponseWriter, q *request, c *centre.Centre, db *store.Store, person string) error {
	ctx, cancel := context.WithTimeout(q.Context(), b.patience)
	defer cancel()
	if err := db.RevokeLink(ctx, person, q.user.Name, q.now.In(c.Location)); err != nil {
		return unsaved(err)
	}
	return see(w, q, q.to("/links"))
}

// reachedAt is where browsers reach the board: as the server was told, or else
// where the form was sent from, which a browser says itself and the guard against
// other sites has compared.
func (b *Board) reachedAt(r *http.Request) string {
	if b.url != "" {
		return b.url
	}
	if from, err := url.Parse(r.Header.Get("Origin")); err == nil && from.Host != "" {
		return from.Scheme + "://" + from.Host
	}
	return "http://" + r.Host
}

// nameIn is the name of a person, or the id of one who has left the centre.
func nameIn(c *centre.Centre, person string) string {
	if p, ok := c.Person(person); ok {
		return p.Name
	}
	return person
}
