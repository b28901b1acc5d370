package demo

import (
	"math"

	"bemanna/internal/civil"
)

// known gives the cases of a day that somebody with a good calendar could have
// expected: no drift, no chance, no news.
func (g *group) known(a almanac) float64 {
	f := g.perDay * g.week[min(a.weekday, 4)] * a.factor()
	for _, s := range g.seasons {
		f *= s.at(a.date)
	}
	for _, m := range g.mailings {
		f *= m.at(a)
	}
	return f
}

// volume gives the mean number of cases of a day: the known part, a level that
// drifts over the years, chance that lasts for some days, and what is left of
// yesterday's news.
func (w *world) volume(g *group, a almanac) float64 {
	v := g.known(a) * w.drift(g, a.date) * w.chance(g, a.date)
	return v * (1 + .15*w.news(g, a.date-1).gain)
}

// drift is a slow level: random knots a quarter of a year apart, joined by
// half waves of a cosine.
func (w *world) drift(g *group, d civil.Date) float64 {
	const step = 91
	knot := func(k civil.Date) float64 { return .03 * w.stream(g.ID+" drift", k).NormFloat64() }
	k := d / step
	blend := (1 - math.Cos(math.Pi*float64(d%step)/step)) / 2
	return math.Exp(knot(k)*(1-blend) + knot(k+1)*blend)
}

// chance is the day's own factor: a part that all groups share, and a moving
// average over three days of the group's own.
func (w *world) chance(g *group, d civil.Date) float64 {
	shared := .025 * w.stream("day", d).NormFloat64()
	own := 0.0
	for lag, weight := range []float64{.82, .47, .33} { // squares add up to 1
		own += weight * w.stream(g.ID+" day", d-civil.Date(lag)).NormFloat64()
	}
	return math.Exp(shared + g.spread*own)
}

// shock is a piece of news that makes people call.
type shock struct {
	start civil.Clock
	gain  float64 // right after the start, as a share of the ordinary volume; 0: no news
}

// news gives the shock of a day: about one day in 220 for each group.
func (w *world) news(g *group, d civil.Date) shock {
	r := w.stream(g.ID+" news", d)
	if g.Email || r.Float64() > 1.0/220 {
		return shock{}
	}
	return shock{start: clock(8, 30) + civil.Clock(r.IntN(270)), gain: lognormal(r, 1.2, .5)}
}

// at gives the factor of the shock at a time of its day: it fades over two
// hours.
func (s shock) at(c civil.Clock) float64 {
	if s.gain == 0 || c < s.start {
		return 1
	}
	return 1 + s.gain*math.Exp(-float64(c-s.start)/120)
}

// busy gives the density of calls at a time of day, to any scale: a peak before
// ten, a lower one before two, a dip for lunch, and little outside office
// hours.
func (g *group) busy(c civil.Clock, a almanac) float64 {
	peak := func(at civil.Clock, width float64) float64 {
		z := (float64(c-at) + 7.5) / width // from the middle of the quarter-hour
		return math.Exp(-.5 * z * z)
	}
	morning := 1.0
	if a.weekday == 0 || a.afterHoliday {
		morning = 1.12
	}
	f := .42 + morning*peak(clock(9, 55), 62) + g.afternoon*peak(clock(13, 55), 58) - .12*peak(clock(12, 5), 30)
	if !office(c) {
		f *= .5
	}
	return f
}

// rates gives the mean number of calls in each interval of a day on which the
// group is open as told by mask.
func (w *world) rates(g *group, a almanac, grid civil.Grid, mask []bool) []float64 {
	scale, news := w.volume(g, a)/g.ordinary(), w.news(g, a.date)
	rates := make([]float64, grid.N)
	for i := range rates {
		if mask[i] {
			c := civil.ClockOf(grid.Time(i))
			rates[i] = scale * g.busy(c, a) * news.at(c)
			if i == 0 || !mask[i-1] {
				rates[i] *= 1.25 // those who waited for the doors to open
			}
		}
	}
	return rates
}

// ordinary adds up the density over an ordinary day with the first opening
// hours of the group, so that longer hours bring more calls.
func (g *group) ordinary() (sum float64) {
	const tuesday = civil.Date(19730) // 2024-01-09
	for _, s := range g.Hours.On(tuesday, civil.Calendar{}) {
		for c := s.Open; c < s.Close; c += 15 {
			sum += g.busy(c, almanac{weekday: 1})
		}
	}
	return sum
}
