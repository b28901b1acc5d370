package forecast

import (
	"math"
	"time"
)

// Handle times move slowly and differ little by the time of day, while each
// interval's mean is noisy: 300 calls of evidence weigh as much as the level,
// and the level forgets by half in three weeks.
const (
	handleShrink   = 300.0
	handleHalfLife = 21.0 // days
)

// calls gives the series that counts the calls whose handling was summed.
func (h History) calls() Series {
	if len(h.Answered.Values) > 0 {
		return h.Answered
	}
	return h.Offered
}

// handled is the evidence on handle times: seconds and calls, older ones
// weighing less.
type handled struct{ seconds, calls float64 }

func (e *handled) add(weight, seconds, calls float64) {
	e.seconds += weight * seconds
	e.calls += weight * calls
}

// toward gives the mean handle time shrunk towards prior.
func (e handled) toward(prior float64) float64 {
	return (e.seconds + handleShrink*prior) / (e.calls + handleShrink)
}

// handleTimes gives the mean handle time of each interval ahead in seconds: the
// call-weighted level, shrunk first to the level by slot of the day and then by
// slot and kind of day. Seconds and calls are summed and divided once; means
// are never averaged. 0 where neither history nor o.HandleTime says anything.
func handleTimes(h History, o Options, a ahead) []float64 {
	var level handled
	bySlot := make([]handled, a.slots)
	byKind := [2][]handled{make([]handled, a.slots), make([]handled, a.slots)}
	n := h.calls()
	clock := newWall(h.Offered)
	origin, _ := clock.at(a.start)
	shift := int(h.Handled.Start.Sub(n.Start) / max(1, h.Handled.Step))
	for i, seconds := range h.Handled.Values {
		if i+shift < 0 || i+shift >= len(n.Values) {
			continue
		}
		calls := n.Values[i+shift]
		if !(calls > 0) || math.IsNaN(seconds) {
			continue
		}
		t := h.Handled.Time(i).Add((h.Handled.Step - clock.step) / 2)
		date, slot := clock.at(t)
		if date < origin-memory {
			continue
		}
		w := math.Exp2(-float64(origin-date) / handleHalfLife)
		level.add(w, seconds, calls)
		bySlot[slot].add(w, seconds, calls)
		byKind[restDay(date.Weekday())][slot].add(w, seconds, calls)
	}
	mean := o.HandleTime
	switch {
	case mean > 0:
		mean = level.toward(mean)
	case level.calls > 0:
		mean = level.seconds / level.calls
	}
	out := make([]float64, len(a.day))
	for i := range out {
		slot := a.slot[i]
		out[i] = byKind[restDay(a.dates[a.day[i]].Weekday())][slot].toward(bySlot[slot].toward(mean))
	}
	return out
}

// restDay tells Saturdays and Sundays, 1, from working days, 0.
func restDay(w time.Weekday) int {
	if w == time.Saturday || w == time.Sunday {
		return 1
	}
	return 0
}
