package forecast

import (
	"math"
	"slices"
	"time"

	"bemanna/internal/civil"
)

// study is a past made ready to learn from: which days are known well enough,
// their totals, and when the group is usually open.
type study struct {
	past
	step  time.Duration
	dates *almanac
	week  usualWeek
	total []float64 // calls of a day, as far as known; NaN: not learnt from
	whole []bool    // days whose slots are known, and not their total alone

	weekly [7]bool   // weekdays on which the group is open
	onFree bool      // whether it is open on holidays and eves
	time   []float64 // open weekdays before each day of the past and of the stretch ahead

	without  part // of the model
	kin      *Kin
	events   []eventKind
	shock    []float64 // variance of the logarithm of a day's calls from what happened once
	features []feature
	rows     [][]float64 // of features, by day; made when needed
}

// seasonAfter is the history in days from which a season can be told from the
// level.
const seasonAfter = 1.2 * 52 * 7

func newStudy(h History, o Options, a ahead) *study {
	s := &study{past: lookBack(h, o), step: h.Offered.Step, dates: newAlmanac(o.Calendar, a.zone)}
	s.findOutages()
	s.week = s.usual()
	s.choose()
	s.findOpening(a)
	s.count(len(a.dates) + 1)
	s.features = append(weekFeatures(), calendarFeatures()...)
	if first := slices.IndexFunc(s.total, known); first >= 0 && float64(s.days-first) > seasonAfter {
		s.features = append(s.features, seasonFeatures()...)
	}
	s.features = append(s.features, holidayFeatures(s.holidays())...)
	s.kin = o.Kin
	s.findEvents(o.Events)
	s.features = append(s.features, s.eventFeatures(len(s.features))...)
	s.rows = make([][]float64, len(s.time))
	return s
}

// holidays gives the names of the holidays and eves of the past that are known.
func (s *study) holidays() []string {
	var names []string
	for d, v := range s.total {
		if m := s.dates.on(s.date(d)); known(v) && m.kind >= Eve && m.name != "" && !slices.Contains(names, m.name) {
			names = append(names, m.name)
		}
	}
	return names
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
