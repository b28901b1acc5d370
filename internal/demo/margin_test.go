package demo

import (
	"testing"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"

	"bemanna/erlang"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
)

// The people are just enough: on most days the work, planned well, fits into
// their hours with some margin for skills and breaks in the wrong places; on
// the Monday after the letters about fees it does not. The need is that of each
// unit with its calls pooled, for 85 % within 60 s.
func TestPeopleAreJustEnough(t *testing.T) {
	c, err := centre.Load(made(t).dir)
	if err != nil {
		t.Fatal(err)
	}
	w, err := newWorld(Options{Until: sunday, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	var used []float64 // share of the people's hours that the work needs
	for d := sunday - 6; d <= sunday+19; d++ {
		if !w.calendar.Free(d) {
			used = append(used, neededHours(t, w, c, d)/peopleHours(c, d))
		}
	}
	if mean := stat.Mean(used, nil); mean < .84 || mean > .94 {
		t.Errorf("the work needs %.2f of the hours on average, want .84 to .94", mean)
	}
	if worst := floats.Max(used); worst != used[0] || worst < 1 {
		t.Errorf("the worst day needs %.2f, the Monday after the letters %.2f; want them the same and above 1", worst, used[0])
	}
}

// neededHours gives the hours of planned work of a day: telephone by quarter-
// hour and unit, and e-mail.
func neededHours(t *testing.T, w *world, c *centre.Centre, d civil.Date) (hours float64) {
	t.Helper()
	a, grid := w.almanac(d), civil.DayGrid(d, c.Interval, c.Location)
	for unit := range w.units {
		calls, work, patience := make([]float64, grid.N), make([]float64, grid.N), make([]float64, grid.N)
		for i := range w.groups {
			g, share := &w.groups[i], 1.0
			if g.Unit < 0 {
				share = generalShare[unit]
			}
			switch {
			case g.Unit >= 0 && g.Unit != unit:
			case g.Email:
				hours += w.volume(g, a) * g.Handle / 3600 / (1 - c.Shrinkage)
			default:
				rates := w.rates(g, a, grid, g.Hours.Mask(d, w.calendar, grid))
				floats.AddScaled(calls, share, rates)
				floats.AddScaled(work, share*w.handle(g, d), rates)
				floats.AddScaled(patience, share*g.Patience, rates)
			}
		}
		for slot, n := range calls {
			if n == 0 {
				continue
			}
			q := erlang.Queue{ArrivalRate: n / slotSeconds, ServiceRate: n / work[slot], AbandonRate: n / patience[slot]}
			agents, err := q.AgentsReal(erlang.Target{Share: .85, Threshold: 60})
			if err != nil {
				t.Fatal(err)
			}
			hours += agents / 4 / c.LoginRate / (1 - c.Shrinkage)
		}
	}
	return hours
}

// peopleHours gives the hours of those who are there, without lunch, coffee
// breaks and what is booked.
func peopleHours(c *centre.Centre, d civil.Date) (hours float64) {
	for _, a := range c.Available(d) {
		if a.Absent {
			continue
		}
		shift := float64(a.Span.Close-a.Span.Open)/60 - c.Rules.Lunch.Hours()
		if !a.Booked {
			days := 0
			for day := d.Monday(); day < d.Monday()+5; day++ {
				if a.Person.Days.Has(day.Weekday()) {
					days++
				}
			}
			shift = a.Person.Weekly.Hours() / float64(days)
		}
		hours += shift - 2*c.Rules.Break.Hours()
		for _, b := range a.Fixed {
			hours -= float64(b.Span.Close-b.Span.Open) / 60
		}
	}
	return hours
}
