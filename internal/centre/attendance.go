package centre

import (
	"cmp"
	"slices"
	"strings"

	"bemanna/internal/civil"
)

// Attendance is how a day turned out, in hours of people.
type Attendance struct {
	Date    civil.Date
	Planned float64 // at work by the plan, without those known to be away
	Absent  float64 // of them, unexpectedly away
	Phone   float64 // on the telephone by the plan, of those who came; 0: not known
	// LoggedIn is how much of Phone they were logged in.
	LoggedIn float64
	// Units are those of which Phone is known apart, by id; the people of the
	// others, and those of no unit, have what is left of the whole.
	Units []UnitAttendance
}

// UnitAttendance is how long people of a unit were on the telephone on a day, in
// hours.
type UnitAttendance struct {
	Unit            string  // id
	Phone, LoggedIn float64 // as of the whole day; Phone is above 0
}

// attendanceRow is a day of a unit, or of the whole centre.
type attendanceRow struct {
	Attendance
	unit  string // "": the whole centre
	place place
}

// attendanceFile reads how days turned out.
func (r *reader) attendanceFile(subject string, v *value) {
	keys := r.attendanceFields(new(attendanceRow)).keys()
	var seen index
	var rows []attendanceRow
	for _, row := range r.csv(subject, "a CSV file", v, keys, "date", "planned_h", "absent_h") {
		a := attendanceRow{place: row.at("date")}
		const subject = "attendance"
		before := len(r.faults)
		r.fields(subject, row, r.attendanceFields(&a))
		r.need(subject, row, "date", "planned_h", "absent_h")
		if (row.under("phone_h") == nil) != (row.under("logged_in_h") == nil) {
			r.fault(row.place, "%s: phone_h or logged_in_h alone, want both or neither", subject)
		}
		r.partOf(subject, row, "absent_h", a.Absent, "planned_h", a.Planned)
		r.partOf(subject, row, "logged_in_h", a.LoggedIn, "phone_h", a.Phone)
		if len(r.faults) == before && r.define(&seen, "day", a.place, strings.TrimSpace(a.Date.String()+" "+a.unit)) {
			rows = append(rows, a)
		}
	}
	slices.SortStableFunc(rows, func(a, b attendanceRow) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.unit, b.unit))
	})
	for len(rows) > 0 {
		day := 1
		for day < len(rows) && rows[day].Date == rows[0].Date {
			day++
		}
		r.attended(rows[:day])
		rows = rows[day:]
	}
}

func (r *reader) attendanceFields(a *attendanceRow) fields {
	return fields{
		{"date", one(r, &a.Date, date)},
		{"unit", r.known(&a.unit, "unit", &r.units)},
		{"planned_h", one(r, &a.Planned, amount)},
		{"absent_h", one(r, &a.Absent, amount)},
		{"phone_h", one(r, &a.Phone, amount)},
		{"logged_in_h", one(r, &a.LoggedIn, amount)},
	}
}

// attended puts the rows of a day together: that of the whole centre, which is the
// sum of its units where there is none, and then those of units.
func (r *reader) attended(rows []attendanceRow) {
	sum := Attendance{Date: rows[0].Date}
	whole, units := &sum, rows
	if rows[0].unit == "" {
		whole, units = &rows[0].Attendance, rows[1:]
	} else if len(rows) < len(r.centre.Units) {
		r.fault(rows[0].place, "attendance: %s has %d of %d units, want a row of each or one of the whole centre, without a unit",
			sum.Date, len(rows), len(r.centre.Units))
		return
	}
	for _, u := range units {
		sum.Planned, sum.Absent = sum.Planned+u.Planned, sum.Absent+u.Absent
		sum.Phone, sum.LoggedIn = sum.Phone+u.Phone, sum.LoggedIn+u.LoggedIn
		if u.Phone > 0 {
			whole.Units = append(whole.Units, UnitAttendance{u.unit, u.Phone, u.LoggedIn})
		}
	}
	const rounding = 1.01 // hours have a decimal or two
	if sum.Phone > rounding*whole.Phone {
		r.fault(rows[0].place, "attendance: phone_h %g in the units of %s, want at most %g as in the whole centre", sum.Phone, whole.Date, whole.Phone)
		return
	}
	if whole == &sum && len(whole.Units) < len(units) { // of some of them it is not known
		sum.Phone, sum.LoggedIn = 0, 0
	}
	r.centre.Attendance = append(r.centre.Attendance, *whole)
}

// partOf faults a part that is more than the whole.
func (r *reader) partOf(subject string, v *value, partKey string, part float64, wholeKey string, whole float64) {
	if part > whole {
		r.fault(v.at(partKey), "%s: %s %g, want at most %s %g", subject, partKey, part, wholeKey, whole)
	}
}
