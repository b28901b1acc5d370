package erlang

import "slices"

// StaffOptions say how a day is staffed. The zero value asks each interval to
// meet the target by itself, with steady levels at the rates as they are.
type StaffOptions struct {
	// WholeDay asks for the share over all calls of the day instead: the calls
	// served well over the calls that count, each summed over the day. The
	// other parts of the target hold in each interval all the same.
	WholeDay bool
	// Floor is the share that each interval keeps with WholeDay, from 0 up to
	// the share of the target. Without it a day may leave quiet intervals
	// unstaffed where people do more good elsewhere.
	Floor float64
	// CV is the coefficient of variation of a factor, gamma with mean 1, that
	// all arrival rates of the day have in common, from 0 to 1. Levels are
	// means over it, as in [Queue.Mixed].
	CV float64
	// CarryOver takes the levels from [Transient]: what an interval leaves
	// waiting is the next one's to answer.
	CarryOver bool
	Transient TransientOptions // with CarryOver
}

func (o StaffOptions) check(t Target) error {
	switch {
	case !(o.CV >= 0 && o.CV <= 1):
		return &InputError{"StaffOptions.CV", o.CV, "a coefficient of variation from 0 to 1"}
	case !(o.Floor >= 0 && o.Floor <= t.Share):
		return &InputError{"StaffOptions.Floor", o.Floor, "a share from 0 to that of the target"}
	}
	return o.Transient.check()
}

// StaffDay gives the number of agents in each interval of a day. The Agents of
// the day are not looked at.
//
// Without WholeDay it is the smallest number that meets the target in the
// interval. With WholeDay the agent-seconds of the day are the fewest, but
// for the last step: agents are added where they do most good, which is best
// (Fox, Operations Research 14(2), 1966) as long as each does less good than
// the one before. So it is with all but the first few, who are added at once.
// The surplus over the optimum is below the agent-seconds of one such
// addition: mostly of one agent in one interval.
//
// With CarryOver the result is such that no single agent can be taken out of
// an interval.
//
// Special cases are:
//
//	no calls in an interval: MinAgents
//	AbandonRate 0: always more agents than the load, so that no queue grows without end
//
// The error is an [*InputError] for a day, target or options out of range, for
// a MaxSpeedOfAnswer where AbandonRate is 0 and CV is not (the mean is
// infinite), and for what [Transient] refuses.
func StaffDay(day []Interval, t Target, o StaffOptions) ([]int, error) {
	posts, err := staff(day, t, o)
	if err != nil {
		return nil, err
	}
	agents := make([]int, len(posts))
	switch {
	case o.WholeDay && t.Share > 0:
		if agents, err = wholeDay(posts); err != nil {
			return nil, err
		}
		if len(posts) <= shortDay {
			// With few calls the last step may be too long: then each interval
			// sized by itself, which meets the target too, may do with less.
			if each := byInterval(posts); agentSeconds(posts, each) < agentSeconds(posts, agents) {
				agents = each
			}
		}
	default:
		for i := range posts {
			agents[i] = posts[i].least
		}
	}
	if o.CarryOver {
		return withCarryOver(day, agents, t, o)
	}
	return agents, nil
}

// StaffDayReal is [StaffDay] with real numbers of agents: add these over
// groups, and round last, with [Whole]. Agents are spread so that the last
// bit of each does the same good in every interval. Where however small a
// crew meets the target of an interval it is one millionth. CarryOver is
// refused, as agents come whole there.
func StaffDayReal(day []Interval, t Target, o StaffOptions) ([]float64, error) {
	if o.CarryOver {
		return nil, &InputError{"StaffOptions.CarryOver", 1, "steady levels (false) for real numbers of agents"}
	}
	posts, err := staff(day, t, o)
	if err != nil {
		return nil, err
	}
	for i := range posts {
		posts[i].leastReal = posts[i].smallestReal()
	}
	if o.WholeDay && t.Share > 0 {
		return wholeDayReal(posts)
	}
	agents := make([]float64, len(posts))
	for i := range posts {
		agents[i] = posts[i].leastReal
	}
	return agents, nil
}

// shortDay is the number of intervals up to which it is seen whether staffing
// them one by one takes less than the day as a whole.
const shortDay = 200

// byInterval gives each post the fewest agents that meet the target of the day.
func byInterval(posts []post) []int {
	agents := make([]int, len(posts))
	for i := range posts {
		p := posts[i]
		p.floor.Share = p.goal.Share
		agents[i] = max(p.least, p.smallest())
	}
	return agents
}

// staff checks the input and prepares the intervals, each with the least
// number of agents that it may have.
func staff(day []Interval, t Target, o StaffOptions) ([]post, error) {
	if err := checkDay(unstaffed(day)); err != nil {
		return nil, err
	}
	if err := t.check(); err != nil {
		return nil, err
	}
	if err := o.check(t); err != nil {
		return nil, err
	}
	if o.CV < smallestCV {
		o.CV = 0
	}
	posts := make([]post, len(day))
	for i, in := range day {
		p := &posts[i]
		*p = post{queue: in.queue(), abandonRate: in.AbandonRate, calls: in.calls(), seconds: in.Duration, goal: t, floor: t, cv: o.CV}
		if o.WholeDay {
			p.floor.Share = o.Floor
		}
		if err := p.check(i, in); err != nil {
			return nil, err
		}
		if o.WholeDay && p.queue.load() > maxDayLoad {
			return nil, dayError(i, "ArrivalRate", in.ArrivalRate, "at most 100 000 erlangs with a target for the whole day")
		}
		p.least = p.smallest()
	}
	return posts, nil
}

// unstaffed is the day without its agents.
func unstaffed(day []Interval) []Interval {
	day = slices.Clone(day)
	for i := range day {
		day[i].Agents = 0
	}
	return day
}
