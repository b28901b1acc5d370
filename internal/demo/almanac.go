package demo

import (
	"math"
	"slices"
	"time"

	"bemanna/internal/civil"
)

// almanac is what the calendar says of a working day.
type almanac struct {
	date         civil.Date
	kind         civil.Kind
	weekday      int  // Monday 0
	workday      int  // of the month, 1 being the first
	before       int  // working days of the month before
	last         bool // working day of the month
	afterHoliday bool // the day before is a free weekday
	longWeekend  bool // a Monday after a free Friday
	eveOfHoliday bool // the day after is a free weekday
}

func (w *world) almanac(d civil.Date) almanac {
	y, m, day := d.Civil()
	first := d - civil.Date(day-1)
	free := func(d civil.Date) bool { return weekday(d) < 5 && w.calendar.Free(d) }
	return almanac{
		date: d, kind: w.calendar.On(d).Kind, weekday: weekday(d),
		workday:      w.workdays(first, d),
		before:       w.workdays(civil.NewDate(y, m-1, 1), first-1),
		last:         w.workdays(d+1, civil.NewDate(y, m+1, 1)-1) == 0,
		afterHoliday: free(d - 1),
		longWeekend:  weekday(d) == 0 && free(d-3),
		eveOfHoliday: free(d + 1),
	}
}

// workdays counts the working days from one day to another, both included.
func (w *world) workdays(from, to civil.Date) (n int) {
	for d := from; d <= to; d++ {
		if !w.calendar.Free(d) {
			n++
		}
	}
	return n
}

// weekday gives 0 for Monday to 6 for Sunday.
func weekday(d civil.Date) int { return (int(d.Weekday()) + 6) % 7 }

// factor is how the calendar changes the volume of a day, weekday and seasons
// apart. A short day loses its closed hours besides.
func (a almanac) factor() float64 {
	var f float64
	switch a.kind {
	case civil.Bridge:
		f = .70
	case civil.Short:
		f = 1.06 // some call earlier
	default:
		f = 1
	}
	if a.afterHoliday && a.kind != civil.Bridge {
		f *= 1.18
	}
	if a.longWeekend {
		f *= 1.08
	}
	if a.eveOfHoliday && a.kind == civil.Ordinary {
		f *= .94
	}
	if a.workday <= 3 {
		f *= 1 + .03*float64(4-a.workday)
	}
	if a.last {
		f *= 1.04
	}
	return f
}

// at gives the factor of a season on day d.
func (s season) at(d civil.Date) float64 {
	y, _, _ := d.Civil()
	sum := 0.0
	for year := y - 1; year <= y+1; year++ {
		days := float64(d - civil.NewDate(year, s.month, s.day))
		width := s.fall
		if days < 0 {
			width = s.rise
		}
		sum += math.Exp(-.5 * (days / width) * (days / width))
	}
	return 1 + s.gain*sum
}

// at gives the factor of a mailing, posted this month or the month before.
func (m *mailing) at(a almanac) float64 {
	_, month, _ := a.date.Civil()
	f := 1.0
	if lag := a.workday - m.workday; m.posted(month) && lag >= 0 && lag < len(answers) {
		f += m.gain * answers[lag]
	}
	if lag := a.before + a.workday - m.workday; m.posted((month+10)%12+1) && lag < len(answers) {
		f += m.gain * answers[lag]
	}
	return f
}

func (m *mailing) posted(month time.Month) bool {
	return len(m.months) == 0 || slices.Contains(m.months, month)
}
