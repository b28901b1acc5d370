package export

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

func TestSheetNames(t *testing.T) {
	got := sheetNames([]string{"Skola", "skola", "Bygg/miljö", "", "History", "'Kultur'", strings.Repeat("å", 40), strings.Repeat("å", 40)})
	want := []string{"Skola", "skola (2)", "Bygg-miljö", "–", "History (2)", "Kultur", strings.Repeat("å", 31), strings.Repeat("å", 27) + " (2)"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestSheetNamesAreTaken: the library, which checks them as Excel does, makes a
// sheet of each.
func TestSheetNamesAreTaken(t *testing.T) {
	text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[aA'\\/:😀 ]{0,40}`))
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(text, 1, 12).Draw(t, "texts")
		f := excelize.NewFile()
		for _, name := range sheetNames(texts) {
			if _, err := f.NewSheet(name); err != nil {
				t.Fatalf("%q: %v", name, err)
			}
		}
		if n := f.SheetCount; n != len(texts)+1 {
			t.Fatalf("%d sheets, want %d beside the first: two names are alike", n, len(texts))
		}
	})
}
