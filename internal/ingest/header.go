package ingest

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xrash/smetrics"
)

// ColumnError says that a file lacks a column without which it means nothing.
type ColumnError struct {
	File    string
	Wanted  string   // canonical name
	Found   []string // the columns of the file
	Nearest string   // the one whose name is most like the wanted; "": none is
}

func (e *ColumnError) Error() string {
	s := fmt.Sprintf("%swanted a column %s; found %s", prefix(e.File), e.Wanted, strings.Join(e.Found, ", "))
	if e.Nearest != "" {
		s += "; nearest: " + e.Nearest
	}
	return s
}

// header is the line of column names and where it was found.
type header struct {
	delimiter rune
	row       int // records above it
	line      int
	names     []string
	matches   []match
}

// headerRows is how many rows are searched for the header: reports put titles
// above it.
const headerRows = 20

// findHeader tries every delimiter and takes the row in which most names are
// known. When none is, it is the first row with the delimiter that cuts it
// into most cells, so that an error can say what was found.
func findHeader(head []byte) header {
	best, score := header{delimiter: ','}, -1
	for _, delimiter := range []rune{';', ',', '\t', '|'} {
		r := newCSV(bytes.NewReader(head), delimiter)
		for row := range headerRows {
			record, err := r.Read()
			if err != nil {
				break
			}
			h := header{delimiter: delimiter, row: row, names: slices.Clone(record)}
			h.line, _ = r.FieldPos(0)
			known := h.match()
			if s := known*1000 + min(len(record), 999); known > 0 && s > score || row == 0 && s > score {
				best, score = h, s
			}
		}
	}
	return best
}

// match looks the names up and counts the fields that are known.
func (h *header) match() (known int) {
	h.matches = make([]match, len(h.names))
	fields := map[field]bool{}
	for i, name := range h.names {
		h.names[i] = strings.TrimSpace(name)
		h.matches[i] = matchName(h.names[i])
		if f := h.matches[i].field; f != fieldNone {
			fields[f] = true
		}
	}
	return len(fields)
}

// column gives the index of the column with the best known name for f, or -1.
func (h *header) column(f field) int {
	best := -1
	for i, m := range h.matches {
		if m.field == f && (best < 0 || m.rank < h.matches[best].rank) {
			best = i
		}
	}
	return best
}

// missing is the error for a file without a column for f.
func (h *header) missing(file string, f field) error {
	e := &ColumnError{File: file, Wanted: canonical[f], Found: h.names}
	if f == fieldWhen && h.column(f) >= 0 {
		e.Wanted = "date" // there is a time of day
	}
	least := 0
	for i, name := range h.names {
		if h.matches[i].field != fieldNone {
			continue
		}
		plain := plainName(name)
		for _, alias := range aliases[f] {
			limit := max(1, len(alias)/3)
			if d := smetrics.WagnerFischer(plain, alias, 1, 1, 1); d <= limit && (e.Nearest == "" || d < least) {
				e.Nearest, least = name, d
			}
		}
	}
	return e
}

func newCSV(r io.Reader, delimiter rune) *csv.Reader {
	c := csv.NewReader(r)
	c.Comma = delimiter
	c.FieldsPerRecord = -1
	c.LazyQuotes = true
	c.ReuseRecord = true
	return c
}
