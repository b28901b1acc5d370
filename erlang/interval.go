package erlang

import (
	"fmt"
	"math"
)

// An Interval is a piece of a day with constant rates and staff. Times are
// seconds and rates per second.
type Interval struct {
	Duration    float64 // s, above 0
	ArrivalRate float64 // λ: calls per second
	ServiceRate float64 // µ: 1/(mean handle time)
	AbandonRate float64 // θ: 1/(mean patience) of those who wait now, whenever they came; 0 when nobody hangs up
	Balk        float64 // share of the calls that find no agent free and hang up at once
	Agents      int
}

const (
	// maxEvents is the largest number of events of one kind in an interval.
	maxEvents = 1e12
	// maxStates is the largest number of calls in the system that is followed.
	maxStates = 1 << 17
	// maxSurplus is the most states that agents who leave after their next
	// call may add (FirstToFinish).
	maxSurplus = 1 << 16
	// lostAtTop is the share of an interval's calls that may arrive beyond the
	// states that are followed.
	lostAtTop = 1e-12
)

// queue is the interval as a queue with constant rates.
func (in Interval) queue() Queue {
	q := Queue{ArrivalRate: in.ArrivalRate, ServiceRate: in.ServiceRate, AbandonRate: in.AbandonRate}
	if in.Balk > 0 {
		q.Patience = Balking{Share: in.Balk, Then: Exponential{Mean: 1 / in.AbandonRate}}
	}
	return q
}

// calls is the mean number of calls that arrive.
func (in Interval) calls() float64 { return in.ArrivalRate * in.Duration }

// joining is the rate of the calls that join the queue when nobody is free.
func (in Interval) joining() float64 { return in.ArrivalRate * (1 - in.Balk) }

// deaths is the rate at which calls leave when so many are in the system.
func (in Interval) deaths(k int) float64 {
	return float64(min(k, in.Agents))*in.ServiceRate + float64(max(0, k-in.Agents))*in.AbandonRate
}

// sameService reports whether calls that wait fare the same in both.
func (in Interval) sameService(other Interval) bool {
	return in.Agents == other.Agents && in.ServiceRate == other.ServiceRate && in.AbandonRate == other.AbandonRate
}

// reach is the highest state to follow when the highest at the start is
// given, and the highest that can matter. The chance of more calls than that
// is below the rounding: at the latter because so many do not arrive in the
// time, at the former because they would have left again.
func (in Interval) reach(start int) (likely, possible int) {
	calls := in.calls()
	arrived := float64(start) + calls + 9*math.Sqrt(calls) + 30
	if calls == 0 {
		arrived = float64(start)
	}
	possible = int(min(arrived, maxStates+1))
	mode := in.ArrivalRate / in.ServiceRate
	// Above the agents a queue grows no faster than it would with all busy.
	busiest := float64(in.Agents) * in.ServiceRate
	drift := max(0, in.joining()-busiest) * in.Duration
	drifted := min(maxStates+1, max(float64(start), float64(in.Agents))+drift+9*math.Sqrt((in.joining()+busiest)*in.Duration)+30)
	if busy := float64(in.Agents); mode > busy {
		switch excess := in.joining() - busy*in.ServiceRate; {
		case excess <= 0:
			mode = busy
		case in.AbandonRate == 0:
			return min(int(drifted), possible), possible
		default:
			mode = busy + excess/in.AbandonRate
		}
	}
	likely = int(min(mode, float64(possible)))
	for chance := 1.0; chance > negligibleMass/10 && likely < possible; likely++ {
		rate := in.ArrivalRate
		if likely >= in.Agents {
			rate = in.joining()
		}
		chance *= rate / in.deaths(likely+1)
	}
	return min(possible, max(start+4, min(likely, int(drifted)))), possible
}

// checkDay refuses a day outside the domain of the model.
func checkDay(day []Interval) error {
	if len(day) == 0 {
		return &InputError{"day", 0, "at least one interval"}
	}
	for i, in := range day {
		for _, f := range [...]struct {
			name  string
			value float64
			ok    bool
			want  string
		}{
			{"Duration", in.Duration, finite(in.Duration) && in.Duration > 0, "seconds, above 0"},
			{"ArrivalRate", in.ArrivalRate, finite(in.ArrivalRate), "calls per second, 0 or more"},
			{"ServiceRate", in.ServiceRate, finite(in.ServiceRate) && in.ServiceRate > 0, "calls per second and agent, above 0"},
			{"AbandonRate", in.AbandonRate, finite(in.AbandonRate), "1/(mean patience in seconds), 0 or more"},
			{"Balk", in.Balk, in.Balk >= 0 && in.Balk <= 1, "a share from 0 to 1"},
			{"Agents", float64(in.Agents), in.Agents >= 0 && in.Agents <= maxAgents, "a number of agents from 0 to 1e12"},
			{"ArrivalRate", in.ArrivalRate, in.calls() <= maxEvents, "at most 1e12 calls in the interval"},
			{"ServiceRate", in.ServiceRate, in.ServiceRate*in.Duration <= maxEvents, "at most 1e12 calls for an agent in the interval"},
			{"AbandonRate", in.AbandonRate, in.AbandonRate*in.Duration <= maxEvents, "a patience of at least 1e-12 of the interval"},
		} {
			if !f.ok {
				return dayError(i, f.name, f.value, f.want)
			}
		}
	}
	return nil
}

// dayError is an error that names the field of an interval.
func dayError(index int, field string, value float64, want string) error {
	return &InputError{fmt.Sprintf("day[%d].%s", index, field), value, want}
}
