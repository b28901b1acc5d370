package forecast

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/floats"
)

// TestTrials checks what a day of the past tells of the spread: as many trials as
// it has intervals, or its total where they hardly have a call each, where the
// profile was not known, and where only the total is.
func TestTrials(t *testing.T) {
	for _, test := range []struct {
		name          string
		expected      float64 // calls of the day
		shaped, whole bool
		want          int
	}{
		{"busy", 240, true, true, 24},
		{"tiny", 12, true, true, 1},
		{"no profile yet", 240, false, true, 1},
		{"total alone", 240, true, false, 1},
	} {
		calls := make([]float64, 24)
		floats.AddConst(10, calls)
		s := &study{past: past{days: 1, slots: 24, calls: calls}, whole: []bool{test.whole}, total: []float64{240}}
		flat := make([]float64, 24)
		floats.AddConst(1./24, flat)
		var got trials
		got.compare(s, rehearsal{shaped: test.shaped, expected: expected{calls: test.expected, profile: flat, horizon: nextWeek}})
		trials := got.byHorizon[nextWeek]
		if days := got.totals[nextWeek]; len(trials) != test.want || len(days) != 1 {
			t.Errorf("%s: %d trials of %d days, want %d of one", test.name, len(trials), len(days), test.want)
			continue
		}
		var mean, actual float64
		for _, i := range trials {
			mean, actual = mean+i.mean, actual+i.actual
		}
		if diff := cmp.Diff([]float64{test.expected, 240}, []float64{mean, actual}, cmp.Comparer(func(a, b float64) bool { return a-b < 1e-9 && b-a < 1e-9 })); diff != "" {
			t.Errorf("%s: expected and actual (-want +got):\n%s", test.name, diff)
		}
	}
}

// TestHoldingShare checks that the part of the variance that is common to a day is
// small where day totals are hit better than their intervals, and at most all of
// it.
func TestHoldingShare(t *testing.T) {
	const mean, variance = 1e6, .04 // the chance of calls is next to nothing
	for _, test := range []struct{ miss, want float64 }{{.1281, .25}, {.5, 1}, {0, leastFactor}} {
		var tr trials
		for h := range horizons {
			for range 10 {
				tr.totals[h] = append(tr.totals[h], trial{mean, mean * (1 + test.miss), variance / 2})
			}
		}
		got := tr.holdingShare(calibration{within: variance / 2, factor: [horizons]float64{1, 1, 1}})
		if got < test.want-.001 || got > test.want+.001 {
			t.Errorf("days missed by %v: share %.4f, want %v", test.miss, got, test.want)
		}
	}
}
