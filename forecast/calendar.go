package forecast

import (
	"time"

	"bemanna/internal/civil"
)

// almanac answers questions about civil days from the calendar of the options,
// and remembers the answers.
type almanac struct {
	calendar Calendar
	zone     *time.Location
	seen     map[civil.Date]marked
}

// marked is what the calendar says of a day.
type marked struct {
	kind DayKind
	name string
}

func newAlmanac(c Calendar, zone *time.Location) *almanac {
	return &almanac{calendar: c, zone: zone, seen: map[civil.Date]marked{}}
}

func (a *almanac) on(d civil.Date) marked {
	if a.calendar == nil {
		return marked{}
	}
	m, ok := a.seen[d]
	if !ok {
		m.kind, m.name = a.calendar(d.Start(a.zone))
		a.seen[d] = m
	}
	return m
}

// free tells whether the calendar has people off on day d, whatever its
// weekday.
func (a *almanac) free(d civil.Date) bool { return a.on(d).kind >= Eve }

// working tells whether d is a business day.
func (a *almanac) working(d civil.Date) bool { return restDay(d.Weekday()) == 0 && !a.free(d) }

// longestBreak is the most days in a row, at Christmas, without a business day.
const longestBreak = 12

// afterFree tells whether d is the first business day after a break with a
// holiday or an eve in it.
func (a *almanac) afterFree(d civil.Date) bool {
	if !a.working(d) {
		return false
	}
	found := false
	for e := d - 1; !a.working(e) && d-e <= longestBreak; e-- {
		found = found || a.free(e)
	}
	return found
}

// bridge tells whether d is a business day between days off of which at least
// one is a holiday or an eve.
func (a *almanac) bridge(d civil.Date) bool {
	if !a.working(d) {
		return false
	}
	between := !a.working(d-1) && !a.working(d+1) && (a.free(d-1) || a.free(d+1))
	return between || a.on(d).kind == Bridge
}

// fromMonthStart counts the business days of the month before d.
func (a *almanac) fromMonthStart(d civil.Date) int {
	_, _, day := d.Civil()
	n := 0
	for e := d - civil.Date(day) + 1; e < d; e++ {
		if a.working(e) {
			n++
		}
	}
	return n
}

// toMonthEnd counts the business days of the month after d.
func (a *almanac) toMonthEnd(d civil.Date) int {
	year, month, _ := d.Civil()
	n := 0
	for e := d + 1; e < civil.NewDate(year, month+1, 1); e++ {
		if a.working(e) {
			n++
		}
	}
	return n
}
