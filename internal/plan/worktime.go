package plan

import (
	"time"

	"bemanna/internal/centre"
	"bemanna/internal/civil"
	"bemanna/schedule"
)

// Working time that is limited over a week and over four: late shifts, and hours
// beyond the contract. The law limits overtime, and the additional hours of those
// who work part time, alike (arbetstidslagen 8 and 10 §§); both are counted by week,
// over the week of the day and the three before it. Its limit of 200 hours a year is
// not followed.

const (
	ruleLateShifts = "late_shifts"
	ruleOvertime   = "overtime"

	// overtimeWeeks is how many weeks the limit of overtime looks at.
	overtimeWeeks = 4
)

// isLate tells whether a shift ends after the hour from which on shifts are late.
func (d *draft) isLate(shift Period) bool {
	return shift.End.After(civil.DateOf(shift.Start).At(d.c.Rules.LateAfter, d.c.Location))
}

// lateShifts are those late shifts of other days that are in the week of the day.
func (d *draft) lateShifts(stints []Stint) []Stint {
	var out []Stint
	for _, s := range stints {
		if d.sameWeek(s) && d.isLate(s.Period) {
			out = append(out, s)
		}
	}
	return out
}

// sameWeek tells whether a stint is in the week of the day.
func (d *draft) sameWeek(s Stint) bool { return monday(civil.DateOf(s.Start)) == monday(d.r.Date) }

// overtime gives the hours beyond the contract in the four weeks that end with the
// week of the day, on which somebody works the given hours. Who has no contract of
// hours has no overtime.
func (d *draft) overtime(who centre.Person, stints []Stint, hours float64) float64 {
	if who.Weekly == 0 {
		return 0
	}
	var worked [overtimeWeeks]float64 // from this week back
	worked[0] = hours
	for _, s := range stints {
		if ago := (monday(d.r.Date) - monday(civil.DateOf(s.Start))) / 7; 0 <= ago && ago < overtimeWeeks {
			worked[ago] += s.Hours
		}
	}
	sum := 0.0
	for _, week := range worked {
		sum += max(0, week-who.Weekly.Hours())
	}
	return sum
}

// overtimeLeft is how long somebody may stay after a shift today.
func (d *draft) overtimeLeft(i int, shift schedule.Shift) time.Duration {
	limit := d.c.Rules.MostOvertime
	if limit == 0 {
		return longestOvertime
	}
	hours := float64(shift.Len()-shift.Lunch) * d.r.Grid.Step.Hours()
	worked := d.overtime(d.avail[i].Person, d.week[d.problem.Agents[i].ID], hours)
	return min(longestOvertime, max(0, limit-time.Duration(worked*float64(time.Hour))))
}

// worktimeRemarks says whose booked shift is one late shift too many, and who works
// more overtime than may be.
func (d *draft) worktimeRemarks(i int, day schedule.AgentDay, stints []Stint) []Remark {
	var out []Remark
	who := d.avail[i].Person
	shift := Period{d.r.Grid.Time(day.Shift.From), d.r.Grid.Time(day.Shift.To)}
	if late := len(d.lateShifts(stints)) + 1; who.MostLate > 0 && d.isLate(shift) && late > who.MostLate {
		out = append(out, Remark{Kind: RemarkLateShift, Who: who.Name, Value: float64(late), Plan: float64(who.MostLate)})
	}
	limit := d.c.Rules.MostOvertime.Hours()
	if hours := d.overtime(who, stints, d.dayHours(day)); limit > 0 && hours > limit {
		out = append(out, Remark{Kind: RemarkOvertime, Who: who.Name, Value: Round(hours, 1), Plan: Round(limit, 1)})
	}
	return out
}

// dayHours are the hours of work of a day that is planned here.
func (d *draft) dayHours(day schedule.AgentDay) float64 {
	sum := 0.0
	for _, act := range day.Activities {
		if act.Kind != schedule.Lunch && act.Kind != schedule.Absent {
			sum += float64(act.Len()) * d.r.Grid.Step.Hours()
		}
	}
	return sum
}
