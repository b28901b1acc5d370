package board

import (
	"net/http"
	"net/url"
)

// The headers by which htmx asks for the part of a page that it swaps, and is
// told which address the page has then.
const (
	headerFragment = "HX-Request"
	headerRestore  = "HX-History-Restore-Request"
	headerAt       = "HX-Current-URL"
	headerPush     = "HX-Push-Url"
)

// fragment tells whether the reader's script asks for the part of a page that
// changes, and not for the whole of it.
func (q *request) fragment() bool { return q.Header.Get(headerFragment) == "true" }

// address tells the reader's script which address the part has that it gets: its
// own, or that of a page which can be loaded anew where the part is the answer to
// a form; without one the address stays. So the way back leads where it does
// without scripts.
func (q *request) address(w http.ResponseWriter, page string) {
	if q.Header.Get(headerRestore) != "" {
		return // it is the address already
	}
	if q.Method != http.MethodPost {
		page = q.URL.RequestURI()
	}
	if at, err := url.Parse(q.Header.Get(headerAt)); page == "" || err == nil && at.RequestURI() == page {
		page = "false"
	}
	w.Header().Set(headerPush, page)
}
