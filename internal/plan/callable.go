package plan

import (
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
)

const (
	// A temp is called in for half a day to a whole one, in whole hours, from a
	// half-hour on.
	shortestCall = 4 * time.Hour
	longestCall  = 8 * time.Hour
	callStep     = 30 * time.Minute
	// mostCallDays leaves two days a week free: with the rest between shifts, a
	// week has its 36 hours of rest.
	mostCallDays = 5
	// dailyRest is the least time between two shifts (arbetstidslagen 13 §).
	dailyRest = 11 * time.Hour
)

// callable is an hourly temp or agency worker with what is booked and called
// in of the weeks of the horizon.
type callable struct {
	centre.Person
	booked map[civil.Date]bool // anything: that day is not free
	spans  map[civil.Date]civil.Span
	fixed  map[civil.Date]time.Duration // work that is booked, by Monday
	worked map[civil.Date]time.Duration // the same with what is ordered
	shifts map[civil.Date]int           // by Monday
}

// callables lists those who can be called in on the horizon at all, in the order
// of the centre file; of one unit, if one is named.
func (h *Horizon) callables(unit string) []*callable {
	var out []*callable
	for _, p := range h.c.People {
		if p.Employment == centre.Permanent || unit != "" && p.Unit != unit {
			continue
		}
		k := &callable{
			Person: p, booked: map[civil.Date]bool{}, spans: map[civil.Date]civil.Span{},
			fixed: map[civil.Date]time.Duration{}, worked: map[civil.Date]time.Duration{}, shifts: map[civil.Date]int{},
		}
		for _, b := range h.c.Bookings {
			if b.Person == p.ID {
				k.book(h.c, b)
			}
		}
		out = append(out, k)
	}
	return out
}

// book notes a booking: a shift without times takes the hours of a day of the
// contract.
func (k *callable) book(c *centre.Centre, b centre.Booking) {
	k.booked[b.Date] = true
	if b.Kind != "shift" {
		return
	}
	work := workIn(c, b.Span)
	if b.Span == (civil.Span{}) {
		b.Span = civil.Span{Open: k.Earliest, Close: k.Latest}
		work = k.Weekly / time.Duration(max(1, k.Days.Count()))
	}
	k.take(b.Date, b.Span, work)
	k.fixed[b.Date.Monday()] += work
}

// workIn is the time of work in a shift: lunch is none.
func workIn(c *centre.Centre, s civil.Span) time.Duration {
	length := time.Duration(s.Close-s.Open) * time.Minute
	if length >= c.Rules.LunchShift {
		return length - c.Rules.Lunch
	}
	return length
}

// take gives k a shift, drop takes it back.
func (k *callable) take(d civil.Date, s civil.Span, work time.Duration) {
	k.spans[d] = s
	k.worked[d.Monday()] += work
	k.shifts[d.Monday()]++
}

func (k *callable) drop(d civil.Date, work time.Duration) {
	delete(k.spans, d)
	k.worked[d.Monday()] -= work
	k.shifts[d.Monday()]--
}

// free tells whether k can be asked for a shift on day d, which need not be the
// first: a day on which k works by contract, with nothing booked, far enough
// ahead.
func (k *callable) free(d, today civil.Date) bool {
	return d >= today+civil.Date(k.Notice) && !k.booked[d] && k.Days.Has(d.Weekday()) &&
		(k.From == 0 || d >= k.From) && (k.Until == 0 || d <= k.Until)
}

// left is the time of work that k may still be asked for in the week of d.
func (k *callable) left(d civil.Date) time.Duration {
	return max(0, k.MaxWeekly-k.worked[d.Monday()])
}

// mayWork tells whether a shift keeps the limits of the week and the rest to the
// shifts of the days around it. before is the work of the shift that k has on the
// day already, in the place of which it comes; 0: none.
func (k *callable) mayWork(d civil.Date, s civil.Span, work, before time.Duration) bool {
	if work-before > k.left(d) || before == 0 && k.shifts[d.Monday()] >= mostCallDays {
		return false
	}
	const midnight = civil.Clock(24 * 60)
	rests := func(evening, morning civil.Clock) bool { return midnight-evening+morning >= minutes(dailyRest) }
	if before, ok := k.spans[d-1]; ok && !rests(before.Close, s.Open) {
		return false
	}
	after, ok := k.spans[d+1]
	if d.Weekday() == time.Sunday && !ok { // weeks are filled side by side: any shift may come on Monday
		after, ok = civil.Span{Open: k.Earliest}, true
	}
	return !ok || rests(s.Close, after.Open)
}

func minutes(d time.Duration) civil.Clock { return civil.Clock(d / time.Minute) }

// candidate is a shift for which somebody could be asked.
type candidate struct {
	span civil.Span
	work time.Duration
}

// candidates lists the shifts of k, which hold the one that k has on the day.
func (k *callable) candidates(c *centre.Centre, has civil.Span) []candidate {
	var out []candidate
	for work := shortestCall; work <= longestCall; work += time.Hour {
		length := work
		if length >= c.Rules.LunchShift {
			length += c.Rules.Lunch
		}
		for at := k.Earliest; at+minutes(length) <= k.Latest; at += minutes(callStep) {
			s := civil.Span{Open: at, Close: at + minutes(length)}
			if has == (civil.Span{}) || s.Open <= has.Open && has.Close <= s.Close && s != has {
				out = append(out, candidate{s, work})
			}
		}
	}
	return out
}
