package erlang

import (
	"cmp"
	"math"
	"slices"
	"sort"
)

// A Wait is a call that had to wait, from the records of a telephone system.
type Wait struct {
	Seconds   float64 // 0 or more
	Abandoned bool    // false: the wait ended with an answer, and the patience is longer than it
}

// Empirical patience is a survival function in steps, as records give it, with
// an exponential tail behind the last step. [EstimatePatience] makes one, and
// its fields can be stored.
type Empirical struct {
	Steps    []Step
	TailRate float64 // per second, from the last step on: from 1e-12 to 1e9, or 0 if nobody hangs up there
}

// A Step is where the survival function falls, or the end of the records.
type Step struct {
	Seconds       float64 // from 0 to 1e12, above that of the step before
	Survival      float64 // P(R > t) from here to the next step; not above the step before
	StandardError float64 // of Survival, by Greenwood's formula
}

// EstimatePatience is the patience of callers by the estimator of Kaplan and
// Meier (Journal of the American Statistical Association 53, 1958, pp.
// 457–481): those who are answered would have waited longer, nobody knows how
// much. A mean of the waits of those who abandon is far too short.
//
// Calls that were answered without a wait say nothing of patience and are left
// out. A caller who is answered at a time is taken to be there still when
// another hangs up at the same time.
//
// Records end where the longest wait ends. If anybody is left then, the tail
// falls at the rate of all the records, [EstimateAbandonRate]: without anyone
// who hung up it is flat. Waits as long as that are rare in a queue with the
// same staff; do not believe what the tail says of much longer ones.
//
// The error is an [*InputError] for a wait that is NaN, infinite or negative.
// Without any waits callers never hang up.
func EstimatePatience(waits []Wait) (*Empirical, error) {
	sorted := make([]Wait, 0, len(waits))
	total, abandoned := 0.0, 0.0
	for _, w := range waits {
		switch {
		case !finite(w.Seconds):
			return nil, &InputError{"Wait.Seconds", w.Seconds, "seconds, 0 or more"}
		case w.Seconds == 0 && !w.Abandoned:
			continue
		case w.Abandoned:
			abandoned++
		}
		total += w.Seconds
		sorted = append(sorted, w)
	}
	slices.SortFunc(sorted, func(v, w Wait) int { return cmp.Compare(v.Seconds, w.Seconds) })

	e := &Empirical{}
	last := Step{Survival: 1}
	variance := 0.0 // of the logarithm of Survival
	for i := 0; i < len(sorted); {
		atRisk, lost := float64(len(sorted)-i), 0.0
		last.Seconds = sorted[i].Seconds
		for ; i < len(sorted) && sorted[i].Seconds == last.Seconds; i++ {
			if sorted[i].Abandoned {
				lost++
			}
		}
		if lost > 0 {
			last.Survival *= 1 - lost/atRisk
			if last.Survival > 0 {
				variance += lost / (atRisk * (atRisk - lost))
			}
			last.StandardError = last.Survival * math.Sqrt(variance)
		}
		if lost > 0 || i == len(sorted) && last.Survival > 0 {
			e.Steps = append(e.Steps, last)
		}
	}
	if last.Survival > 0 && total > 0 {
		e.TailRate = abandoned / total
	}
	return e, nil
}

// step is the index of the last step at or before a time, or −1.
func (e *Empirical) step(seconds float64) int {
	return sort.Search(len(e.Steps), func(i int) bool { return e.Steps[i].Seconds > seconds }) - 1
}

// Survival is P(R > t).
func (e *Empirical) Survival(seconds float64) float64 {
	waiting, _ := e.split(seconds)
	return waiting
}

func (e *Empirical) split(seconds float64) (waiting, lost float64) {
	at := Step{Survival: 1}
	i := e.step(seconds)
	if i >= 0 {
		at = e.Steps[i]
	}
	if i == len(e.Steps)-1 && e.TailRate > 0 {
		still, gone := decayed((seconds - at.Seconds) * e.TailRate)
		return at.Survival * still, 1 - at.Survival + at.Survival*gone
	}
	return at.Survival, 1 - at.Survival
}

// Quantile is the inverse of 1 − Survival.
func (e *Empirical) Quantile(p float64) float64 {
	if p <= 0 {
		return 0
	}
	i := sort.Search(len(e.Steps), func(i int) bool { return 1-e.Steps[i].Survival >= p })
	if i < len(e.Steps) {
		return e.Steps[i].Seconds
	}
	last := Step{Survival: 1}
	if i > 0 {
		last = e.Steps[i-1]
	}
	if e.TailRate == 0 {
		return math.Inf(1)
	}
	return last.Seconds - math.Log((1-p)/last.Survival)/e.TailRate
}

func (e *Empirical) piece(seconds float64) stretch {
	if i := e.step(seconds) + 1; i < len(e.Steps) {
		return stretch{until: e.Steps[i].Seconds, flat: true}
	}
	return stretch{until: math.Inf(1), flat: e.TailRate == 0}
}

// average is the area below the survival function.
func (e *Empirical) average() float64 {
	area, last := 0.0, Step{Survival: 1}
	for _, step := range e.Steps {
		area += last.Survival * (step.Seconds - last.Seconds)
		last = step
	}
	if last.Survival == 0 {
		return area
	}
	return area + last.Survival/e.TailRate
}

func (e *Empirical) check() error {
	if e == nil {
		return &InputError{"Empirical", math.NaN(), "an estimate"}
	}
	last := Step{Survival: 1}
	for i, step := range e.Steps {
		switch {
		case !(step.Seconds >= 0 && step.Seconds <= longest) || i > 0 && step.Seconds <= last.Seconds:
			return &InputError{"Step.Seconds", step.Seconds, "from 0 to 1e12, and above the step before"}
		case !(step.Survival >= 0 && step.Survival <= last.Survival):
			return &InputError{"Step.Survival", step.Survival, "a share not above that of the step before"}
		}
		last = step
	}
	if e.TailRate == 0 {
		return nil
	}
	return checkBetween("Empirical.TailRate", e.TailRate, 1/longest, 1/shortest)
}
