package export

import (
	"time"

	"bemanna/internal/plan"
)

// axis is the time that the drawing of a day spans, in the intervals of the
// plan: from the full hour before the first shift or open group to the full
// hour after the last. It runs in real time, so that a day on which the clocks
// change has the intervals that it has; the zero axis spans nothing.
type axis struct {
	start time.Time
	step  time.Duration
	n     int
}

func newAxis(d *plan.Day) axis {
	var first, last time.Time
	span := func(from, to time.Time) {
		if first.IsZero() || from.Before(first) {
			first = from
		}
		if to.After(last) {
			last = to
		}
	}
	step := time.Duration(d.IntervalSeconds) * time.Second
	for _, a := range d.Agents {
		for _, act := range a.Activities {
			span(act.Start, act.End)
		}
	}
	for _, g := range d.Groups {
		for _, x := range g.Intervals {
			span(x.Start, x.Start.Add(step))
		}
	}
	if step <= 0 || first.IsZero() {
		return axis{}
	}
	past := func(t time.Time) time.Duration {
		return time.Duration(t.Minute())*time.Minute + time.Duration(t.Second())*time.Second
	}
	start := first.Add(-past(first))
	end := last
	if over := past(last); over > 0 {
		end = last.Add(time.Hour - over)
	}
	return axis{start, step, int((end.Sub(start) + step - 1) / step)}
}

func (x axis) time(i int) time.Time { return x.start.Add(time.Duration(i) * x.step) }

// perHour gives how many intervals an hour has, 1 at least.
func (x axis) perHour() int { return max(1, int(time.Hour/max(x.step, 1))) }

// stretch is a run of intervals, from the first up to before the last.
type stretch struct{ from, to int }

func (s stretch) len() int { return s.to - s.from }

// hourStretch is an hour as the clocks show it: two hours of time when they are
// set back.
type hourStretch struct {
	stretch
	hour int
}

// hours cuts the axis by the hour that the clocks show.
func (x axis) hours() []hourStretch {
	var out []hourStretch
	for i := range x.n {
		h := x.time(i).Hour()
		if k := len(out) - 1; k >= 0 && out[k].hour == h {
			out[k].to = i + 1
			continue
		}
		out = append(out, hourStretch{stretch{i, i + 1}, h})
	}
	return out
}

// kinds gives what an agent does in each interval, "" for nothing: what goes on
// in its middle.
func (x axis) kinds(a plan.Agent) []string {
	out := make([]string, x.n)
	for i := range out {
		middle := x.time(i).Add(x.step / 2)
		for _, act := range a.Activities {
			if !middle.Before(act.Start) && middle.Before(act.End) {
				out[i] = act.Kind
			}
		}
	}
	return out
}

// block is a stretch in which an agent does one kind of thing.
type block struct {
	stretch
	kind string
}

// blocks gives the day of an agent as blocks; calls of other groups are the
// same block.
func (x axis) blocks(a plan.Agent) []block {
	var out []block
	for i, kind := range x.kinds(a) {
		k := len(out) - 1
		switch {
		case kind == "":
		case k >= 0 && out[k].kind == kind && out[k].to == i:
			out[k].to = i + 1
		default:
			out = append(out, block{stretch{i, i + 1}, kind})
		}
	}
	return out
}

// count gives how many of the agents do one of some kinds of things in each
// interval.
func (x axis) count(agents []plan.Agent, kinds ...string) []int {
	out := make([]int, x.n)
	for _, a := range agents {
		for i, kind := range x.kinds(a) {
			for _, k := range kinds {
				if kind == k {
					out[i]++
				}
			}
		}
	}
	return out
}
