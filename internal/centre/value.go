package centre

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// value is what stands under a key of the centre file or in a field of a CSV
// file, before anything is known of its meaning: text as it was written, a list
// or a mapping.
type value struct {
	place
	kind    valueKind
	text    string
	items   []*value
	entries []entry // in the order of the file
}

type valueKind uint8

const (
	nothing valueKind = iota // a key without a value counts as left out
	text
	list
	mapping
)

type entry struct{ key, value *value }

// under gives the value of a key, nil when it is left out.
func (v *value) under(key string) *value {
	for _, e := range v.entries {
		if e.key.text == key && e.value.kind != nothing {
			return e.value
		}
	}
	return nil
}

// at gives the place of the value of the first of the keys that is there, or of
// v itself when all are left out.
func (v *value) at(keys ...string) place {
	for _, key := range keys {
		if u := v.under(key); u != nil {
			return u.place
		}
	}
	return v.place
}

// String shows the value in a fault, long text shortened.
func (v *value) String() string {
	switch v.kind {
	case nothing:
		return "nothing"
	case list:
		return "a list"
	case mapping:
		return "a mapping"
	default:
		return shown(v.text)
	}
}

// shown writes text in a fault: bare where it reads well, else quoted.
func shown(s string) string {
	const longest = 60
	if r := []rune(s); len(r) > longest {
		s = string(r[:longest]) + "…"
	}
	if s == "" || strings.ContainsFunc(s, func(r rune) bool {
		return r == ' ' || r == '"' || r == ',' || !unicode.IsPrint(r)
	}) {
		return strconv.Quote(s)
	}
	return s
}

// subject names item i of a list by its id, or by its number from 1.
func (v *value) subject(noun string, i int) string {
	if id := v.under("id"); id != nil && id.kind == text {
		return fmt.Sprintf("%s %q", noun, id.text)
	}
	return fmt.Sprintf("%s %d", noun, i+1)
}
