package forecast

import (
	"math"
	"slices"
)

// An empty run of open intervals is an outage rather than a quiet hour when
// chance would leave it empty with a probability below outageChance, the same
// hours of the nearest weeks telling what to expect. At least leastWeeks of
// them must be known.
const (
	outageChance = 1e-4
	outageWeeks  = 4 // before, and as many after
	leastWeeks   = 3
)

// findOutages makes unknown what was not counted: runs of intervals without
// calls in open hours where many were expected. Holidays, eves and short days
// are left as they are.
func (s *study) findOutages() {
	for d := range s.days {
		if s.dates.on(s.date(d)).kind >= Short {
			continue
		}
		day := s.day(d)
		for i := 0; i < s.slots; i++ {
			if day[i] != 0 || !s.openAt(d, i) {
				continue
			}
			j := i + 1
			for j < s.slots && (day[j] == 0 || !s.openAt(d, j)) {
				j++
			}
			if expected := s.usualRun(d, i, j); math.Exp(-expected) < outageChance {
				s.note(Note{
					Kind: NoteOutage, Value: expected,
					From: s.clockTime(d, i), To: s.clockTime(d, j),
				})
				for k := i; k < j; k++ {
					if s.openAt(d, k) {
						s.lost[d*s.slots+k] = true
					}
				}
			}
			i = j
		}
	}
	for k, lost := range s.lost {
		if lost {
			s.calls[k] = math.NaN()
		}
	}
}

// usualRun gives the median number of calls in slots i to j−1 of the same
// weekday in the weeks around day d; 0 when too few are known.
func (s *study) usualRun(d, i, j int) float64 {
	var sums []float64
	for w := -outageWeeks; w <= outageWeeks; w++ {
		e := d + 7*w
		if w == 0 || e < 0 || e >= s.days {
			continue
		}
		var sum float64
		for _, v := range s.day(e)[i:j] {
			sum += v
		}
		if !math.IsNaN(sum) {
			sums = append(sums, sum)
		}
	}
	if len(sums) < leastWeeks {
		return 0
	}
	return median(slices.Clone(sums))
}
