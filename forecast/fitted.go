package forecast

import (
	"math"
	"time"
)

// learntDays is how many days the level is learnt from at most, and
// profileDays how many civil days back the profiles go.
const (
	learntDays  = 400
	profileDays = 460
)

// A day is not expected to have more than mostTimes the calls of the fullest of
// the last mostDays days: a guard against effects learnt from next to nothing.
const (
	mostDays  = 60
	mostTimes = 1.6
)

// fitted is what a study has learnt from the days before one day.
type fitted struct {
	*study
	level    *level
	profiles profiles
	most     float64 // calls that no day is expected to go beyond
	last     int     // the last day that was learnt from
	shifts   []int   // days from which on the level was another
	strange  []Note  // outliers and shifts
}

// fit learns from the days before day until, of which at least one must tell
// something. A nil start means that the hyper-parameters are to be found.
func (s *study) fit(until int, start *hyper) *fitted {
	telling := s.telling(until)
	telling = telling[max(0, len(telling)-learntDays):]
	m := &fitted{study: s, profiles: s.shapes(until).fit(), last: telling[len(telling)-1]}
	learnt := days{features: s.features, without: s.without}
	for k, d := range telling {
		calls := (s.total[d] + .5) / s.shareOf(d, m.profile(d)) // +½ makes the log of a Poisson count nearly unbiased
		learnt.add(s.row(d), calls/math.Exp(s.given(d)), 1/(s.around(telling, k)+.5)+s.shock[d], s.time[d], s.noiseGroup(d))
		if k >= len(telling)-mostDays {
			m.most = max(m.most, mostTimes*calls)
		}
	}
	m.level = learnt.fit(start)
	for i, factor := range m.level.outliers {
		if d := telling[i]; factor != 0 {
			m.noteDay(NoteOutlier, d, factor)
		}
	}
	for _, sh := range m.level.shifts {
		m.shifts = append(m.shifts, telling[sh.from])
		m.noteDay(NoteShift, telling[sh.from], math.Exp(sh.size))
	}
	return m
}

func (m *fitted) noteDay(kind NoteKind, d int, value float64) {
	m.strange = append(m.strange, Note{Kind: kind, From: m.clockTime(d, 0), To: m.clockTime(d+1, 0), Value: value})
}

// aroundDays is how many telling days on each side say what calls a day could
// expect.
const aroundDays = 7

// around gives the calls that the days around the k-th telling one let expect of
// it, from which the noise of its calls coming by chance follows. Its own calls
// would give days that had few by chance less weight, and raise the level of
// small groups by a twentieth. A day on which the calendar has anything to say
// stands for itself.
func (s *study) around(telling []int, k int) float64 {
	d := telling[k]
	if s.dates.on(s.date(d)).kind != Ordinary {
		return s.total[d]
	}
	var calls, usual float64
	for _, e := range telling[max(0, k-aroundDays):min(len(telling), k+aroundDays+1)] {
		calls += s.total[e]
		usual += s.week.total[s.weekday(e)]
	}
	if usual == 0 { // totals are all there is
		return s.total[d]
	}
	return s.week.total[s.weekday(d)] * calls / usual
}

// telling gives the days before day until from which the level is learnt.
func (s *study) telling(until int) []int {
	var days []int
	for d := range until {
		if s.tells(d) {
			days = append(days, d)
		}
	}
	return days
}

// tells tells whether the level is learnt from day d: its total is known and,
// unless the group is so small that chance may leave a day empty, not zero.
func (s *study) tells(d int) bool {
	switch {
	case math.IsNaN(s.total[d]):
		return false
	case s.total[d] > 0:
		return true
	}
	return s.openOn(d) && math.Exp(-s.week.total[s.weekday(d)]) >= outageChance
}

// The groups of days of like noise.
const (
	workdays = iota
	sundays  // and holidays
	saturdays
	groups
)

func (s *study) noiseGroup(d int) int {
	switch {
	case s.weekday(d) == time.Saturday:
		return saturdays
	case s.weekday(d) == time.Sunday, s.dates.free(s.date(d)):
		return sundays
	}
	return workdays
}

// profile gives the shares of the slots on a day.
func (m *fitted) profile(d int) []float64 {
	if p := m.profiles.byType[m.kind(d)]; p != nil {
		return p
	}
	return m.profiles.all
}

// shapes gives the days before day until to learn the profiles from. Their
// totals are brought to a day with all slots open by the usual calls of their
// weekday.
func (s *study) shapes(until int) shapes {
	sh := shapes{slots: s.slots, without: s.without}
	for d := max(0, until-profileDays); d < until; d++ {
		if !s.whole[d] || !(s.total[d] > 0) {
			continue
		}
		sh.total = append(sh.total, s.total[d]/s.shareOf(d, s.week.share[s.weekday(d)]))
		sh.age = append(sh.age, s.time[until]-s.time[d])
		sh.kind = append(sh.kind, s.kind(d))
		sh.calls = append(sh.calls, s.day(d)...)
		if s.open != nil {
			sh.closed(s.open[d*s.slots : (d+1)*s.slots])
		}
	}
	return sh
}

// closed marks the closed slots of the last day.
func (s shapes) closed(open []bool) {
	for i, ok := range open {
		if !ok {
			s.calls[len(s.calls)-s.slots+i] = math.NaN()
		}
	}
}
