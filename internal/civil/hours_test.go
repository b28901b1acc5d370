package civil_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bemanna/internal/civil"
)

func TestParseWeekdays(t *testing.T) {
	for in, want := range map[string]string{
		"mon-fri": "mon-fri", "sat": "sat", "mon,wed,fri": "mon,wed,fri", "sat-mon": "mon,sat,sun",
		"mon-sun": "mon-sun", "fri-thu": "mon-sun", "Tue, tue-wed": "tue,wed", "sun,mon": "mon,sun",
	} {
		got, err := civil.ParseWeekdays(in)
		if err != nil || got.String() != want {
			t.Errorf("ParseWeekdays(%q) = %s, %v, want %s", in, got, err, want)
		}
	}
	week, _ := civil.ParseWeekdays("mon-fri")
	if week.Has(time.Sunday) || !week.Has(time.Friday) || week.Count() != 5 {
		t.Errorf("mon-fri: Sunday %t, Friday %t, %d days", week.Has(time.Sunday), week.Has(time.Friday), week.Count())
	}
}

func clock(s string) civil.Clock {
	c, err := civil.ParseClock(s)
	if err != nil {
		panic(err)
	}
	return c
}

func hours(s string) civil.Span {
	span, err := civil.ParseSpan(s)
	if err != nil {
		panic(err)
	}
	return span
}

// A week of office hours with a pause on Fridays and a line for Saturdays; from
// 2027 on longer days, on red days and eves too.
var office = civil.Hours{
	{Days: 0b0011110, Span: hours("08:00-16:30"), Until: civil.NewDate(2026, 12, 31), ShortClose: clock("13:00")},
	{Days: 0b0100000, Span: hours("08:00-12:00"), Until: civil.NewDate(2026, 12, 31)},
	{Days: 0b0100000, Span: hours("13:00-16:00"), Until: civil.NewDate(2026, 12, 31), ShortClose: clock("13:00")},
	{Days: 0b1000000, Span: hours("10:00-14:00"), Eves: true},
	{Days: 0b0111110, Span: hours("07:30-18:00"), From: civil.NewDate(2027, 1, 1), RedDays: true, Eves: true},
}

func TestHoursOn(t *testing.T) {
	for _, c := range []struct{ day, want, why string }{
		{"2026-11-24", "[08:00-16:30]", "a Tuesday"},
		{"2026-11-27", "[08:00-12:00 13:00-16:00]", "a Friday with its pause"},
		{"2026-11-28", "[10:00-14:00]", "a Saturday"},
		{"2026-11-29", "[]", "a Sunday"},
		{"2026-04-30", "[08:00-13:00]", "a short Thursday: Valborgsmässoafton"},
		{"2026-10-30", "[08:00-12:00]", "a short Friday: the line after the pause falls away"},
		{"2026-01-05", "[08:00-13:00]", "a short Monday: Trettondagsafton"},
		{"2026-05-15", "[08:00-12:00 13:00-16:00]", "a bridge day is open"},
		{"2026-05-14", "[]", "red: Kristi himmelsfärdsdag"},
		{"2026-06-19", "[]", "an eve: Midsommarafton"},
		{"2026-12-26", "[]", "a red Saturday"},
		{"2022-12-24", "[10:00-14:00]", "an eve on a Saturday, when the line holds"},
		{"2026-12-31", "[]", "an eve, on the last day of the old hours"},
		{"2027-01-01", "[07:30-18:00]", "red, on the first day of the new hours"},
		{"2027-01-05", "[07:30-18:00]", "short, but no closing time for it"},
		{"2027-06-25", "[07:30-18:00]", "an eve in the new hours"},
	} {
		day, _ := civil.ParseDate(c.day)
		if got := fmt.Sprint(office.On(day, civil.Sweden())); got != c.want {
			t.Errorf("%s, %s: %s, want %s", c.day, c.why, got, c.want)
		}
	}
	newYear := civil.NewDate(2024, 1, 1)
	if got := office.On(newYear, civil.Calendar{}); len(got) != 1 {
		t.Errorf("2024-01-01 without a calendar: %v, want the hours of a Monday", got)
	}
}

func TestMask(t *testing.T) {
	stockholm := location(t, "Europe/Stockholm")
	runs := func(h civil.Hours, day civil.Date) (out []string) {
		g := civil.DayGrid(day, 15*time.Minute, stockholm)
		mask := h.Mask(day, civil.Calendar{}, g)
		if len(mask) != g.N {
			t.Fatalf("mask of %d intervals, want %d", len(mask), g.N)
		}
		for i := 0; i < g.N; i++ {
			from := i
			for i < g.N && mask[i] {
				i++
			}
			if i > from {
				out = append(out, fmt.Sprintf("%s for %s", g.Time(from).Format("15:04"), g.Time(i).Sub(g.Time(from))))
			}
		}
		return out
	}
	always := civil.Hours{{Days: 0b1111111, Span: hours("00:00-24:00")}}
	night := civil.Hours{{Days: 0b1111111, Span: hours("01:00-04:00")}}
	for _, c := range []struct {
		hours civil.Hours
		day   string
		want  []string
	}{
		{office, "2026-11-27", []string{"08:00 for 4h0m0s", "13:00 for 3h0m0s"}},
		{office, "2026-11-29", nil},
		{always, "2026-11-24", []string{"00:00 for 24h0m0s"}},
		{always, "2027-03-28", []string{"00:00 for 23h0m0s"}},
		{always, "2027-10-31", []string{"00:00 for 25h0m0s"}},
		{night, "2027-03-28", []string{"01:00 for 2h0m0s"}},
		{night, "2027-10-31", []string{"01:00 for 4h0m0s"}},
	} {
		day, _ := civil.ParseDate(c.day)
		if diff := cmp.Diff(c.want, runs(c.hours, day)); diff != "" {
			t.Errorf("%s: %s", c.day, diff)
		}
	}
}
