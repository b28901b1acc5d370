package erlang

// TransientOptions say how a day begins and ends, and how agents leave. The
// zero value opens with free agents and nobody waiting, lets agents finish
// their calls ([FinishCall]), and closes with [Drain].
type TransientOptions struct {
	Departure Departure
	Backlog   int // calls that wait when the day opens; they are answered first
	Busy      int // agents on a call when the day opens
	Closing   Closing
}

// Closing says what becomes of the calls that wait when the day ends.
type Closing uint8

const (
	// Drain is to take no more calls, and to keep the agents of the last interval
	// until nobody waits.
	Drain Closing = iota
	// Drop is to cut off those who wait. They count as abandoned.
	Drop
)

// A Course is what happens in the course of a day. Numbers of calls are means.
type Course struct {
	Intervals []Performance // see Transient
	End       []State       // when each interval ends, before the staff changes

	Offered   float64 // calls that arrive, and the backlog
	Answered  float64 // of these: ever taken by an agent
	Abandoned float64 // of these: hung up, balked, or cut off at the end
	Backlog   float64 // of the backlog: answered, ever
	Left      float64 // calls that wait when the last interval ends
	Emptying  float64 // s, mean time from there until nobody waits; +Inf when nobody answers them. 0 with Drop
}

// State is the state of the system at a moment.
type State struct {
	Calls   float64 // mean number of calls, those who are talked to and those who wait
	Waiting float64 // mean number of those who wait
	Busy    float64 // P(no agent is free)
}

// Transient gives the performance of each interval of a day with carry-over:
// the queue does not forget at the quarter-hour. It is the exact solution of
// the model M(t)/M/s(t)+M, from the forward equations of the number of calls
// in the system, to an absolute error of about 1e-12 in probabilities; of about
// 1e-9 (2e-7 at worst) within the threshold, where the staff changes before it has
// passed. The threshold is in seconds, and may be longer than an interval.
//
// Delay, Abandonment, AbandonedWithin, AnsweredWithin, AnsweredLate,
// AverageWait, SpeedOfAnswer and OfferedRate are of the calls that arrive in
// the interval, whenever their wait ends, under the rates and the staff that
// they meet until then. QueueLength and Occupancy are means over the time of
// the interval; those who finish a call after their time count in Occupancy,
// both as busy and as there. Calls that balk have waited 0 s.
//
// A sum over intervals is weighted by the calls. The backlog is not in any
// interval; [Follow] says what became of it.
//
// With [FirstToFinish], while agents too many are busy, what becomes of those
// who wait then is exact to about 1e-6 of the calls only.
//
// With [Preempt] a call counts as answered once an agent has taken it; that
// it may hang up after it was put back is seen in QueueLength only.
//
// Special cases are:
//
//	no calls in an interval: AnsweredWithin is 1, as nobody waits; QueueLength and Occupancy are as they are
//	no agents for the rest of the day and AbandonRate 0: AverageWait is +Inf with Drain, and AnsweredLate counts those who wait for ever
//
// The error is an [*InputError] that names the field, as in
// "day[3].ServiceRate", that is out of range or needs more than 131 072
// states: somewhat fewer calls at the same time.
func Transient(day []Interval, threshold float64, o TransientOptions) ([]Performance, error) {
	course, err := Follow(day, threshold, o)
	return course.Intervals, err
}

// Follow is [Transient] with what else there is to know of the day.
func Follow(day []Interval, threshold float64, o TransientOptions) (Course, error) {
	if err := checkDay(day); err != nil {
		return Course{}, err
	}
	if err := checkThreshold(threshold); err != nil {
		return Course{}, err
	}
	if err := o.check(); err != nil {
		return Course{}, err
	}
	w := walk{record: newRecord(day, o)}
	w.arrive()
	w.answerBacklog()
	for i := range day {
		if err := w.interval(i, threshold); err != nil {
			return Course{}, err
		}
	}
	w.close()
	return w.course, nil
}

func (o TransientOptions) check() error {
	switch {
	case o.Departure > Preempt:
		return &InputError{"TransientOptions.Departure", float64(o.Departure), "FinishCall, FirstToFinish or Preempt"}
	case o.Closing > Drop:
		return &InputError{"TransientOptions.Closing", float64(o.Closing), "Drain or Drop"}
	case o.Backlog < 0 || o.Backlog > maxStates:
		return &InputError{"TransientOptions.Backlog", float64(o.Backlog), "calls, from 0 to 131072"}
	case o.Busy < 0 || o.Busy > maxStates:
		return &InputError{"TransientOptions.Busy", float64(o.Busy), "agents, from 0 to 131072"}
	}
	return nil
}
