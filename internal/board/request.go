package board

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"time"

	"bemanna/internal/i18n"
)

// request is a request with what the board knows of it.
type request struct {
	*http.Request
	user  User
	words *i18n.Words
	now   time.Time
}

// handler answers a request, or gives an error that becomes a page.
type handler func(w http.ResponseWriter, q *request) error

// handle lets those with a role or a higher one use a route.
func (b *Board) handle(mux *http.ServeMux, pattern string, least Role, h handler) {
	mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		note := noteOf(r.Context())
		note.route = pattern
		q, err := b.ask(r, least)
		if q != nil {
			note.user = q.user.Name
		}
		if err == nil && r.Method == http.MethodGet && least > Nobody {
			err = b.readInTurn(w, q, h)
		} else if err == nil {
			err = h(w, q)
		}
		if err != nil && !b.sentToLogin(w, r, err) {
			b.fail(w, r, err)
		}
	})
}

// readInTurn makes a page when fewer than readersAtOnce are being made.
func (b *Board) readInTurn(w http.ResponseWriter, q *request, h handler) error {
	select {
	case b.reading <- struct{}{}:
		defer func() { <-b.reading }()
		return h(w, q)
	case <-q.Context().Done():
		return q.Context().Err()
	}
}

// ask finds out who asks and in which language.
func (b *Board) ask(r *http.Request, least Role) (*request, error) {
	user, err := b.login.User(r)
	if err != nil {
		return nil, fault{Status: http.StatusForbidden, Key: "board.fault_forged", Cause: err}
	}
	words, err := b.languageOf(r)
	if err != nil {
		return nil, err
	}
	q := &request{Request: r, user: user, words: words, now: b.clock()}
	switch {
	case user.Role >= least:
		return q, nil
	case user.Name == "":
		return q, fault{Status: http.StatusUnauthorized, Key: "board.fault_login"}
	default:
		return q, fault{Status: http.StatusForbidden, Key: "board.fault_role", Args: i18n.Args{"User": user.Name}}
	}
}

// note is what the log says of a request. It never holds what a link keeps
// secret: a route is a pattern, and a fault names no token.
type note struct{ route, user, fault string }

type noteKey struct{}

func noteOf(ctx context.Context) *note {
	if n, ok := ctx.Value(noteKey{}).(*note); ok {
		return n
	}
	return &note{}
}

// show sends a page, or the part of it that a script asks for. It is made whole
// before anything is sent, and only sent to a reader who has not got it already.
func (b *Board) show(w http.ResponseWriter, q *request, status int, name string, f frame) error {
	f = b.framed(q, f)
	t := b.pages[q.words.Language][name]
	if q.fragment() {
		q.address(w, f.Address)
		t = t.Lookup("fragment")
	}
	var page bytes.Buffer
	page.Grow(len(f.Content) + 8<<10)
	if err := t.Execute(&page, f); err != nil {
		return err
	}
	if f.Refresh > 0 {
		w.Header().Set("Refresh", strconv.Itoa(f.Refresh))
	}
	if status != http.StatusOK || q.Method == http.MethodPost {
		send(w, status, "text/html; charset=utf-8", page.Bytes())
		return nil
	}
	sum := sha256.Sum256(page.Bytes())
	w.Header().Set("ETag", `"`+base64.RawURLEncoding.EncodeToString(sum[:tokenBytes])+`"`)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	http.ServeContent(w, q.Request, "", time.Time{}, bytes.NewReader(page.Bytes()))
	return nil
}

// send answers with content of a type. That a reader has gone meanwhile is no
// fault: there is nobody to tell.
func send(w http.ResponseWriter, status int, contentType string, content []byte) {
	w.Header().Set("Content-Type", contentType)
	w.WriteHeader(status)
	_, _ = w.Write(content)
}
