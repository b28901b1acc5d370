package board

import (
	"net/http"

	"golang.org/x/text/language"

	"bemanna/internal/i18n"
)

// matcher finds the best of our languages; the first is that of readers who
// understand neither.
var matcher = language.NewMatcher([]language.Tag{language.Swedish, language.English})

// languageOf is the language that a reader asks for: ?lang=, then what the
// browser prefers, then the centre's.
func (b *Board) languageOf(r *http.Request) (*i18n.Words, error) {
	if asked := r.URL.Query().Get("lang"); asked != "" {
		words, ok := b.words[asked]
		if !ok {
			return nil, fault{Status: http.StatusBadRequest, Key: "board.fault_language", Args: i18n.Args{"Value": asked}}
		}
		return words, nil
	}
	wanted, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err == nil && len(wanted) > 0 {
		if _, i, sure := matcher.Match(wanted...); sure > language.No {
			return b.words[[]string{"sv", "en"}[i]], nil
		}
	}
	return b.ownWords(), nil
}

// ownWords is the language of the board where a reader has none.
func (b *Board) ownWords() *i18n.Words {
	lang := b.language
	if lang == "" {
		if c, err := b.source.centre(); err == nil {
			lang = c.Language
		}
	}
	if words, ok := b.words[lang]; ok {
		return words
	}
	return b.words["sv"]
}
