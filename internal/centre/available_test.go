package centre_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
)

// TestAvailable shows days of a centre as one line for each person: the span,
// with = where it is a booked shift, absence, and what is fixed.
func TestAvailable(t *testing.T) {
	c := load(t, map[string]string{
		"centre.yaml": `
name: Available
units: [{id: u}]
groups: [{id: g, hours: [{days: mon-sun, open: "08:00-16:30", red_days: true}]}]
people:
  - {id: full, unit: u}
  - {id: part, unit: u, days: "mon,wed", earliest: "09:00", latest: "15:00"}
  - {id: temp, unit: u, employment: hourly}
  - {id: agency, employment: agency}
  - {id: leaver, unit: u, until: 2026-11-23}
  - {id: starter, unit: u, from: 2026-11-25}
bookings_file: b.csv
`,
		"b.csv": `person,date,start,end,kind
full,2026-11-23,13:00,14:30,training
full,2026-11-24,,,absent
part,2026-11-24,10:00,14:00,shift
temp,2026-11-24,,,shift
temp,2026-11-24,08:00,09:00,coaching
agency,2026-11-24,09:00,12:00,meeting
part,2026-11-25,10:00,14:00,shift
part,2026-11-25,,,meeting
full,2026-11-25,12:00,17:00,absent
temp,2026-11-28,08:00,12:00,shift
temp,2026-11-28,,,absent
full,2026-12-25,08:00,12:00,shift
`,
	})
	for _, day := range []struct {
		date civil.Date
		why  string
		want []string
	}{
		{civil.NewDate(2026, 11, 22), "a Sunday", nil},
		{civil.NewDate(2026, 11, 23), "Monday, the last day of one", []string{
			"full 07:30-17:30 training 13:00-14:30", "part 09:00-15:00", "leaver 07:30-17:30",
		}},
		{civil.NewDate(2026, 11, 24), "shifts bring people in, a meeting does not", []string{
			"full 07:30-17:30 absent", "part = 10:00-14:00", "temp 07:30-17:30 coaching 08:00-09:00",
		}},
		{civil.NewDate(2026, 11, 25), "all day is the span of the day", []string{
			"full 07:30-17:30 absent 12:00-17:00", "part = 10:00-14:00 meeting 10:00-14:00", "starter 07:30-17:30",
		}},
		{civil.NewDate(2026, 11, 28), "a Saturday: booked, and ill", []string{"temp = 08:00-12:00 absent"}},
		{civil.NewDate(2026, 12, 24), "an eve", nil},
		{civil.NewDate(2026, 12, 25), "a red day with a booking", []string{"full = 08:00-12:00"}},
		{civil.NewDate(2027, 1, 5), "a short day is a working day", []string{"full 07:30-17:30", "starter 07:30-17:30"}},
	} {
		var got []string
		for _, a := range c.Available(day.date) {
			got = append(got, availabilityLine(a))
		}
		if diff := cmp.Diff(day.want, got); diff != "" {
			t.Errorf("%s, %s: %s", day.date, day.why, diff)
		}
	}
}

func availabilityLine(a centre.Availability) string {
	words := []string{a.Person.ID, a.Span.String()}
	if a.Booked {
		words[0] += " ="
	}
	if a.Absent {
		words = append(words, "absent")
	}
	for _, b := range a.Fixed {
		words = append(words, fmt.Sprint(b.Kind, " ", b.Span))
	}
	return strings.Join(words, " ")
}
