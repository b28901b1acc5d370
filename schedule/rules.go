package schedule

import "time"

// Rules are the limits that a day must keep, as data; Catalogue tells the
// name, unit and source of each. All lengths are in intervals of the grid.
// DefaultRules gives those of Swedish working time and of the usual agreement,
// for a given step; an agreement may change each.
//
// An absence within a shift is a rest and cuts the shift in parts. A part has
// the pauses of a shift of its own, as far as there is room: the shift's lunch
// if the part is long enough for it, else one coffee break, else nothing.
// Other fixed blocks are work and no pause; pauses are laid on own work alone.
type Rules struct {
	// LongestStretch is the longest run of work without lunch or a coffee
	// break; 0: no limit. Arbetstidslagen (1982:673) 15 § wants a pause within
	// five hours.
	LongestStretch int
	// LunchFrom and LunchTo say how long after its start a shift's lunch may
	// begin at the earliest and at the latest.
	LunchFrom, LunchTo int
	// BreakLength is the length of a coffee break; 0: there are none. A shift
	// with lunch has one break before and one after it; a shift without lunch
	// has one if it is long enough.
	BreakLength int
	// BreakDistance is the least time between a coffee break and either end of
	// the shift, lunch, and the other break.
	BreakDistance int
	// MinBlock is the shortest time that is worth spending on the telephone or
	// on e-mail beside the other: soft, SwitchCost for each shorter run that
	// borders directly on the other kind. Runs between breaks and meetings cost
	// nothing.
	MinBlock   int
	SwitchCost Money
	// LongestPhone is the longest run of telephone work without anything else:
	// soft, at PhoneCost for each interval beyond it; 0: no limit.
	LongestPhone int
	PhoneCost    Money
}

// DefaultRules gives the rules of a grid with the given step, which must be
// positive: lunch 3–5 h into the shift, coffee breaks of 15 min at least 1 h
// from the ends and from lunch, a pause within 5 h of work (arbetstidslagen
// 15 §), and, soft, at least 1 h of one kind of work and at most 2 h on the
// telephone (the agreement of the model centre). Least lengths are rounded up
// to whole intervals, greatest ones down, but to one at least.
//
// The soft rules are priced for demands in which an agent who is missing for a
// quarter of an hour costs about 1000: a short run costs a tenth of that, an
// hour too long on the telephone a fifth.
func DefaultRules(step time.Duration) Rules {
	atLeast := func(d time.Duration) int { return int((d + step - 1) / step) }
	atMost := func(d time.Duration) int { return max(1, int(d/step)) }
	return Rules{
		LongestStretch: atMost(5 * time.Hour),
		LunchFrom:      atLeast(3 * time.Hour),
		LunchTo:        max(atLeast(3*time.Hour), atMost(5*time.Hour)),
		BreakLength:    atLeast(15 * time.Minute),
		BreakDistance:  atLeast(time.Hour),
		MinBlock:       atLeast(time.Hour),
		SwitchCost:     100,
		LongestPhone:   atMost(2 * time.Hour),
		PhoneCost:      Money(200 * step / time.Hour),
	}
}
