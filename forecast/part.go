package forecast

// part is a set of parts of DayLevel. Tests leave some out, to measure what each
// of them brings; elsewhere nothing is left out.
type part uint

const (
	monthPart    part = 1 << iota // position in the month
	holidayPart                   // holidays, and the days around them
	seasonPart                    // time of the year
	fastPart                      // drift that is over in days
	slowPart                      // drift that stays
	shiftPart                     // shifts of the level
	dampingPart                   // damping of outliers
	ageingPart                    // noise that grows with the age of days
	shrinkPart                    // profiles drawn towards those like them
	baselinePart                  // mixing in a baseline
)

func (p part) has(q part) bool { return p&q != 0 }

// partOf gives the part to which the effects of a reason belong.
func partOf(r Reason) part {
	switch r {
	case ReasonMonthStart, ReasonMonth:
		return monthPart
	case ReasonHoliday, ReasonAfterHoliday, ReasonBefore:
		return holidayPart
	case ReasonSeason:
		return seasonPart
	default:
		return 0
	}
}

// leaveOut leaves parts out of what is learnt.
func (s *study) leaveOut(p part) {
	s.without = p
	for i, f := range s.features {
		if p.has(partOf(f.reason)) {
			s.features[i].sd = 0
		}
	}
}

// drift leaves parts out of a drift.
func (p part) drift(d drift) drift {
	if p.has(slowPart) {
		d.sd[0] = 0
	}
	if p.has(fastPart) {
		d.sd[1] = 0
	}
	return d
}
