package demo

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bemanna/internal/ingest"
)

// The history gives back the patience from which it was made. With exponential
// patience the number who gave up over the time that all waited is the maximum
// likelihood estimate of its rate (waits that end with an answer are censored),
// with a standard error of 1/√n of itself for n who gave up.
func TestWaitsTellThePatience(t *testing.T) {
	w, err := newWorld(Options{Until: sunday, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	rows := imported(t)
	for i := range w.groups {
		g := &w.groups[i]
		if g.Email {
			continue
		}
		m, err := ingest.Series(rows[g.ID], g.ID, ingest.SeriesOptions{Step: 15 * time.Minute, Location: w.loc})
		if err != nil {
			t.Fatal(err)
		}
		var waited, gaveUp float64
		for j, n := range m.Abandoned.Values {
			if s := m.WaitAnswered.Values[j] + m.WaitAbandoned.Values[j]; !math.IsNaN(s + n) {
				waited += s
				gaveUp += n
			}
		}
		if off := math.Log(waited / gaveUp / g.Patience); math.Abs(off) > 4/math.Sqrt(gaveUp) || gaveUp < 100 {
			t.Errorf("%s: %.0f gave up, a patience of %.1f s; want %.0f s within 4 standard errors of %.1f %%",
				g.ID, gaveUp, waited/gaveUp, g.Patience, 100/math.Sqrt(gaveUp))
		}
	}
}

// imported reads the calls of each group as an import does.
func imported(t *testing.T) map[string][]ingest.Row {
	t.Helper()
	rows := map[string][]ingest.Row{}
	for _, name := range made(t).sum.Files {
		if !strings.Contains(name, "phone") {
			continue
		}
		f, err := os.Open(filepath.Join(made(t).dir, name))
		if err != nil {
			t.Fatal(err)
		}
		report, err := ingest.Read(f, ingest.Options{File: name}, func(r ingest.Row) error {
			rows[r.Group] = append(rows[r.Group], r)
			return nil
		})
		if err != nil || report.Good != report.Read || len(report.Layout.Ignored) != 2 {
			t.Fatal(err, report)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return rows
}
