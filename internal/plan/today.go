package plan

import (
	"math"
	"slices"

	"bemanna/forecast"
)

// upToDate brings the rest of the first day of a forecast up to date by the calls
// of its first intervals. The total of the day becomes what has come and what is
// left; the intervals that are over stay as they were forecast.
func upToDate(f forecast.Forecast, seen []float64) (forecast.Forecast, error) {
	if len(seen) == 0 {
		return f, nil
	}
	rest, err := f.Update(seen)
	if err != nil {
		return f, err
	}
	f.Mean, f.Spread, f.Days = slices.Clone(f.Mean), slices.Clone(f.Spread), slices.Clone(f.Days)
	f.Notes = slices.Concat(f.Notes, rest.Notes)
	today := &f.Days[0]
	before := today.Total
	today.Total, today.Sigma = came(f, seen), 0
	copy(f.Mean[len(seen):], rest.Mean)
	copy(f.Spread[len(seen):], rest.Spread)
	if len(f.Days) == 1 && len(rest.Mean) > 0 {
		f.DayShare = rest.DayShare
	}
	if len(rest.Days) > 0 && rest.Days[0].Total > 0 {
		today.Total += rest.Days[0].Total
		today.Sigma = rest.Days[0].Sigma * rest.Days[0].Total / today.Total
	}
	if factor := today.Total / before; before > 0 && math.Abs(factor-1) >= worthSaying {
		today.Terms = slices.Concat([]forecast.Term{{Reason: forecast.ReasonToday, Factor: factor}}, today.Terms)
	}
	return f, nil
}

// came gives the calls of the intervals that are over; those that are not known
// are taken to have been as forecast.
func came(f forecast.Forecast, seen []float64) (sum float64) {
	for i, v := range seen {
		if math.IsNaN(v) {
			v = f.Mean[i]
		}
		sum += v
	}
	return sum
}
