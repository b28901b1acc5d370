package plan

import (
	"context"

	"bemanna/internal/civil"
)

// RosterChange is a shift that becomes another than people have been told.
type RosterChange struct {
	Date   civil.Date `json:"date"`
	Person string     `json:"person"`
	Name   string     `json:"name"`
	Was    *Period    `json:"was,omitempty"` // nil: off
	Is     *Period    `json:"is,omitempty"`
	// Near tells that the day is nearer than RosterNotice: it needs consent.
	Near bool `json:"near,omitempty"`
}

// told is what people are told: a shift or off on each day, but on days on which
// they are away nothing.
func (r *Roster) told() []Rostered {
	var out []Rostered
	for _, w := range r.Weeks {
		for i, day := range w.Days {
			for _, p := range w.People {
				if !p.Days[i].Away {
					out = append(out, Rostered{Date: day.Date, Person: p.ID, Shift: p.Days[i].Shift})
				}
			}
		}
	}
	return out
}

// Publish stores the roster as what people are told, sets its version, and settles
// the leads of the tables whose shifts were laid for it. The error is ErrOvertaken,
// and nothing is stored, if somebody else has published the same days meanwhile.
func (r *Roster) Publish(ctx context.Context, s RosterStore, by string) (err error) {
	if r.Version, err = s.PublishRoster(ctx, r.read, r.told(), by, r.Made); err != nil {
		return err
	}
	return s.SaveDuties(ctx, r.duties)
}

// compare finds the changes of what was published, and the days that are told late.
func (r *Roster) compare(published []Rostered, today civil.Date) {
	type key struct {
		day    civil.Date
		person string
	}
	was, told := map[key]*Period{}, map[civil.Date]bool{}
	for _, p := range published {
		was[key{p.Date, p.Person}] = p.Shift
		told[p.Date] = true
	}
	for _, w := range r.Weeks {
		for i, day := range w.Days {
			if day.Open && !told[day.Date] && day.Date < today+RosterNotice {
				r.ShortNotice++
			}
			for _, p := range w.People {
				before, known := was[key{day.Date, p.ID}]
				if !known || p.Days[i].Away || before.same(p.Days[i].Shift) {
					continue
				}
				if before != nil {
					before = new(before.in(r.Made.Location()))
				}
				r.Changes = append(r.Changes, RosterChange{
					Date: day.Date, Person: p.ID, Name: p.Name, Was: before, Is: p.Days[i].Shift, Near: day.Date < today+RosterNotice,
				})
			}
		}
	}
}

// same tells whether two shifts, or none, are the same.
func (p *Period) same(o *Period) bool {
	if p == nil || o == nil {
		return p == o
	}
	return p.Start.Equal(o.Start) && p.End.Equal(o.End)
}
