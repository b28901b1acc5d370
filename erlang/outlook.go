package erlang

import (
	"math"

	"gonum.org/v1/gonum/interp"
	"gonum.org/v1/gonum/stat/distuv"
)

// outlookSteps is the number of rates between those that are worked out.
const outlookSteps = 400

// An Outlook is what may come of a single day. A plan that is expected to
// answer 85 % in time misses it on every other day.
type Outlook struct {
	Share     float64 // of the calls answered in time, expected: the mean over calls
	Low, High float64 // the share of a day is below Low on 5 % of days, and above High on 5 %
	Chance    float64 // P(the share of a day is at least that of the target)
}

// Expect gives the outlook of a day with the agents that it has, when the
// arrival rates are those of the day times a factor that all have in common:
// gamma with mean 1 and the given coefficient of variation. To this comes the
// luck of a day whose rates are known ([TallyDay]).
//
// Special cases are:
//
//	no calls: all shares and Chance are 1
//
// The error is an [*InputError] as for [TallyDay], and for a cv that is not
// from 0 to 1.
func Expect(day []Interval, t Target, cv float64, o TransientOptions) (Outlook, error) {
	scaled := make([]Interval, len(day))
	return Foresee(t.Share, cv, func(factor float64) (Tally, error) {
		for i, in := range day {
			scaled[i] = in
			scaled[i].ArrivalRate *= factor
		}
		return TallyDay(scaled, t, o)
	})
}

// Foresee gives the outlook when the tally of a day is known for each factor
// that its rates may be multiplied by; see [Expect]. With it several groups
// are joined: add their tallies at the same factor. The share of a day with
// known rates is taken as normal, and as smooth between the 12 factors that are
// asked for.
//
// The error is an [*InputError] for a cv that is not from 0 to 1, or that of
// the tally.
func Foresee(share, cv float64, tally func(factor float64) (Tally, error)) (Outlook, error) {
	if !(cv >= 0 && cv <= 1) {
		return Outlook{}, &InputError{"cv", cv, "a coefficient of variation from 0 to 1"}
	}
	factors := commonFactors(cv)
	tallies := make([]Tally, len(factors))
	for i, f := range factors {
		var err error
		if tallies[i], err = tally(f.factor); err != nil {
			return Outlook{}, err
		}
	}
	days := between(factors, tallies, cv)
	var o Outlook
	calls := 0.0
	for _, d := range days {
		calls += d.weight * d.calls
		o.Share += d.weight * d.calls * d.share
		o.Chance += d.weight * (1 - d.below(share-tieTolerance))
	}
	if calls == 0 {
		return Outlook{1, 1, 1, 1}, nil
	}
	o.Share /= calls
	o.Low, o.High = quantile(days, 0.05), quantile(days, 0.95)
	return o, nil
}

// kindOfDay is a day with known rates: the share answered in time is normal.
type kindOfDay struct {
	weight, calls, share, deviation float64
}

// below is the chance that the share is below a value.
func (d kindOfDay) below(share float64) float64 {
	switch {
	case d.deviation > 0:
		return distuv.UnitNormal.CDF((share - d.share) / d.deviation)
	case share > d.share:
		return 1
	}
	return 0
}

// between interpolates the days between the factors that were worked out.
func between(factors []weightedFactor, tallies []Tally, cv float64) []kindOfDay {
	n := len(factors)
	x, share, deviation := make([]float64, n), make([]float64, n), make([]float64, n)
	kinds := make([]kindOfDay, n)
	for i, f := range factors {
		t := tallies[i]
		x[i], share[i] = f.factor, 1
		if t.Calls > 0 {
			share[i], deviation[i] = t.InTime/t.Calls, math.Sqrt(t.Variance)/t.Calls
		}
		kinds[i] = kindOfDay{f.weight, t.Calls, share[i], deviation[i]}
	}
	if n == 1 {
		return kinds
	}
	var shares, deviations interp.FritschButland
	_ = shares.Fit(x, share) // the factors rise
	_ = deviations.Fit(x, deviation)
	kinds = make([]kindOfDay, outlookSteps)
	perFactor := tallies[0].Calls / x[0]
	shape, total := 1/(cv*cv), 0.0
	least, most := x[0], x[n-1]
	for i := range kinds {
		at := least + (most-least)*(float64(i)+0.5)/outlookSteps
		weight := poisson(shape, shape*at) / at
		total += weight
		kinds[i] = kindOfDay{weight, perFactor * at, shares.Predict(at), deviations.Predict(at)}
	}
	for i := range kinds {
		kinds[i].weight /= total
	}
	return kinds
}

// quantile is the share that so large a part of the days stays below.
func quantile(days []kindOfDay, p float64) float64 {
	below := func(share float64) float64 {
		sum := -p
		for _, d := range days {
			sum += d.weight * d.below(share)
		}
		return sum
	}
	return crossing(below, 0, 1, 1e-9)
}

// checkOutlook refuses a target for which there is no variance.
func (t Target) checkOutlook() error {
	if err := t.check(); err != nil {
		return err
	}
	if t.Definition != OfOffered {
		return &InputError{"Target.Definition", float64(t.Definition.rule), "OfOffered (0)"}
	}
	return nil
}
