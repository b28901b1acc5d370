package centre

import (
	"time"

	"bemanna/internal/civil"
)

// monFri are the days on which people work who say nothing else.
const monFri civil.Weekdays = 1<<time.Monday | 1<<time.Tuesday | 1<<time.Wednesday | 1<<time.Thursday | 1<<time.Friday

func (r *reader) person(_ string, v *value, i int) {
	p := Person{Employment: Permanent, Weekly: 40 * time.Hour, Days: monFri, Earliest: 7*60 + 30, Latest: 17*60 + 30, Notice: 1, MostLate: r.centre.Rules.MostLate}
	subject := v.subject("person", i)
	r.fields(subject, v, r.personFields(&p))
	r.need(subject, v, "id")
	r.define(&r.people, "person", v.at("id"), p.ID)
	r.seat(subject, &p, v)
	r.inOrder(subject, v, p.From, p.Until)
	if p.Earliest >= p.Latest {
		r.fault(v.at("latest"), "%s: latest %s, want a time after earliest %s", subject, p.Latest, p.Earliest)
	}
	seen := map[string]bool{}
	for _, s := range p.Skills {
		if seen[s.Group] {
			r.fault(v.at("skills"), "%s: skills: %s a second time", subject, s.Group)
		}
		seen[s.Group] = true
	}
	p.Name = nameOr(p.Name, p.ID)
	if v.under("max_weekly") == nil {
		p.MaxWeekly = p.Weekly
	}
	r.centre.People = append(r.centre.People, p)
}

func (r *reader) personFields(p *Person) fields {
	return fields{
		{"id", one(r, &p.ID, id)},
		{"name", one(r, &p.Name, line)},
		{"unit", r.known(&p.Unit, "unit", &r.units)},
		{"table", r.known(&p.Table, "table", &r.tables)},
		{"employment", one(r, &p.Employment, oneOf(Permanent, Hourly, Agency))},
		{"weekly", one(r, &p.Weekly, length(0, 60*time.Hour))},
		{"days", r.days(&p.Days)},
		{"earliest", one(r, &p.Earliest, clock)},
		{"latest", one(r, &p.Latest, clock)},
		{"skills", r.skills(&p.Skills)},
		{"roles", many(r, &p.Roles, oneOf("lead", "mentor", "owner", "coach"))},
		{"from", one(r, &p.From, date)},
		{"until", one(r, &p.Until, date)},
		{"cost", one(r, &p.Cost, amount)},
		{"notice", one(r, &p.Notice, notice)},
		{"max_weekly", one(r, &p.MaxWeekly, length(0, 60*time.Hour))},
		{"most_late", one(r, &p.MostLate, count(0, 7))},
	}
}

// skills reads group:level, groups that are known.
func (r *reader) skills(dst *[]Skill) func(string, *value) {
	return each(r, func(subject string, v *value, _ int) {
		var s Skill
		if one(r, &s, skill)(subject, v.unpaired()); s.Level > 0 {
			r.leads(subject, v.place, s.Group, "answer group", &r.groups)
			*dst = append(*dst, s)
		}
	})
}

// unpaired gives a:4 back its text where YAML takes it for a mapping, as it does
// inside of braces.
func (v *value) unpaired() *value {
	if v.kind != mapping || len(v.entries) != 1 || v.entries[0].value.kind != text {
		return v
	}
	e := v.entries[0]
	return &value{place: v.place, kind: text, text: e.key.text + ":" + e.value.text}
}

// seat gives p the unit of the table, and sees that the two agree.
func (r *reader) seat(subject string, p *Person, v *value) {
	of := r.centre.UnitOf(p.Table)
	switch {
	case p.Unit == "":
		p.Unit = of
	case of != "" && of != p.Unit:
		r.fault(v.at("table"), "%s: table %s is in unit %s, want a table in unit %s", subject, p.Table, of, p.Unit)
	}
	if p.Unit == "" && p.Table == "" && p.Employment != Agency && v.kind == mapping {
		r.fault(v.place, "%s: unit is missing, want a unit or a table", subject)
	}
}

// peopleFile reads people from CSV, columns named as the keys.
func (r *reader) peopleFile(subject string, v *value) {
	t := r.csv(subject, "a CSV file", v, r.personFields(new(Person)).keys(), "id")
	for i, row := range t {
		row.split("skills", "roles")
		r.person("", row, i)
	}
}
