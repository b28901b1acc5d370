package board

import (
	"net/http"
	"strings"
)

// health answers those who watch over the server.
func (b *Board) health(w http.ResponseWriter, q *request) error {
	status, text := http.StatusOK, "ok\n"
	if _, err := b.source.open(q.Context()); err != nil {
		status, text = http.StatusServiceUnavailable, "store cannot be read\n"
	}
	send(w, status, "text/plain; charset=utf-8", []byte(text))
	return nil
}

// unknown answers for all that is not there. An address that may hold the token
// of a link is not repeated: it would stand in the log.
func (b *Board) unknown(_ http.ResponseWriter, q *request) error {
	if strings.HasPrefix(q.URL.Path, "/p/") {
		return fault{Status: http.StatusNotFound, Key: "board.fault_link"}
	}
	if q.Method != http.MethodGet && q.Method != http.MethodHead {
		return fault{Status: http.StatusMethodNotAllowed, Key: "board.fault_method"}
	}
	return notFound("board.fault_page", q.URL.Path)
}
