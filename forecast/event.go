package forecast

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"gonum.org/v1/gonum/floats"

	"bemanna/internal/civil"
)

// ReasonEvent is an event that somebody has named; the name of the term is its
// own.
const ReasonEvent Reason = "event"

// Event is something outside the calendar that moves the calls of a group: a
// mailing, a decision, a campaign, a fault in the news. One of the past is
// learnt from and kept out of the ordinary pattern; one ahead is expected to
// have the effect that those like it have had.
type Event struct {
	Name string
	// Like is what events of the same effect have in common ("fee letter").
	// "": there is none like it.
	Like string
	// Date is any instant of the first day on which the event tells.
	Date time.Time
	// Size compares it to the others like it, of which one of size 1 is usual: a
	// logarithmic effect twice as large for twice the size. At most 10 000; 0: 1.
	Size float64
	// Factor is what people expect of an event of size 1 on its strongest day:
	// 1.18 is +18 %. What was learnt counts beside it. To the power of Size it is
	// at most a million, or a millionth. 0: nobody has said.
	Factor float64
	// Lag is how the effect falls on the open days of the group from Date on,
	// relative to the strongest. Nil: by half from day to day, on five days.
	Lag []float64
}

// The standard deviations of the logarithmic effects of events before any has
// been seen: of a kind of event, of one of which people have said what they
// expect, and of each of its days around its lag curve. What happened once and is
// over makes its days so much less telling as shockSD says.
const (
	eventSD    = 0.4
	saidSD     = 0.2
	eventDaySD = 0.15
	shockSD    = 1.0
)

// Sizes compare an event to others like it, so that great ones are slips of the
// pen; so are effects that nobody could staff for.
const (
	greatestSize   = 1e4
	greatestEffect = 1e6
)

var usualLag = []float64{1, .5, .25, .125, .0625}

func (e Event) lag() []float64 {
	if e.Lag != nil {
		return e.Lag
	}
	return usualLag
}

func (e Event) size() float64 {
	if e.Size == 0 {
		return 1
	}
	return e.Size
}

func (e Event) check() error {
	switch {
	case e.Date.IsZero():
		return fmt.Errorf("event %q: no date", e.Name)
	case !(e.Size >= 0 && e.Size <= greatestSize):
		return fmt.Errorf("event %q: size %v, want 0 to %g", e.Name, e.Size, greatestSize)
	case !(e.Factor >= 0) || math.IsInf(e.Factor, 0):
		return fmt.Errorf("event %q: factor %v, want 0 or more", e.Name, e.Factor)
	case e.Factor > 0 && math.Abs(e.size()*math.Log(e.Factor)) > math.Log(greatestEffect):
		return fmt.Errorf("event %q: factor %v to the power of its size %v, want no more than %g, nor less than its inverse",
			e.Name, e.Factor, e.size(), greatestEffect)
	}
	for _, w := range e.Lag {
		if math.IsNaN(w) || math.Abs(w) > 1 {
			return fmt.Errorf("event %q: lag %v, want -1 to 1", e.Name, w)
		}
	}
	return nil
}

// eventKind is the events that are like each other, laid out on the days of the
// study.
type eventKind struct {
	weight []float64        // of the lag curves times the sizes
	byLag  [][]float64      // the sizes, by open day after the event, then by day of the study
	names  map[int][]string // of the events that tell on a day
	said   float64          // mean logarithm of what people expect of size 1; 0: nothing
	first  int              // index of its first feature
}

// findEvents lays out the events of the options. What happened once and is over
// goes to s.shock, the rest to s.events.
func (s *study) findEvents(events []Event) {
	s.shock = make([]float64, len(s.time))
	index := map[string]int{}
	said := map[int]float64{}
	for _, e := range events {
		days := s.eventDays(e)
		if len(days) > 0 && e.Like == "" && days[len(days)-1] < s.days {
			for k, d := range days {
				if d >= 0 {
					s.shock[d] += math.Pow(shockSD*e.size()*e.lag()[k], 2)
				}
			}
			continue
		}
		k, ok := index[e.Like]
		if !ok || e.Like == "" {
			k = len(s.events)
			index[e.Like] = k
			s.events = append(s.events, eventKind{weight: make([]float64, len(s.time)), names: map[int][]string{}})
		}
		s.events[k].add(e, days)
		if e.Factor > 0 {
			said[k]++
			s.events[k].said += (math.Log(e.Factor) - s.events[k].said) / said[k]
		}
	}
}

// eventDays gives the days of the study on which the event tells: by its lag, -1
// for those before the study; those after it are left out.
func (s *study) eventDays(e Event) []int {
	var days []int
	for d := int(civil.DateOf(e.Date.In(s.dates.zone)) - s.first); d < len(s.time) && len(days) < len(e.lag()); d++ {
		switch {
		case d < 0:
			days = append(days, -1)
		case s.openOn(d), s.weekly == [7]bool{}: // in the latter case nothing is known of the hours
			days = append(days, d)
		}
	}
	return days
}

func (kind *eventKind) add(e Event, days []int) {
	for k, d := range days {
		if len(kind.byLag) <= k {
			kind.byLag = append(kind.byLag, make([]float64, len(kind.weight)))
		}
		if d >= 0 {
			kind.weight[d] += e.size() * e.lag()[k]
			kind.byLag[k][d] += e.size()
			kind.names[d] = append(kind.names[d], e.Name)
		}
	}
}

// eventFeatures gives the features of all kinds of events, which come after so
// many others: for each kind, one of the lag curve and one for each day of it.
func (s *study) eventFeatures(others int) []feature {
	var fs []feature
	for k := range s.events {
		kind := &s.events[k]
		kind.first = others + len(fs)
		sd := eventSD
		if kind.said != 0 {
			sd = saidSD
		}
		fs = append(fs, feature{reason: ReasonEvent, sd: sd, value: s.valueOf(kind.weight)})
		for _, sizes := range kind.byLag {
			fs = append(fs, feature{reason: ReasonEvent, sd: eventDaySD, value: s.valueOf(sizes)})
		}
	}
	return fs
}

// valueOf makes the value of a feature of one for each day of the study.
func (s *study) valueOf(byDay []float64) func(dayFacts) float64 {
	return func(f dayFacts) float64 { return byDay[int(f.date-s.first)] }
}

// said gives the logarithm of what people expect of the events of day d, which
// what is learnt adds to.
func (s *study) said(d int) float64 {
	var sum float64
	for _, kind := range s.events {
		sum += kind.saidOf(d)
	}
	return sum
}

// saidOf gives the logarithm of what people expect of the kind on day d. What they
// said of a small event may be beyond belief for a great one.
func (kind *eventKind) saidOf(d int) float64 {
	most := math.Log(greatestEffect)
	return min(max(kind.said*kind.weight[d], -most), most)
}

// eventTerms gives a term for each kind of event that tells on day d, of which
// the features have contributed so much.
func (s *study) eventTerms(d int, features []float64) []Term {
	var terms []Term
	for _, kind := range s.events {
		names := kind.names[d]
		if names == nil {
			continue
		}
		effect := kind.saidOf(d)
		if features != nil {
			effect += floats.Sum(features[kind.first : kind.first+1+len(kind.byLag)])
		}
		terms = append(terms, Term{ReasonEvent, strings.Join(slices.Compact(slices.Clone(names)), ", "), math.Exp(effect)})
	}
	return terms
}

// eventFactor gives the factor of all events of a day.
func eventFactor(terms []Term) float64 {
	factor := 1.
	for _, t := range terms {
		factor *= t.Factor
	}
	return factor
}

// sayEvents brings what people have said of the events ahead into the forecast
// of a group with little history.
func (s *study) sayEvents(f *Forecast, a ahead) {
	for k, date := range a.dates {
		f.Days[k].Terms = s.eventTerms(int(date-s.first), nil)
	}
	for i := range f.Mean {
		f.Mean[i] *= eventFactor(f.Days[a.day[i]].Terms)
	}
}
