package forecast

import "time"

// recentDays is how many days of a type tell whether that type is open.
const recentDays = 8

// findOpening finds the weekdays on which the group is open, and whether it is
// open on holidays. Options.Open has said so for the past and for the stretch
// ahead, which may have weekdays that are new. Where it has not, the group is
// open on the days of a type when at least half of the last ones had calls. A
// weekday that should have been seen but is never known is closed.
func (s *study) findOpening(a ahead) {
	if s.open != nil {
		s.onFree = true // slot by slot, Options.Open rules
		for k, open := range s.open {
			if w := s.weekday(k / s.slots); open {
				s.weekly[w] = true
			}
		}
		for i, open := range a.open {
			if w := a.dates[a.day[i]].Weekday(); open {
				s.weekly[w] = true
			}
		}
		return
	}
	var seen, open [7]int
	first, last := s.days, -1
	for d := s.days - 1; d >= 0; d-- {
		if !known(s.total[d]) {
			continue
		}
		first, last = d, max(last, d)
		if w := s.weekday(d); !s.dates.free(s.date(d)) && seen[w] < recentDays {
			seen[w]++
			open[w] += int(indicator(s.total[d] > 0))
		}
	}
	for w := range s.weekly {
		s.weekly[w] = 2*open[w] >= seen[w] && (seen[w] > 0 || last-first < 7)
	}
	s.onFree = s.openOnHolidays()
}

// openOnHolidays tells from the last holidays and eves that fell on open
// weekdays whether the group is open on such days; if there were none, it is
// when it is open on Sundays. A holiday that is not known beside a day that is
// counts as closed.
func (s *study) openOnHolidays() bool {
	var seen, open int
	for d := s.days - 1; d >= 0 && seen < recentDays; d-- {
		if !s.dates.free(s.date(d)) || !s.weekly[s.weekday(d)] {
			continue
		}
		beside := d > 0 && known(s.total[d-1]) || d+1 < s.days && known(s.total[d+1])
		if known(s.total[d]) || beside {
			seen++
			open += int(indicator(s.total[d] > 0))
		}
	}
	if seen == 0 {
		return s.weekly[time.Sunday]
	}
	return 2*open >= seen
}

// openOn tells whether the group is usually open on day d, of the past or of
// the stretch ahead.
func (s *study) openOn(d int) bool {
	return s.weekly[s.weekday(d)] && (s.onFree || !s.dates.free(s.date(d)))
}

// count numbers the days by how many open weekdays came before, so that a
// weekend on which the group is closed does not age what was learnt.
func (s *study) count(more int) {
	s.time = make([]float64, s.days+more)
	for d := 1; d < len(s.time); d++ {
		s.time[d] = s.time[d-1] + indicator(s.weekly[s.weekday(d)])
	}
}

// kind gives the type of a day for its profile: its weekday; Sunday for a
// holiday, when the group is open on Sundays.
func (s *study) kind(d int) int {
	if s.dates.free(s.date(d)) && s.weekly[time.Sunday] {
		return int(time.Sunday)
	}
	return int(s.weekday(d))
}
