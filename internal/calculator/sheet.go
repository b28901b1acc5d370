package calculator

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"bemanna/internal/csvtext"
)

// A Sheet is a table as spreadsheets write them: CSV with a header, in UTF-8 or
// Windows-1252, parted by commas, semicolons or tabs.
type Sheet struct {
	Header []string
	Rows   [][]string // each as long as the header, or longer
	Lines  []int      // of the rows in the file

	delimiter rune
	comma     bool // numbers are written 0,85
}

var decimalComma = regexp.MustCompile(`^\d+,\d+$`)

// ReadSheet reads a sheet. Empty rows are left out, and short ones are filled
// up with empty cells.
func ReadSheet(r io.Reader) (*Sheet, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	data = csvtext.Decode(data)
	s := &Sheet{delimiter: csvtext.Delimiter(data)}
	c := csv.NewReader(bytes.NewReader(data))
	c.Comma, c.FieldsPerRecord, c.LazyQuotes = s.delimiter, -1, true
	for {
		record, err := c.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("not CSV: %w", err)
		}
		line, _ := c.FieldPos(0)
		s.add(record, line)
	}
	if s.Header == nil {
		return nil, errors.New("the file is empty, want a header and rows")
	}
	return s, nil
}

func (s *Sheet) add(record []string, line int) {
	empty := true
	for i, cell := range record {
		record[i] = strings.TrimSpace(cell)
		empty = empty && record[i] == ""
		s.comma = s.comma || s.Header != nil && s.delimiter != ',' && decimalComma.MatchString(record[i])
	}
	switch {
	case empty:
	case s.Header == nil:
		s.Header = record
	default:
		if short := len(s.Header) - len(record); short > 0 {
			record = append(record, make([]string, short)...)
		}
		s.Rows, s.Lines = append(s.Rows, record), append(s.Lines, line)
	}
}

// A column is what a sheet may have, by the names that it goes by, as
// plainName gives them. The first is ours.
type column []string

// find gives the place of each column in the sheet by its first name; where
// several cells of the header would do, the name that stands first wins.
func (s *Sheet) find(columns []column) map[string]int {
	plain := make([]string, len(s.Header))
	for i, name := range s.Header {
		plain[i] = plainName(name)
	}
	found := map[string]int{}
	for _, names := range columns {
		for _, name := range names {
			if i := slices.Index(plain, name); i >= 0 {
				found[names[0]] = i
				break
			}
		}
	}
	return found
}

var unitSuffix = regexp.MustCompile(`_(s|sek|sec|seconds|sekunder)$`)

// plainName is the name of a column in lower case, without its unit, and with
// one _ for every run of signs between its words.
func plainName(s string) string {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return strings.ContainsRune(" _-./()[]:\u00a0", r) })
	return unitSuffix.ReplaceAllString(strings.Join(words, "_"), "")
}

// A ColumnError says that a sheet lacks a column without which it means
// nothing.
type ColumnError struct {
	Wanted string
	Found  []string
}

func (e *ColumnError) Error() string {
	return fmt.Sprintf("wanted a column %s; found %s", e.Wanted, strings.Join(e.Found, ", "))
}

// writer writes rows as those of the sheet are written.
func (s *Sheet) writer(w io.Writer) *csv.Writer {
	c := csv.NewWriter(w)
	c.Comma = s.delimiter
	return c
}
