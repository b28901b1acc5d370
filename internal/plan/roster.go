package plan

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"bemanna/forecast"
	"bemanna/internal/centre"
	"bemanna/internal/civil"
)

// RosterStore is what the spine wants of a store to lay and publish rosters.
type RosterStore interface {
	History
	Duties
	Work
	// PublishRoster stores what people are told as the next version of the roster:
	// all of it or nothing. What was published of the same days by others since
	// version read, 0 for nothing, makes it fail with ErrOvertaken.
	PublishRoster(ctx context.Context, read int, told []Rostered, by string, at time.Time) (version int, err error)
}

const (
	// RosterNotice is how many days ahead people are told of their working time, if
	// nothing hinders it (arbetstidslagen 12 §). What they have been told changes
	// later than that only with their consent.
	RosterNotice = 14
	// mostRosterWeeks bounds a roster: the forecast says little of what comes later.
	mostRosterWeeks = 13
	// lateWeeks is how far back late shifts are counted, so that they are shared
	// fairly from week to week.
	lateWeeks = 4
)

// RosterQuery asks for the roster of some weeks.
type RosterQuery struct {
	From  civil.Date // any day of the first week
	Weeks int        // 1 to 13
	Now   time.Time
	Model forecast.Model
	Seed  uint64
	// Iterations bounds the search for each week; 0 is what is usual.
	Iterations int
}

func (q RosterQuery) today(c *centre.Centre) civil.Date { return civil.DateOf(q.Now.In(c.Location)) }

// Check tells what is wrong with a query: the number of weeks, or a week that has
// begun.
func (q RosterQuery) Check(c *centre.Centre) error {
	var faults []error
	if q.Weeks < 1 || q.Weeks > mostRosterWeeks {
		faults = append(faults, fmt.Errorf("%d weeks: want 1 to %d", q.Weeks, mostRosterWeeks))
	}
	if today := q.today(c); q.From.Monday() <= today {
		faults = append(faults, fmt.Errorf("the week of %s begins on %s: want one that begins after today, %s", q.From, q.From.Monday(), today))
	}
	return errors.Join(faults...)
}

// FirstRoster is the Monday of the first week of which people can be told in time.
func FirstRoster(today civil.Date) civil.Date { return (today + RosterNotice + 6).Monday() }

// LayRoster plans weeks as wholes: who works when, with rest between shifts and over
// the borders of the weeks, hours within the contract, about the same start through
// the week and late shifts shared. Forecast and need are those of Ahead; the people
// are those of the centre file, without the absences that are only to be expected,
// which lessen everybody's time a little. What has been published already changes
// only where it saves more than it disturbs.
//
// Nothing is stored: see Roster.Publish. The same query on the same store gives the
// same roster. The errors are those of RosterQuery.Check, of the store, and of a week
// that breaks a hard rule.
func LayRoster(ctx context.Context, c *centre.Centre, s RosterStore, q RosterQuery) (*Roster, error) {
	if err := q.Check(c); err != nil {
		return nil, err
	}
	l, err := newRosterLayer(ctx, c, s, q)
	if err != nil {
		return nil, err
	}
	out := &Roster{
		Centre: c.Name, From: l.from, Until: l.until, Made: q.Now.In(c.Location).Truncate(time.Second),
		Target: dayTarget(c.Target), Unbooked: l.unbooked, Changes: []RosterChange{}, read: l.read,
	}
	for _, u := range c.Units {
		out.Units = append(out.Units, Unit{ID: u.ID, Name: u.Name})
	}
	for _, t := range c.Tables {
		out.Tables = append(out.Tables, Unit{ID: t.ID, Name: t.Name})
	}
	for monday := l.from; monday < l.until; monday += 7 {
		week, err := l.week(ctx, monday)
		if err != nil {
			return nil, err
		}
		out.Weeks = append(out.Weeks, week)
	}
	out.duties = l.duties.laid
	out.compare(l.published, q.today(c))
	return out, nil
}

// rosterLayer lays one week after the other.
type rosterLayer struct {
	c           *centre.Centre
	q           RosterQuery
	from, until civil.Date // Mondays of the first week and of the one after the last
	forecasts   []GroupForecast
	foreseen    *centre.Centre // with the absences that are to be expected
	unbooked    *Unbooked
	duties      *provisional
	worked      Week       // up to the week that is laid
	after       Week       // after the last week
	published   []Rostered // of the weeks
	read        int        // the newest version among them
}

func newRosterLayer(ctx context.Context, c *centre.Centre, s RosterStore, q RosterQuery) (*rosterLayer, error) {
	l := &rosterLayer{c: c, q: q, from: q.From.Monday(), duties: &provisional{stored: s}, worked: Week{}, after: Week{}}
	l.until = l.from + civil.Date(7*q.Weeks)
	today := q.today(c)
	var err error
	l.forecasts, err = Forecasts(ctx, c, s, ForecastQuery{From: l.from, Days: 7 * q.Weeks, Today: today, Model: q.Model})
	if err != nil {
		return nil, err
	}
	l.foreseen, l.unbooked = foresee(c, today, l.from, l.until-1)
	if l.published, err = s.Rostered(ctx, l.from, l.until); err != nil {
		return nil, err
	}
	for _, r := range l.published {
		l.read = max(l.read, r.Version)
	}
	if _, err := Leads(ctx, c, l.duties, today); err != nil { // as the next plan of a day lays them
		return nil, err
	}
	for d := l.from - 7*lateWeeks; d < l.from; d++ {
		if err := l.worked.add(ctx, c, s, d); err != nil {
			return nil, err
		}
	}
	for d := l.until; d < l.until+7; d++ {
		if err := l.after.add(ctx, c, s, d); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// week lays the week of a Monday, after the weeks before it.
func (l *rosterLayer) week(ctx context.Context, monday civil.Date) (RosterWeek, error) {
	w, err := l.pose(ctx, monday)
	if err != nil {
		return RosterWeek{}, err
	}
	if err := w.solve(ctx, l.q); err != nil {
		return RosterWeek{}, err
	}
	out, err := w.document()
	if err != nil {
		return RosterWeek{}, err
	}
	for _, p := range out.People {
		for _, cell := range p.Days {
			if cell.Shift != nil {
				l.worked[p.ID] = append(l.worked[p.ID], Stint{Period: *cell.Shift, Hours: workTime(l.c, *cell.Shift).Hours()})
			}
		}
	}
	return out, nil
}

// provisional are duties that can be continued without being stored.
type provisional struct {
	stored Duties
	laid   []Duty
}

// Duties implements Duties.
func (p *provisional) Duties(ctx context.Context, from, until civil.Date) ([]Duty, error) {
	all, err := p.stored.Duties(ctx, from, until)
	for _, d := range p.laid {
		if from <= d.Week && d.Week < until {
			all = append(all, d)
		}
	}
	slices.SortStableFunc(all, func(a, b Duty) int { return cmp.Or(cmp.Compare(a.Week, b.Week), cmp.Compare(a.Table, b.Table)) })
	return all, err
}

// SaveDuties implements Duties: until the roster is laid.
func (p *provisional) SaveDuties(_ context.Context, duties []Duty) error {
	p.laid = append(p.laid, duties...)
	return nil
}
