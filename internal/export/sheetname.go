package export

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// sheetNames makes names that a workbook takes for its sheets, one for each
// text: at most 31 UTF-16 units, without : \ / ? * [ ] and control characters,
// no ' at the ends, not empty, not History (which Excel keeps for itself), and
// no two alike but for the case of letters. The first of two alike keeps the
// name, the others get a number.
func sheetNames(texts []string) []string {
	taken := map[string]bool{"history": true}
	out := make([]string, len(texts))
	for i, text := range texts {
		name := sheetName(text, "")
		for n := 2; taken[strings.ToLower(name)]; n++ {
			name = sheetName(text, " ("+strconv.Itoa(n)+")")
		}
		taken[strings.ToLower(name)] = true
		out[i] = name
	}
	return out
}

// longestSheetName is the limit of Excel, in UTF-16 units.
const longestSheetName = 31

// sheetName cleans a text and shortens it to leave room for a suffix.
func sheetName(text, suffix string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`:\/?*[]`, r):
			return '-'
		case unicode.IsControl(r):
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "-"))
	room := longestSheetName - len(suffix)
	end := 0
	for i, r := range text {
		if room -= utf16.RuneLen(r); room < 0 {
			break
		}
		end = i + utf8.RuneLen(r)
	}
	short := strings.Trim(text[:end], "' ")
	if short == "" {
		short = "–"
	}
	return short + suffix
}
