package sim

import "bemanna/erlang"

// A Model is a day of a contact centre. All times are seconds from the start
// of the day, and all rates per second.
type Model struct {
	Step   float64 // s, the length of an interval of the grid, above 0
	N      int     // the number of intervals
	Groups []Group
	Email  []Email
	Agents []Agent

	// DayCV is the coefficient of variation of a factor, gamma distributed with
	// mean 1 and drawn once a day, that all groups' arrival rates share. E-mail
	// is not part of it.
	DayCV float64
	// Departure says what becomes of the work of an agent whose duty ends or
	// changes meanwhile. By FirstToFinish and Preempt agents with the same list
	// of groups are one number of agents, as in erlang.Transient. By Preempt a
	// call counts as answered once an agent has taken it, whatever becomes of it
	// after it was put back.
	Departure erlang.Departure
	// Lines is the greatest number of calls, talking and waiting, at one time.
	// A call that comes when all are taken is blocked. 0 means no limit.
	Lines int
	// Strict agents take calls in the order of their own list of groups; others
	// take the call that has waited longest. Either way a lesser Group.Priority
	// goes first.
	Strict    bool
	Selection Selection
	// Below is the limit in seconds of the erlang.ExcludingBelow definition that
	// the result can be asked for.
	Below float64
}

// Selection says which of several free agents takes a call.
type Selection uint8

const (
	// FirstListed asks an agent who lists the group earliest, of those one with the
	// fewest groups, of those the one who has been free the longest.
	FirstListed Selection = iota
	// LongestIdle asks the agent who has been free the longest.
	LongestIdle
	// RandomFree asks any of them, each with the same chance.
	RandomFree
)

// A Group is a telephone queue. The slices have one value per interval of the
// grid; a handle time and a patience are those of the interval in which the
// call comes.
type Group struct {
	ArrivalRate []float64 // first calls per second, for a day factor of 1
	// Calls are the first calls of each interval where their number is known: as
	// many come, each at any time of the interval with the same chance. They
	// override ArrivalRate, and no factor or noise changes them. Nil: not known.
	Calls      []int
	HandleTime []float64 // s, mean, above 0 where there are calls
	Service    Service   // shape of the handle time
	// AbandonRate is 1/(mean patience in seconds), exponential; 0 or a nil slice
	// means that callers never hang up.
	AbandonRate []float64
	// Patience overrides AbandonRate when not nil. Callers whose patience is 0
	// hang up as soon as they must wait.
	Patience  erlang.Patience
	Threshold float64 // s; a call that waits as long as this is still in time
	Priority  int     // lower is taken first
	CV        float64 // of the group's own day factor, gamma with mean 1
	// Noise is the coefficient of variation of a factor of the rate in each
	// interval, gamma with mean 1 and independent; nil for none.
	Noise    []float64
	Overflow Overflow
	// Open says in which intervals the group takes calls; nil means always.
	// A call that comes while it is closed goes by Overflow.Closed, else it is
	// turned away and not counted. Calls that wait when it closes keep their
	// place, and are answered by those who are still on duty.
	Open   []bool
	Redial Redial
}

// Overflow lets other agents answer a group's calls. They count as calls of
// their own group, by its threshold, wherever they are answered.
type Overflow struct {
	To int // index of the group whose agents help
	// After is the wait in seconds after which the agents of group To may take
	// a call too. It keeps its place and may still be taken by agents of its
	// own. 0 means that no wait is enough.
	After float64
	// Closed sends calls that come while the group is closed, and To is open,
	// to the queue of To.
	Closed bool
}

// Redial says who calls again after hanging up. The call has the same handle
// time, and counts once more as offered, in the interval in which it comes.
// Callers do not try again after the end of the grid or when the group is
// closed then.
type Redial struct {
	Share float64 // of those who hang up, each time; from 0 to below 1
	Delay float64 // s, mean time to the next attempt
	Shape Service // shape of the delay
	// SamePatience: the caller is ready to wait as long as before, so that those
	// who call again are less patient than others. Else the patience is drawn
	// anew.
	SamePatience bool
}

// Email is a kind of message that waits for agents who have the time. It is
// taken in the order of the due times, over all kinds that an agent takes. A
// message that has been begun is finished before the agent takes a call, and
// none is begun after the end of the grid.
type Email struct {
	ArrivalRate []float64 // messages per second in each interval; nil for none
	HandleTime  float64   // s, mean, above 0 when there are messages
	Service     Service   // shape of the handle time
	Deadline    float64   // s from the arrival of a message until the answer is due; 0 means never
	Backlog     []float64 // the messages there from the start: their ages in seconds
	// Reserve is how many agents are kept free for calls: an agent with groups
	// begins a message only while more than Reserve agents who take one of these
	// groups are free, the agent included. Agents without groups do not care.
	Reserve int
	CV      float64 // of the day factor of ArrivalRate, gamma with mean 1
}

// An Agent is a person, or Count interchangeable ones.
type Agent struct {
	Duties []Duty // in the order of time, without overlap
	Count  int    // 0 means 1
	Pauses Pauses
}

// Pauses are times on duty in which an agent is not there for calls and
// messages, though no plan says so: one minus the log-in rate. An agent who is
// at work when a pause is due ends that first, and pauses for as long all the
// same.
type Pauses struct {
	Share  float64 // of the time on duty, from 0 to 0.9
	Length float64 // s, mean of an exponential; above 0 when Share is
}

// A Duty is what an agent does in [From, To). Without groups and e-mail the
// agent is away, as between duties.
type Duty struct {
	From, To float64 // s; To may be +Inf or beyond the grid: whoever stays answers those who still wait
	Groups   []int   // whose calls the agent takes, the agent's first choice first
	Email    []int   // kinds of message that the agent takes
}
