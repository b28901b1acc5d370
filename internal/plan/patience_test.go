package plan

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/ingest"
)

// waits are two years of intervals with callers whose patience is exponential,
// in a queue that would have answered them after 40 s on average.
func waits(patience float64) ingest.Measures {
	random := rand.New(rand.NewPCG(7, 7))
	const n = 2 * 365 * 8
	series := func() forecast.Series {
		return forecast.Series{Start: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC), Step: 3 * time.Hour, Values: make([]float64, n)}
	}
	m := ingest.Measures{Abandoned: series(), WaitAnswered: series(), WaitAbandoned: series()}
	for i := range n {
		for range 3 {
			wait, will := 40*random.ExpFloat64(), patience*random.ExpFloat64()
			if wait <= will {
				m.WaitAnswered.Values[i] += wait
				continue
			}
			m.Abandoned.Values[i]++
			m.WaitAbandoned.Values[i] += will
		}
	}
	return m
}

func found(t *testing.T, g centre.Group, m ingest.Measures, origin time.Time) Patience {
	t.Helper()
	p, err := patience(g, m, origin)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestPatienceIsThatOfTheCallers(t *testing.T) {
	g := centre.Group{Patience: 4 * time.Minute}
	origin := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, truth := range []float64{60, 150, 600} {
		m := waits(truth)
		got := found(t, g, m, origin)
		if off := math.Abs(got.Mean/truth - 1); off > 4/math.Sqrt(got.Abandoned) {
			t.Errorf("patience of %v s: found %.1f s from %v who gave up", truth, got.Mean, got.Abandoned)
		}
		if !(got.Low < got.Mean && got.Mean < got.High) {
			t.Errorf("patience %.1f s is outside %.1f to %.1f s", got.Mean, got.Low, got.High)
		}
	}
}

// Of a group of which little is known the centre file says most, and all where
// nothing is known, or where it says that callers never hang up.
func TestPatienceWithoutEvidence(t *testing.T) {
	g := centre.Group{Patience: 4 * time.Minute}
	origin := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	if got := found(t, g, ingest.Measures{}, origin); got != (Patience{Mean: 240}) {
		t.Errorf("without history: %+v, want the centre file's 240 s", got)
	}
	few := waits(60)
	for i := range few.Abandoned.Values[:len(few.Abandoned.Values)-5] {
		few.Abandoned.Values[i] = math.NaN()
	}
	got := found(t, g, few, origin)
	if got.Abandoned == 0 || got.Abandoned > 20 || got.Mean < 120 || got.Mean > 240 {
		t.Errorf("%v callers with 60 s of patience: %.0f s, want near the 240 s of the centre file", got.Abandoned, got.Mean)
	}
	if late := found(t, g, waits(60), origin.AddDate(5, 0, 0)); late.Mean != 240 {
		t.Errorf("with waits of years ago only: %.0f s, want 240 s", late.Mean)
	}
	g.Patience = 0
	if got := found(t, g, waits(60), origin); got.Mean != 0 {
		t.Errorf("callers who never hang up: %.0f s, want 0 for never", got.Mean)
	}
}

// Where the centre file is right to begin with, what is found stays by it; the
// interval holds the truth about as often as it says.
func TestPatienceIntervalHoldsTheTruth(t *testing.T) {
	const trials, truth = 400, 240.0
	random := rand.New(rand.NewPCG(3, 9))
	g := centre.Group{Patience: 4 * time.Minute}
	held := 0
	for range trials {
		one := forecast.Series{Start: time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC), Step: time.Hour, Values: []float64{0}}
		m := ingest.Measures{Abandoned: one, WaitAnswered: one, WaitAbandoned: one}
		abandoned, answered, gaveUp := 0.0, 0.0, 0.0
		for range 500 {
			if wait, will := 30*random.ExpFloat64(), truth*random.ExpFloat64(); wait <= will {
				answered += wait
			} else {
				abandoned++
				gaveUp += will
			}
		}
		m.Abandoned.Values, m.WaitAnswered.Values, m.WaitAbandoned.Values = []float64{abandoned}, []float64{answered}, []float64{gaveUp}
		if p := found(t, g, m, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)); p.Low <= truth && truth <= p.High {
			held++
		}
	}
	// The prior is right here, so the interval holds the truth more often.
	if share := float64(held) / trials; share < 0.93 {
		t.Errorf("the 95 %% interval held the truth in %.1f %% of %d trials", 100*share, trials)
	}
}
