package forecast

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
)

// A baseline is mixed in, half and half, when over at least leastRehearsals
// forecasts of the past it has missed less than the model: by betterBy, and by
// betterSure standard errors of the mean difference. They overlap, which is why
// so many are asked for.
const (
	leastRehearsals = 8
	betterBy        = 0.03
	betterSure      = 3.0
	mixedIn         = 0.5
)

// better gives the baseline that has been better than the model on the
// rehearsals, the best one of several, and nil when none has.
func (s *study) better(rs []rehearsal) *weekly {
	if s.without.has(baselinePart) {
		return nil
	}
	var best *weekly
	least := math.Inf(1)
	for b := range baselines {
		var model, other []float64 // misses by origin
		var week [7][]float64      // of the baseline
		from := -1
		for _, r := range rs {
			if r.from != from {
				model, other, from = append(model, 0), append(other, 0), r.from
				week = [7][]float64{}
			}
			if !s.whole[r.day] || !s.plain(r.day) {
				continue
			}
			w := s.weekday(r.day)
			if week[w] == nil {
				week[w] = baselines[b].day(s.until(from), r.day)
			}
			k := len(model) - 1
			s.miss(r, week[w], &model[k], &other[k])
		}
		if miss := floats.Sum(other); miss < least && isBetter(other, model) {
			best, least = &baselines[b], miss
		}
	}
	return best
}

// until gives the past as it was known on day d.
func (s *study) until(d int) past {
	p := s.past
	p.days = d
	return p
}

// miss adds what a rehearsal and a baseline miss, where both know an interval.
func (s *study) miss(r rehearsal, baseline []float64, model, other *float64) {
	for i, v := range s.day(r.day) {
		if known(v) && known(baseline[i]) && s.openAt(r.day, i) {
			*model += math.Abs(v - r.calls*r.profile[i])
			*other += math.Abs(v - baseline[i])
		}
	}
}

// isBetter tells whether the misses a are clearly less than b.
func isBetter(a, b []float64) bool {
	if len(a) < leastRehearsals {
		return false
	}
	gain := make([]float64, len(a))
	floats.SubTo(gain, b, a)
	m, sd := stat.MeanStdDev(gain, nil)
	return m > betterSure*stat.StdErr(sd, float64(len(gain))) && floats.Sum(gain) > betterBy*floats.Sum(b)
}

// plain tells whether nothing but its weekday is known to move day d: baselines
// know of nothing else.
func (s *study) plain(d int) bool {
	for _, kind := range s.events {
		if kind.names[d] != nil {
			return false
		}
	}
	return s.dates.on(s.date(d)).kind == Ordinary
}

// mix draws what is expected of day d towards a baseline that knows the days
// before day from. Slots that were closed in the week before stay as they are, and so
// does all where the baseline remembers another level.
func (m *fitted) mix(e *expected, b weekly, from, d int) {
	if !m.plain(d) || e.calls == 0 || m.shiftedSince(from-7*b.weeks, from) {
		return
	}
	lastWeek := d - 7*((d-from)/7+1)
	baseline := b.day(m.until(from), d)
	mixed := make([]float64, m.slots)
	for i, share := range e.profile {
		mixed[i] = e.calls * share
		if known(baseline[i]) && m.openAt(lastWeek, i) {
			mixed[i] += mixedIn * (baseline[i] - mixed[i])
		}
	}
	if sum := floats.Sum(mixed); sum > 0 {
		floats.Scale(1/sum, mixed)
		e.calls, e.profile = sum, mixed
	}
}
