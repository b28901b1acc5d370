package centre

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"bemanna/internal/csvtext"
)

// inDir gives the path of a file that the centre file names.
func (r *reader) inDir(path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(r.centre.Dir, path)
}

// csv reads the rows of the CSV file that v names; want is what may stand there.
func (r *reader) csv(subject, want string, v *value, known []string, needed ...string) []*value {
	before := len(r.faults)
	var name string
	if one(r, &name, scalar[string]{want, line.parse})(subject, v); len(r.faults) > before {
		return nil
	}
	path := r.inDir(name)
	data, err := r.open(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		r.fault(v.place, "%s %s, want %s: there is none at %s", subject, v, want, path)
		return nil
	case err != nil:
		r.failed = err
		return nil
	}
	return r.rows(path, data, known, needed...)
}

// rows reads CSV with a header, in UTF-8 or Windows-1252, parted by commas or
// semicolons. Each row is a mapping from columns to text; an empty field counts
// as left out, and an empty row as none.
func (l *ledger) rows(file string, data []byte, known []string, needed ...string) []*value {
	l.files = append(l.files, file)
	records, ok := l.records(file, csvtext.Decode(data))
	if len(records) == 0 && ok {
		l.fault(place{file: file}, "the file is empty, want a header: %s", strings.Join(known, ","))
	}
	if len(records) == 0 || !l.header(records[0], known, needed) {
		return nil
	}
	var rows []*value
	for _, record := range records[1:] {
		if v := l.row(records[0], record); len(v.entries) > 0 {
			rows = append(rows, v)
		}
	}
	return rows
}

// records reads each record as a list of its fields, up to the first that is
// not CSV, which is a fault.
func (l *ledger) records(file string, data []byte) (records []*value, ok bool) {
	c := csv.NewReader(bytes.NewReader(data))
	c.Comma = csvtext.Delimiter(data)
	c.FieldsPerRecord = -1
	lines := bytes.Split(data, []byte("\n"))
	for {
		record, err := c.Read()
		var syntax *csv.ParseError
		switch {
		case errors.As(err, &syntax):
			l.fault(placeIn(file, lines, syntax.Line, syntax.Column), "not CSV: %v", syntax.Err)
			return records, false
		case err != nil: // the end: there is nothing else that reading bytes can meet
			return records, true
		}
		v := &value{kind: list}
		for i, s := range record {
			line, at := c.FieldPos(i)
			item := &value{place: placeIn(file, lines, line, at), text: strings.TrimSpace(s)}
			if item.text != "" {
				item.kind = text
			}
			v.items = append(v.items, item)
		}
		v.place = v.items[0].place
		records = append(records, v)
	}
}

// placeIn turns a column in bytes, from 1, into one in characters.
func placeIn(file string, lines [][]byte, line, at int) place {
	if 1 <= line && line <= len(lines) {
		s := lines[line-1]
		at = utf8.RuneCount(s[:min(max(at-1, 0), len(s))]) + 1
	}
	return place{file, line, at}
}

// header faults columns that are unknown, missing or there twice, and tells
// whether all is well.
func (l *ledger) header(v *value, known, needed []string) bool {
	before := len(l.faults)
	var seen []string
	for _, item := range v.items {
		switch {
		case item.kind == nothing:
			l.fault(item.place, "a column without a name, want one of %s", strings.Join(known, ", "))
		case slices.Contains(seen, item.text):
			l.fault(item.place, "column %s a second time", shown(item.text))
		case !slices.Contains(known, item.text):
			l.fault(item.place, "unknown column %s%s", shown(item.text), didYouMean(item.text, known))
		}
		seen = append(seen, item.text)
	}
	for _, key := range needed {
		if !slices.Contains(seen, key) {
			l.fault(v.place, "column %s is missing", key)
		}
	}
	return len(l.faults) == before
}

// row names the fields of a row by the columns of the header. An empty row has
// none.
func (l *ledger) row(header, row *value) *value {
	v := &value{place: row.place, kind: mapping}
	filled := 0
	for i, item := range row.items {
		if item.kind != nothing {
			filled = i + 1
		}
	}
	if filled == 0 {
		return v
	}
	if n, want := len(row.items), len(header.items); n < want || filled > want {
		l.fault(row.place, "%d fields, want %d as in the header", n, want)
		return v
	}
	for i, column := range header.items {
		v.entries = append(v.entries, entry{column, row.items[i]})
	}
	return v
}

// split parts the fields of some columns at spaces.
func (v *value) split(columns ...string) {
	for _, key := range columns {
		if u := v.under(key); u != nil {
			u.kind = list
			for word := range strings.FieldsSeq(u.text) {
				u.items = append(u.items, &value{place: u.place, kind: text, text: word})
			}
		}
	}
}
