package plan

import (
	"cmp"
	"math"
	"slices"
	"time"

	"gonum.org/v1/gonum/stat/distuv"

	"bemanna/internal/civil"
)

const (
	// A time of day counts as open when calls came then on at least this share
	// of the days, and on two days: a stray call opens nothing.
	openShare, openDays = 0.02, 2
	// A weekday keeps hours of its own when it would have so few calls outside
	// them, if it were open as the other working days are, with less than this
	// probability.
	ownHours = 0.001
)

// hours gives for each weekday the times of the first and the last regular call
// of late. Working days share their hours unless they are clearly different:
// small groups do not have a call in each interval.
func (s *sighting) hours() (out [7]civil.Span) {
	newest := civil.Date(math.MinInt32)
	for d, day := range s.days {
		if len(day.busy) > 0 {
			newest = max(newest, d)
		}
	}
	var byWeekday [7]busyTimes
	var working busyTimes
	for d, day := range s.days {
		if d <= newest-7*draftWeeks || d > newest {
			continue
		}
		byWeekday[d.Weekday()].add(day.busy)
		if w := d.Weekday(); w != time.Saturday && w != time.Sunday {
			working.add(day.busy)
		}
	}
	common := working.span()
	for w, own := range byWeekday {
		out[w] = own.span()
		weekend := time.Weekday(w) == time.Saturday || time.Weekday(w) == time.Sunday
		if !weekend && len(own.spans) > 0 && own.mayBe(working, out[w]) {
			out[w] = common
		}
	}
	return out
}

// busyTimes are the intervals with calls of so many days.
type busyTimes struct {
	days  int
	spans []civil.Span
}

func (b *busyTimes) add(spans []civil.Span) {
	b.days++
	b.spans = append(b.spans, spans...)
}

// span gives the time from the first to the last regular interval, nothing when
// there is none.
func (b busyTimes) span() civil.Span {
	need := max(openDays, int(math.Ceil(openShare*float64(b.days))))
	var opens, closes []civil.Clock
	for _, s := range b.spans {
		opens, closes = append(opens, s.Open), append(closes, s.Close)
	}
	open, okOpen := regular(opens, need, cmp.Compare[civil.Clock])
	end, okEnd := regular(closes, need, func(a, b civil.Clock) int { return cmp.Compare(b, a) })
	if !okOpen || !okEnd || open >= end {
		return civil.Span{}
	}
	return civil.Span{Open: open, Close: end}
}

// mayBe tells whether days that seem to be open in a span may be like all days:
// whether chance may have left them as few busy intervals outside it as they have.
func (b busyTimes) mayBe(all busyTimes, span civil.Span) bool {
	expected := float64(all.outside(span)) * float64(b.days) / float64(all.days)
	return expected == 0 || distuv.Poisson{Lambda: expected}.CDF(float64(b.outside(span))) >= ownHours
}

func (b busyTimes) outside(span civil.Span) (n int) {
	for _, s := range b.spans {
		if s.Open < span.Open || s.Close > span.Close {
			n++
		}
	}
	return n
}

// regular gives the first time, in the given order, that occurs at least need
// times.
func regular(times []civil.Clock, need int, order func(a, b civil.Clock) int) (civil.Clock, bool) {
	slices.SortFunc(times, order)
	for i := 0; i < len(times); {
		j := i
		for j < len(times) && times[j] == times[i] {
			j++
		}
		if j-i >= need {
			return times[i], true
		}
		i = j
	}
	return 0, false
}
