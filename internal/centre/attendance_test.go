package centre_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
)

// TestAttendance: a day is that of the whole centre, else the sum of its units;
// units are told of whose hours on the telephone are known.
func TestAttendance(t *testing.T) {
	c := load(t, map[string]string{
		"centre.yaml": small + "attendance_file: attendance.csv\n",
		"attendance.csv": `date,unit,planned_h,absent_h,phone_h,logged_in_h
2026-11-25,north,20,1,8,6
2026-11-23,,30,2,12,10
2026-11-24,north,20,1,8,6
2026-11-24,,30,2,12,10
2026-11-26,north,20,1,,
`,
	})
	day := func(d int) civil.Date { return civil.NewDate(2026, 11, d) }
	north := []centre.UnitAttendance{{Unit: "north", Phone: 8, LoggedIn: 6}}
	want := []centre.Attendance{
		{Date: day(23), Planned: 30, Absent: 2, Phone: 12, LoggedIn: 10},
		{Date: day(24), Planned: 30, Absent: 2, Phone: 12, LoggedIn: 10, Units: north},
		{Date: day(25), Planned: 20, Absent: 1, Phone: 8, LoggedIn: 6, Units: north},
		{Date: day(26), Planned: 20, Absent: 1},
	}
	if diff := cmp.Diff(want, c.Attendance); diff != "" {
		t.Errorf("attendance:\n%s", diff)
	}
}
