package plan

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestConvexRows: whatever the expected losses, the row of costs falls, is
// convex, lies on or below the losses but for rounding, and touches them at
// both ends.
func TestConvexRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lost := rapid.SliceOfN(rapid.Float64Range(0, 50), 1, 40).Draw(t, "lost")
		for i := 1; i < len(lost); i++ { // one person more never loses calls
			lost[i] = math.Min(lost[i], lost[i-1])
		}
		row := convex(lost)
		if len(row) != len(lost) {
			t.Fatalf("%d costs for %d numbers of people", len(row), len(lost))
		}
		slack := float64(len(lost)) // half a thousandth for each step
		for n := range row {
			if float64(row[n]) > lost[n]*callPrice+slack {
				t.Fatalf("row[%d] = %d above the loss %g", n, row[n], lost[n])
			}
			if n > 0 && row[n] > row[n-1] {
				t.Fatalf("row rises at %d: %v", n, row)
			}
			if n > 1 && row[n-2]-row[n-1] < row[n-1]-row[n] {
				t.Fatalf("row is not convex at %d: %v", n, row)
			}
		}
		last := len(row) - 1
		if math.Abs(float64(row[last])-lost[last]*callPrice) > 1 || math.Abs(float64(row[0])-lost[0]*callPrice) > slack {
			t.Fatalf("ends %d and %d, want %g and %g", row[0], row[last], lost[0]*callPrice, lost[last]*callPrice)
		}
	})
}
