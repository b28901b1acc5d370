package forecast

import (
	"context"
	"slices"
)

// midday forecasts from a history that ends inside a civil day: the day and those
// after it as from its midnight, and then the rest of the day as Update makes it
// of the intervals seen. The handle times of these intervals are not learnt from.
//
// Of the result, DayShare and Course are those of whole days; the rest of the
// first day has its own Sigma in Days[0].
func (m DayLevel) midday(ctx context.Context, h History, o Options, seen []float64) (Forecast, error) {
	clock := newWall(h.Offered)
	today, _ := clock.at(h.Offered.End())
	o.Intervals += len(seen)
	whole, err := m.Forecast(ctx, h.before(today), o)
	if err != nil {
		return Forecast{}, err
	}
	rest, err := whole.Update(seen)
	if err != nil {
		return Forecast{}, err
	}
	next := whole.cut(len(seen)+len(rest.Mean), len(whole.Mean))
	f := whole
	f.Start = rest.Start
	f.Mean = slices.Concat(rest.Mean, next.Mean)
	f.Spread = slices.Concat(rest.Spread, next.Spread)
	f.HandleTime = slices.Concat(rest.HandleTime, next.HandleTime)
	f.Days = slices.Concat(rest.Days, whole.Days[1:])
	f.Notes = slices.Concat(whole.Notes, rest.Notes)
	return f, nil
}

// today gives the calls since the midnight of the civil day in which a forecast
// would start, NaN where nothing is known.
func (h History) today() []float64 {
	clock := newWall(h.Offered)
	date, _ := clock.at(h.Offered.End())
	return h.Offered.cut(h.Offered.startOf(date), len(h.Offered.Values)).Values
}
