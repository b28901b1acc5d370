package plan

import (
	"context"
	"slices"
	"time"

	"bemanna/internal/civil"
	"bemanna/schedule"
)

// Rostered is what a published roster says of somebody on one day.
type Rostered struct {
	Date    civil.Date
	Person  string  // id
	Shift   *Period // nil: off
	Version int     // of the roster that says so
	By      string  // who published it
	At      time.Time
}

// Rosters is what the spine wants of a store to keep people the shifts that they
// have been told.
type Rosters interface {
	// Rostered gives the newest that has been published of each person and day in
	// [from, until), by day and then by person.
	Rostered(ctx context.Context, from, until civil.Date) ([]Rostered, error)
}

// keepRoster leaves people the shift that was published for them, and those who
// were published as off nothing. Who is absent is, and a booked shift counts before
// the roster: somebody has decided it by hand. What was published and is no shift
// of the person any more is said, and the person is planned as if it had not been.
func (d *draft) keepRoster(published []Rostered) {
	for i := range d.problem.Agents {
		a := &d.problem.Agents[i]
		k := slices.IndexFunc(published, func(r Rostered) bool { return r.Person == a.ID && r.Date == d.r.Date })
		if k < 0 || d.avail[i].Absent {
			continue
		}
		switch shift := published[k].Shift; {
		case shift == nil && d.avail[i].Booked:
			d.unkept = append(d.unkept, Remark{Kind: RemarkOffBooked, Who: d.name(a.ID)})
		case shift == nil:
			a.Shifts = nil
			d.off = append(d.off, a.ID)
		default:
			d.keepShift(a, *shift)
		}
	}
}

func (d *draft) keepShift(a *schedule.Agent, shift Period) {
	shift = shift.in(d.c.Location)
	told := schedule.Span{From: d.r.Grid.Index(shift.Start), To: d.r.Grid.Index(shift.End)}
	i := slices.IndexFunc(a.Shifts, func(s schedule.Shift) bool { return s.Span == told })
	if i < 0 {
		d.unkept = append(d.unkept, Remark{Kind: RemarkRoster, Who: d.name(a.ID), Start: shift.Start, End: shift.End})
		return
	}
	a.Shifts = a.Shifts[i : i+1]
}
