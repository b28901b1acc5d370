package plan

import (
	"slices"
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/schedule"
)

// Roster is who works when in some weeks: a draft until it is published.
type Roster struct {
	Centre   string         `json:"centre"`
	From     civil.Date     `json:"from"`  // a Monday
	Until    civil.Date     `json:"until"` // the Monday after the last week
	Made     time.Time      `json:"made"`
	Version  int            `json:"version"` // 0: a draft
	Target   DayTarget      `json:"target"`
	Unbooked *Unbooked      `json:"unbooked,omitempty"`
	Units    []Unit         `json:"units"`
	Tables   []Unit         `json:"tables"`
	Weeks    []RosterWeek   `json:"weeks"`
	Changes  []RosterChange `json:"changes"` // of what was published before, by day and then as in the weeks
	// ShortNotice counts the open days that nobody has been told of before and that
	// are nearer than RosterNotice.
	ShortNotice int    `json:"short_notice,omitempty"`
	read        int    // the newest version that it was laid upon
	duties      []Duty // that were laid for it
}

// RosterWeek is a week of a roster.
type RosterWeek struct {
	Monday civil.Date     `json:"monday"`
	Days   []RosterDay    `json:"days"`   // from Monday to Sunday
	People []RosterPerson `json:"people"` // in the order of the centre file
	// Remarks say who is off for want of a shift that fits, and who works without a
	// pause that the rules want.
	Remarks []Remark `json:"remarks"`
}

// RosterDay is what a day is worth with those who work on it, by pooled queues and
// with as many away as is to be expected.
type RosterDay struct {
	Date       civil.Date `json:"date"`
	Open       bool       `json:"open"` // a telephone group is
	Offered    float64    `json:"offered"`
	People     int        `json:"people"`
	PhoneHours float64    `json:"phone_hours"`
	Share      float64    `json:"service_level"`
	// Short are the stretches in which need exceeds the plan most, and the groups
	// that nobody masters for a while.
	Short []Remark `json:"short"`
}

// RosterPerson is the week of somebody.
type RosterPerson struct {
	ID       string        `json:"id"`
	Name     string        `json:"name"`
	Unit     string        `json:"unit"`
	Table    string        `json:"table"`
	Days     []RosterShift `json:"days"`     // from Monday to Sunday
	Hours    float64       `json:"hours"`    // of work, without lunch
	Contract float64       `json:"contract"` // hours of the week; 0: temps and agency workers
	Late     int           `json:"late"`     // shifts that end late
	Spread   float64       `json:"start_spread_min"`
}

// RosterShift is the day of somebody: a shift, or off, or away when an absence takes
// the day.
type RosterShift struct {
	Shift *Period `json:"shift,omitempty"`
	Away  bool    `json:"away,omitempty"`
}

// Consent counts the changes that people must agree to.
func (r *Roster) Consent() (n int) {
	for _, c := range r.Changes {
		if c.Near {
			n++
		}
	}
	return n
}

// Wants tells whether something is to be done about the roster: a day that is open
// misses the target, somebody has no place, or a change needs consent.
func (r *Roster) Wants() bool {
	return r.Consent() > 0 || slices.ContainsFunc(r.Weeks, func(w RosterWeek) bool {
		return slices.ContainsFunc(w.Remarks, func(r Remark) bool { return r.Kind == RemarkNoShift }) ||
			slices.ContainsFunc(w.Days, func(d RosterDay) bool { return d.Missed(r.Target) })
	})
}

// Missed tells whether an open day does not reach a target.
func (d RosterDay) Missed(t DayTarget) bool { return d.Open && d.Share < t.Share }

// document writes the week down.
func (w *rosterWeek) document() (RosterWeek, error) {
	out := RosterWeek{Monday: w.monday, Remarks: []Remark{}}
	for i, p := range w.people {
		person := RosterPerson{ID: p.ID, Name: p.Name, Unit: p.Unit, Table: p.Table, Days: w.shifts(i)}
		if p.Employment == centre.Permanent {
			person.Contract = Round(p.Weekly.Hours(), 2)
		}
		person.sum(w)
		out.People = append(out.People, person)
	}
	for _, d := range w.days {
		day, err := d.rosterDay()
		if err != nil {
			return out, err
		}
		out.Days = append(out.Days, day)
		for _, u := range d.plan.Unplaced {
			kind := RemarkUnplaced
			if d.plan.Days[d.agent(u.Agent)].Shift.Len() == 0 {
				kind = RemarkNoShift
			}
			out.Remarks = append(out.Remarks, Remark{
				Kind: kind, Who: d.name(u.Agent), Rule: u.Rule, Start: d.r.Grid.Time(u.Span.From), End: d.r.Grid.Time(u.Span.To),
			})
		}
	}
	for _, u := range w.plan.Unplaced {
		out.Remarks = append(out.Remarks, Remark{Kind: RemarkNoShift, Who: w.days[0].name(u.Agent), Rule: weekRules[u.Rule]})
	}
	return out, nil
}

// weekRules are the rules of the week as remarks name them.
var weekRules = map[string]string{
	schedule.RuleDailyRest: ruleDailyRest, schedule.RuleWeeklyRest: ruleWeeklyRest,
	schedule.RuleHours: "week_hours", schedule.RuleLate: "late",
}

// shifts are the days of one person.
func (w *rosterWeek) shifts(person int) []RosterShift {
	out := make([]RosterShift, len(w.days))
	for i, d := range w.days {
		grid, shift := d.r.Grid, d.plan.Days[person].Shift
		if shift.Len() > 0 {
			out[i].Shift = &Period{grid.Time(shift.From), grid.Time(shift.To)}
		}
		for _, a := range w.l.c.Available(d.r.Date) {
			out[i].Away = out[i].Away || a.Absent && a.Person.ID == w.people[person].ID
		}
	}
	return out
}

// sum fills in what the days of a person add up to.
func (p *RosterPerson) sum(w *rosterWeek) {
	var starts []civil.Clock
	for _, day := range p.Days {
		if day.Shift == nil {
			continue
		}
		p.Hours += workTime(w.l.c, *day.Shift).Hours()
		starts = append(starts, civil.ClockOf(day.Shift.Start))
		if isLate(w.problem.Rules, *day.Shift) {
			p.Late++
		}
	}
	if len(starts) > 0 {
		p.Spread = float64(slices.Max(starts) - slices.Min(starts))
	}
	p.Hours = Round(p.Hours, 2)
}

// rosterDay weighs the day as it is planned.
func (d *draft) rosterDay() (RosterDay, error) {
	cs := d.crews()
	o, err := d.r.evaluate(cs)
	if err != nil {
		return RosterDay{}, err
	}
	sum := Summary{}
	d.sumUp(&sum, &o.service)
	out := RosterDay{
		Date: d.r.Date, Open: openOn(d.c, d.r.Date), Offered: Round(o.calls, 1),
		People: sum.People, PhoneHours: sum.PhoneHours, Share: Round(o.share(), 4), Short: []Remark{},
	}
	out.Short = append(out.Short, d.hard(&o.service)...)
	out.Short = append(out.Short, d.uncovered(cs)...)
	return out, nil
}
