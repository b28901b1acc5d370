package ingest

import (
	"slices"
	"strings"
)

// waitFillers are the words that a name of a wait may have besides those that
// say what it is a wait of.
var waitFillers = []string{
	"i", "in", "för", "for", "till", "to", "före", "innan", "before", "svar", "answer", "s", "sek", "sec", "sekunder", "seconds",
	"total", "totalt", "totala", "sammanlagd", "sum", "summa",
}

// matchWait reads the names of waits that say whose they are: snittkötid
// besvarade, average queue time abandoned contacts. Without a word for it, the
// wait is that of the answered calls.
func matchWait(plain string) match {
	var answered, abandoned, mean bool
	var rest []string
	for word := range strings.SplitSeq(plain, "_") {
		switch field := known[word].field; {
		case slices.Contains(meanWords, word):
			mean = true
		case slices.Contains(countWords, word), slices.Contains(waitFillers, word):
		case field == fieldAnswered:
			answered = true
		case field == fieldAbandoned:
			abandoned = true
		default:
			bare := meanPrefix.ReplaceAllString(word, "")
			mean = mean || bare != word
			rest = append(rest, bare)
		}
	}
	m, ok := known[strings.Join(rest, "_")]
	if !ok || m.field != fieldWaitAnswered || answered && abandoned {
		return match{field: fieldNone}
	}
	if abandoned {
		m.field = fieldWaitAbandoned
	}
	if mean {
		return m.asMean()
	}
	return m
}
