package forecast

import (
	"math"
	"time"

	"bemanna/internal/civil"
)

// ahead is the stretch that a forecast covers: for each of its intervals the
// day and the slot by the clock, and whether the group is open.
type ahead struct {
	start time.Time
	step  time.Duration
	zone  *time.Location
	dates []civil.Date // the civil days, in order
	day   []int        // of each interval: index into dates
	slot  []int        // of each interval
	open  []bool       // of each interval, as Options.Open says; true where that is nil
	slots int          // of an ordinary day
}

func lookAhead(h History, o Options) ahead {
	s := h.Offered
	a := ahead{start: s.End(), step: s.Step, zone: s.Start.Location()}
	a.day, a.slot, a.open = make([]int, o.Intervals), make([]int, o.Intervals), make([]bool, o.Intervals)
	clock := newWall(s)
	a.slots = clock.slots()
	for i := range o.Intervals {
		t := s.Time(len(s.Values) + i)
		date, slot := clock.at(t)
		if n := len(a.dates); n == 0 || a.dates[n-1] != date {
			a.dates = append(a.dates, date)
		}
		a.day[i], a.slot[i] = len(a.dates)-1, slot
		a.open[i] = o.Open == nil || o.Open(t)
	}
	return a
}

// forecast gives the empty forecast of the stretch, with its days.
func (a ahead) forecast() Forecast {
	n := len(a.day)
	f := Forecast{
		Start: a.start, Step: a.step,
		Mean: make([]float64, n), Spread: make([]float64, n), HandleTime: make([]float64, n),
		Days: make([]Day, len(a.dates)),
	}
	for d, date := range a.dates {
		f.Days[d].Date = date.Start(a.zone)
	}
	return f
}

// sumDays fills in the totals of the days, and their spread: what is common to
// the intervals adds up, what is not adds up in squares.
func (f *Forecast) sumDays(day []int) {
	common, own := make([]float64, len(f.Days)), make([]float64, len(f.Days))
	for i, m := range f.Mean {
		d := day[i]
		f.Days[d].Total += m
		common[d] += m * f.Spread[i]
		own[d] += m * f.Spread[i] * m * f.Spread[i]
	}
	for d := range f.Days {
		if total := f.Days[d].Total; total > 0 {
			f.Days[d].Far = usualFar
			f.Days[d].Sigma = math.Sqrt(f.DayShare*common[d]*common[d]+(1-f.DayShare)*own[d]) / total
		}
	}
}
