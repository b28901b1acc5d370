package erlang

import (
	"slices"

	"gonum.org/v1/gonum/integrate/quad"
)

// tallyNodes is the number of Gauss nodes in time for the variance of an
// interval.
const tallyNodes = 4

// A Tally is what a day, or a part of it, is to bring when its rates are
// known. Add the tallies of groups that have agents of their own.
type Tally struct {
	Calls    float64 // that arrive, mean
	InTime   float64 // of them: answered within the threshold, mean
	Variance float64 // of the number answered in time less the share that is asked for of all calls; see Queue.Luck
}

// Plus adds two tallies.
func (t Tally) Plus(u Tally) Tally {
	return Tally{t.Calls + u.Calls, t.InTime + u.InTime, t.Variance + u.Variance}
}

// TallyDay is the tally of a day with the agents that it has, with carry-over.
// The means are those of [Transient]. The variance comes from the martingale
// of the calls that are still to be answered in time, as they depend on the
// state at each moment: what [Queue.Luck] is in the long run, with the same
// simplification and the same accuracy. For it agents finish their calls with
// every Departure but [Preempt].
//
// The share is that of the target, whose definition must be [OfOffered]. The
// error is an [*InputError], as for [Transient].
func TallyDay(day []Interval, t Target, o TransientOptions) (Tally, error) {
	if err := t.checkOutlook(); err != nil {
		return Tally{}, err
	}
	performances, err := Transient(day, t.Threshold, o)
	if err != nil {
		return Tally{}, err
	}
	var tally Tally
	for i, in := range day {
		tally.Calls += in.calls()
		tally.InTime += in.calls() * performances[i].AnsweredWithin
	}
	if o.Departure == FirstToFinish {
		o.Departure = FinishCall
	}
	w := walk{record: newRecord(day, o)}
	if err := w.starting(); err != nil {
		return Tally{}, err
	}
	tally.Variance = w.variance(t)
	return tally, nil
}

// starting walks through the day for the starts of the intervals only.
func (w *walk) starting() error {
	w.arrive()
	for i, in := range w.day {
		w.enter(i)
		present, _, _, err := w.pass(i)
		if err != nil {
			return err
		}
		w.crowd = crowdAfter(in, 0, present)
	}
	return nil
}

// variance goes back through the day.
func (w *walk) variance(t Target) float64 {
	// ahead[k] is the mean number of calls still to be answered in time when
	// k are in the system.
	var ahead []float64
	sum := 0.0
	for i, in := range slices.Backward(w.day) {
		if i+1 < len(w.day) {
			ahead = w.before(ahead, i, i+1)
		}
		ahead = resizedFlat(ahead, w.tops[i]+1)
		level := make([]float64, w.tops[i]+1)
		in.levels(level, t.Threshold)
		for k := in.Agents; k < len(level); k++ {
			level[k] *= 1 - in.Balk
		}
		var nodes, weights [tallyNodes]float64
		quad.Legendre{}.FixedLocations(nodes[:], weights[:], 0, in.Duration)
		slices.Reverse(nodes[:]) // rising; the weights are symmetric
		aheads := w.backward(i, ahead, level, nodes[:])
		ahead = aheads[0]
		w.cascade.reset()
		present := w.cascade.crowd(in, w.starts[i].layers, w.tops[i])
		from := 0.0
		for g, at := range nodes {
			w.cascade.move(at-from, w.careful[i])
			from = at
			sum += weights[g] * in.spread(present[0].state, level, aheads[g+1], t.Share)
		}
	}
	return sum
}

// backward gives the calls still to be answered in time at the start of an
// interval and at moments in it, when they are known at its end.
func (w *walk) backward(i int, end, level, moments []float64) [][]float64 {
	in, states := w.day[i], len(level)
	w.behind.reset()
	source := w.behind.chain(level, states, false)
	clear(source.down)
	clear(source.out)
	ahead := w.behind.chain(end, states, true)
	ahead.feeds = append(ahead.feeds, feed{from: source, rate: in.ArrivalRate})
	for k := range states {
		// What flows in a chain is measure; here it is expectation, which
		// flows against the calls.
		up, deaths := in.ArrivalRate, in.deaths(k)
		if k >= in.Agents {
			up = in.joining()
		}
		if k == states-1 {
			up = 0
		}
		ahead.out[k] = up + deaths
		if k+1 < states {
			ahead.down[k+1] = up
			ahead.up[k] = in.deaths(k + 1)
		}
	}
	aheads := make([][]float64, len(moments)+1)
	from := in.Duration
	for g := len(moments); g >= 0; g-- {
		at := 0.0
		if g > 0 {
			at = moments[g-1]
		}
		w.behind.move(from-at, w.careful[i])
		from = at
		aheads[g] = slices.Clone(ahead.state)
	}
	return aheads
}

// spread is the variance that a second adds. Each arrival and each departure
// changes what is still to come; and a call that waits is in time or not.
func (in Interval) spread(chance, level, ahead []float64, share float64) float64 {
	sum := 0.0
	for k, p := range chance {
		rate, fewer := in.ArrivalRate, 0.0
		if k > 0 {
			fewer = ahead[k-1] - ahead[k]
		}
		joins := 1.0
		if k >= in.Agents {
			joins = 1 - in.Balk
		}
		more := 0.0
		if k+1 < len(ahead) {
			more = ahead[k+1] - ahead[k]
		}
		surplus := level[k] - share
		arrival := joins*(surplus+more)*(surplus+more) + (1-joins)*surplus*surplus
		sum += p * (rate*(arrival+level[k]*(1-level[k])) + in.deaths(k)*fewer*fewer)
	}
	return sum
}

// before is what is ahead just before the staff changes between two intervals.
func (w *walk) before(ahead []float64, i, next int) []float64 {
	from, to := w.day[i].Agents, w.day[next].Agents
	before := make([]float64, w.tops[i]+1)
	for k := range before {
		_, index := w.options.Departure.place(min(k, from), max(0, k-from), to)
		before[k] = ahead[min(index, len(ahead)-1)]
	}
	return before
}

// resizedFlat is a slice of another length, which goes on as it ended.
func resizedFlat(s []float64, length int) []float64 {
	for len(s) < length {
		last := 0.0
		if len(s) > 0 {
			last = s[len(s)-1]
		}
		s = append(s, last)
	}
	return s[:length]
}
