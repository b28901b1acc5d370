package store

import (
	"context"
	"fmt"
	"iter"
	"path/filepath"
	"testing"
	"time"

	"bemanna/internal/ingest"
	"bemanna/internal/plan"
)

// quarters makes rows of groups with every quarter-hour of the days from
// 2024-01-01 on.
func quarters(groups, days int) iter.Seq[ingest.Row] {
	start := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	return func(yield func(ingest.Row) bool) {
		for i := range days * 96 {
			for g := range groups {
				n := float64((i*7 + g*3) % 23)
				row := ingest.Row{
					Group: fmt.Sprintf("group %02d", g), Channel: "phone",
					Start: start.Add(time.Duration(i) * 15 * time.Minute), Step: 15 * time.Minute,
					Offered: n, Answered: n, AnsweredWithin: n / 2, Abandoned: 0,
					TalkSeconds: 250 * n, AfterSeconds: 40 * n,
					WaitSeconds: 20 * n, AbandonedWaitSeconds: 0, Within: time.Minute,
				}
				if !yield(row) {
					return
				}
			}
		}
	}
}

func fill(tb testing.TB, s *Store, source string, rows iter.Seq[ingest.Row]) plan.ImportSummary {
	tb.Helper()
	sum, err := s.Import(context.Background(), source, plan.FileInfo{Name: "made.csv", At: time.Unix(0, 0)},
		func(add func(ingest.Row) error) (ingest.Report, error) {
			for r := range rows {
				if err := add(r); err != nil {
					return ingest.Report{}, err
				}
			}
			return ingest.Report{}, nil
		})
	if err != nil {
		tb.Fatal(err)
	}
	return sum
}

func open(tb testing.TB, path string, o Options) *Store {
	tb.Helper()
	s, err := Open(context.Background(), path, o)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Error(err)
		}
	})
	return s
}

// A million rows: 14 groups for 2 years.
func BenchmarkImport(b *testing.B) {
	for b.Loop() {
		s := open(b, filepath.Join(b.TempDir(), "s.db"), Options{Create: true})
		fill(b, s, "telephony", quarters(14, 744))
	}
}

// A month of 14 groups that is known already, as in a nightly export of the
// last weeks.
func BenchmarkImportAgain(b *testing.B) {
	s := open(b, filepath.Join(b.TempDir(), "s.db"), Options{Create: true})
	fill(b, s, "telephony", quarters(14, 31))
	for b.Loop() {
		if sum := fill(b, s, "telephony", quarters(14, 31)); sum.Same != 14*31*96 {
			b.Fatal(sum)
		}
	}
}

// 26 months of a group of 14.
func BenchmarkSeries(b *testing.B) {
	s := open(b, filepath.Join(b.TempDir(), "s.db"), Options{Create: true})
	fill(b, s, "telephony", quarters(14, 790))
	for b.Loop() {
		m, err := s.Series(b.Context(), plan.Selection{Source: "telephony", Queues: []plan.Queue{{Name: "group 07"}}},
			ingest.SeriesOptions{Step: 15 * time.Minute})
		if err != nil || len(m.Offered.Values) != 790*96 {
			b.Fatal(err, len(m.Offered.Values))
		}
	}
}

func BenchmarkGroups(b *testing.B) {
	s := open(b, filepath.Join(b.TempDir(), "s.db"), Options{Create: true})
	fill(b, s, "telephony", quarters(14, 744))
	for b.Loop() {
		if _, err := s.Groups(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
