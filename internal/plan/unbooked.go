package plan

import (
	"math"
	"slices"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
)

// Unbooked is what is assumed of weeks of which too little is booked yet: people
// will be away and have meetings then as they usually do.
type Unbooked struct {
	From  civil.Date `json:"from"`  // Monday of the first such week
	Weeks int        `json:"weeks"` // how many there are
	Share float64    `json:"share"` // of the time of people that bookings usually take
}

const (
	// bookedBack is how many weeks back one looks for what is usual, and
	// unbookedShare the part of it below which a week counts as not booked yet.
	bookedBack    = 8
	unbookedShare = 0.5
)

// foresee adds to a centre the absences that are to be expected in the weeks
// from one day to another of which too little is booked: as many people are away
// all day, by turns, as take up the time that absences, meetings and the like
// have taken in the weeks of late. The second result tells of them; nil: none.
func foresee(c *centre.Centre, today, from, until civil.Date) (*centre.Centre, *Unbooked) {
	var shares []float64
	for monday := today.Monday() - 7*bookedBack; monday <= today.Monday(); monday += 7 {
		if s := bookedAway(c, monday); s > 0 {
			shares = append(shares, s)
		}
	}
	if len(shares) == 0 {
		return c, nil
	}
	slices.Sort(shares)
	usual := shares[len(shares)/2]
	var out *Unbooked
	with := *c
	with.Bookings = slices.Clip(c.Bookings)
	for monday := from.Monday(); monday <= until; monday += 7 {
		missing := usual - bookedAway(c, monday)
		if missing <= (1-unbookedShare)*usual {
			continue
		}
		if out == nil {
			out = &Unbooked{From: monday, Share: Round(usual, 3)}
		}
		out.Weeks++
		for d := monday; d < monday+7; d++ {
			with.Bookings = append(with.Bookings, byTurns(c, d, missing)...)
		}
	}
	return &with, out
}

// bookedAway is the share of the time of those who would work in a week by
// contract that is booked for absence, meetings and other things than calls.
func bookedAway(c *centre.Centre, monday civil.Date) float64 {
	all, away := 0.0, 0.0
	for d := monday; d < monday+7; d++ {
		for _, a := range c.Available(d) {
			if a.Person.Employment != centre.Permanent {
				continue
			}
			day := float64(a.Span.Close - a.Span.Open)
			all += day
			if a.Absent {
				away += day
				continue
			}
			for _, b := range a.Fixed {
				away += float64(max(0, min(b.Span.Close, a.Span.Close)-max(b.Span.Open, a.Span.Open)))
			}
		}
	}
	if all == 0 {
		return 0
	}
	return min(1, away/all)
}

// byTurns makes a share of the people who would work on a day absent: evenly
// spread over the centre file, and others on each day.
func byTurns(c *centre.Centre, d civil.Date, share float64) []centre.Booking {
	var people []string
	for _, a := range c.Available(d) {
		if a.Person.Employment == centre.Permanent && !a.Absent {
			people = append(people, a.Person.ID)
		}
	}
	n := int(math.Round(share * float64(len(people))))
	var out []centre.Booking
	for i := range n {
		out = append(out, centre.Booking{
			Person: people[(i*len(people)/n+int(d))%len(people)], Date: d, Kind: "absent",
		})
	}
	return out
}
