package board

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"bemanna/internal/i18n"
)

// mostNote is the longest note, in characters.
const mostNote = 500

// takeNote keeps a note with the day.
func (b *Board) takeNote(w http.ResponseWriter, q *request) error {
	t, err := b.tap(q)
	if err != nil {
		return err
	}
	text, ok := noteText(q.PostForm)
	if !ok {
		return b.edit(w, t, nil, http.StatusUnprocessableEntity, q.words.Say("board.note_wrong", i18n.Args{"Most": mostNote}))
	}
	ctx, cancel := context.WithTimeout(q.Context(), b.patience)
	defer cancel()
	if err := t.db.SaveNote(ctx, t.date, text, q.user.Name, q.now); err != nil {
		return unsaved(err)
	}
	return see(w, q, t.dayURL())
}

// noteText is a note of a form, if it is one: some text on one line, without
// what cannot be seen.
func noteText(form url.Values) (text string, ok bool) {
	text = strings.Join(strings.Fields(form.Get("note")), " ")
	n := utf8.RuneCountInString(text)
	hidden := func(r rune) bool { return !unicode.IsPrint(r) }
	return text, utf8.ValidString(text) && n > 0 && n <= mostNote && !strings.ContainsFunc(text, hidden)
}
