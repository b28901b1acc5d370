package forecast

import (
	"fmt"
	"math"
	"slices"
	"time"
)

// ReasonOverride is that people have set the forecast aside; the name of the
// term is what they said.
const ReasonOverride Reason = "override"

// Override is what people put in the place of a forecast. Exactly one of Factor
// and Calls is given.
type Override struct {
	Name     string    // who and why, as it is to be shown
	From, To time.Time // the intervals that start in [From, To)
	Factor   float64   // on the calls of each of them; 0: none
	Calls    float64   // of all of them together, spread as the forecast is, or evenly where it has none; 0: none
}

// Override gives the forecast as people want it: the overrides are taken one
// after the other. The forecast itself stays as it is, so that the two can be
// shown beside each other, and each day tells the factor by which they differ.
// The spread, which is relative, and the handle times stay.
//
// It fails when an override has no time, or not exactly one of a factor and a
// number of calls above 0.
func (f Forecast) Override(overrides ...Override) (Forecast, error) {
	f.Mean, f.Days = slices.Clone(f.Mean), slices.Clone(f.Days)
	day := f.dayOf()
	for _, o := range overrides {
		if err := o.check(); err != nil {
			return Forecast{}, err
		}
		before := make([]float64, len(f.Days))
		for d := range f.Days {
			before[d] = f.Days[d].Total
			f.Days[d].Total = 0
		}
		f.set(o)
		f.sumDays(day)
		for d := range f.Days {
			if f.Days[d].Total != before[d] && before[d] > 0 {
				term := Term{ReasonOverride, o.Name, f.Days[d].Total / before[d]}
				f.Days[d].Terms = slices.Concat([]Term{term}, f.Days[d].Terms)
			}
		}
	}
	return f, nil
}

func (o Override) check() error {
	switch {
	case !o.From.Before(o.To):
		return fmt.Errorf("override %q: from %v to %v, want a time that ends after it begins", o.Name, o.From, o.To)
	case !(o.Factor >= 0) || math.IsInf(o.Factor, 0), !(o.Calls >= 0) || math.IsInf(o.Calls, 0), (o.Factor > 0) == (o.Calls > 0):
		return fmt.Errorf("override %q: factor %v and calls %v, want one of them above 0", o.Name, o.Factor, o.Calls)
	}
	return nil
}

// set changes the means as o says.
func (f *Forecast) set(o Override) {
	var chosen []int
	var sum float64
	for i, m := range f.Mean {
		if t := f.time(i); !t.Before(o.From) && t.Before(o.To) {
			chosen = append(chosen, i)
			sum += m
		}
	}
	for _, i := range chosen {
		switch {
		case o.Factor > 0:
			f.Mean[i] *= o.Factor
		case sum > 0:
			f.Mean[i] *= o.Calls / sum
		default:
			f.Mean[i] = o.Calls / float64(len(chosen))
		}
	}
}
