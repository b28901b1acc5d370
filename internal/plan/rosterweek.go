package plan

import (
	"context"
	"fmt"
	"slices"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/schedule"
)

const (
	// rosterIterations is the search for a week, for each person: eight times as much
	// answers no more calls in time on two weeks of the demo. The sketch before it,
	// which shows when people's days begin, has one iteration a person.
	rosterIterations = 12
	// steadyStart is how many times dearer another start than that of the week is
	// than for a day that is planned by itself: a week finds ways around it, and no
	// more calls are lost.
	steadyStart = 10
	// mostStarts is from how many shifts on somebody's day half-hours do, and from
	// twice as many whole hours: the search of a week grows with their square.
	mostStarts = 24
	// toldPrice is what it costs to change a shift that has been published: people
	// have laid their lives by it.
	toldPrice = 2 * callPrice
)

// rosterWeek is a week between the engines.
type rosterWeek struct {
	l       *rosterLayer
	monday  civil.Date
	people  []centre.Person
	days    []*draft // from Monday to Sunday, each with all people of the week
	problem schedule.WeekProblem
	plan    schedule.WeekPlan
}

// pose makes the problem of a week of its days.
func (l *rosterLayer) pose(ctx context.Context, monday civil.Date) (*rosterWeek, error) {
	w := &rosterWeek{l: l, monday: monday, days: make([]*draft, 7)}
	avail := w.gather()
	duties, err := Leads(ctx, l.c, l.duties, monday)
	if err != nil {
		return nil, err
	}
	err = inParallel(len(w.days), nil, func(i int) (err error) {
		w.days[i], err = l.day(monday+civil.Date(i), avail[i])
		return err
	})
	if err != nil {
		return nil, err
	}
	rules := schedule.DefaultWeekRules()
	rules.DailyRest, rules.WeeklyRest = l.c.Rules.DailyRest, l.c.Rules.WeeklyRest
	w.problem.Rules = rules
	for _, p := range w.people {
		w.problem.Contracts = append(w.problem.Contracts, l.contract(p, rules, monday))
	}
	for _, d := range w.days {
		d.appoint(duties)
		for i := range d.problem.Agents {
			w.restAfter(d, &d.problem.Agents[i])
			l.thin(d, &d.problem.Agents[i])
			l.priceTold(d, &d.problem.Agents[i])
		}
		w.problem.Days = append(w.problem.Days, d.problem)
	}
	return w, ctx.Err()
}

// gather finds the people of the week, in the order of the centre file, and gives
// for each day what each of them can do; absent is who does not work then.
func (w *rosterWeek) gather() [][]centre.Availability {
	on := make([]map[string]centre.Availability, len(w.days))
	for i := range on {
		on[i] = map[string]centre.Availability{}
		for _, a := range w.l.c.Available(w.monday + civil.Date(i)) {
			on[i][a.Person.ID] = a
		}
	}
	out := make([][]centre.Availability, len(on))
	for _, p := range w.l.c.People {
		if !slices.ContainsFunc(on, func(day map[string]centre.Availability) bool { _, here := day[p.ID]; return here }) {
			continue
		}
		w.people = append(w.people, p)
		for i := range on {
			a, here := on[i][p.ID]
			if !here {
				a = centre.Availability{Person: p, Absent: true}
			}
			out[i] = append(out[i], a)
		}
	}
	return out
}

// day poses one day of the week.
func (l *rosterLayer) day(date civil.Date, avail []centre.Availability) (*draft, error) {
	r, err := Need(l.c, date, onDay(l.c, l.forecasts, date, date-l.from))
	if err != nil {
		return nil, err
	}
	r.Turnout = Turnout{LoginRate: r.Turnout.there() * l.left(date)}
	return newDraft(l.c, r, avail, lostCalls)
}

// left is the share of the people of a day who are left when as many are away as is
// to be expected beside what is booked.
func (l *rosterLayer) left(d civil.Date) float64 {
	booked, foreseen := working(l.c.Available(d)), working(l.foreseen.Available(d))
	if booked == 0 {
		return 1
	}
	return float64(foreseen) / float64(booked)
}

func working(all []centre.Availability) (n int) {
	for _, a := range all {
		if !a.Absent {
			n++
		}
	}
	return n
}

// contract is what the week of somebody must keep. The hours of the contract may be
// passed by what the rounding of shifts to the grid adds.
func (l *rosterLayer) contract(p centre.Person, rules schedule.WeekRules, monday civil.Date) schedule.Contract {
	c := schedule.Contract{Most: p.MaxWeekly}
	if p.Employment == centre.Permanent && p.Weekly > 0 {
		c.Most = p.Weekly + overHours*time.Hour
	}
	for _, s := range l.worked[p.ID] {
		c.LastEnd = s.End
		if civil.DateOf(s.Start) >= monday-7*lateWeeks && isLate(rules, s.Period) {
			c.LateBefore++
		}
	}
	return c
}

// isLate tells whether a shift ends late by the rules of the week.
func isLate(r schedule.WeekRules, p Period) bool {
	after := civil.DateOf(p.Start).At(civil.Clock(r.LateAfter/time.Minute), p.Start.Location())
	return r.LateAfter > 0 && p.End.After(after)
}

// restAfter leaves an agent the shifts after which there is rest before the first
// shift of what is published or planned after the roster.
func (w *rosterWeek) restAfter(d *draft, a *schedule.Agent) {
	next := w.l.after[a.ID]
	if len(next) == 0 {
		return
	}
	a.Shifts = slices.DeleteFunc(a.Shifts, func(s schedule.Shift) bool {
		return next[0].Start.Sub(d.r.Grid.Time(s.To)) < w.l.c.Rules.DailyRest
	})
}

// thin leaves an agent with many shifts those that begin on half or whole hours, and
// the published one.
func (l *rosterLayer) thin(d *draft, a *schedule.Agent) {
	step := startStep
	for n := len(a.Shifts); n > mostStarts; n /= 2 {
		step *= 2
	}
	told := l.toldShift(a.ID, d.r.Date)
	a.Shifts = slices.DeleteFunc(a.Shifts, func(s schedule.Shift) bool {
		start := d.r.Grid.Time(s.From)
		onStep := time.Duration(civil.ClockOf(start))*time.Minute%step == 0
		return step > startStep && !onStep && (told == nil || !start.Equal(told.Start))
	})
}

// toldShift is what has been published of a day of somebody; nil: off, or nothing.
func (l *rosterLayer) toldShift(person string, day civil.Date) *Period {
	i := slices.IndexFunc(l.published, func(r Rostered) bool { return r.Person == person && r.Date == day })
	if i < 0 {
		return nil
	}
	return l.published[i].Shift
}

// priceTold makes other shifts dearer than the one that has been published.
func (l *rosterLayer) priceTold(d *draft, a *schedule.Agent) {
	told := l.toldShift(a.ID, d.r.Date)
	if told == nil {
		return
	}
	for k := range a.Shifts {
		if s := &a.Shifts[k]; !d.r.Grid.Time(s.From).Equal(told.Start) || !d.r.Grid.Time(s.To).Equal(told.End) {
			s.Cost += toldPrice
		}
	}
}

// solve plans the week twice: the first time shows when each person's days begin,
// the second time another start than the middle one of them has a price.
func (w *rosterWeek) solve(ctx context.Context, q RosterQuery) error {
	o := schedule.Options{Seed: q.Seed, Iterations: q.Iterations}
	if o.Iterations == 0 {
		o.Iterations = max(1, rosterIterations*len(w.people))
	}
	sketch := o
	sketch.Iterations = max(1, o.Iterations/rosterIterations)
	first, err := schedule.SolveWeek(ctx, w.problem, sketch)
	if err != nil {
		return fmt.Errorf("week of %s: %w", w.monday, err)
	}
	w.priceStarts(first)
	if w.plan, err = schedule.SolveWeek(ctx, w.problem, o); err != nil {
		return fmt.Errorf("week of %s: %w", w.monday, err)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	for i, d := range w.days {
		d.plan = w.plan.Days[i]
	}
	return breach(w.monday, schedule.CheckWeek(w.problem, w.plan))
}

// priceStarts prices the distance of each shift from the middle start of somebody's
// week in a plan.
func (w *rosterWeek) priceStarts(of schedule.WeekPlan) {
	for i := range w.people {
		var stints []Stint
		for d, day := range of.Days {
			if s := day.Days[i].Shift; s.Len() > 0 {
				stints = append(stints, Stint{Period: Period{w.days[d].r.Grid.Time(s.From), w.days[d].r.Grid.Time(s.To)}})
			}
		}
		for _, d := range w.days {
			shifts := d.problem.Agents[i].Shifts
			for k := range shifts {
				shifts[k].Cost += steadyStart * d.startCost(shifts[k].Span, stints)
			}
		}
	}
}
