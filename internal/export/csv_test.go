package export

import (
	"encoding/csv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestActivities(t *testing.T) {
	var b strings.Builder
	if err := Activities(&b, someDay(t, ordinary)); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		activityColumns,
		{"2026-11-24", "3", "a1", "'=1+1", "u1", "b1", "2026-11-24T07:30:00+01:00", "2026-11-24T08:00:00+01:00", "other", ""},
		{"2026-11-24", "3", "a1", "'=1+1", "u1", "b1", "2026-11-24T08:00:00+01:00", "2026-11-24T08:15:00+01:00", "lead", ""},
		{"2026-11-24", "3", "a1", "'=1+1", "u1", "b1", "2026-11-24T08:15:00+01:00", "2026-11-24T10:00:00+01:00", "phone", "bygg alla"},
	}
	if diff := cmp.Diff(want, rows[:len(want)]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, r := range rows {
		if r[2] == "a3" {
			t.Errorf("somebody absent has the row %q", r)
		}
	}
}

// TestActivitiesTellPassesApart: the hour that the clocks show twice.
func TestActivitiesTellPassesApart(t *testing.T) {
	d := someDay(t, autumn)
	two := autumn.At(2*60, stockholm(t))
	act := &d.Agents[0].Activities[0]
	act.Start, act.End = two, two.Add(time.Hour)
	var b strings.Builder
	if err := Activities(&b, d); err != nil {
		t.Fatal(err)
	}
	if want := "2026-10-25T02:00:00+02:00,2026-10-25T02:00:00+01:00,other"; !strings.Contains(b.String(), want) {
		t.Errorf("no %s in\n%s", want, b.String())
	}
}

// TestGuarded: whatever the text and wherever a spreadsheet cuts it, no cell
// begins a formula; and the text can be had back.
func TestGuarded(t *testing.T) {
	for _, c := range [][2]string{
		{"Anna-Karin D'Arcy", "Anna-Karin D'Arcy"},
		{"=1+1", "'=1+1"},
		{"'=1", "''=1"},
		{"x;=1", "x;'=1"},
		{"＝1", "'＝1"},
	} {
		if got := guarded(c[0]); got != c[1] {
			t.Errorf("%q is guarded as %q, want %q", c[0], got, c[1])
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("aå'=+-@\t\r\n,;\"＝"))).Draw(t, "text")
		got := guarded(text)
		cells := strings.FieldsFunc(got, func(r rune) bool { return strings.ContainsRune(",;\t\r\n\"", r) })
		for _, cell := range cells {
			if strings.ContainsAny(cell[:1], "=+-@") || strings.HasPrefix(cell, "＝") {
				t.Fatalf("%q is guarded as %q, with the cell %q", text, got, cell)
			}
		}
		if back := unguarded(got); back != text {
			t.Fatalf("%q comes back as %q", text, back)
		}
	})
}

// unguarded is what docs/formats.md tells readers to do.
func unguarded(text string) string {
	var out strings.Builder
	start := true
	for _, r := range text {
		if start && r == '\'' {
			start = false
			continue
		}
		out.WriteRune(r)
		start = strings.ContainsRune(",;\t\r\n\"", r)
	}
	return out.String()
}
