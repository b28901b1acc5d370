package forecast

import (
	"math"

	"gonum.org/v1/gonum/stat"
)

// vagueSpread is the relative standard deviation of a volume that somebody has
// only estimated: twice as many calls are then as likely as hardly any. Half of
// its variance is taken to be common to a day.
const (
	vagueSpread   = 0.5
	vagueDayShare = 0.5
)

// expect fills f with the client's estimate, spread evenly over the open
// intervals of each day; over the whole day when nobody has said when the
// group is open. Without an estimate the forecast is zero. The note says which.
func (a ahead) expect(f *Forecast, o Options) Note {
	open := make([]int, len(a.dates)) // intervals of the whole day
	for d, date := range a.dates {
		for t := date.Start(a.zone); t.Before((date + 1).Start(a.zone)); t = t.Add(a.step) {
			if o.Open == nil || o.Open(t) {
				open[d]++
			}
		}
	}
	for i := range f.Mean {
		if a.open[i] {
			f.Mean[i] = o.Expected / float64(max(1, open[a.day[i]]))
			f.Spread[i] = vagueSpread
		}
	}
	return Note{Kind: NoteNoHistory, Value: o.Expected}
}

// The client's estimate weighs as much as estimateDays days of history: days
// vary by a half, weekdays counted in, as estimates do. The volume of a day is
// never taken to vary less than leastVariation.
const (
	estimateDays   = 1.5
	leastVariation = 0.1
)

// meanDay fills f from few days of history: the mean day times one profile for
// all days. The mean is that of a Gamma variable which the estimate and the days
// have updated. The spread has the variation of the days and, shrinking
// with their number, that of a mere estimate.
func (s *study) meanDay(f *Forecast, a ahead, o Options) {
	profile := s.shapes(s.days).fit().all
	var calls, shares []float64
	for d := range s.total {
		if s.tells(d) {
			share := s.shareOf(d, profile)
			shares = append(shares, share)
			calls = append(calls, s.total[d]/share)
		}
	}
	n := float64(len(calls))
	day, sd := stat.MeanStdDev(calls, nil)
	variation := leastVariation
	if n > 1 && sd > leastVariation*day {
		variation = sd / day
	}
	if o.Expected > 0 {
		day = (n*day + estimateDays*o.Expected/mean(shares)) / (n + estimateDays)
	}
	for i := range f.Mean {
		if a.open[i] && s.openOn(int(a.dates[a.day[i]]-s.first)) {
			f.Mean[i] = day * profile[a.slot[i]]
			f.Spread[i] = math.Sqrt(variation*variation + vagueSpread*vagueSpread/(n+1))
		}
	}
	f.DayShare = vagueDayShare
	s.note(Note{Kind: NoteLittle, Value: n})
}

// NoteAboveEstimate is that a new group has Value times the calls that its
// client has estimated.
const NoteAboveEstimate NoteKind = "above_estimate"

// A group is new for newDays civil days. It runs above the estimate when the mean
// of its last aboveDays does, by leastAbove and by twice its standard error; from
// three days on.
const (
	newDays    = 91
	aboveDays  = 28
	leastAbove = 1.1
)

// noteAbove notes that the calls of a new group run above the estimate.
func (s *study) noteAbove(estimate float64) {
	telling := s.telling(s.days)
	if estimate == 0 || len(telling) < 3 || s.days-telling[0] > newDays {
		return
	}
	var calls []float64
	first := s.days
	for _, d := range telling {
		if s.days-d <= aboveDays && s.openOn(d) && s.plain(d) {
			calls = append(calls, s.total[d])
			first = min(first, d)
		}
	}
	if len(calls) < 3 {
		return
	}
	day, sd := stat.MeanStdDev(calls, nil)
	if ratio := day / estimate; ratio > leastAbove && day-estimate > 2*stat.StdErr(sd, float64(len(calls))) {
		s.note(Note{Kind: NoteAboveEstimate, From: s.clockTime(first, 0), To: s.clockTime(s.days, 0), Value: ratio})
	}
}
