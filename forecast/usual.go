package forecast

import (
	"slices"

	"gonum.org/v1/gonum/floats"
)

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
const leastKnown = 0.6

// choose finds the days to learn from and their totals: those whose open slots
// are known well enough, and those of which somebody has given the total. The
// other days that are known in part are noted.
func (s *study) choose() {
	s.total, s.whole = unknown(s.days), make([]bool, s.days)
	for d := range s.days {
		calls, share := s.knownPart(d)
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

// knownPart gives the calls in the known open slots of a day, and the share that
// these slots usually have of the calls of all its open ones.
func (s *study) knownPart(d int) (calls, share float64) {
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
