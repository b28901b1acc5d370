package plan

import (
	"math"
	"slices"

	"bemanna/forecast"
)

// Verdict is how the model did over a horizon, beside the simple method that did
// best: which one that was is known only afterwards, so that the comparison is hard
// on the model.
type Verdict struct {
	Model  forecast.Score // Group "": all groups together
	Simple forecast.Score // of the best simple method
	// ByPinball tells that the methods were judged by pinball loss and not by
	// WAPE, because there is less than a call an interval: there the best guess of
	// a count is often zero, and the sum of deviations rewards it.
	ByPinball bool
	// Gain is the share by which the loss of the model is smaller than that of the
	// simple method; below 0: it is greater. NaN: nothing to compare.
	Gain      float64
	Intervals Held
	Lean      Lean
	// Mixed is the number of the model's forecasts, of Forecasts, into which a
	// simple method was mixed because it had been better.
	Mixed, Forecasts int
}

// Held says whether 80 % intervals have held.
type Held string

// What intervals may have done.
const (
	HeldWell   Held = "held"
	HeldNarrow Held = "narrow" // more came outside than they promised
	HeldWide   Held = "wide"
	HeldNone   Held = "none" // nothing to tell it from
)

// Lean says whether forecasts were too high or too low on the whole.
type Lean string

// What forecasts may lean to.
const (
	LeanEven Lean = "even"
	LeanHigh Lean = "high"
	LeanLow  Lean = "low"
)

// leastLean is the bias from which forecasts lean: below it, it moves few people.
const leastLean = 0.02

// tinyCalls is the number of calls an interval, over the longest horizon, under
// which groups are judged by pinball loss, and their intervals by those of whole
// days.
const tinyCalls = 1.0

// verdicts judges the scores of a backtest in which the first model is ours and the
// others are the simple ones.
func verdicts(r forecast.BacktestResult, models, origins int) []Verdict {
	runs := slices.Concat(r.Runs, r.Sums)
	horizons := len(r.Scores) * origins / len(r.Runs)
	var out []Verdict
	for scores := range slices.Chunk(slices.Concat(r.Scores, r.SumScores), models*horizons) {
		longest := scores[horizons-1]
		tiny := longest.Calls < tinyCalls*float64(longest.Intervals)
		mixed := countMixed(runs[:origins])
		runs = runs[models*origins:]
		for h := range horizons {
			var simple []forecast.Score
			for m := 1; m < models; m++ {
				simple = append(simple, scores[m*horizons+h])
			}
			v := judge(scores[h], simple, tiny)
			v.Mixed, v.Forecasts = mixed, origins
			out = append(out, v)
		}
	}
	return out
}

// countMixed counts the forecasts into which a simple method was mixed.
func countMixed(runs []forecast.BacktestRun) (n int) {
	for _, r := range runs {
		if slices.ContainsFunc(r.Forecast.Notes, func(n forecast.Note) bool { return n.Kind == forecast.NoteBaseline }) {
			n++
		}
	}
	return n
}

// judge holds the model's score against those of the simple methods.
func judge(model forecast.Score, simple []forecast.Score, tiny bool) Verdict {
	v := Verdict{Model: model, Simple: simple[0], ByPinball: tiny, Lean: lean(model.Bias)}
	loss := func(s forecast.Score) float64 { return s.WAPE }
	if v.ByPinball {
		loss = func(s forecast.Score) float64 { return s.Pinball }
	}
	for _, s := range simple[1:] {
		if loss(s) < loss(v.Simple) {
			v.Simple = s
		}
	}
	v.Gain = 1 - loss(model)/loss(v.Simple)
	if math.IsInf(v.Gain, 0) {
		v.Gain = math.NaN()
	}
	cover := model.Cover80
	if v.ByPinball {
		cover = model.Totals.Cover80
	}
	v.Intervals = held(cover, model.Totals.Days)
	return v
}

// The share of 80 % intervals that held may differ from 80 % by leastSlack, and by
// two standard errors of a share of so many days: intervals of a day go together.
const (
	promised   = 0.8
	leastSlack = 0.05
)

func held(cover float64, days int) Held {
	slack := max(leastSlack, 2*math.Sqrt(promised*(1-promised)/float64(days)))
	switch {
	case math.IsNaN(cover) || days == 0:
		return HeldNone
	case cover < promised-slack:
		return HeldNarrow
	case cover > promised+slack:
		return HeldWide
	}
	return HeldWell
}

func lean(bias float64) Lean {
	switch {
	case bias >= leastLean:
		return LeanHigh
	case bias <= -leastLean:
		return LeanLow
	}
	return LeanEven
}
