package centre

import (
	"cmp"
	"slices"

	"bemanna/internal/civil"
)

// Attendance is how a day of the whole centre turned out, in hours of people.
type Attendance struct {
	Date    civil.Date
	Planned float64 // at work by the plan, without those known to be away
	Absent  float64 // of them, unexpectedly away
	Phone   float64 // on the telephone by the plan, of those who came; 0: not known
	// LoggedIn is how much of Phone they were logged in.
	LoggedIn float64
}

// attendanceFile reads how days turned out.
func (r *reader) attendanceFile(subject string, v *value) {
	keys := r.attendanceFields(new(Attendance)).keys()
	var dates index
	for _, row := range r.csv(subject, "a CSV file", v, keys, "date", "planned_h", "absent_h") {
		var a Attendance
		const subject = "attendance"
		before := len(r.faults)
		r.fields(subject, row, r.attendanceFields(&a))
		r.need(subject, row, "date", "planned_h", "absent_h")
		if (row.under("phone_h") == nil) != (row.under("logged_in_h") == nil) {
			r.fault(row.place, "%s: phone_h or logged_in_h alone, want both or neither", subject)
		}
		r.partOf(subject, row, "absent_h", a.Absent, "planned_h", a.Planned)
		r.partOf(subject, row, "logged_in_h", a.LoggedIn, "phone_h", a.Phone)
		if len(r.faults) == before && r.define(&dates, "day", row.at("date"), a.Date.String()) {
			r.centre.Attendance = append(r.centre.Attendance, a)
		}
	}
	slices.SortFunc(r.centre.Attendance, func(a, b Attendance) int { return cmp.Compare(a.Date, b.Date) })
}

func (r *reader) attendanceFields(a *Attendance) fields {
	return fields{
		{"date", one(r, &a.Date, date)},
		{"planned_h", one(r, &a.Planned, amount)},
		{"absent_h", one(r, &a.Absent, amount)},
		{"phone_h", one(r, &a.Phone, amount)},
		{"logged_in_h", one(r, &a.LoggedIn, amount)},
	}
}

// partOf faults a part that is more than the whole.
func (r *reader) partOf(subject string, v *value, partKey string, part float64, wholeKey string, whole float64) {
	if part > whole {
		r.fault(v.at(partKey), "%s: %s %g, want at most %s %g", subject, partKey, part, wholeKey, whole)
	}
}
