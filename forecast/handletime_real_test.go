package forecast_test

import (
	"math"
	"os"
	"testing"
	"time"

	"bemanna/forecast"
)

// TestMeasureHandleTime prints the errors of the handle times of two groups of a
// card issuer, weighted by calls, beside those of simple means and beside the floor.
// Run it with BEMANNA_MEASURE=1.
func TestMeasureHandleTime(t *testing.T) {
	if os.Getenv("BEMANNA_MEASURE") == "" {
		t.Skip("prints scores: set BEMANNA_MEASURE=1 to measure")
	}
	for _, d := range []dataset{card("A"), card("C")} {
		h := plausible(d.load(t).History)
		t.Logf("%s: variation of a call's handle time %.2f of its mean", d.series, math.Sqrt(variationOfCalls(h)))
		for _, days := range d.horizons {
			missed, handled := map[string]float64{}, 0.
			var floor, within, n float64
			for _, origin := range everyDays("2025-04-01", 35, 1, 62) {
				at := midnight(t, origin, h.Offered.Start.Location())
				known := upTo(h, at)
				o := forecast.Options{Intervals: days * int(24*time.Hour/d.step)}
				f := forecastOf(t, forecast.DayLevel{}, known, o)
				in, of := daysWithin(f, h, len(known.Offered.Values))
				within, n = within+in, n+of
				month, slots, week := simpleHandleTimes(known)
				for i, got := range f.HandleTime {
					k := len(known.Offered.Values) + i
					calls, seconds := h.Answered.Values[k], h.Handled.Values[k]
					if !(calls > 0) || math.IsNaN(seconds) {
						continue
					}
					clock := clockOf(h.Offered.Time(k))
					for name, p := range map[string]float64{"model": got, "mean of 4 weeks": month, "slot of 4 weeks": slots[clock.slot], "slot of the week": week[clock]} {
						if math.IsNaN(p) {
							p = month
						}
						missed[name] += math.Abs(p*calls - seconds)
					}
					handled += seconds
					floor += math.Sqrt(2/math.Pi*variationOfCalls(h)*calls) * got
				}
			}
			t.Logf("%2d days: model %.2f %%, mean of 4 weeks %.2f, slot of 4 weeks %.2f, slot of the last week %.2f, floor %.2f; %.0f %% of days in 80 %%", days,
				100*missed["model"]/handled, 100*missed["mean of 4 weeks"]/handled, 100*missed["slot of 4 weeks"]/handled,
				100*missed["slot of the week"]/handled, 100*floor/handled, 100*within/n)
		}
	}
}

// slotOfWeek is a weekday and an hour and half-hour by the clock.
type slotOfWeek struct {
	weekday time.Weekday
	slot    int
}

func clockOf(t time.Time) slotOfWeek { return slotOfWeek{t.Weekday(), 2*t.Hour() + t.Minute()/30} }

// plausible makes unknown what no call lasts in the mean.
func plausible(h forecast.History) forecast.History {
	for i, calls := range h.Answered.Values {
		if mean := h.Handled.Values[i] / calls; !(mean > 20 && mean < 2000) {
			h.Handled.Values[i] = math.NaN()
		}
	}
	return h
}

// upTo gives what was known at an instant.
func upTo(h forecast.History, at time.Time) forecast.History {
	return forecast.History{
		Offered:  between(h.Offered, h.Offered.Start, at),
		Answered: between(h.Answered, h.Answered.Start, at),
		Handled:  between(h.Handled, h.Handled.Start, at),
	}
}

// simpleHandleTimes gives the call-weighted means of the last 28 days, of all
// intervals and by slot, and those of the slots of the last week; NaN where there
// is nothing.
func simpleHandleTimes(h forecast.History) (month float64, slots map[int]float64, week map[slotOfWeek]float64) {
	n := len(h.Handled.Values)
	var all [2]float64
	sums := map[int][2]float64{}
	slots, week = map[int]float64{}, map[slotOfWeek]float64{}
	for slot := range 48 {
		slots[slot] = math.NaN()
		for w := time.Sunday; w <= time.Saturday; w++ {
			week[slotOfWeek{w, slot}] = math.NaN()
		}
	}
	for i := n - 28*48; i < n; i++ {
		calls, seconds, at := h.Answered.Values[i], h.Handled.Values[i], clockOf(h.Handled.Time(i))
		if !(calls > 0) || math.IsNaN(seconds) {
			continue
		}
		all = [2]float64{all[0] + seconds, all[1] + calls}
		s := sums[at.slot]
		sums[at.slot] = [2]float64{s[0] + seconds, s[1] + calls}
		slots[at.slot] = sums[at.slot][0] / sums[at.slot][1]
		if i >= n-7*48 {
			week[at] = seconds / calls
		}
	}
	return all[0] / all[1], slots, week
}

// variationOfCalls gives the squared coefficient of variation of the handle time
// of a call, from the means of intervals beside each other: the difference of two
// has the variance of a call over the numbers of calls.
func variationOfCalls(h forecast.History) float64 {
	var sum, mean, n float64
	for i := 1; i < len(h.Handled.Values); i++ {
		a, b := h.Answered.Values[i-1], h.Answered.Values[i]
		x, y := h.Handled.Values[i-1]/a, h.Handled.Values[i]/b
		if d := (x - y) * (x - y) / (1/a + 1/b); !math.IsNaN(d) {
			sum, mean, n = sum+d, mean+(x+y)/2, n+1
		}
	}
	return sum / n / (mean / n * mean / n)
}

// daysWithin gives of how many days the mean handle time lies within 1.28 standard
// deviations of what was expected, and of how many it is known. The forecast begins
// at an interval of the history.
func daysWithin(f forecast.Forecast, h forecast.History, first int) (within, n float64) {
	for _, day := range f.Days {
		var seconds, want float64
		for i, expected := range f.HandleTime {
			at := f.Start.Add(time.Duration(i) * f.Step)
			if s := h.Handled.Values[first+i]; at.YearDay() == day.Date.YearDay() && !math.IsNaN(s) {
				seconds += s
				want += expected * h.Answered.Values[first+i]
			}
		}
		if want > 0 {
			n++
			if math.Abs(seconds/want-1) < 1.28*day.HandleSigma {
				within++
			}
		}
	}
	return within, n
}
