package ingest

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// Real files that are not part of the repository: what is detected in them was
// compared with their description by hand.
func TestRealFiles(t *testing.T) {
	for name, want := range map[string]struct {
		rows, groups int
		step         time.Duration
	}{
		"bank_5min.csv.gz":       {27716, 1, 5 * time.Minute},
		"insurance_30min.csv.gz": {396463, 9, 30 * time.Minute},
		"card_30min.csv.gz":      {8435, 2, 30 * time.Minute},
		"card_daily.csv.gz":      {1462, 2, 24 * time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			file, err := os.ReadFile(filepath.Join("../../../shared/data", name))
			if errors.Is(err, fs.ErrNotExist) {
				t.Skipf("no file %s beside the repository, in ../shared/data", name)
			}
			if err != nil {
				t.Fatal(err)
			}
			report, err := Read(bytes.NewReader(file), Options{File: name}, func(Row) error { return nil })
			if err != nil {
				t.Fatal(err)
			}
			l := report.Layout
			if report.Good != want.rows || report.Read != want.rows || report.Repeats != 0 || len(report.Groups) != want.groups ||
				l.Step != want.step || l.Delimiter != ',' || l.DecimalComma || l.Dates != YearFirst || !l.Gzip {
				t.Error(report)
			}
		})
	}
}
