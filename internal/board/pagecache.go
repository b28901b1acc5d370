package board

import (
	"html/template"
	"net/http"
	"strings"
	"sync"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/plan"
)

// pageKey is all that the content of a page is made of, beside the minute. Plans
// and centres are shared by all readers and never changed: another one is another
// pointer.
type pageKey struct {
	name, language string
	address        string // with its query: links keep what stands there
	role           Role   // what a reader may do; nothing in a content tells who it is
	centre         *centre.Centre
	day            *plan.Day // nil: there is none
	said           string    // of the day: what is wrong with it, and the notes
}

// keptPage is the content of a page that has been made: what stands within the
// frame, which each reader gets anew.
type keptPage struct {
	title   string
	content template.HTML
}

// keptPages are the contents that were made in the same minute.
type keptPages struct {
	mu     sync.Mutex
	minute time.Time
	all    map[pageKey]keptPage
	bytes  int
}

// mostKept is how much is kept, in bytes: the page of a day of 69 people is a
// quarter of a megabyte.
const mostKept = 32 << 20

// find gives the content that was made of the same in this minute.
func (k *keptPages) find(key pageKey, now time.Time) (keptPage, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	p, ok := k.all[key]
	return p, ok && k.minute.Equal(now.Truncate(time.Minute))
}

// keep keeps a content for the rest of its minute, if there is room for it.
func (k *keptPages) keep(key pageKey, now time.Time, p keptPage) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if minute := now.Truncate(time.Minute); !k.minute.Equal(minute) {
		k.minute, k.all, k.bytes = minute, map[pageKey]keptPage{}, 0
	}
	if size := len(p.content) + len(key.address) + len(key.said); k.bytes+size <= mostKept {
		k.bytes += size
		k.all[key] = p
	}
}

// showKept shows a page that may be shared by all who have the same role, and
// makes its content if it is not kept. The frame of made has no more than title,
// banners and body.
func (b *Board) showKept(w http.ResponseWriter, q *request, key pageKey, refresh int, made func() (frame, error)) error {
	key.language, key.address, key.role = q.words.Language, q.URL.RequestURI(), q.user.Role
	p, ok := b.kept.find(key, q.now)
	if !ok {
		f, err := made()
		if err != nil {
			return err
		}
		var content strings.Builder
		if err := b.pages[key.language][key.name].ExecuteTemplate(&content, "content", f); err != nil {
			return err
		}
		p = keptPage{f.Title, template.HTML(content.String())} //nolint:gosec // made by a template
		b.kept.keep(key, q.now, p)
	}
	return b.show(w, q, http.StatusOK, key.name, frame{Title: p.title, Content: p.content, Refresh: refresh})
}
