package erlang

import (
	"fmt"
	"math"
)

// An InputError says which input was out of its range.
type InputError struct {
	Field string // as in "Queue.ArrivalRate"
	Value float64
	Want  string // as in "calls per second, 0 or more"
}

func (e *InputError) Error() string {
	return fmt.Sprintf("%s: %v, want %s", e.Field, e.Value, e.Want)
}

// finite reports whether x is a number from 0 up: not NaN, infinite or
// negative.
func finite(x float64) bool {
	return x >= 0 && x <= math.MaxFloat64
}

// fastest is the most calls per second with a general patience.
const fastest = 1e12

// check refuses a queue outside the domain of the models.
func (q *Queue) check() error {
	switch {
	case !finite(q.ArrivalRate):
		return &InputError{"Queue.ArrivalRate", q.ArrivalRate, "calls per second, 0 or more"}
	case !finite(q.ServiceRate) || q.ServiceRate == 0:
		return &InputError{"Queue.ServiceRate", q.ServiceRate, "calls per second and agent, above 0"}
	case !finite(q.AbandonRate):
		return &InputError{"Queue.AbandonRate", q.AbandonRate, "1/(mean patience in seconds), 0 or more"}
	case !(q.RedialShare >= 0 && q.RedialShare < 1):
		return &InputError{"Queue.RedialShare", q.RedialShare, "a share from 0 to below 1"}
	}
	if q.Patience != nil {
		if err := checkPatience(q.Patience); err != nil {
			return err
		}
		plain := q.plain()
		if q = &plain; q.Patience != nil && q.ArrivalRate > fastest {
			return &InputError{"Queue.ArrivalRate", q.ArrivalRate, "at most 1e12 calls per second, with a Patience"}
		}
	}
	most := maxLoad * (1 - q.RedialShare) // of first calls, in erlangs
	switch {
	case q.ArrivalRate > most*q.ServiceRate:
		return &InputError{"Queue.ArrivalRate", q.ArrivalRate, "a load of at most 1e10 erlangs"}
	case q.Patience == nil && q.AbandonRate > 0 && q.ArrivalRate > most*q.AbandonRate:
		return &InputError{"Queue.AbandonRate", q.AbandonRate, "0, or at least 1e-10 of the arrival rate"}
	}
	return nil
}

func checkAgents(agents float64) error {
	if !finite(agents) {
		return &InputError{"agents", agents, "a number of agents, 0 or more"}
	}
	return nil
}

func checkThreshold(threshold float64) error {
	if !finite(threshold) {
		return &InputError{"threshold", threshold, "seconds, 0 or more"}
	}
	return nil
}

func checkBetween(field string, x, least, most float64) error {
	if !(x >= least && x <= most) {
		return &InputError{field, x, fmt.Sprintf("from %v to %v", least, most)}
	}
	return nil
}
