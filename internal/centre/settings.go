package centre

import (
	"time"

	"bemanna/internal/civil"
)

// file reads the whole centre. The settings come first, since opening hours
// depend on the interval, and each kind of thing comes after those that it may
// refer to.
func (r *reader) file(v *value) {
	c := &r.centre
	r.fields("", v, fields{
		{"name", one(r, &c.Name, line)},
		{"timezone", one(r, &c.Location, zone)},
		{"language", one(r, &c.Language, oneOf("sv", "en"))},
		{"calendar", r.calendar},
		{"interval", one(r, &c.Interval, interval)},
		{"store", one(r, &c.Store, line)},
		{"source", one(r, &c.Source, line)},
		{"target", r.target(&c.Target)},
		{"login_rate", one(r, &c.LoginRate, present)},
		{"shrinkage", one(r, &c.Shrinkage, away)},
		{"max_occupancy", one(r, &c.MaxOccupancy, present)},
		{"floor", one(r, &c.Floor, share)},
		{"redial", one(r, &c.Redial, away)},
		{"keep_months", one(r, &c.KeepMonths, count(2, 120))},
		{"rules", r.rules},
		{"meeting", r.meeting},
		{"schedule", r.schedule},
		{"publish", r.publish},
		{"units", each(r, r.unit)},
		{"tables", each(r, r.table)},
		{"groups", each(r, r.group)},
		{"people", each(r, r.person)},
		{"people_file", r.peopleFile},
		{"bookings_file", r.bookingsFile},
		{"events_file", r.eventsFile},
		{"overrides_file", r.overridesFile},
		{"closings_file", r.closingsFile},
		{"attendance_file", r.attendanceFile},
	})
	r.need("", v, "name", "groups")
	if v.kind == mapping && v.under("groups") != nil && len(v.under("groups").items) == 0 {
		r.fault(v.at("groups"), "groups: an empty list, want at least one answer group")
	}
	r.overflows(v.under("groups"))
	for _, path := range []*string{&c.Store, &c.Publish.Dir, &c.Publish.Drop} {
		*path = r.inDir(*path)
	}
}

// target reads 85/60s, or a mapping of it and how the share is counted.
func (r *reader) target(dst *Target) func(string, *value) {
	return func(subject string, v *value) {
		level := *dst
		if v.kind != mapping {
			one(r, &level, target)(subject, v)
		} else {
			r.fields(subject, v, fields{
				{"level", one(r, &level, target)},
				{"definition", one(r, &dst.Definition,
					oneOf("offered", "answered", "excluding_short", "including_abandoned"))},
			})
		}
		dst.Share, dst.Within = level.Share, level.Within
	}
}

func (r *reader) unit(_ string, v *value, i int) {
	var u Unit
	subject := v.subject("unit", i)
	r.fields(subject, v, fields{
		{"id", one(r, &u.ID, id)},
		{"name", one(r, &u.Name, line)},
		{"lunch_at_once", one(r, &u.LunchAtOnce, people)},
		{"seats", one(r, &u.Seats, people)},
	})
	r.need(subject, v, "id")
	r.define(&r.units, "unit", v.at("id"), u.ID)
	u.Name = nameOr(u.Name, u.ID)
	r.centre.Units = append(r.centre.Units, u)
}

func (r *reader) table(_ string, v *value, i int) {
	var t Table
	subject := v.subject("table", i)
	r.fields(subject, v, fields{
		{"id", one(r, &t.ID, id)},
		{"unit", r.known(&t.Unit, "unit", &r.units)},
		{"name", one(r, &t.Name, line)},
	})
	r.need(subject, v, "id", "unit")
	r.define(&r.tables, "table", v.at("id"), t.ID)
	t.Name = nameOr(t.Name, t.ID)
	r.centre.Tables = append(r.centre.Tables, t)
}

func nameOr(name, id string) string {
	if name == "" {
		return id
	}
	return name
}

func (r *reader) meeting(subject string, v *value) {
	m := &r.centre.Meeting
	r.fields(subject, v, fields{
		{"at", one(r, &m.At, clock)},
		{"length", one(r, &m.Length, length(0, 2*time.Hour))},
	})
	if end := m.At + civil.Clock(m.Length/time.Minute); end > 24*60 {
		r.fault(v.at("length"), "%s: %s for %s, want an end within the day", subject, m.At, brief(m.Length))
	}
}

func (r *reader) schedule(subject string, v *value) {
	s := &r.centre.Schedule
	s.Plan = nil
	r.fields(subject, v, fields{
		{"plan", func(subject string, v *value) {
			many(r, &s.Plan, line)(subject, v)
			for _, item := range v.items {
				s.at = append(s.at, item.place)
			}
		}},
	})
}

func (r *reader) publish(subject string, v *value) {
	p := &r.centre.Publish
	r.fields(subject, v, fields{
		{"dir", one(r, &p.Dir, line)},
		{"drop", one(r, &p.Drop, line)},
	})
}

func (r *reader) rules(subject string, v *value) {
	u := &r.centre.Rules
	const day = 24 * time.Hour
	r.fields(subject, v, fields{
		{"lunch", one(r, &u.Lunch, length(0, 3*time.Hour))},
		{"lunch_from", one(r, &u.LunchFrom, length(0, day))},
		{"lunch_to", one(r, &u.LunchTo, length(0, day))},
		{"lunch_shift", one(r, &u.LunchShift, length(0, day))},
		{"break", one(r, &u.Break, length(0, time.Hour))},
		{"break_distance", one(r, &u.BreakDistance, length(0, day))},
		{"longest_stretch", one(r, &u.LongestStretch, length(time.Minute, day))},
		{"longest_phone", one(r, &u.LongestPhone, length(time.Minute, day))},
		{"min_block", one(r, &u.MinBlock, length(0, day))},
		{"daily_rest", one(r, &u.DailyRest, length(0, day))},
		{"weekly_rest", one(r, &u.WeeklyRest, length(0, 7*day))},
		{"late_after", one(r, &u.LateAfter, clock)},
		{"most_late", one(r, &u.MostLate, count(0, 7))},
		{"most_overtime", one(r, &u.MostOvertime, length(0, 28*day))},
		{"overtime_per_hour", one(r, &u.OvertimeCost, amount)},
		{"lunch_at_once", one(r, &u.LunchAtOnce, people)},
		{"seats", one(r, &u.Seats, people)},
	})
	r.consistent(subject, v, *u)
}

// consistent faults rules that no shift can keep together.
func (r *reader) consistent(subject string, v *value, u Rules) {
	if u.Lunch > 0 {
		if u.LunchFrom > u.LunchTo {
			r.fault(v.at("lunch_from", "lunch_to"), "%s: lunch_from %s is later than lunch_to %s, want it no later",
				subject, brief(u.LunchFrom), brief(u.LunchTo))
		}
		if u.LunchFrom+u.Lunch >= u.LunchShift {
			r.fault(v.at("lunch_shift", "lunch_from", "lunch"), "%s: lunch_shift %s, want more than lunch_from and lunch together, %s",
				subject, brief(u.LunchShift), brief(u.LunchFrom+u.Lunch))
		}
		if before := 2*u.BreakDistance + u.Break; u.Break > 0 && before > u.LunchTo {
			r.fault(v.at("break_distance", "lunch_to", "break"), "%s: a break with break_distance on both sides takes %s, want it to fit before lunch_to %s",
				subject, brief(before), brief(u.LunchTo))
		}
	}
	if u.Break > 0 && u.BreakDistance > u.LongestStretch {
		r.fault(v.at("break_distance", "longest_stretch"), "%s: break_distance %s, want at most longest_stretch %s",
			subject, brief(u.BreakDistance), brief(u.LongestStretch))
	}
	if u.MinBlock > u.LongestPhone {
		r.fault(v.at("min_block", "longest_phone"), "%s: min_block %s, want at most longest_phone %s",
			subject, brief(u.MinBlock), brief(u.LongestPhone))
	}
}
