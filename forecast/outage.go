package forecast

import "math"

// An empty run of open intervals is an outage rather than a quiet hour when
// chance would leave it empty with a probability below outageChance, the same
// hours of the nearest weeks telling what to expect. At least leastWeeks of
// them must be known.
//
// What the rest of the day had counts too: where it had few calls as well, the day
// may be quiet and not cut off, but hardly by more than a factor of leastQuiet.
// restCalls are as many calls as it takes for the rest to tell as much as is thought
// without it. On a public insurer's small groups it takes up to 2 % off the error.
const (
	outageChance = 1e-4
	outageWeeks  = 4 // before, and as many after
	leastWeeks   = 3
	leastQuiet   = 0.1
	restCalls    = 2.0
)

// findOutages makes unknown what was not counted: runs of intervals without
// calls in open hours where many were expected. Holidays, eves and short days
// are left as they are.
func (s *study) findOutages() {
	lost := make([]bool, len(s.calls))
	for d := range s.days {
		if s.dates.on(s.date(d)).kind >= Short {
			continue
		}
		for _, run := range s.emptyRuns(d) {
			i, j := run[0], run[1]
			expected := s.usualRun(d, i, j)
			if math.Exp(-expected*s.quiet(d, expected)) >= outageChance {
				continue
			}
			s.note(Note{Kind: NoteOutage, From: s.clockTime(d, i), To: s.clockTime(d, j), Value: expected})
			for k := i; k < j; k++ {
				lost[d*s.slots+k] = s.openAt(d, k)
			}
		}
	}
	for k := range lost {
		if lost[k] {
			s.calls[k] = math.NaN()
		}
	}
}

// quiet gives how much less than usual the rest of day d had, at most 1, when so
// many calls are expected in a run without any.
func (s *study) quiet(d int, inRun float64) float64 {
	var calls float64
	for i, v := range s.day(d) {
		if s.openAt(d, i) && known(v) {
			calls += v
		}
	}
	usual := max(0, s.usualRun(d, 0, s.slots)-inRun)
	return min(1, max(leastQuiet, (calls+restCalls)/(usual+restCalls)))
}

// emptyRuns gives the longest runs of slots of day d, from the first to before
// the second, that begin and end in open slots and have no calls.
func (s *study) emptyRuns(d int) [][2]int {
	var runs [][2]int
	day := s.day(d)
	for i := 0; i < s.slots; i++ {
		if day[i] != 0 || !s.openAt(d, i) {
			continue
		}
		from, to := i, i
		for ; i < s.slots && (day[i] == 0 || !s.openAt(d, i)); i++ {
			if s.openAt(d, i) {
				to = i + 1
			}
		}
		runs = append(runs, [2]int{from, to})
	}
	return runs
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
	return median(sums)
}
