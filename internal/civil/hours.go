package civil

import (
	"fmt"
	"math/bits"
	"strings"
	"time"
)

// Weekdays is a set of days of the week, bit 0 being Sunday as in time.Weekday.
type Weekdays uint8

// Has tells whether w is in the set.
func (ws Weekdays) Has(w time.Weekday) bool { return ws>>w&1 == 1 }

// Count gives the number of days in the set.
func (ws Weekdays) Count() int { return bits.OnesCount8(uint8(ws)) }

var weekdayNames = map[string]time.Weekday{
	"mon": time.Monday, "tue": time.Tuesday, "wed": time.Wednesday, "thu": time.Thursday,
	"fri": time.Friday, "sat": time.Saturday, "sun": time.Sunday,
}

// ParseWeekdays reads mon-fri, sat, or mon,wed,fri; a range may run over the
// end of the week.
func ParseWeekdays(s string) (Weekdays, error) {
	var set Weekdays
	for part := range strings.SplitSeq(s, ",") {
		from, to, ranged := strings.Cut(strings.TrimSpace(part), "-")
		a, ok := weekdayNames[strings.ToLower(from)]
		b := a
		if ranged {
			var okTo bool
			b, okTo = weekdayNames[strings.ToLower(to)]
			ok = ok && okTo
		}
		if !ok {
			return 0, fmt.Errorf("weekdays %q: want days such as mon-fri or mon,wed,sat", s)
		}
		for d := a; ; d = (d + 1) % 7 {
			set |= 1 << d
			if d == b {
				break
			}
		}
	}
	return set, nil
}

// String gives the set as mon-fri or mon,wed; runs of three days or more are
// written as a range.
func (ws Weekdays) String() string {
	order := [7]string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}
	var parts []string
	for i := 0; i < 7; i++ {
		j := i
		for j < 7 && ws.Has(time.Weekday((j+1)%7)) {
			j++
		}
		switch j - i {
		case 0:
			continue
		case 1:
			parts = append(parts, order[i])
		case 2:
			parts = append(parts, order[i], order[i+1])
		default:
			parts = append(parts, order[i]+"-"+order[j-1])
		}
		i = j
	}
	return strings.Join(parts, ",")
}

// Span is a stretch of the clock, Open up to but not including Close.
type Span struct{ Open, Close Clock }

// ParseSpan reads 08:00-16:30.
func ParseSpan(s string) (Span, error) {
	a, b, ok := strings.Cut(s, "-")
	open, errA := ParseClock(strings.TrimSpace(a))
	end, errB := ParseClock(strings.TrimSpace(b))
	if !ok || errA != nil || errB != nil || open >= end {
		return Span{}, fmt.Errorf("hours %q: want a span such as 08:00-16:30", s)
	}
	return Span{open, end}, nil
}

// String gives 08:00-16:30.
func (s Span) String() string { return s.Open.String() + "-" + s.Close.String() }

// Hours says on which days and at what times an answer group is open.
type Hours []Opening

// Opening is one line of opening hours. Of the lines that are valid on a day
// and name its weekday, all count: two lines make a day with a pause.
type Opening struct {
	Days        Weekdays
	Span        Span
	From, Until Date  // first and last day on which the line is valid; 0 means no limit
	RedDays     bool  // open on red days too
	Eves        bool  // open on eves too
	ShortClose  Clock // closing time on short days; 0 means as usual
}

// On gives the spans during which the group is open on day d of calendar c, in
// the order in which they are written. Closed days give none.
func (h Hours) On(d Date, c Calendar) []Span {
	var out []Span
	kind := c.On(d).Kind
	for _, o := range h {
		switch {
		case !o.Days.Has(d.Weekday()),
			o.From != 0 && d < o.From, o.Until != 0 && d > o.Until,
			kind == Red && !o.RedDays, kind == Eve && !o.Eves:
			continue
		}
		s := o.Span
		if kind == Short && o.ShortClose != 0 && o.ShortClose < s.Close {
			s.Close = o.ShortClose
		}
		if s.Open < s.Close {
			out = append(out, s)
		}
	}
	return out
}

// Mask tells for each interval of the day whether the group is open when it
// starts, by what the clocks show then.
func (h Hours) Mask(d Date, c Calendar, g Grid) []bool {
	mask := make([]bool, g.N)
	for _, s := range h.On(d, c) {
		for i := range mask {
			at := ClockOf(g.Time(i))
			mask[i] = mask[i] || s.Open <= at && at < s.Close
		}
	}
	return mask
}
