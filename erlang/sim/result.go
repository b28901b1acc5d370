package sim

import (
	"math"
	"slices"

	"bemanna/erlang"
)

// An Estimate is a mean over replications and the ends of its 95 % confidence
// interval: Student's for a mean, by the delta method for a ratio of sums. All
// are NaN when there is nothing to go by, and Low and High with a single
// replication.
type Estimate struct{ Mean, Low, High float64 }

// A Result is what became of the calls, the agents and the e-mail over all
// replications. Groups and intervals are indices as in the [Model]; others
// than it has cause a panic.
type Result struct {
	replications int
	events       int64
	n            int
	below        float64

	cells     []moments // groups × intervals
	intervals []moments // all groups
	work      []moments // by interval
	email     []moments
	whole     part // the day
	parts     []part
}

// Calls are the calls that came in an interval or on the whole day, of a group
// or of all. Redials count as calls of their own. Numbers are means per day.
type Calls struct {
	moments moments
	below   float64
}

// Replications is the number of days simulated.
func (r *Result) Replications() int { return r.replications }

// Events is the number of events of all replications: calls and messages that
// came or were done with, callers who hung up, looks for overflow and changes
// of duty.
func (r *Result) Events() int64 { return r.events }

// Day is the calls of all groups.
func (r *Result) Day() Day { return r.whole.all }

// Group is the calls of a group.
func (r *Result) Group(group int) Day { return r.whole.groups[group] }

// Chance is the share of the days on which some groups together reach a share, as
// Day.Chance has it for one or for all.
func (r *Result) Chance(groups []int, def erlang.Definition, share float64) Estimate {
	sum := Day{Calls{below: r.below}, make([]erlang.Counts, r.replications)}
	for _, g := range groups {
		for i, c := range r.whole.groups[g].counts {
			sum.counts[i] = sum.counts[i].Plus(c)
		}
	}
	return sum.Chance(def, share)
}

// Part is the calls of all groups that came in one of Options.Parts.
func (r *Result) Part(part int) Day { return r.parts[part].all }

// GroupPart is the calls of a group that came in one of Options.Parts.
func (r *Result) GroupPart(group, part int) Day { return r.parts[part].groups[group] }

// Interval is the calls of all groups that came in an interval.
func (r *Result) Interval(interval int) Calls { return Calls{r.intervals[interval], r.below} }

// At is the calls of a group that came in an interval.
func (r *Result) At(group, interval int) Calls {
	_ = r.intervals[interval]
	return Calls{r.cells[group*r.n+interval], r.below}
}

// Counts are the mean numbers per day. Calls that were blocked or left count
// as abandoned too late for any threshold: nobody answered them.
func (c Calls) Counts() erlang.Counts { return countsOf(c.moments.sum, 1/float64(c.moments.n)) }

// countsOf are the counts of a tally, times a scale.
func countsOf(t []float64, scale float64) erlang.Counts {
	return erlang.Counts{
		Answered:        scale * t[answered],
		Abandoned:       scale * (t[hungUp] + t[blocked] + t[left]),
		AnsweredWithin:  scale * t[answeredWithin],
		AbandonedWithin: scale * t[hungUpWithin],
		AbandonedBelow:  scale * t[hungUpBelow],
	}
}

// Offered are all calls that came while the group was open or overflowed.
func (c Calls) Offered() Estimate { return c.moments.mean(offered) }

// Answered are the calls that an agent answered.
func (c Calls) Answered() Estimate { return c.moments.mean(sumOf(answered)) }

// AnsweredWithin are the calls answered within the threshold of their group.
func (c Calls) AnsweredWithin() Estimate { return c.moments.mean(sumOf(answeredWithin)) }

// Abandoned are the calls whose callers hung up.
func (c Calls) Abandoned() Estimate { return c.moments.mean(sumOf(hungUp)) }

// Blocked are the calls that found all lines taken.
func (c Calls) Blocked() Estimate { return c.moments.mean(sumOf(blocked)) }

// Left are the calls that nobody was there to answer, of callers who never
// hang up.
func (c Calls) Left() Estimate { return c.moments.mean(sumOf(left)) }

// Overflowed are the calls that were answered by the agents of another group.
func (c Calls) Overflowed() Estimate { return c.moments.mean(sumOf(overflowed)) }

// Redialled are the calls of callers who had hung up before.
func (c Calls) Redialled() Estimate { return c.moments.mean(sumOf(redialled)) }

// Abandonment is the share of the calls offered whose callers hung up.
func (c Calls) Abandonment() Estimate { return c.moments.ratio(sumOf(hungUp), offered) }

// AverageWait is the mean wait in seconds of those answered and those who hung
// up.
func (c Calls) AverageWait() Estimate {
	return c.moments.ratio(sumOf(answeredWait, hungUpWait), sumOf(answered, hungUp))
}

// SpeedOfAnswer is the mean wait in seconds of those answered.
func (c Calls) SpeedOfAnswer() Estimate {
	return c.moments.ratio(sumOf(answeredWait), sumOf(answered))
}

var offered = sumOf(answered, hungUp, blocked, left)

// ServiceLevel is the share served well, by the definition and the thresholds
// of the groups. It is NaN without calls, and for an erlang.ExcludingBelow
// other than that of Model.Below. Blocked and left calls are in the
// denominator of all definitions but erlang.OfAnswered.
func (c Calls) ServiceLevel(d erlang.Definition) Estimate {
	well, all := sumOf(answeredWithin), slices.Clone(offered)
	switch d {
	case erlang.OfOffered:
	case erlang.OfAnswered:
		all = sumOf(answered)
	case erlang.ExcludingShort:
		all = all.minus(hungUpWithin)
	case erlang.IncludingAbandoned:
		well = sumOf(answeredWithin, hungUpWithin)
	case erlang.ExcludingBelow(c.below):
		all = all.minus(hungUpBelow)
	default:
		return Estimate{math.NaN(), math.NaN(), math.NaN()}
	}
	return c.moments.ratio(well, all).share()
}

// share keeps an estimate within 0 and 1.
func (e Estimate) share() Estimate {
	return Estimate{min(1, e.Mean), max(0, e.Low), min(1, e.High)}
}
