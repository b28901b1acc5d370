package forecast

import (
	"math"
	"slices"
	"time"

	"gonum.org/v1/gonum/floats"

	"bemanna/internal/civil"
)

// study is a past made ready to learn from: which days are known well enough,
// their totals, and when the group is usually open.
type study struct {
	past
	step  time.Duration
	dates *almanac
	lost  []bool // days × slots: no calls for want of a telephone
	week  usualWeek
	total []float64 // calls of a day, as far as known; NaN: not learnt from
	whole []bool    // days whose slots are known, and not their total alone

	weekly [7]bool   // weekdays on which the group is open
	onFree bool      // whether it is open on holidays and eves
	time   []float64 // open weekdays before each day of the past and of the stretch ahead

	features []feature
	rows     [][]float64 // of features, by day; made when needed
}

// seasonAfter is the history in days from which a season can be told from the
// level.
const seasonAfter = 1.2 * 52 * 7

func newStudy(h History, o Options, a ahead) *study {
	s := &study{past: lookBack(h, o), step: h.Offered.Step, dates: newAlmanac(o.Calendar, a.zone)}
	s.lost = make([]bool, len(s.calls))
	s.findOutages()
	s.week = s.usual()
	s.choose()
	s.findOpening(o)
	s.count(len(a.dates) + 1)
	s.features = append(weekFeatures(), calendarFeatures()...)
	if first := slices.IndexFunc(s.total, known); first >= 0 && float64(s.days-first) > seasonAfter {
		s.features = append(s.features, seasonFeatures()...)
	}
	s.rows = make([][]float64, len(s.time))
	return s
}

func known(v float64) bool { return !math.IsNaN(v) }

// row gives the features of a day.
func (s *study) row(d int) []float64 {
	if s.rows[d] == nil {
		s.rows[d] = row(s.features, s.dates.facts(s.date(d)))
	}
	return s.rows[d]
}

func (s *study) date(d int) civil.Date { return s.first + civil.Date(d) }

func (s *study) weekday(d int) time.Weekday { return s.date(d).Weekday() }

// openAt tells whether the group is open in a slot, as far as anybody has said.
func (s *study) openAt(d, slot int) bool { return s.open == nil || s.open[d*s.slots+slot] }

func (s *study) note(n Note) { s.notes = append(s.notes, n) }

// clockTime gives the instant at which the clocks show the start of a slot.
func (s *study) clockTime(d, slot int) time.Time {
	return s.date(d).At(civil.Clock(time.Duration(slot)*s.step/time.Minute), s.dates.zone)
}

// usualWeek is what the days of each weekday have in the mean, holidays apart.
type usualWeek struct {
	calls [7][]float64 // by slot; NaN: never seen open
	share [7][]float64 // by slot, of the day; what is never seen is filled in
	total [7]float64
}

func (s *study) usual() usualWeek {
	var u usualWeek
	var n [7][]float64
	for w := range u.calls {
		u.calls[w], n[w] = make([]float64, s.slots), make([]float64, s.slots)
	}
	for d := range s.days {
		if s.dates.free(s.date(d)) {
			continue
		}
		w := s.weekday(d)
		for i, v := range s.day(d) {
			if s.openAt(d, i) && known(v) {
				u.calls[w][i] += v
				n[w][i]++
			}
		}
	}
	for w, sums := range u.calls {
		floats.Div(sums, n[w])
		u.share[w] = normalised(slices.Clone(sums))
		for _, v := range sums {
			if known(v) {
				u.total[w] += v
			}
		}
	}
	return u
}

// leastKnown is the share of a day's usual calls that must be in known slots
// for the day to be learnt from. On public series with bursts of lost slots,
// leaving such days out is worse.
const leastKnown = 0.7

// choose finds the days to learn from and their totals: those whose open slots
// are known well enough, and those of which somebody has given the total. The
// other days that are known in part are noted.
func (s *study) choose() {
	s.total, s.whole = unknown(s.days), make([]bool, s.days)
	for d := range s.days {
		calls, share := s.known(d)
		switch {
		case share >= leastKnown:
			s.total[d], s.whole[d] = calls, true
			continue
		case known(s.daily[d]):
			s.total[d] = s.daily[d]
		}
		if share > 0 {
			s.notePartial(d)
		}
	}
}

// notePartial notes day d, in one note with the day before it.
func (s *study) notePartial(d int) {
	from, to := s.clockTime(d, 0), s.clockTime(d+1, 0)
	if n := len(s.notes) - 1; n >= 0 && s.notes[n].Kind == NotePartial && s.notes[n].To.Equal(from) {
		s.notes[n].To = to
		return
	}
	s.note(Note{Kind: NotePartial, From: from, To: to})
}

// known gives the calls in the known open slots of a day, and the share that
// these slots usually have of the calls of all its open ones.
func (s *study) known(d int) (calls, share float64) {
	var seen, all float64
	for i, v := range s.day(d) {
		if !s.openAt(d, i) {
			continue
		}
		usual := s.week.share[s.weekday(d)][i]
		all += usual
		if known(v) {
			calls += v
			seen += usual
		}
	}
	if all == 0 {
		return calls, 0
	}
	return calls, seen / all
}

// leastShare guards divisions by the share of a day's profile in its open
// slots.
const leastShare = 0.01

// shareOf gives the part of a profile in the slots to which the total of day d
// belongs: the open ones, without those that are not known.
func (s *study) shareOf(d int, profile []float64) float64 {
	if !s.whole[d] && s.open == nil {
		return 1
	}
	var share float64
	for i, v := range s.day(d) {
		if s.openAt(d, i) && (known(v) || !s.whole[d]) {
			share += profile[i]
		}
	}
	return max(share, leastShare)
}

// recentDays is how many days of a type tell whether that type is open.
const recentDays = 8

// findOpening finds the weekdays on which the group is open, and whether it is
// open on holidays. Where nobody has said, it is open on the days of a type
// when at least half of its last ones had calls. A weekday that should have
// been seen but is never known is closed, and so is a holiday that is unknown.
func (s *study) findOpening(o Options) {
	if o.Open != nil {
		s.weekly, s.onFree = [7]bool{true, true, true, true, true, true, true}, true
		return
	}
	var seen, open [8]int
	last := s.days - 1
	for last >= 0 && !known(s.total[last]) {
		last--
	}
	const holiday = 7
	for d := last; d >= 0; d-- {
		kind := int(s.weekday(d))
		if s.dates.free(s.date(d)) {
			kind = holiday
		}
		if seen[kind] == recentDays || !known(s.total[d]) && kind != holiday {
			continue
		}
		seen[kind]++
		if s.total[d] > 0 {
			open[kind]++
		}
	}
	for w := range s.weekly {
		s.weekly[w] = 2*open[w] >= seen[w] && (seen[w] > 0 || last < 7)
	}
	s.onFree = s.weekly[time.Sunday]
	if seen[holiday] > 0 {
		s.onFree = 2*open[holiday] >= seen[holiday]
	}
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
