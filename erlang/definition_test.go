package erlang_test

import (
	"math"
	"testing"

	"bemanna/erlang"
)

// TestCounting is the example of the Definition comment.
func TestCounting(t *testing.T) {
	day := erlang.Counts{
		Answered: 1000, Abandoned: 60,
		AnsweredWithin: 860, AbandonedWithin: 20, AbandonedBelow: 10,
	}
	for _, c := range []struct {
		definition erlang.Definition
		want       float64 // %, to two decimals
	}{
		{erlang.OfOffered, 81.13},
		{erlang.OfAnswered, 86.00},
		{erlang.ExcludingShort, 82.69},
		{erlang.IncludingAbandoned, 83.02},
		{erlang.ExcludingBelow(5), 81.90},
	} {
		absolute(t, c.definition.String(), 100*day.ServiceLevel(c.definition), c.want, 0.005)
	}
}

func TestCountsAddUp(t *testing.T) {
	morning := erlang.Counts{Answered: 10, Abandoned: 1, AnsweredWithin: 10, AbandonedWithin: 1, AbandonedBelow: 1}
	noon := erlang.Counts{Answered: 90, Abandoned: 9, AnsweredWithin: 45, AbandonedWithin: 3, AbandonedBelow: 2}
	both := morning.Plus(noon)
	// The mean of 10/11 and 45/99 would be 68 %: it is 55 of 110 calls.
	absolute(t, "offered", both.ServiceLevel(erlang.OfOffered), 0.5, 1e-15)
	absolute(t, "answered", both.ServiceLevel(erlang.OfAnswered), 0.55, 1e-15)
	absolute(t, "excluding short", both.ServiceLevel(erlang.ExcludingShort), 55.0/106, 1e-15)
	absolute(t, "including abandoned", both.ServiceLevel(erlang.IncludingAbandoned), 59.0/110, 1e-15)
	absolute(t, "excluding below", both.ServiceLevel(erlang.ExcludingBelow(5)), 55.0/107, 1e-15)
}

func TestNoCallsHaveNoLevel(t *testing.T) {
	for _, d := range definitions {
		if level := (erlang.Counts{}).ServiceLevel(d); !math.IsNaN(level) {
			t.Errorf("%v: level %v of no calls, want NaN", d, level)
		}
	}
}

func TestDefinitionNames(t *testing.T) {
	for name, d := range map[string]erlang.Definition{
		"offered":              {},
		"answered":             erlang.OfAnswered,
		"excluding-short":      erlang.ExcludingShort,
		"including-abandoned":  erlang.IncludingAbandoned,
		"excluding-below-5s":   erlang.ExcludingBelow(5),
		"excluding-below-7.5s": erlang.ExcludingBelow(7.5),
	} {
		if d.String() != name {
			t.Errorf("name %q, want %q", d, name)
		}
		if parsed, err := erlang.ParseDefinition(name); err != nil || parsed != d {
			t.Errorf("ParseDefinition(%q) = %v, %v", name, parsed, err)
		}
	}
	for _, name := range []string{"", "Offered", "excluding-below", "excluding-below-s", "excluding-below--1s", "excluding-below-NaNs"} {
		if d, err := erlang.ParseDefinition(name); err == nil {
			t.Errorf("ParseDefinition(%q) = %v, want an error", name, d)
		}
	}
}

// TestExcludingBelowOfAModel ties ExcludingBelow(s) to the performance at the
// threshold s, and to its two limits.
func TestExcludingBelowOfAModel(t *testing.T) {
	q := erlang.Queue{ArrivalRate: 20.0 / 300, ServiceRate: 1.0 / 300, AbandonRate: 1.0 / 60}
	p, short := perform(t, q, 19, 60), perform(t, q, 19, 5)
	absolute(t, "5 s", p.ServiceLevel(erlang.ExcludingBelow(5)), p.AnsweredWithin/(1-short.AbandonedWithin), 1e-15)
	absolute(t, "0 s", p.ServiceLevel(erlang.ExcludingBelow(0)), p.ServiceLevel(erlang.OfOffered), 1e-15)
	absolute(t, "T", p.ServiceLevel(erlang.ExcludingBelow(60)), p.ServiceLevel(erlang.ExcludingShort), 1e-15)
	if level := p.ServiceLevel(erlang.ExcludingBelow(-1)); !math.IsNaN(level) {
		t.Errorf("level %v excluding below −1 s, want NaN", level)
	}
}
