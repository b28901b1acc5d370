package plan

// StepKind says what a step is about: a factor, or what is left when all are told.
type StepKind string

// The steps that are no factors.
const (
	StepUntold      StepKind = "untold"
	StepUnexplained StepKind = "unexplained"
)

// Step is a step on the way from the share that was expected to the one that was
// measured.
type Step struct {
	Kind     StepKind
	From, To float64 // shares
}

// Points is the step in percentage points to one decimal, such that the steps of a
// split add up to the difference of its ends as they are printed.
func (s Step) Points() float64 { return Round(Round(100*s.To, 1)-Round(100*s.From, 1), 1) }

// Steps gives the steps in order, as far as they are known.
func (s *Split) Steps() []Step {
	var out []Step
	at := s.Expected
	step := func(kind StepKind, by *float64) {
		if by != nil {
			next := Round(at+*by, 4)
			out, at = append(out, Step{kind, at, next}), next
		}
	}
	for _, e := range s.Effects {
		step(StepKind(e.Factor), e.Share)
	}
	step(StepUntold, s.Untold)
	step(StepUnexplained, s.Unexplained)
	return out
}

// Step gives the step of a kind; false where it is not known.
func (s *Split) Step(kind StepKind) (Step, bool) {
	for _, x := range s.Steps() {
		if x.Kind == kind {
			return x, true
		}
	}
	return Step{}, false
}

// Kinds are the kinds of steps in order; with untold where some day has no
// attendance.
func Kinds(untold bool) []StepKind {
	var out []StepKind
	for _, f := range factors {
		out = append(out, StepKind(f))
	}
	if untold {
		out = append(out, StepUntold)
	}
	return append(out, StepUnexplained)
}
