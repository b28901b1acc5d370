package erlang

import "math"

// maxPanels is the largest number of panels of an interval.
const maxPanels = 64

// within is what becomes of the calls of an interval before they have waited
// so many seconds, as shares of the calls. delayed is the time that the crowd
// spends with no agent free, as tails gives it for the whole interval.
//
// A call that comes so early that it sees nothing change has a fate that
// depends only on the calls it finds, so the integral over those is enough
// (PASTA). Those that come later are followed from a few moments on, each of
// which represents the calls about it.
func (w *walk) within(i int, seconds float64, delayed [][]float64) fate {
	in := w.day[i]
	change, longest := w.steady(i), seconds
	if len(w.starts[i].layers) == 1 {
		longest = min(seconds, in.resolving(w.tops[i]))
	}
	if change >= in.Duration+longest {
		l := line{calls: delayed}
		return l.serve(&w.behind, in, seconds)
	}
	start, careful := w.starts[i], w.careful[i]
	w.cascade.reset()
	present := w.cascade.crowd(in, start.layers, w.tops[i])
	var f fate
	follow := func(calls [][]float64, left float64) {
		l := line{calls: calls}
		first := min(seconds, left)
		f = f.plus(l.serve(&w.behind, in, first))
		f = f.plus(w.afterwards(&l, i, seconds-first))
	}
	from := max(0, change-longest)
	if from > 0 {
		w.cascade.move(from, careful)
		follow(in.tails(present, inTotal), math.Inf(1))
	}
	panel := w.panel(i, seconds)
	if from == 0 { // the crowd is not yet smooth in time
		panel /= 3
	}
	panel = max(panel, (in.Duration-from)/maxPanels)
	for from < in.Duration {
		to := min(in.Duration, from+panel)
		if next := w.nextChange(i, from+seconds) - seconds; next > from {
			to = min(to, next)
		}
		now := from
		if !careful {
			w.cascade.advance(to - from)
		}
		for g, u := range nodeTimes {
			at := from + u*(to-from)
			measure := func(c *chain, k int) float64 { return c.during(g, k, to-from) }
			if careful {
				w.cascade.uniformise(at - now)
				now = at
				measure = func(c *chain, k int) float64 { return c.state[k] * nodeWeights[g] * (to - from) }
			}
			follow(in.tails(present, measure), in.Duration-at)
		}
		if careful {
			w.cascade.uniformise(to - now)
		}
		from = to
	}
	return f
}

// resolving is a time in which all who wait behind at most so many calls are
// answered or hang up, but for a chance of 1e-16 or so.
func (in Interval) resolving(calls int) float64 {
	n := float64(calls)
	answered := (n + 10*math.Sqrt(n) + 50) / (float64(in.Agents) * in.ServiceRate)
	return min(answered, 40/in.AbandonRate)
}

// panel is a time in which so little happens to those who wait that the
// polynomials of the nodes follow it: to 1e-9 of the calls for a threshold of a
// minute, to 2e-7 at worst for others, by comparison with finer panels: some 16
// answers, or calls that hang up, of which those ahead in a long queue do so
// more evenly than the agents answer.
func (w *walk) panel(i int, seconds float64) float64 {
	const events = 16
	in := w.day[i]
	queue := float64(max(0, w.tops[i]-in.Agents))
	fastest := 0.0
	from := 0.0
	for _, next := range w.day[i:] {
		if from > in.Duration+seconds {
			break
		}
		from += next.Duration
		fastest = max(fastest, float64(next.Agents)*next.ServiceRate+queue/4*next.AbandonRate)
	}
	if fastest == 0 {
		return in.Duration
	}
	return events / fastest
}

// tails are the states of a crowd in which no agent is free, by layer and calls
// that wait: a measure in time, as a share of the interval, for the calls that
// stay to wait.
func (in Interval) tails(present []*chain, measure func(c *chain, k int) float64) [][]float64 {
	layers := make([][]float64, len(present))
	scale := (1 - in.Balk) / in.Duration
	for j, one := range present {
		lowest := 0
		if j == 0 {
			lowest = min(len(one.state), in.Agents)
		}
		layer := make([]float64, len(one.state)-lowest)
		for k := range layer {
			layer[k] = measure(one, lowest+k) * scale
		}
		layers[j] = trimmed(layer, 0)
	}
	return layers
}

// inTotal is the time spent in a state in the last step.
func inTotal(c *chain, k int) float64 { return c.total[k] }

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
	for seconds > 0 && !l.empty() {
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
	if w.options.Closing == Drop {
		return fate{abandoned: l.length()}
	}
	return l.serve(&w.behind, w.day[len(w.day)-1], seconds)
}

// empties reports whether the calls that wait are answered or hang up in the
// end.
func (in Interval) empties() bool { return in.Agents > 0 || in.AbandonRate > 0 }

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
	if !last.empties() {
		w.course.Emptying = math.Inf(1)
		return
	}
	if len(w.crowd.layers) > 1 {
		w.course.Emptying = w.emptyingSurplus(last)
		return
	}
	time := 0.0
	for k := last.Agents + 1; k < len(w.crowd.layers[0]); k++ {
		time += 1 / last.deaths(k)
		w.course.Emptying += max(0, w.crowd.layers[0][k]) * time // below 0 by rounding
	}
}

// emptyingSurplus is the mean time until nobody waits when agents too many are
// busy at the end of the day.
func (w *walk) emptyingSurplus(last Interval) float64 {
	last.ArrivalRate = 0
	top := w.crowd.highest(last.Agents)
	w.cascade.reset()
	present := w.cascade.crowd(last, w.crowd.layers, top)
	w.cascade.advance(last.emptying(top, len(w.crowd.layers)-1))
	sum := 0.0
	for j, one := range present {
		first := 1
		if j == 0 {
			first += last.Agents
		}
		for k := first; k < len(one.total); k++ {
			sum += one.total[k]
		}
	}
	return sum
}
