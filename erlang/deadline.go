package erlang

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/integrate/quad"
)

// deadlineNodes is the number of Gauss nodes for the calls whose wait may see a
// change of the staff.
const deadlineNodes = 7

// within is what becomes of the calls of an interval before they have waited
// so many seconds, as shares of the calls. delayed is the time that the crowd
// spends with no agent free, as tails gives it for the whole interval.
//
// A call that comes so early that it sees nothing change has a fate that
// depends only on the calls it finds, so the integral over those is enough
// (PASTA). Those that come later are followed from a few moments on.
func (w *walk) within(i int, seconds float64, delayed [][]float64) fate {
	in := w.day[i]
	change := w.steady(i)
	if change >= in.Duration+seconds {
		l := line{calls: delayed}
		return l.serve(&w.behind, in, seconds)
	}
	start := w.starts[i]
	w.cascade.reset()
	present := w.cascade.crowd(in, start.layers, w.tops[i])
	var f fate
	from := max(0, change-seconds)
	if from > 0 {
		w.cascade.advance(from)
		l := line{calls: in.tails(present, true, 1/in.Duration)}
		f = l.serve(&w.behind, in, seconds)
	}
	var nodes, weights [deadlineNodes]float64
	for from < in.Duration {
		to := w.nextChange(i, from+seconds) - seconds
		to = min(to, in.Duration)
		quad.Legendre{}.FixedLocations(nodes[:], weights[:], from, to)
		for g, at := range slices.Backward(nodes[:]) { // rising
			w.cascade.advance(at - from)
			from = at
			l := line{calls: in.tails(present, false, weights[g]/in.Duration)}
			first := min(seconds, in.Duration-at)
			f = f.plus(l.serve(&w.behind, in, first))
			f = f.plus(w.afterwards(&l, i, seconds-first))
		}
		w.cascade.advance(to - from)
		from = to
	}
	return f
}

// tails are the states of a crowd in which no agent is free, by layer and calls
// that wait: now or, as total, over the last step; times the calls that stay
// to wait and a scale.
func (in Interval) tails(present []*chain, total bool, scale float64) [][]float64 {
	layers := make([][]float64, len(present))
	scale *= 1 - in.Balk
	for j, one := range present {
		measure := one.state
		if total {
			measure = one.total
		}
		if j == 0 {
			measure = measure[min(len(measure), in.Agents):]
		}
		layer := make([]float64, len(measure))
		for k, x := range measure {
			layer[k] = scale * x
		}
		layers[j] = trimmed(layer, 0)
	}
	return layers
}

// steady is the time from the start of an interval until those who wait fare
// otherwise.
func (w *walk) steady(i int) float64 {
	time := w.day[i].Duration
	for next := i + 1; next < len(w.day); next++ {
		if !w.day[i].sameService(w.day[next]) {
			return time
		}
		time += w.day[next].Duration
	}
	if w.options.Closing == Drop {
		return time
	}
	return math.Inf(1)
}

// nextChange is the first end of an interval that is after so many seconds
// from the start of interval i.
func (w *walk) nextChange(i int, after float64) float64 {
	end := 0.0
	for _, in := range w.day[i:] {
		if end += in.Duration; end > after {
			return end
		}
	}
	return math.Inf(1)
}

// afterwards follows a line for so many seconds from the end of an interval
// on.
func (w *walk) afterwards(l *line, i int, seconds float64) fate {
	var f fate
	for seconds > 0 && l.length() > negligibleMass {
		if i++; i == len(w.day) {
			return f.plus(w.closing(l, seconds))
		}
		after, atOnce := l.restaffed(w.day[i-1].Agents, w.day[i].Agents, w.options.Departure)
		*l = after
		step := min(seconds, w.day[i].Duration)
		f = f.plus(atOnce).plus(l.serve(&w.behind, w.day[i], step))
		seconds -= step
	}
	return f
}

// closing follows a line for so many seconds from the end of the day on.
func (w *walk) closing(l *line, seconds float64) fate {
	last := w.day[len(w.day)-1]
	if w.options.Closing == Drop {
		return fate{abandoned: l.length()}
	}
	if !last.empties(len(l.calls) - 1) {
		return fate{wait: seconds * l.length()}
	}
	longest := 0
	for _, layer := range l.calls {
		longest = max(longest, len(layer))
	}
	return l.serve(&w.behind, last, min(seconds, last.emptying(longest, len(l.calls)-1)))
}

// empties reports whether the calls that wait are answered or hang up in the
// end, when so many agents are still to leave.
func (in Interval) empties(surplus int) bool { return in.Agents > 0 || in.AbandonRate > 0 }

// emptying is a time in which nobody is left of so many who wait, but for a
// chance of 1e-16 or so.
func (in Interval) emptying(waiting, surplus int) float64 {
	n := float64(waiting)
	time := (n + 10*math.Sqrt(n) + 50) / (float64(in.Agents)*in.ServiceRate + in.AbandonRate)
	if surplus > 0 {
		time += float64(surplus+50) / (float64(in.Agents+1) * in.ServiceRate)
	}
	return time
}

// close works out what is left when the day ends.
func (w *walk) close() {
	last := w.day[len(w.day)-1]
	w.course.Left = w.course.End[len(w.day)-1].Waiting
	if w.options.Closing == Drop || w.course.Left == 0 {
		return
	}
	if !last.empties(0) {
		w.course.Emptying = math.Inf(1)
		return
	}
	last.ArrivalRate = 0
	top := w.crowd.highest(last.Agents)
	surplus := len(w.crowd.layers) - 1
	w.cascade.reset()
	present := w.cascade.crowd(last, w.crowd.layers, top)
	w.cascade.advance(last.emptying(top, surplus))
	for j, one := range present {
		first := 1
		if j == 0 {
			first += last.Agents
		}
		for k := first; k < len(one.total); k++ {
			w.course.Emptying += one.total[k]
		}
	}
}
