package store

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestPack(t *testing.T) {
	s := create(t)
	pack := func(rows string) (numbers []float64) {
		t.Helper()
		var all packed
		if err := s.reader.QueryRowContext(t.Context(), `SELECT pack(x, y) FROM (`+rows+`)`).Scan(&all); err != nil {
			t.Fatal(err)
		}
		for i := range len(all) / 8 {
			numbers = append(numbers, all.at(i))
		}
		return numbers
	}
	want := []float64{1 << 52, math.NaN(), -0.1, 2}
	if d := cmp.Diff(want, pack(`SELECT 1 << 52 AS x, NULL AS y UNION ALL SELECT -0.1, 2`), cmpopts.EquateNaNs()); d != "" {
		t.Error(d)
	}
	if got := pack(`SELECT 1 AS x, 2 AS y WHERE false`); got != nil {
		t.Errorf("no rows: %v", got)
	}
	var all packed
	if err := s.reader.QueryRowContext(t.Context(), `SELECT pack('text')`).Scan(&all); err == nil {
		t.Errorf("a text was packed: %v", all)
	}
}
