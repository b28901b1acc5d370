package plan

import (
	"math"
	"time"

	"bemanna/erlang"
	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/ingest"
)

// Patience is how long the callers of a group are willing to wait, in seconds.
type Patience struct {
	Mean float64 // 0: they never hang up
	// Low and High hold the mean with 95 % certainty. They are 0 where nothing
	// but the centre file speaks of it.
	Low, High float64
	// Abandoned is the number of calls given up that the estimate rests on.
	Abandoned float64
}

const (
	// patienceWeight is how many callers who gave up the patience of the centre
	// file counts for: a group of which few are known stays near it.
	patienceWeight = 20
	// patienceDays is how far back callers are looked at: a year shows every
	// season, and queues are rebuilt.
	patienceDays = 366
)

// patience estimates the mean patience of a group from what its history knows
// of waits (erlang.EstimateAbandonRate), drawn towards what the centre file
// says. A centre file that says that callers never hang up is taken at its
// word.
func patience(g centre.Group, m ingest.Measures, origin time.Time) (Patience, error) {
	prior := g.Patience.Seconds()
	seen := abandonEvidence(m, origin.AddDate(0, 0, -patienceDays))
	if prior == 0 || seen.Waited == 0 {
		return Patience{Mean: prior}, nil
	}
	rate, err := seen.Shrunk(1/prior, patienceWeight).Estimate()
	if err != nil {
		return Patience{}, err
	}
	return Patience{Mean: 1 / rate.Rate, Low: 1 / rate.High, High: 1 / rate.Low, Abandoned: seen.Abandoned}, nil
}

// abandonEvidence sums up how long callers waited and how many gave up, over
// the intervals from a time on in which both are known.
func abandonEvidence(m ingest.Measures, from time.Time) erlang.AbandonEvidence {
	var seen erlang.AbandonEvidence
	for i, abandoned := range m.Abandoned.Values {
		if m.Abandoned.Time(i).Before(from) {
			continue
		}
		if wait := at(m.WaitAnswered, i) + at(m.WaitAbandoned, i); !math.IsNaN(abandoned + wait) {
			seen = seen.Plus(erlang.AbandonEvidence{Abandoned: abandoned, Waited: wait})
		}
	}
	return seen
}

// at is a value of a series, unknown beyond its end.
func at(s forecast.Series, i int) float64 {
	if i >= len(s.Values) {
		return math.NaN()
	}
	return s.Values[i]
}
