package erlang

import "math"

// A Target is what a centre promises. A part that is 0 asks for nothing.
type Target struct {
	Share            float64    // service level, from 0 to below 1
	Threshold        float64    // s
	Definition       Definition // which calls count; zero is OfOffered
	MaxOccupancy     float64    // share of an agent's time
	MaxAbandonment   float64    // share of calls
	MaxSpeedOfAnswer float64    // s, mean wait of answered calls
	MinAgents        int        // also when there are no calls
}

// tieTolerance is the amount by which a level may miss and still count as
// met: about the error of the levels themselves, so that a share copied from
// a computed level asks for the agents that it was computed for.
const tieTolerance = 1e-12

func (t Target) check() error {
	switch {
	case !(t.Share >= 0 && t.Share < 1):
		return &InputError{"Target.Share", t.Share, "a share from 0 to below 1"}
	case !finite(t.Threshold):
		return &InputError{"Target.Threshold", t.Threshold, "seconds, 0 or more"}
	case !(t.MaxOccupancy >= 0 && t.MaxOccupancy <= 1):
		return &InputError{"Target.MaxOccupancy", t.MaxOccupancy, "a share from 0 to 1"}
	case !(t.MaxAbandonment >= 0 && t.MaxAbandonment <= 1):
		return &InputError{"Target.MaxAbandonment", t.MaxAbandonment, "a share from 0 to 1"}
	case !finite(t.MaxSpeedOfAnswer):
		return &InputError{"Target.MaxSpeedOfAnswer", t.MaxSpeedOfAnswer, "seconds, 0 or more"}
	case t.MinAgents < 0 || t.MinAgents > maxAgents:
		return &InputError{"Target.MinAgents", float64(t.MinAgents), "a number of agents from 0 to 1e12"}
	}
	return t.Definition.check()
}

// asks reports whether any part but MinAgents asks for something.
func (t Target) asks() bool {
	return t.Share > 0 || t.MaxOccupancy > 0 || t.MaxAbandonment > 0 || t.MaxSpeedOfAnswer > 0
}

// margin is how far a performance is above the target: 0 or more when every
// part is met, else from −1 up to 0. It rises with the number of agents. A
// queue that grows without end meets no target.
func (t Target) margin(p Performance) float64 {
	if math.IsInf(p.AverageWait, 1) {
		return -1
	}
	level := 1.0
	if t.Share > 0 {
		level = p.ServiceLevel(t.Definition)
	}
	return t.marginAt(level, p)
}

// marginAt is margin for a service level that is known, however long the waits.
func (t Target) marginAt(level float64, p Performance) float64 {
	margin := 1.0
	if t.Share > 0 {
		margin = level - t.Share
	}
	if t.MaxOccupancy > 0 {
		margin = min(margin, t.MaxOccupancy-p.Occupancy)
	}
	if t.MaxAbandonment > 0 {
		margin = min(margin, t.MaxAbandonment-p.Abandonment)
	}
	if limit := t.MaxSpeedOfAnswer; limit > 0 {
		margin = min(margin, 2*limit/(limit+p.SpeedOfAnswer)-1)
	}
	return margin + tieTolerance
}

// MetBy reports whether a performance at the threshold of the target meets
// every part of it. The number of agents is not looked at.
func (t Target) MetBy(p Performance) bool { return t.margin(p) >= 0 }
