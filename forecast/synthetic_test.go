package forecast_test

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"gonum.org/v1/gonum/stat/distuv"

	"bemanna/forecast"
)

// centre makes the history of an invented answer group, of which everything is
// known.
type centre struct {
	start   string // first day
	days    int
	step    time.Duration
	calls   float64                     // of a mean day
	open    func(t time.Time) bool      // nil: 08:00 to 17:00, Monday to Friday
	effect  func(day time.Time) float64 // on a day's calls, beyond its weekday; nil: 1
	noise   float64                     // sd of the logarithm of a day's calls
	seed    uint64
	poisson bool // calls come by chance; otherwise they are the rates
}

var stockholm = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		panic(err)
	}
	return zone
}()

// weekdayFactor is how many calls a weekday of the invented centre has.
var weekdayFactor = [7]float64{time.Sunday: .5, time.Monday: 1.3, time.Tuesday: 1.1, time.Wednesday: 1, time.Thursday: .95, time.Friday: .8, time.Saturday: .6}

func officeHours(t time.Time) bool {
	return t.Hour() >= 8 && t.Hour() < 17 && t.Weekday() != time.Saturday && t.Weekday() != time.Sunday
}

// bump is the shape of a day: a morning peak and a lower one after lunch.
func bump(t time.Time) float64 {
	h := float64(t.Hour()) + float64(t.Minute())/60
	return math.Exp(-(h-10)*(h-10)/4) + .7*math.Exp(-(h-14)*(h-14)/6) + .05
}

func (c centre) isOpen(t time.Time) bool {
	if c.open == nil {
		return officeHours(t)
	}
	return c.open(t)
}

// rate gives the expected calls of the interval at t, on a day without noise.
func (c centre) rate(t time.Time) float64 {
	if !c.isOpen(t) {
		return 0
	}
	return c.perBump(t) * bump(t)
}

// perBump gives the calls of the day of t for each unit of its shape. A day when
// the clocks change has the shape of others.
func (c centre) perBump(t time.Time) float64 {
	var sum float64
	midnight := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	for s := midnight; s.Before(midnight.Add(24 * time.Hour)); s = s.Add(c.step) {
		if c.isOpen(s) {
			sum += bump(s)
		}
	}
	effect := 1.
	if c.effect != nil {
		effect = c.effect(t)
	}
	return c.calls * weekdayFactor[t.Weekday()] * effect / sum
}

func (c centre) history(tb testing.TB) forecast.History {
	tb.Helper()
	start := midnight(tb, c.start, stockholm)
	s := forecast.Series{Start: start, Step: c.step}
	random := rand.New(rand.NewPCG(c.seed, 1))
	end := start.AddDate(0, 0, c.days)
	day, perBump := 0, 0.
	for t := start; t.Before(end); t = t.Add(c.step) {
		if t.Day() != day {
			day, perBump = t.Day(), c.perBump(t)*math.Exp(c.noise*random.NormFloat64())
		}
		v := 0.
		if c.isOpen(t) {
			v = perBump * bump(t)
		}
		if c.poisson && v > 0 {
			v = distuv.Poisson{Lambda: v, Src: random}.Rand()
		}
		s.Values = append(s.Values, v)
	}
	return forecast.History{Offered: s}
}

// options asks for some days ahead.
func (c centre) options(days int) forecast.Options {
	return forecast.Options{Intervals: days * int(24*time.Hour/c.step)}
}
