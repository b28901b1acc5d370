package board

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"

	"bemanna/internal/i18n"
)

// fault is an answer that is not the page that was asked for.
type fault struct {
	Status int
	Key    string // of what readers are told
	Args   i18n.Args
	Cause  error // for the log alone
}

func (f fault) Error() string {
	s := http.StatusText(f.Status) + " (" + f.Key + ")"
	if v, ok := f.Args["Value"].(string); ok {
		s += ": " + v
	}
	if f.Cause != nil {
		s += ": " + f.Cause.Error()
	}
	return s
}

func (f fault) Unwrap() error { return f.Cause }

// badRequest says that a value of an address cannot be read, and notFound that
// there is no such thing.
func badRequest(key, value string) fault {
	return fault{Status: http.StatusBadRequest, Key: key, Args: i18n.Args{"Value": value}}
}

func notFound(key, value string) fault {
	return fault{Status: http.StatusNotFound, Key: key, Args: i18n.Args{"Value": value}}
}

// faultView is the page of a fault.
type faultView struct {
	Status int
	Text   string
	Known  string // what is known nevertheless
	Again  *again // nil: nothing was sent that could be sent again
	Login  *link  // where to log in, or out as somebody else; nil: that would not help
}

// again is what was sent, to be sent once more.
type again struct {
	URL    string
	Fields []field
	Back   string // the page that it came from
}

// formOf gives the page that one of our forms is on.
func formOf(path string) (page string, ok bool) {
	if path == "/links" {
		return path, true
	}
	date, action, _ := strings.Cut(strings.TrimPrefix(path, "/day/"), "/")
	return "/day/" + date, slices.Contains([]string{"checkin", "accept", "undo", "note"}, action)
}

// sentOf gives what was sent to one of our forms, where that may go better
// another time: when the store is free again, or somebody has logged in.
func sentOf(r *http.Request, status int) *again {
	page, ok := formOf(r.URL.Path)
	if status < http.StatusInternalServerError && status != http.StatusUnauthorized || r.Method != http.MethodPost || !ok ||
		r.ParseForm() != nil || len(r.PostForm) == 0 {
		return nil
	}
	q := &request{Request: r}
	a := &again{URL: q.to(r.URL.Path), Back: q.to(page)}
	for _, name := range slices.Sorted(maps.Keys(r.PostForm)) {
		for _, value := range r.PostForm[name] {
			if value != "" {
				a.Fields = append(a.Fields, field{name, value})
			}
		}
	}
	return a
}

// fail answers with the page of an error. What readers cannot help is in the
// log, not on the page.
func (b *Board) fail(w http.ResponseWriter, r *http.Request, err error) {
	var f fault
	if !errors.As(err, &f) {
		f = fault{Status: http.StatusInternalServerError, Key: "board.fault_ours", Cause: err}
		if errors.Is(err, context.Canceled) {
			f.Status = http.StatusServiceUnavailable
		}
	}
	noteOf(r.Context()).fault = f.Error()
	words, langErr := b.languageOf(r)
	if langErr != nil {
		words = b.ownWords()
	}
	q := &request{Request: r, words: words, now: b.clock()}
	view := faultView{Status: f.Status, Text: words.Say(f.Key, f.Args)}
	view.Again, view.Login = sentOf(r, f.Status), b.loginHelp(r, f, words)
	if f.Status >= http.StatusInternalServerError {
		view.Known = b.lastKnown(words)
	}
	if err := b.show(w, q, f.Status, "fault", frame{Title: view.Text, Body: view}); err != nil {
		b.log.ErrorContext(r.Context(), "fault page", "error", err)
		http.Error(w, http.StatusText(f.Status), f.Status)
	}
}

// lastKnown says which plan is published, for a page that can show nothing
// else.
func (b *Board) lastKnown(words *i18n.Words) string {
	d, err := b.source.published()
	if err != nil {
		return words.Say("board.known_nothing")
	}
	return words.Say("board.known_plan", i18n.Args{"Day": words.Day(d.Date), "Made": words.Stamp(d.Made)})
}
