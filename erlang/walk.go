package erlang

import (
	"math"
	"slices"
)

// A record is what is kept of a day once it has been walked through.
type record struct {
	day     []Interval
	options TransientOptions
	starts  []crowd // at the start of each interval, with its staff
	tops    []int   // highest number of calls followed in each interval
	careful []bool  // whether CRAM is not good enough for it
}

// A walk goes through a day, one interval after the other.
type walk struct {
	*record
	course  Course
	crowd   crowd   // now
	cascade cascade // for the crowd
	behind  cascade // for lines that are followed on their own
}

func newRecord(day []Interval, o TransientOptions) *record {
	return &record{day: slices.Clone(day), options: o, starts: make([]crowd, len(day)), tops: make([]int, len(day)), careful: make([]bool, len(day))}
}

// arrive sets the crowd that is there before the day starts.
func (w *walk) arrive() {
	start := make([]float64, w.options.Busy+w.options.Backlog+1)
	start[len(start)-1] = 1
	w.crowd = crowd{layers: [][]float64{start}}
}

// enter sets the crowd at the start of an interval.
func (w *walk) enter(i int) {
	before := w.options.Busy
	if i > 0 {
		before = w.day[i-1].Agents
	}
	w.starts[i] = w.crowd.restaffed(before, w.day[i].Agents, w.options.Departure)
}

// answerBacklog follows those who wait when the day starts.
func (w *walk) answerBacklog() {
	o, first := w.options, w.day[0]
	if o.Backlog == 0 {
		return
	}
	waiting := make([]float64, o.Backlog)
	for m := range waiting {
		waiting[m] = 1
	}
	l, f := line{calls: [][]float64{waiting}}.restaffed(o.Busy, first.Agents, o.Departure)
	f = f.plus(l.serve(&w.behind, first, first.Duration))
	f = f.plus(w.afterwards(&l, 0, math.Inf(1)))
	w.course.Offered = float64(o.Backlog)
	w.course.Backlog = f.answered
	w.course.Answered, w.course.Abandoned = f.answered, f.abandoned
}

// interval walks through one interval.
func (w *walk) interval(i int, threshold float64) error {
	w.enter(i)
	in, start := w.day[i], w.starts[i]
	present, calls, waits, err := w.pass(i)
	if err != nil {
		return err
	}
	p := occupation(in, start.leaving, present)
	p.source = source{day: w.record, index: i}
	all := fateOf(in, calls, waits)
	late := line{calls: take(nil, calls), waits: take(nil, waits)}
	delayed := in.tails(present, inTotal)
	w.crowd = crowdAfter(in, start.leaving, present)
	w.course.End = append(w.course.End, w.crowd.state(in.Agents))
	if err := w.checkCut(i + 1); err != nil {
		return err
	}

	all = all.plus(w.afterwards(&late, i, math.Inf(1)))
	soon := w.within(i, threshold, delayed)
	p = p.ofCalls(in, all, soon)
	w.course.Intervals = append(w.course.Intervals, p)
	n := in.calls()
	w.course.Offered += n
	w.course.Answered += n * (1 - p.Abandonment)
	w.course.Abandoned += n * p.Abandonment
	return nil
}

// pass moves the crowd through an interval, and with it those who come to wait
// in its course, counted as shares of the calls.
func (w *walk) pass(i int) (present, calls, waits []*chain, err error) {
	in, start := w.day[i], w.starts[i]
	top, possible := in.reach(start.highest(in.Agents))
	strained := in.strained(start.layers[0])
	for {
		if top > maxStates {
			return nil, nil, nil, dayError(i, "ArrivalRate", in.ArrivalRate, "at most 131072 calls in the system")
		}
		if (len(start.layers)-1)*(top-in.Agents) > maxSurplus {
			return nil, nil, nil, cutError(i, in)
		}
		c := &w.cascade
		c.reset()
		present = c.crowd(in, start.layers, top)
		calls = c.joining(in, present)
		waits = c.ageing(in, nil, calls)
		careful := w.careful[i]
		if careful && c.fastest()*in.Duration*float64(c.states()) > maxWork {
			return nil, nil, nil, dayError(i, "ArrivalRate", in.ArrivalRate, "fewer calls, or as many as are answered")
		}
		c.move(in.Duration, careful)
		switch {
		case !careful && (in.mismatched(start, present, calls) || strained && w.astray(in, start, top, present)):
			w.careful[i] = true
		case top < possible && in.turnedAway(present) > lostAtTop:
			top = min(possible, top+top/2+16)
		default:
			w.tops[i] = top
			return present, calls, waits, nil
		}
	}
}

// occupation is what an interval is like for those who are there.
func occupation(in Interval, leaving float64, present []*chain) Performance {
	p := Performance{OfferedRate: in.ArrivalRate}
	// Agents who finish a call after their time, as time.
	over := leaving * -math.Expm1(-in.ServiceRate*in.Duration) / in.ServiceRate
	busy, waiting, delayed := over, 0.0, 0.0
	for j, one := range present {
		for k, x := range one.total {
			working, queued := min(k, in.Agents), max(0, k-in.Agents)
			if j > 0 {
				working, queued = in.Agents+j, k
				over += float64(j) * x
			}
			busy += float64(working) * x
			waiting += float64(queued) * x
			if working >= in.Agents {
				delayed += x
			}
		}
	}
	p.Delay = min(max(0, delayed/in.Duration), 1)
	if in.Agents == 0 {
		p.Delay = 1
	}
	p.QueueLength = max(0, waiting/in.Duration)
	switch there := float64(in.Agents)*in.Duration + over; {
	case there > 0:
		p.Occupancy = min(max(0, busy/there), 1)
	case in.ArrivalRate > 0:
		p.Occupancy = 1
	}
	return p
}

// ofCalls adds to an occupation what became of the calls of the interval: of
// all who waited, and of them within the threshold, as shares of the calls.
func (p Performance) ofCalls(in Interval, all, soon fate) Performance {
	if in.ArrivalRate == 0 {
		p.Delay = 0
		p.AnsweredWithin = 1
		return p
	}
	balked := in.Balk * p.Delay
	free := 1 - p.Delay
	p.Abandonment = min(max(0, balked+all.abandoned), 1)
	p.AbandonedWithin = min(max(0, balked+soon.abandoned), p.Abandonment)
	p.AnsweredWithin = min(max(0, free+soon.answered), 1-p.Abandonment)
	p.AnsweredLate = max(0, 1-p.Abandonment-p.AnsweredWithin)
	p.AverageWait = max(0, all.wait)
	p.SpeedOfAnswer = math.Inf(1)
	if answered := free + all.answered; answered > 0 {
		p.SpeedOfAnswer = max(0, all.heard/answered)
	}
	return p
}

// abandonedWithin is the share of the calls of an interval that hang up within
// so many seconds.
func (r *record) abandonedWithin(i int, seconds float64) float64 {
	w := walk{record: r}
	in := r.day[i]
	present := w.cascade.crowd(in, r.starts[i].layers, r.tops[i])
	w.cascade.move(in.Duration, r.careful[i])
	p := occupation(in, 0, present)
	return in.Balk*p.Delay + w.within(i, seconds, in.tails(present, inTotal)).abandoned
}

// checkCut refuses a cut to the agents of an interval that would need too many
// states, before those who wait are followed into it.
func (w *walk) checkCut(i int) error {
	if i == len(w.day) || w.options.Departure != FirstToFinish {
		return nil
	}
	calls, from, to := w.crowd.highest(w.day[i-1].Agents), w.day[i-1].Agents, w.day[i].Agents
	if surplus := min(calls, from+len(w.crowd.layers)-1) - to; surplus > 0 && surplus*max(1, calls-from) > maxSurplus {
		return cutError(i, w.day[i])
	}
	return nil
}

func cutError(i int, in Interval) error {
	return dayError(i, "Agents", float64(in.Agents), "a smaller cut with FirstToFinish: at most 65 536 states of surplus agents and calls that wait")
}
