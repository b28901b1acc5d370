package erlang

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// A Definition says which calls count when a service level is worked out.
// Write T for the threshold. The zero value is [OfOffered]. Definitions can
// be compared with ==.
//
// The five differ by several points for the same day: with 1000 calls
// answered, 860 of them within T, and 60 abandoned, 20 of them within T and
// 10 within 5 s, the level is 81.13 % OfOffered, 86.00 % OfAnswered, 82.69 %
// ExcludingShort, 83.02 % IncludingAbandoned and 81.90 % ExcludingBelow(5).
type Definition struct {
	rule  rule
	below float64 // s; only for excludingBelow
}

type rule uint8

const (
	ofOffered rule = iota
	ofAnswered
	excludingShort
	includingAbandoned
	excludingBelow
)

// The definitions in use.
var (
	// OfOffered is answered within T / all calls: the strictest, and what a
	// caller experiences.
	OfOffered = Definition{rule: ofOffered}
	// OfAnswered is answered within T / answered. It hides those who gave up.
	OfAnswered = Definition{rule: ofAnswered}
	// ExcludingShort is answered within T / (all − abandoned within T).
	ExcludingShort = Definition{rule: excludingShort}
	// IncludingAbandoned is (answered + abandoned within T) / all: the share
	// of calls that waited at most T, however the wait ended.
	IncludingAbandoned = Definition{rule: includingAbandoned}
)

// ExcludingBelow is answered within T / (all − abandoned within the given
// number of seconds): it leaves misdials out. Seconds that are negative, NaN
// or infinite are refused where the definition is used.
func ExcludingBelow(seconds float64) Definition {
	return Definition{rule: excludingBelow, below: seconds}
}

var ruleNames = [...]string{
	ofOffered:          "offered",
	ofAnswered:         "answered",
	excludingShort:     "excluding-short",
	includingAbandoned: "including-abandoned",
	excludingBelow:     "excluding-below",
}

// String is the name of the definition: offered, answered, excluding-short,
// including-abandoned, or excluding-below-5s. [ParseDefinition] reads it.
func (d Definition) String() string {
	if d.rule == excludingBelow {
		return fmt.Sprintf("%s-%ss", ruleNames[d.rule], strconv.FormatFloat(d.below, 'f', -1, 64))
	}
	return ruleNames[d.rule]
}

// ParseDefinition is the inverse of [Definition.String].
func ParseDefinition(name string) (Definition, error) {
	for r, known := range ruleNames[:excludingBelow] {
		if name == known {
			return Definition{rule: rule(r)}, nil
		}
	}
	if number, ok := strings.CutPrefix(name, ruleNames[excludingBelow]+"-"); ok {
		if number, ok = strings.CutSuffix(number, "s"); ok {
			seconds, err := strconv.ParseFloat(number, 64)
			if err == nil && finite(seconds) {
				return ExcludingBelow(seconds), nil
			}
		}
	}
	return Definition{}, fmt.Errorf("service level definition %q, want %s or %s-5s",
		name, strings.Join(ruleNames[:excludingBelow], ", "), ruleNames[excludingBelow])
}

// Below is the limit in seconds of an [ExcludingBelow] definition; ok is
// false for the other definitions.
func (d Definition) Below() (seconds float64, ok bool) {
	return d.below, d.rule == excludingBelow
}

func (d Definition) check() error {
	if !finite(d.below) {
		return &InputError{"Definition.Below", d.below, "seconds, 0 or more"}
	}
	return nil
}

// Counts are the calls of a period by what became of them. Any unit will do:
// calls, or shares of the calls. To join periods or groups add their Counts;
// never average their service levels.
type Counts struct {
	Answered        float64
	Abandoned       float64
	AnsweredWithin  float64 // answered within the threshold
	AbandonedWithin float64 // abandoned within the threshold
	AbandonedBelow  float64 // abandoned within the limit of an ExcludingBelow definition
}

// Plus adds two periods or groups.
func (c Counts) Plus(d Counts) Counts {
	return Counts{
		Answered:        c.Answered + d.Answered,
		Abandoned:       c.Abandoned + d.Abandoned,
		AnsweredWithin:  c.AnsweredWithin + d.AnsweredWithin,
		AbandonedWithin: c.AbandonedWithin + d.AbandonedWithin,
		AbandonedBelow:  c.AbandonedBelow + d.AbandonedBelow,
	}
}

// ServiceLevel is the share of calls served well by the definition. It is NaN
// when no call counts: print a dash then, not 0 % or 100 %.
func (c Counts) ServiceLevel(d Definition) float64 {
	well, all := c.counted(d)
	if !(all > 0) {
		return math.NaN()
	}
	return well / all
}

// counted is the calls that the definition counts, and those of them that are
// served well.
func (c Counts) counted(d Definition) (well, all float64) {
	well, all = c.AnsweredWithin, c.Answered+c.Abandoned
	switch d.rule {
	case ofOffered:
	case ofAnswered:
		all = c.Answered
	case excludingShort:
		all -= c.AbandonedWithin
	case includingAbandoned:
		well += c.AbandonedWithin
	case excludingBelow:
		all -= c.AbandonedBelow
	}
	return well, all
}
