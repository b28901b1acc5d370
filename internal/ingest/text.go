package ingest

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// headSize is how much of a file is looked at before its form is decided: for
// 14 groups of quarter-hours about two months, so that a day past the 12th is
// among them.
const headSize = 4 << 20

// text is a file as UTF-8 without a mark at its front.
type text struct {
	gzip     bool
	encoding string
	head     []byte    // its beginning, whole lines unless it is the whole file
	all      io.Reader // all of it, the beginning included
}

// openText takes away compression and encoding.
func openText(r io.Reader) (text, error) {
	var t text
	magic := make([]byte, 2)
	n, err := io.ReadFull(r, magic)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return t, err
	}
	r = io.MultiReader(bytes.NewReader(magic[:n]), r)
	if magic[0] == 0x1f && magic[1] == 0x8b {
		z, err := gzip.NewReader(r)
		if err != nil {
			return t, fmt.Errorf("gzip: %w", err)
		}
		t.gzip, r = true, z
	}
	raw, r, err := peek(r)
	if err != nil {
		return t, err
	}
	t.encoding = "UTF-8"
	switch {
	case bytes.HasPrefix(raw, []byte("\xff\xfe")), bytes.HasPrefix(raw, []byte("\xfe\xff")):
		t.encoding = "UTF-16"
		r = transform.NewReader(r, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder())
	case bytes.HasPrefix(raw, []byte("\xef\xbb\xbf")):
		r = transform.NewReader(r, unicode.UTF8BOM.NewDecoder())
	case !utf8.Valid(wholeLines(raw)):
		t.encoding = "Windows-1252"
		r = transform.NewReader(r, charmap.Windows1252.NewDecoder())
	default:
		t.head, t.all = wholeLines(raw), r
		return t, nil
	}
	decoded, all, err := peek(r)
	t.head, t.all = wholeLines(decoded), all
	return t, err
}

// peek reads the head of r and gives a reader that starts with it. A stream
// that breaks off is no fault here: whoever reads on finds the break.
func peek(r io.Reader) (head []byte, all io.Reader, err error) {
	head, err = io.ReadAll(io.LimitReader(r, headSize))
	if len(head) > 0 && err != nil {
		return head, io.MultiReader(bytes.NewReader(head), broken{err}), nil
	}
	return head, io.MultiReader(bytes.NewReader(head), r), err
}

// broken is the end of a stream that broke off.
type broken struct{ err error }

func (b broken) Read([]byte) (int, error) { return 0, b.err }

// wholeLines cuts off what follows the last line break, when the head is not
// the whole file.
func wholeLines(b []byte) []byte {
	if i := bytes.LastIndexByte(b, '\n'); i >= 0 && len(b) >= headSize {
		return b[:i+1]
	}
	return b
}
