// Package csvtext reads the text of CSV as spreadsheets save it: its encoding and
// its delimiter. What the fields mean is for others.
package csvtext

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// Decode gives data as UTF-8 without a byte order mark. It may be UTF-8, UTF-16
// with its mark, or Windows-1252, for which all else is taken.
func Decode(data []byte) []byte {
	decoder := charmap.Windows1252.NewDecoder() // every byte is some character
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		decoder = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()
	case utf8.Valid(data):
		return bytes.TrimPrefix(data, []byte("\ufeff"))
	}
	out, err := decoder.Bytes(data)
	if err != nil {
		return bytes.ToValidUTF8(data, []byte("?"))
	}
	return out
}

// Delimiter gives the comma, semicolon or tab that the first line with text has
// most of; the comma where it has none.
func Delimiter(data []byte) rune {
	first, _, _ := bytes.Cut(bytes.TrimLeft(data, "\r\n"), []byte("\n"))
	best := ','
	for _, d := range ";\t" {
		if bytes.Count(first, []byte(string(d))) > bytes.Count(first, []byte(string(best))) {
			best = d
		}
	}
	return best
}
