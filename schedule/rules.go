package schedule

// Rules are the limits that a day must keep, as data. All lengths are in
// intervals of the grid. DefaultRules gives those of Swedish working time and
// of the usual agreement, for a given step; an agreement may change each.
type Rules struct {
	// LongestStretch is the longest run of work without lunch or a coffee
	// break. Arbetstidslagen (1982:673) 15 § wants a pause within five hours.
	LongestStretch int
	// LunchFrom and LunchTo say how long after its start a shift's lunch may
	// begin at the earliest and at the latest.
	LunchFrom, LunchTo int
	// BreakLength is the length of a coffee break. A shift with lunch has one
	// break before and one after it; a shift without lunch has one.
	BreakLength int
	// BreakDistance is the least time between a coffee break and either end of
	// the shift, lunch, and the other break.
	BreakDistance int
	// MinBlock is the shortest time that is worth spending on one kind of work
	// before changing to another: soft, at SwitchCost for each change. Changes
	// around breaks and meetings cost nothing.
	MinBlock   int
	SwitchCost Money
	// LongestPhone is the longest run of telephone work without anything else:
	// soft, at PhoneCost for each interval beyond it.
	LongestPhone int
	PhoneCost    Money
}
