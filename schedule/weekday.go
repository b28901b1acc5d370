package schedule

import (
	"math"
	"slices"
	"time"
)

// stint is one way to spend a day of the week: a shift, with what the rules of
// the week ask about it. Times are since the beginning of the week.
type stint struct {
	from, to time.Duration
	work     time.Duration // without lunch
	late     bool
}

// longAgo is when the last shift ended if there was none.
const longAgo = time.Duration(math.MinInt64 / 2)

func (p *WeekProblem) stint(d int, s Shift) stint {
	g := p.Days[d].Grid
	begin := p.begin()
	y, m, day := g.Start.Date()
	late := time.Date(y, m, day, 0, 0, int(p.Rules.LateAfter/time.Second), 0, g.Start.Location())
	return stint{
		from: g.Time(s.From).Sub(begin), to: g.Time(s.To).Sub(begin),
		work: time.Duration(s.Len()-s.Lunch) * g.Step,
		late: p.Rules.LateAfter > 0 && g.Time(s.To).After(late),
	}
}

// weekState is what the days so far leave to those that follow.
type weekState struct {
	late, off int
	work      time.Duration
	end       time.Duration // of the last shift; longAgo: nothing to rest from
	rested    bool          // the weekly rest has been
}

// weekplanner finds the best week of one agent if each shift of each day has a
// known worth: an exact dynamic programme over the days.
type weekplanner struct {
	p        *WeekProblem
	end      time.Duration // of the week
	contract Contract
	stints   [][]stint // by day, one for each frame
	values   [][]Money // of the frames
	// earliest[d] is when the first shift after day d could begin; long after,
	// if there is none.
	earliest []time.Duration
}

// newWeekplanner begins with shifts that are worth nothing.
func newWeekplanner(p *WeekProblem, contract Contract, stints [][]stint) weekplanner {
	w := weekplanner{p: p, end: p.end().Sub(p.begin()), contract: contract, stints: stints}
	w.values = make([][]Money, len(stints))
	w.earliest = make([]time.Duration, len(stints))
	first := -longAgo
	for d := len(stints) - 1; d >= 0; d-- {
		w.values[d] = make([]Money, len(stints[d]))
		w.earliest[d] = first
		for _, st := range stints[d] {
			first = min(first, st.from)
		}
	}
	return w
}

// dayOff is what being off costs more than it is worth: far more than a day can
// save, so that nobody is off who need not.
const dayOff = Money(1) << 48

// step is a state that was reached.
type step struct {
	weekState
	value  Money
	before int // index of the state on the day before
	frame  int // that led here; -1: off
}

// best gives the index of the frame for each day, -1: off, and the number of
// days off on which the agent has shifts.
func (w *weekplanner) best() (frames []int, off int) {
	start := weekState{end: longAgo, rested: w.restIsSure()}
	if !w.contract.LastEnd.IsZero() {
		start.end = w.contract.LastEnd.Sub(w.p.begin())
	}
	reached := [][]step{{{weekState: start}}}
	for d := range w.stints {
		reached = append(reached, w.next(d, reached[d]))
	}
	last := reached[len(w.stints)]
	at, most := -1, Money(math.MinInt64)
	for i, s := range last {
		if w.complete(s.weekState) && s.value > most {
			at, most = i, s.value
		}
	}
	frames = make([]int, len(w.stints))
	for d := len(w.stints); d > 0; d-- {
		s := reached[d][at]
		frames[d-1], at = s.frame, s.before
		if s.frame < 0 && len(w.stints[d-1]) > 0 {
			off++
		}
	}
	return frames, off
}

// complete tells whether a week may end so.
func (w *weekplanner) complete(s weekState) bool {
	return s.off >= min(w.contract.DaysOff, len(w.stints)) && w.restedUntil(s, w.end).rested
}

// next gives the states after day d.
func (w *weekplanner) next(d int, before []step) []step {
	var after []step
	reach := func(s step) { // there are few states, as forget sees to
		for i := range after {
			if after[i].weekState == s.weekState {
				if s.value > after[i].value {
					after[i] = s
				}
				return
			}
		}
		after = append(after, s)
	}
	for i, s := range before {
		off := step{weekState: s.weekState, value: s.value, before: i, frame: -1}
		off.off++
		if len(w.stints[d]) > 0 {
			off.value -= dayOff
		}
		reach(off)
		for f, st := range w.stints[d] {
			if worked, cost, ok := w.work(s.weekState, st); ok {
				reach(step{w.forget(d, worked), s.value + w.values[d][f] - cost, i, f})
			}
		}
	}
	return efficient(after)
}

// efficient leaves out the states that another one is no worse than in anything:
// as many days off, no more late shifts and work, no later end, rest if this one
// has it, and no less value.
func efficient(steps []step) []step {
	return slices.DeleteFunc(slices.Clone(steps), func(s step) bool {
		return slices.ContainsFunc(steps, func(o step) bool { return o.dominates(s) })
	})
}

func (s step) dominates(o step) bool {
	return s.weekState != o.weekState && s.off == o.off && s.late <= o.late && s.work <= o.work &&
		s.end <= o.end && (s.rested || !o.rested) && s.value >= o.value
}

// work gives the state after a shift and what it costs beside itself; false: the
// rules forbid it.
func (w *weekplanner) work(s weekState, st stint) (weekState, Money, bool) {
	rules, cost := &w.p.Rules, Money(0)
	if s.end != longAgo && st.from-s.end < rules.DailyRest {
		return s, 0, false
	}
	s = w.restedUntil(s, st.from)
	s.end = st.to
	if w.contract.Most > 0 {
		if s.work += st.work; s.work > w.contract.Most {
			return s, 0, false
		}
	}
	if st.late {
		s.late++
		cost = rules.LateCost * Money(w.contract.LateBefore+s.late)
		if w.contract.MostLate > 0 && s.late > w.contract.MostLate {
			return s, 0, false
		}
	}
	return s, cost, true
}

// restedUntil counts the time from the last shift, or from the beginning of the
// week, until another.
func (w *weekplanner) restedUntil(s weekState, until time.Duration) weekState {
	s.rested = s.rested || until-max(s.end, 0) >= w.p.Rules.WeeklyRest
	return s
}

// restIsSure tells whether the weekly rest is there whatever shifts are worked:
// between two days, or before the first or after the last one.
func (w *weekplanner) restIsSure() bool {
	end := time.Duration(0)
	if before := w.contract.LastEnd; !before.IsZero() {
		end = max(0, before.Sub(w.p.begin()))
	}
	for _, day := range w.stints {
		if len(day) == 0 {
			continue
		}
		first, last := day[0].from, day[0].to
		for _, st := range day {
			first, last = min(first, st.from), max(last, st.to)
		}
		if first-end >= w.p.Rules.WeeklyRest {
			return true
		}
		end = last
	}
	return w.end-end >= w.p.Rules.WeeklyRest
}

// forget drops the end of the last shift where nothing depends on it any more,
// which keeps the number of states small.
func (w *weekplanner) forget(d int, s weekState) weekState {
	if s.rested && (w.earliest[d] == -longAgo || s.end == longAgo || w.earliest[d]-s.end >= w.p.Rules.DailyRest) {
		s.end = longAgo
	}
	return s
}
