package export

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"bemanna/internal/calculator"
	"bemanna/internal/i18n"
)

func TestBar(t *testing.T) {
	for _, c := range []struct {
		share          float64
		blocks, hashes string
	}{
		{0, "", ""},
		{1, "████", "####"},
		{0.5, "██", "##"},
		{0.53, "██▏", "##"},
		{0.99, "████", "####"},
		{-1, "", ""},
		{2, "████", "####"},
		{math.NaN(), "", ""},
	} {
		for want, blocks := range map[string]bool{c.blocks + "x": true, c.hashes + "x ": false} {
			want = strings.TrimRight(want, "x ")
			if got := strings.TrimRight(bar(c.share, 4, blocks), " "); got != want {
				t.Errorf("bar of %v: %q, want %q", c.share, got, want)
			}
		}
	}
}

// TestBarKeepsItsWidth: a bar takes the same columns whatever it shows, and
// more is never shorter.
func TestBarKeepsItsWidth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, y := rapid.Float64Range(-0.1, 1.1).Draw(t, "x"), rapid.Float64Range(-0.1, 1.1).Draw(t, "y")
		width, blocks := rapid.IntRange(1, 40).Draw(t, "width"), rapid.Bool().Draw(t, "blocks")
		less, more := bar(min(x, y), width, blocks), bar(max(x, y), width, blocks)
		if utf8.RuneCountInString(less) != width || utf8.RuneCountInString(more) != width {
			t.Fatalf("%q and %q are not %d wide", less, more, width)
		}
		if len(strings.TrimRight(less, " ")) > len(strings.TrimRight(more, " ")) {
			t.Fatalf("%v has %q, %v has %q", min(x, y), less, max(x, y), more)
		}
	})
}

// TestErlangFitsThePage: whatever centre it is, in both languages, no line is
// wider than the page, and the document is JSON.
func TestErlangFitsThePage(t *testing.T) {
	var all []*i18n.Words
	for _, lang := range i18n.Languages {
		words, err := i18n.New(lang)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, words)
	}
	rapid.Check(t, func(t *rapid.T) {
		optional := func(name, text string) string {
			if rapid.Bool().Draw(t, name) {
				return text
			}
			return ""
		}
		figures := map[string]string{
			"calls": strconv.FormatFloat(rapid.Float64Range(0, 3000).Draw(t, "calls"), 'f', 2, 64), "aht": "5m",
			"patience":  optional("patience", "3m"),
			"target":    optional("target", "99.9/20s"),
			"max-asa":   optional("asa", "12.5"),
			"shrinkage": optional("shrinkage", "12.5%"),
			"cv":        optional("cv", "15%"),
			"definition": rapid.SampledFrom([]string{
				"offered", "answered", "excluding-short", "including-abandoned", "excluding-below-5s",
			}).Draw(t, "definition"),
			"agents": optional("agents", "0,1,50..55,1000"),
		}
		c, err := calculator.Read(func(field string) string { return figures[field] }, nil)
		if err != nil {
			t.Fatal(err)
		}
		a, err := calculator.Solve(c)
		if err != nil {
			t.Fatal(err)
		}
		for _, words := range all {
			var page bytes.Buffer
			if err := ErlangText(&page, a, words, true); err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(page.String()) {
				if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > pageWidth {
					t.Fatalf("%d columns: %s", n, line)
				}
			}
		}
		if _, err := json.Marshal(Erlang(a)); err != nil {
			t.Fatal(err)
		}
	})
}
