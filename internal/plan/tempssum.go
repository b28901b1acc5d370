package plan

import (
	"math"
	"slices"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
)

// tempsSum sums up the days from one to another.
func tempsSum(days []*tempsDay, from, until civil.Date, o TempsOptions) TempsSum {
	s := TempsSum{From: from, Until: until}
	reserve := o.Budget == nil
	var before, after, hard, hardBefore served
	var marginBefore, marginAfter, cost90, hourly90, agency90 float64
	for _, d := range days {
		if d.p50.date < from || d.p50.date > until {
			continue
		}
		s.Days++
		for g, counts := range d.p50.look.counts {
			if counts {
				s.Need.P50 += d.own.need[g]
				s.Need.P90 += d.ownHard.need[g]
				s.Own += d.own.there[g]
				s.Missing.P50 += d.own.missing[g]
				s.Missing.P90 += d.ownHard.missing[g]
				s.Room.P50 += d.room.P50 * d.own.there[g]
				s.Room.P90 += d.room.P90 * d.own.there[g]
			}
		}
		hourly, agency, cost := paid(d.p50.called)
		s.Hourly.P50, s.Agency.P50, s.Cost.P50 = s.Hourly.P50+hourly, s.Agency.P50+agency, s.Cost.P50+cost
		hourly, agency, cost = paid(d.p90.called)
		hourly90, agency90, cost90 = hourly90+hourly, agency90+agency, cost90+cost
		before.add(d.before.served, 1)
		after.add(d.after.served, 1)
		hard.add(d.corrected(d.hard), 1)
		hardBefore.add(d.corrected(d.hardBefore), 1)
		marginBefore += square(d.before.margin * d.before.calls) // days are simulated apart
		marginAfter += square(d.after.margin * d.after.calls)
		if !d.reached() {
			s.Short++
		}
		s.Calls += d.pooled.calls
	}
	s.Before = level(before, hardBefore, marginBefore, o.Redial)
	s.After = level(after, hard, marginAfter, o.Redial)
	for _, x := range []*float64{&s.Calls, &s.Need.P50, &s.Need.P90, &s.Own, &s.Missing.P50, &s.Missing.P90, &s.Room.P50, &s.Room.P90, &s.Cost.P50} {
		*x = Round(*x, 2)
	}
	if reserve {
		cost90 = Round(cost90, 2)
		s.Hourly.P90, s.Agency.P90, s.Cost.P90 = &hourly90, &agency90, &cost90
	}
	return s
}

func square(x float64) float64 { return x * x }

// corrected takes off a pooled outcome of the day what the formula is too kind by.
func (d *tempsDay) corrected(o served) served {
	o.inTime = min(o.calls, max(0, o.inTime-d.kind*o.calls))
	return o
}

// paid sums up the hours of some shifts by source, and what they cost.
func paid(called []*call) (hourly, agency, cost float64) {
	for _, x := range called {
		if x.who.Employment == centre.Agency {
			agency += x.hours()
		} else {
			hourly += x.hours()
		}
		cost += x.cost()
	}
	return hourly, agency, cost
}

// level joins what was simulated with what the formula says of hard days. The
// variance is the square of the margin in calls.
func level(simulated, hard served, variance, redial float64) TempsLevel {
	margin := 0.0
	if simulated.calls > 0 {
		margin = math.Sqrt(variance) / simulated.calls
	}
	return TempsLevel{
		ServiceLevel: Round(simulated.share(), 4), Margin: Round(margin, 4), Hard: Round(hard.share(), 4),
		Lost: Round(simulated.lost, 1), LostKronor: Round(simulated.price*(1-redial), 0),
		Unpriced: Round(simulated.unpriced, 1),
	}
}

// pointHours is how far apart the points of the curve are.
const pointHours = 10

// curve says how far the first hours of the order go: a point for each ten hours
// or as soon as a shift passes them, and one for all. What the pooled formula
// says is won is scaled so that the whole order wins what simulated days say.
func curve(days []*tempsDay, bought []purchase, redial float64) []TempsPoint {
	var before, after, pooled served
	for _, d := range days {
		before.add(d.before.served, 1)
		after.add(d.after.served, 1)
	}
	for _, p := range bought {
		pooled.add(p.won, 1)
	}
	scale := func(won, all, simulated float64) float64 {
		if all == 0 {
			return 0
		}
		return won / all * simulated
	}
	out := []TempsPoint{}
	var so served
	hours, cost := 0.0, 0.0
	for i, p := range bought {
		so.add(p.won, 1)
		hours, cost = hours+p.call.hours(), cost+p.call.cost()
		if last := i == len(bought)-1; !last && hours < pointHours*float64(len(out)+1) {
			continue
		}
		level := before
		level.inTime += scale(so.inTime, pooled.inTime, after.inTime-before.inTime)
		out = append(out, TempsPoint{
			Hours: hours, Cost: Round(cost, 2), ServiceLevel: Round(level.share(), 4),
			Saved:       Round(scale(so.lost, pooled.lost, before.lost-after.lost), 1),
			SavedKronor: Round((1-redial)*scale(so.price, pooled.price, before.price-after.price), 0),
		})
	}
	return out
}

// short gives what is missing on a day that does not reach its aim.
func (d *tempsDay) short() ([]TempsMissing, error) {
	if d.reached() {
		return nil, nil
	}
	left, err := d.p50.balance(d.p50.crewsAt)
	if err != nil {
		return nil, err
	}
	var out []TempsMissing
	for _, p := range d.p50.r.Pools {
		hours := 0.0
		for _, g := range p.Groups {
			if d.p50.look.counts[g] {
				hours += left.missing[g]
			}
		}
		if hours = Round(hours, 1); hours > 0 {
			out = append(out, TempsMissing{d.p50.date, p.ID, p.Name, hours})
		}
	}
	return out, nil
}

// shifts lists who is to be asked on a day: by time, then in the order of the
// centre file; those in reserve after those who are wanted anyway.
func (d *tempsDay) shifts(reserve bool) []TempsShift {
	out := d.p50.shifts(P50)
	if !reserve {
		return out
	}
	more := *d.p90
	more.called = slices.DeleteFunc(slices.Clone(d.p90.called), func(x *call) bool { return slices.Contains(d.p50.called, x) })
	return append(out, more.shifts(P90)...)
}

func (d *orderDay) shifts(at Quantile) []TempsShift {
	out := []TempsShift{}
	for _, x := range d.called {
		pool := d.helps(x)
		out = append(out, TempsShift{
			Date: d.date, Person: x.who.ID, Name: x.who.Name, Source: string(x.who.Employment), Pool: pool.ID, Where: pool.Name,
			Start: clockTime(d.r.Grid, x.span.Open), End: clockTime(d.r.Grid, x.span.Close),
			Hours: x.hours(), Cost: Round(x.cost(), 2), At: at,
		})
	}
	slices.SortStableFunc(out, func(a, b TempsShift) int { return a.Start.Compare(b.Start) })
	return out
}

// helps gives the pool of which somebody takes most work: of the groups that the
// person masters, the one with the greatest need during the shift.
func (d *orderDay) helps(x *call) PoolNeed {
	need := make([]float64, len(d.r.Pools))
	for _, g := range x.groups {
		for t := x.day.Shift.From; t < x.day.Shift.To; t++ {
			need[d.r.Groups[g].Pool] += d.r.Groups[g].Need[t]
		}
	}
	best := 0
	for i := range need {
		if need[i] > need[best] {
			best = i
		}
	}
	return d.r.Pools[best]
}

// orders sums up the shifts of a day by pool and source.
func orders(shifts []TempsShift, reserve bool) []TempsHours {
	var out []TempsHours
	longest := map[string]float64{} // of each person, as shifts in reserve may be longer ones
	for _, s := range shifts {
		i := slices.IndexFunc(out, func(h TempsHours) bool { return h.Pool == s.Pool && h.Source == s.Source })
		if i < 0 {
			i = len(out)
			out = append(out, TempsHours{Date: s.Date, Pool: s.Pool, Name: s.Where, Source: s.Source})
			if reserve {
				out[i].Hours.P90 = new(float64)
			}
		}
		if s.At == P50 {
			out[i].Hours.P50 += s.Hours
		}
		if reserve {
			*out[i].Hours.P90 += s.Hours - longest[s.Person]
		}
		longest[s.Person] = s.Hours
	}
	return out
}

// tempsPeople lists who can be called in, with the hours of each week.
func (h *Horizon) tempsPeople(weeks []*orderWeek) []TempsPerson {
	out := []TempsPerson{}
	for n, w := range weeks {
		monday := w.days[0].date.Monday()
		for i, k := range w.all {
			if n == 0 {
				p := TempsPerson{
					ID: k.ID, Name: k.Name, Unit: k.Unit, Source: string(k.Employment), Skills: []string{}, Weeks: []TempsWeekly{},
					Notice: k.Notice, MaxWeekly: k.MaxWeekly.Hours(), Cost: k.Cost,
				}
				for _, s := range k.Skills {
					p.Skills = append(p.Skills, s.Group)
				}
				out = append(out, p)
			}
			ordered := 0.0
			for _, d := range w.days {
				if c := d.callOf(k); c >= 0 {
					ordered += d.called[c].hours()
				}
			}
			booked := k.fixed[monday].Hours()
			out[i].Weeks = append(out[i].Weeks, TempsWeekly{
				Monday: monday, Booked: booked, Ordered: ordered, Left: max(0, k.MaxWeekly.Hours()-booked-ordered),
			})
		}
	}
	return out
}
