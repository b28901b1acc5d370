package export

import (
	"bufio"
	"io"
	"time"

	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// Rulebook writes the rules that plans keep, the hard ones first.
func Rulebook(w io.Writer, rules []plan.Rule, words *i18n.Words) error {
	out := bufio.NewWriter(w)
	p := &page{w: out, words: words}
	p.rules(words.Say("rulebook.hard"), rules, true)
	p.line()
	p.rules(words.Say("rulebook.soft"), rules, false)
	if p.err != nil {
		return p.err
	}
	return out.Flush()
}

func (p *page) rules(title string, all []plan.Rule, hard bool) {
	p.line(title)
	for _, r := range all {
		if r.Hard != hard {
			continue
		}
		source := r.Law
		if source == "" {
			source = p.words.Say("rulesource." + string(r.Source))
		}
		text := p.words.Say("rulebook.rule", i18n.Args{
			"Text": p.words.Say("rulebook."+r.Name, i18n.Args{
				"Limit": ruleLimit(r.Limit, p.words), "Count": r.Count, "After": r.After, "Where": r.Where,
				"Limited": r.Limit > 0 || r.Count > 0,
			}),
			"Source": source,
		})
		p.wrapped("- "+text, 2)
	}
}

// ruleLimit is a limit as people say it.
func ruleLimit(d time.Duration, words *i18n.Words) string {
	if d > 0 && d < time.Hour {
		return words.Number(d.Minutes(), 0) + " min"
	}
	decimals := 0
	if d%time.Hour != 0 {
		decimals = 1
	}
	return words.Number(d.Hours(), decimals) + " h"
}
