package plan

import (
	"context"
	"errors"
	"slices"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/schedule"
)

// A day is planned by itself, but people work on other days too. The stored
// plans of the days around it, and where there are none the published rosters, say
// when: between two shifts there is rest, and
// once from Monday to Sunday a long one (arbetstidslagen 13 and 14 §§). Shifts
// that would break that are left out. What somebody has booked stays, and is said.
// Days of which neither tells count as free: their plans will know of this one.

const (
	ruleDailyRest  = "daily_rest"
	ruleWeeklyRest = "weekly_rest"

	// startPrice is what it costs for each quarter of an hour by which a shift
	// begins otherwise than the person's shifts of the week do: people want the
	// same start, as long as it loses next to no calls.
	startPrice = callPrice / 50
	// overHours are the hours beyond the contract's week from which it is said:
	// less is the rounding of shifts to the grid.
	overHours = 1
)

// Week is what people work on the days around a day, and on those of the weeks
// before, by id, in order of time.
type Week map[string][]Stint

// Stint is what somebody works on one day.
type Stint struct {
	Period
	Hours float64 // of work, without lunch
	Hard  float64 // hours of it on the telephone in the hard hours of the unit
}

// Work is what the spine wants of a store to know when people work.
type Work interface {
	Plans
	Rosters
}

// WorkAround reads the week of a day from the stored plans and rosters: from Monday
// to Sunday, without the day itself, the days before and after it, and the three
// weeks before.
func WorkAround(ctx context.Context, c *centre.Centre, s Work, day civil.Date) (Week, error) {
	monday := monday(day)
	out := Week{}
	for d := monday - 7*(overtimeWeeks-1); d <= max(monday+6, day+1); d++ {
		if d == day {
			continue
		}
		if err := out.add(ctx, c, s, d); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// add reads what people work on a day after those that have been read: by its plan,
// or, where there is none yet, by the published roster.
func (w Week) add(ctx context.Context, c *centre.Centre, s Work, day civil.Date) error {
	stored, err := Stored(ctx, c, s, day)
	if errors.Is(err, ErrNoPlan) {
		published, err := s.Rostered(ctx, day, day+1)
		for _, r := range published {
			if r.Shift != nil {
				w[r.Person] = append(w[r.Person], Stint{Period: r.Shift.in(c.Location), Hours: workTime(c, *r.Shift).Hours()})
			}
		}
		return err
	}
	if err != nil {
		return err
	}
	hard := stored.hardHours()
	for _, a := range stored.Agents {
		if a.Shift != nil {
			w[a.ID] = append(w[a.ID], Stint{*a.Shift, a.workHours(), hard.of(a, stored.interval())})
		}
	}
	return nil
}

// workTime is the length of a shift without its lunch.
func workTime(c *centre.Centre, shift Period) time.Duration {
	length := shift.End.Sub(shift.Start)
	if length >= c.Rules.LunchShift {
		length -= c.Rules.Lunch
	}
	return length
}

func (p Period) in(loc *time.Location) Period { return Period{p.Start.In(loc), p.End.In(loc)} }

// monday is the first day of the week of a day.
func monday(d civil.Date) civil.Date { return d - civil.Date((d.Weekday()+6)%7) }

// workHours are the hours of somebody's shift without lunch and absence.
func (a Agent) workHours() float64 {
	sum := 0.0
	for _, act := range a.Activities {
		if act.Kind != string(schedule.Lunch) && act.Kind != string(schedule.Absent) {
			sum += act.End.Sub(act.Start).Hours()
		}
	}
	return sum
}

// clash is a rule of rest that a shift breaks, and the shift of another day by
// which it does.
type clash struct {
	rule string
	with Stint
	rest time.Duration // that is left
}

// keepRest leaves people the shifts that keep the rules of rest, with no more late
// ones in the week than they may have, and prices
// another start than that of their week.
func (d *draft) keepRest(w Week) {
	d.week = w
	for i := range d.problem.Agents {
		a, stints := &d.problem.Agents[i], w[d.problem.Agents[i].ID]
		if len(stints) == 0 || len(a.Shifts) == 0 || d.avail[i].Booked {
			continue
		}
		var kept []schedule.Shift
		var broken *clash
		for _, s := range a.Shifts {
			if b := d.clash(i, s.Span, stints); b != nil {
				broken = b
				continue
			}
			s.Cost += d.startCost(s.Span, stints)
			kept = append(kept, s)
		}
		if a.Shifts = kept; len(kept) == 0 {
			d.restless = append(d.restless, Remark{
				Kind: RemarkOff, Who: d.name(a.ID), Rule: broken.rule, Start: broken.with.Start, End: broken.with.End,
			})
		}
	}
}

// clash finds the rule that a shift of agent i breaks beside those of other days;
// nil: none.
func (d *draft) clash(i int, s schedule.Span, stints []Stint) *clash {
	shift := Period{d.r.Grid.Time(s.From), d.r.Grid.Time(s.To)}
	for _, o := range stints {
		rest := shift.Start.Sub(o.End)
		if o.Start.After(shift.Start) {
			rest = o.Start.Sub(shift.End)
		}
		if rest < d.c.Rules.DailyRest {
			return &clash{ruleDailyRest, o, max(0, rest)}
		}
	}
	if rest, after := d.longestRest(shift, stints); rest < d.c.Rules.WeeklyRest {
		return &clash{ruleWeeklyRest, after, rest}
	}
	if most := d.avail[i].Person.MostLate; most > 0 && d.isLate(shift) {
		if late := d.lateShifts(stints); len(late) >= most {
			return &clash{ruleLateShifts, late[len(late)-1], 0}
		}
	}
	return nil
}

// longestRest is the longest time without work from Monday to Sunday, with the
// shift of another day that borders on it.
func (d *draft) longestRest(shift Period, stints []Stint) (longest time.Duration, beside Stint) {
	first := monday(d.r.Date)
	end, last := first.Start(d.c.Location), (first + 7).Start(d.c.Location)
	stints = slices.DeleteFunc(slices.Clone(stints), func(s Stint) bool { return !s.End.After(end) })
	all := append(slices.Clone(stints), Stint{Period: shift}, Stint{Period: Period{last, last}})
	slices.SortStableFunc(all, func(a, b Stint) int { return a.Start.Compare(b.Start) })
	if len(stints) > 0 {
		beside = stints[0]
	}
	for _, s := range all {
		if rest := s.Start.Sub(end); rest > longest {
			longest = rest
			if s.Hours > 0 {
				beside = s
			}
		}
		if s.End.After(end) {
			end = s.End
		}
		if !end.Before(last) {
			break
		}
	}
	return longest, beside
}

// startCost prices the distance from the usual start of somebody's week, the
// median.
func (d *draft) startCost(s schedule.Span, stints []Stint) schedule.Money {
	var starts []civil.Clock
	for _, o := range stints {
		if d.sameWeek(o) {
			starts = append(starts, civil.ClockOf(o.Start))
		}
	}
	if len(starts) == 0 {
		return 0
	}
	slices.Sort(starts)
	off := time.Duration(civil.ClockOf(d.r.Grid.Time(s.From))-starts[len(starts)/2]) * time.Minute
	return schedule.Money(float64(startPrice) * off.Abs().Minutes() / 15)
}

// restRemarks says who gets no shift because of those of other days, whose booked
// shift breaks a rule beside them, and who works longer than may be.
func (d *draft) restRemarks() []Remark {
	out := slices.Clone(d.restless)
	for i, day := range d.plan.Days {
		stints := d.week[day.Agent]
		if day.Shift.Len() == 0 || len(stints) == 0 {
			continue
		}
		who := d.avail[i].Person
		if b := d.clash(i, day.Shift, stints); b != nil && b.rule != ruleLateShifts {
			out = append(out, Remark{
				Kind: RemarkRest, Who: who.Name, Rule: b.rule, Start: b.with.Start, End: b.with.End, Value: Round(b.rest.Hours(), 2),
			})
		}
		if hours := d.weekHours(day, stints); who.Weekly > 0 && hours >= who.Weekly.Hours()+overHours {
			out = append(out, Remark{Kind: RemarkHours, Who: who.Name, Value: Round(hours, 1), Plan: Round(who.Weekly.Hours(), 1)})
		}
		out = append(out, d.worktimeRemarks(i, day, stints)...)
	}
	return out
}

// weekHours are the hours of work of somebody from Monday to Sunday, this day's
// among them.
func (d *draft) weekHours(day schedule.AgentDay, stints []Stint) float64 {
	sum := d.dayHours(day)
	for _, o := range stints {
		if d.sameWeek(o) {
			sum += o.Hours
		}
	}
	return sum
}
