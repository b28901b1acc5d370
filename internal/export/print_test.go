package export

import (
	"bytes"
	"errors"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

func printed(t *testing.T, d *plan.Day, unit, lang string) string {
	t.Helper()
	var b bytes.Buffer
	if err := Print(&b, d, unit, language(t, lang)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestPrintStandsAlone: no script, nothing from elsewhere, and what people are
// called is never markup.
func TestPrintStandsAlone(t *testing.T) {
	for _, lang := range i18n.Languages {
		page := printed(t, someDay(t, ordinary), "", lang)
		for _, never := range []string{"<script", "<b>Åsa", "http:", "https:", "url(", "@import", " src=", " href=", "ZgotmplZ"} {
			if strings.Contains(page, never) {
				t.Errorf("%s: the page has %q", lang, never)
			}
		}
		for _, want := range []string{`<html lang="` + lang + `">`, "&lt;b&gt;Åsa&lt;/b&gt; &amp; &#34;Co&#34;", "@page { size: A4"} {
			if !strings.Contains(page, want) {
				t.Errorf("%s: the page has no %q", lang, want)
			}
		}
	}
}

// TestPrintHasAPageForEachUnit, or one for the unit that is named, and each
// with the groups that it shares.
func TestPrintHasAPageForEachUnit(t *testing.T) {
	heads := regexp.MustCompile(`<h1>(.*?)</h1>`)
	for unit, want := range map[string][]string{"": {"Bygg/miljö", "Skola"}, "u2": {"Skola"}} {
		var got []string
		for _, m := range heads.FindAllStringSubmatch(printed(t, someDay(t, ordinary), unit, "sv"), -1) {
			got = append(got, m[1])
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("pages of unit %q (-want +got):\n%s", unit, diff)
		}
	}
	if !strings.Contains(printed(t, someDay(t, ordinary), "u1", "sv"), "Växel") {
		t.Error("the first unit does not see the group that its people share")
	}
	if strings.Contains(printed(t, someDay(t, ordinary), "u2", "sv"), "Växel") {
		t.Error("the second unit sees a group that nobody there masters")
	}
	if err := Print(&bytes.Buffer{}, someDay(t, ordinary), "u3", language(t, "en")); !errors.Is(err, ErrNoUnit) {
		t.Errorf("a unit without people: %v, want ErrNoUnit", err)
	}
}

// TestPrintedBars: the bar of a person, in the columns of the axis that begins
// at 07:00.
func TestPrintedBars(t *testing.T) {
	d := someDay(t, ordinary)
	p := printer{d: ofUnit(d, "u1"), centre: d, words: language(t, "en"), axis: newAxis(d)}
	people := p.people()
	want := printPerson{
		Table: "b1", Name: "=1+1", Lead: "Lead", Break: "10:00", Lunch: "11:30",
		Blocks: []printCell{
			{From: 3, Span: 2, Text: "o", Kind: "other"},
			{From: 5, Span: 1, Text: "A", Kind: "lead"},
			{From: 6, Span: 7, Text: "P", Kind: "phone"},
			{From: 13, Span: 1, Text: "b", Kind: "break"},
			{From: 14, Span: 5, Text: "P", Kind: "phone"},
			{From: 19, Span: 3, Text: "lunch", Kind: "lunch"},
			{From: 22, Span: 11, Text: "e-mail", Kind: "email"},
		},
	}
	if diff := cmp.Diff(want, people[0]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := people[2]; got.Off != "(absent)" || got.Blocks != nil {
		t.Errorf("somebody absent has the row %+v", got)
	}
	if got := p.pools()[0].Rows[2].Cells[0]; !got.Short || got.From != 5 || got.Span != 4 {
		t.Errorf("the plan of half the target at 08:00 is the cell %+v, want it marked, over columns 5 to 8", got)
	}
}

// TestPrintLeavesOutLines when there are more than the page has room for, and
// says how many.
func TestPrintLeavesOutLines(t *testing.T) {
	d := someDay(t, ordinary)
	for range 20 {
		d.Remarks = append(d.Remarks, plan.Remark{Kind: plan.RemarkUnknown, Group: "Bygglov"})
	}
	p := printer{d: ofUnit(d, "u1"), centre: d, words: language(t, "en"), axis: newAxis(d)}
	got := p.hard()
	if len(got) != mostLines || got[mostLines-1] != "… and 16 more, see the plan." {
		t.Errorf("%d lines, the last %q, want %d, and of 22 lines 16 left out", len(got), got[len(got)-1], mostLines)
	}
}
