package forecast

import (
	"math"
	"time"

	"gonum.org/v1/gonum/floats"

	"bemanna/internal/civil"
)

// typicalHandle is what is thought of handle times before any call is known, in
// units of the mean: weekdays differ by 4 %, seasons by 2, the level drifts by 2 %
// in 90 days, and a day's mean varies by chance as if calls did by 1.4 times
// their mean. That is more than calls do; days have some of it in common.
var typicalHandle = ratioScale{week: .04, season: .02, slow: .02, cluster: 2}

// What people say of the mean is worth handleShrink calls, and so is the level for
// the profile of the day. The profile forgets by half in handleHalfLife days. On
// public series of a card issuer half or twice as much makes no difference.
const (
	handleShrink   = 300.0
	handleHalfLife = 60.0
)

// handleDays is how many days are looked at, and handleSearch how often the
// likelihood of a scale: more of both makes forecasts slower and no better.
const (
	handleDays   = 200
	handleSearch = 40
)

// calls gives the series that counts the calls whose handling was summed.
func (h History) calls() Series {
	if len(h.Answered.Values) > 0 {
		return h.Answered
	}
	return h.Offered
}

// handled is the seconds of handling of some calls.
type handled struct{ seconds, calls float64 }

func (e *handled) add(weight, seconds, calls float64) {
	e.seconds += weight * seconds
	e.calls += weight * calls
}

// toward gives the mean handle time shrunk towards prior.
func (e handled) toward(prior float64) float64 {
	return (e.seconds + handleShrink*prior) / (e.calls + handleShrink)
}

// handling is what a history says of handle times. Seconds and calls are summed and
// divided once; means are never averaged.
type handling struct {
	all    handled
	byDay  []ratioDay
	bySlot []handled    // older ones weighing less
	byKind [2][]handled // by kind of day, working or rest, and slot
}

func lookAtHandling(h History, a ahead) handling {
	w := handling{bySlot: make([]handled, a.slots), byKind: [2][]handled{make([]handled, a.slots), make([]handled, a.slots)}}
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
		date, slot := clock.at(h.Handled.Time(i).Add((h.Handled.Step - clock.step) / 2))
		if origin-date < handleDays {
			w.add(date, slot, seconds, calls, math.Exp2(-float64(origin-date)/handleHalfLife))
		}
	}
	return w
}

// add takes in an interval, whose weight in the profiles is given.
func (w *handling) add(date civil.Date, slot int, seconds, calls, weight float64) {
	w.all.add(1, seconds, calls)
	w.bySlot[slot].add(weight, seconds, calls)
	w.byKind[restDay(date.Weekday())][slot].add(weight, seconds, calls)
	if k := len(w.byDay); k == 0 || w.byDay[k-1].date != date {
		w.byDay = append(w.byDay, ratioDay{date: date})
	}
	day := &w.byDay[len(w.byDay)-1]
	day.whole += calls
	day.part += seconds
}

// mean gives the mean handle time of all calls and of what people say; 0 when
// neither says anything.
func (w handling) mean(said float64) float64 {
	switch {
	case said > 0:
		return w.all.toward(said)
	case w.all.calls > 0:
		return w.all.seconds / w.all.calls
	}
	return 0
}

// profile gives the factor of each slot on the mean handle time of a day of a kind:
// 1 in the mean over the calls. It is shrunk towards that of all days, and that
// towards none.
func (w handling) profile(kind int, mean float64) []float64 {
	profile := make([]float64, len(w.bySlot))
	var seconds, calls float64
	for slot, e := range w.byKind[kind] {
		profile[slot] = e.toward(w.bySlot[slot].toward(mean))
		weight := e.calls + w.bySlot[slot].calls/handleShrink // the latter where the kind has no calls
		seconds += weight * profile[slot]
		calls += weight
	}
	if calls == 0 {
		seconds, calls = mean, 1
	}
	floats.Scale(calls/seconds, profile)
	return profile
}

// expectHandling fills in the handle times of the intervals ahead, and how sure they
// are: the level of the day times the profile of its kind.
func (f *Forecast) expectHandling(h History, o Options, a ahead) {
	w := lookAtHandling(h, a)
	mean := w.mean(o.HandleTime)
	if mean == 0 {
		return
	}
	before := said{ratio: mean, worth: handleShrink, unit: mean, typical: typicalHandle}
	if o.HandleTime > 0 {
		before.ratio = o.HandleTime
	}
	level := newRatio(w.byDay, before)
	level.search(handleSearch)
	excess, calls := level.excess(), w.all.calls/max(1, float64(len(w.byDay)))
	profiles := [2][]float64{w.profile(0, mean), w.profile(1, mean)}
	days := make([]float64, len(a.dates))
	for k, date := range a.dates {
		day, variance := level.on(date)
		days[k] = max(day, leastHandle*mean)
		f.Days[k].HandleSigma = math.Sqrt(excess*(variance+level.chance(max(calls, 1)))) / days[k]
	}
	for i, k := range a.day {
		f.HandleTime[i] = days[k] * profiles[restDay(a.dates[k].Weekday())][a.slot[i]]
	}
}

// leastHandle guards against a level that has drifted off to nothing, as a share of
// the mean.
const leastHandle = 0.1

// restDay tells Saturdays and Sundays, 1, from working days, 0.
func restDay(w time.Weekday) int {
	if w == time.Saturday || w == time.Sunday {
		return 1
	}
	return 0
}
