package forecast

import (
	"errors"
	"fmt"
	"math"
)

// Sum gives the forecast of the calls of several groups together. The errors of
// their days go together as the correlation says, between 0 and 1; see
// DayCorrelation. What is left of the spread is of each interval alone. Handle times
// that are known are weighted by the calls. What is far off in one group evens out:
// the days of the sum have no such share. The sum has neither notes nor terms, and Days only
// where all forecasts have them.
//
// It fails where there is nothing to sum, where the forecasts are not of the same
// intervals, and on a correlation outside 0 to 1.
func Sum(forecasts []Forecast, correlation float64) (Forecast, error) {
	if len(forecasts) == 0 {
		return Forecast{}, errors.New("sum of forecasts: none, want at least one")
	}
	if !(correlation >= 0 && correlation <= 1) {
		return Forecast{}, fmt.Errorf("sum of forecasts: correlation %v, want 0 to 1", correlation)
	}
	first := forecasts[0]
	for _, f := range forecasts[1:] {
		if !f.Start.Equal(first.Start) || f.Step != first.Step || len(f.Mean) != len(first.Mean) {
			return Forecast{}, fmt.Errorf("sum of forecasts: %d intervals of %v from %v, want %d of %v from %v",
				len(f.Mean), f.Step, f.Start, len(first.Mean), first.Step, first.Start)
		}
	}
	n := len(first.Mean)
	sum := Forecast{
		Start: first.Start, Step: first.Step,
		Mean: make([]float64, n), Spread: make([]float64, n), HandleTime: make([]float64, n),
	}
	var ofDays, all float64 // variance, of the days and altogether
	for i := range n {
		var handled, handling, own float64
		var day correlated
		for _, f := range forecasts {
			variance := f.Mean[i] * f.Spread[i] * f.Mean[i] * f.Spread[i]
			sum.Mean[i] += f.Mean[i]
			if f.HandleTime[i] > 0 {
				handled += f.Mean[i]
				handling += f.Mean[i] * f.HandleTime[i]
			}
			day.add(math.Sqrt(f.DayShare * variance))
			own += (1 - f.DayShare) * variance
		}
		if sum.Mean[i] > 0 {
			ofDays += day.variance(correlation)
			all += day.variance(correlation) + own
			sum.Spread[i] = math.Sqrt(day.variance(correlation)+own) / sum.Mean[i]
		}
		if handled > 0 {
			sum.HandleTime[i] = handling / handled
		}
	}
	if all > 0 {
		sum.DayShare = ofDays / all
	}
	sum.Days = sumOfDays(forecasts, correlation)
	return sum, nil
}

// correlated are errors of which any two have the same correlation.
type correlated struct{ sum, squares float64 }

func (c *correlated) add(sd float64) {
	c.sum += sd
	c.squares += sd * sd
}

// variance gives that of the sum of the errors.
func (c correlated) variance(correlation float64) float64 {
	return c.squares + correlation*(c.sum*c.sum-c.squares)
}

func sumOfDays(forecasts []Forecast, correlation float64) []Day {
	days := make([]Day, len(forecasts[0].Days))
	for d := range days {
		days[d].Date = forecasts[0].Days[d].Date
		var errors correlated
		for _, f := range forecasts {
			if len(f.Days) != len(days) {
				return nil
			}
			days[d].Total += f.Days[d].Total
			errors.add(f.Days[d].Total * f.Days[d].Sigma)
		}
		if days[d].Total > 0 {
			days[d].Sigma = math.Sqrt(errors.variance(correlation)) / days[d].Total
		}
	}
	return days
}
