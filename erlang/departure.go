package erlang

// Departure says what becomes of calls when the number of agents falls while
// more agents than remain are on a call. It changes results: with a cut to
// less than the calls in progress, an interval may lose half as many callers
// by one convention as by another. The zero value is [FinishCall].
type Departure uint8

const (
	// FinishCall has an agent who leaves finish the call first. What the agents
	// of a centre do.
	FinishCall Departure = iota
	// FirstToFinish lets any agents who finish calls leave, until as few are left as
	// there should be. The call goes on to somebody who stays.
	FirstToFinish
	// Preempt has agents leave at once, and their calls go back to the head of the
	// queue.
	Preempt
)
