package export

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

// TestWrap: no line is longer than the width but for single words, and nothing
// is lost.
func TestWrap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[a-zåäö]{1,12}`), 1, 40).Draw(t, "words")
		width := rapid.IntRange(5, 30).Draw(t, "width")
		text := strings.Join(words, " ")
		lines := wrap(text, width)
		if got := strings.Join(lines, " "); got != text {
			t.Fatalf("got %q, want %q", got, text)
		}
		for _, l := range lines {
			if utf8.RuneCountInString(l) > width && strings.Contains(l, " ") {
				t.Fatalf("%q is longer than %d", l, width)
			}
		}
	})
}

func TestCounted(t *testing.T) {
	if got := counted([]string{"09:30", "09:15", "09:30"}); got != "09:15 09:30×2" {
		t.Errorf("got %q", got)
	}
	if got := counted(nil); got != "–" {
		t.Errorf("nothing is %q", got)
	}
}

// TestMark: by the expected share against a target of 85 %.
func TestMark(t *testing.T) {
	for _, x := range []struct {
		calls, inTime float64
		want          string
	}{{0, 0, ""}, {100, 84, "-"}, {100, 85, "="}, {100, 94, "="}, {100, 96, "+"}} {
		if got := (hour{calls: x.calls, inTime: x.inTime}).mark(0.85); got != x.want {
			t.Errorf("%g of %g calls in time: %q, want %q", x.inTime, x.calls, got, x.want)
		}
	}
}

// TestChatIsCutBetweenLines: a day with far too many remarks.
func TestChatIsCutBetweenLines(t *testing.T) {
	words, err := i18n.New("sv")
	if err != nil {
		t.Fatal(err)
	}
	d := &plan.Day{Centre: "Långa listan"}
	for range 100 {
		d.Remarks = append(d.Remarks, plan.Remark{Kind: plan.RemarkUnknown, Group: "Äldre direkt"})
	}
	chat := Chat(d, words)
	if n := utf8.RuneCountInString(chat); n > ChatLimit || n < ChatLimit-300 {
		t.Errorf("%d letters, want just below %d", n, ChatLimit)
	}
	if !strings.HasSuffix(chat, "… "+words.Say("chat.more")+"\n") {
		t.Errorf("ends in %q", chat[len(chat)-60:])
	}
}

// TestTable: the first column on the left, the others on the right, no blanks
// at the ends, nothing changed.
func TestTable(t *testing.T) {
	var b strings.Builder
	err := writeTable(&b, []string{"Grupp", "08", "09"}, [][]string{{"Äldre direkt", "98,3\u00a0%", ""}, {"x", "1", "12"}})
	if err != nil {
		t.Fatal(err)
	}
	want := "" +
		"Grupp            08 09\n" +
		"Äldre direkt 98,3\u00a0%\n" +
		"x                 1 12\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestEveryKindHasWords reads the constants of what is put into words late:
// remarks and notes, reasons, moves, activities, rules.
func TestEveryKindHasWords(t *testing.T) {
	families := []struct{ files, declared, prefix string }{
		{"../plan/day.go", `RemarkKind = "([a-z_]+)"`, "remark."},
		{"../../forecast/*.go", `NoteKind = "([a-z_]+)"`, "remark."},
		{"../../forecast/*.go", `Reason = "([a-z_]+)"`, "reason."},
		{"../plan/day.go", `ActionKind = "([a-z_]+)"`, "action."},
		{"../plan/news.go", `NewsKind = "([a-z_]+)"`, "news."},
		{"../plan/changes.go", `MoveReason = "([a-z_]+)"`, "why."},
		{"../plan/remedies.go", `OfferKind = "([a-z_]+)"`, "offer."},
		{"../../schedule/schedule.go", `Kind = "([a-z]+)"`, "kind."},
		{"../../schedule/schedule.go", `Kind = "([a-z]+)"`, "mark."},
	}
	for _, lang := range i18n.Languages {
		words, err := i18n.New(lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range families {
			files, err := filepath.Glob(f.files)
			if err != nil {
				t.Fatal(err)
			}
			var found [][]string
			for _, file := range files {
				source, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				found = append(found, regexp.MustCompile(f.declared).FindAllStringSubmatch(string(source), -1)...)
			}
			if len(found) < 3 {
				t.Errorf("%s: %d constants like %s, want more: the test reads the wrong thing", f.files, len(found), f.declared)
			}
			for _, m := range found {
				if id := f.prefix + m[1]; words.Say(id) == id {
					t.Errorf("%s: no words for %q", lang, id)
				}
			}
		}
	}
}
