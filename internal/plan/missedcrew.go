package plan

import (
	"slices"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/schedule"
)

// StaffingSource says from what it is known how many people were on the telephone
// on a day that is over.
type StaffingSource string

// The sources.
const (
	// StaffingOfUnits is attendance of units; people of other units, and of none,
	// have what is left of that of the centre.
	StaffingOfUnits StaffingSource = "attendance_of_units"
	// StaffingOfCentre is attendance of the centre: each unit has as much more or
	// less of what the newest plan has for it.
	StaffingOfCentre StaffingSource = "attendance"
	// StaffingOfPlan is the newest plan, which was changed as people checked in: whoever
	// was reported away was away, and the others came.
	StaffingOfPlan StaffingSource = "plan"
	// StaffingUnknown is none of these.
	StaffingUnknown StaffingSource = "none"
)

// unitCrew is how the people of a unit were on the telephone.
type unitCrew struct {
	Unit          string // id; "": people of no unit
	Planned, Came phoneTime
	Times         float64 // how many times the hours of the newest plan came
}

// phoneTime is time on the telephone, in hours.
type phoneTime struct{ Phone, LoggedIn float64 }

func (t *phoneTime) add(o phoneTime) { t.Phone, t.LoggedIn = t.Phone+o.Phone, t.LoggedIn+o.LoggedIn }

// rate is the share of the time in which people are logged in.
func (t phoneTime) rate(otherwise float64) float64 {
	if t.Phone == 0 {
		return otherwise
	}
	return t.LoggedIn / t.Phone
}

// attendanceOf is how a day turned out, where it is known how long people were on
// the telephone and logged in.
func attendanceOf(c *centre.Centre, date civil.Date) *centre.Attendance {
	i := slices.IndexFunc(c.Attendance, func(a centre.Attendance) bool { return a.Date == date })
	if i < 0 || c.Attendance[i].Phone == 0 {
		return nil
	}
	return &c.Attendance[i]
}

// staffingSource says what tells of the staffing of a day.
func staffingSource(a *centre.Attendance, before, after *Day) StaffingSource {
	switch {
	case a != nil && len(a.Units) > 0:
		return StaffingOfUnits
	case a != nil:
		return StaffingOfCentre
	case after.Version != before.Version:
		return StaffingOfPlan
	}
	return StaffingUnknown
}

// told are the factors that can be told apart from what is not explained.
func (s StaffingSource) told() combination {
	const always = cameVolume | cameHandleTime
	switch s {
	case StaffingOfUnits, StaffingOfCentre:
		return asItCame
	case StaffingOfPlan:
		return always | cameStaffing
	case StaffingUnknown:
	}
	return always
}

// unitCrews are those of the units that work on a day by its first or newest plan, by
// id. Without attendance the newest plan says who came, and people are logged in as
// planned.
func unitCrews(a *centre.Attendance, before, after *Day, loginRate float64) []unitCrew {
	planned, newest := phoneHours(before), phoneHours(after)
	var units []string
	for _, d := range []*Day{before, after} {
		for i := range d.Agents {
			units = append(units, d.Agents[i].Unit)
		}
	}
	slices.Sort(units)
	units = slices.Compact(units)
	out := make([]unitCrew, len(units))
	for i, u := range units {
		out[i] = unitCrew{Unit: u, Planned: phoneTime{planned[u], planned[u] * loginRate}, Came: phoneTime{newest[u], newest[u] * loginRate}, Times: 1}
	}
	if a != nil {
		attend(out, a, newest)
	}
	return out
}

// attend puts what attendance says in the place of what the newest plan has. Hours of
// a unit that the plan has nobody in count with what is left of the whole.
func attend(crews []unitCrew, a *centre.Attendance, newest map[string]float64) {
	left := phoneTime{a.Phone, a.LoggedIn}
	told, others := map[string]phoneTime{}, 0.0
	for _, u := range a.Units {
		if newest[u.Unit] > 0 {
			told[u.Unit] = phoneTime{u.Phone, u.LoggedIn}
			left.Phone, left.LoggedIn = left.Phone-u.Phone, left.LoggedIn-u.LoggedIn
		}
	}
	left.Phone = max(left.Phone, 0)
	left.LoggedIn = min(max(left.LoggedIn, 0), left.Phone)
	for _, c := range crews {
		if _, known := told[c.Unit]; !known {
			others += newest[c.Unit]
		}
	}
	for i := range crews {
		c := &crews[i]
		if newest[c.Unit] == 0 {
			continue
		}
		came, known := told[c.Unit]
		if !known {
			part := newest[c.Unit] / others
			came = phoneTime{part * left.Phone, part * left.LoggedIn}
		}
		c.Came, c.Times = came, came.Phone/newest[c.Unit]
	}
}

// presence is how much of their time on the telephone by a plan the people of the
// crew are there, for factors as planned or as they came.
func (c *unitCrew) presence(s combination, loginRate float64) float64 {
	if s&cameLoginRate != 0 {
		loginRate = c.Came.rate(loginRate)
	}
	if s&cameStaffing != 0 {
		loginRate *= c.Times
	}
	return max(loginRate, leastPresence)
}

// leastPresence is how little of their time people are taken to be there: the
// simulation has no pauses that are longer.
const leastPresence = 0.1

// phoneHours are the hours on the telephone that a plan has, by unit of the people.
func phoneHours(d *Day) map[string]float64 {
	hours := map[string]float64{}
	for i := range d.Agents {
		a := &d.Agents[i]
		for _, act := range a.Activities {
			if act.Kind == string(schedule.Phone) {
				hours[a.Unit] += act.End.Sub(act.Start).Hours()
			}
		}
	}
	return hours
}
