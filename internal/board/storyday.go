package board

import (
	"net/http"
	"slices"
	"time"

	"bemanna/internal/civil"
	"bemanna/internal/plan"
)

// dayStory is a state in which the page of a day can be, with made data.
type dayStory struct {
	name string
	day  func(loc *time.Location) known
}

// The days of the stories: an ordinary Tuesday, a holiday, and the day on which
// summer time ends.
var (
	tuesday  = civil.NewDate(2026, time.November, 24)
	holiday  = civil.NewDate(2026, time.December, 25)
	longDay  = civil.NewDate(2027, time.October, 31)
	briefDay = civil.NewDate(2027, time.March, 28)
)

// dayStories are all states of the page of a day.
var dayStories = []dayStory{
	{"well", func(loc *time.Location) known { return whole(madeDay(tuesday, loc, 8, 16)) }},
	{"missed", func(loc *time.Location) known { return whole(missed(madeDay(tuesday, loc, 8, 16))) }},
	{"sick", func(loc *time.Location) known { return whole(everyoneSick(madeDay(tuesday, loc, 8, 16))) }},
	{"stale", func(loc *time.Location) known {
		k := whole(madeDay(tuesday, loc, 8, 16))
		k.day.Remarks = append(k.day.Remarks, plan.Remark{Kind: plan.RemarkStale, Value: 3})
		k.troubles = []trouble{{Kind: troubleFailed, Since: tuesday.At(2*60+40, loc)}}
		return k
	}},
	{"old", func(loc *time.Location) known {
		k := whole(madeDay(tuesday, loc, 8, 16))
		k.day.Made = (tuesday - 1).At(6*60, loc)
		k.troubles = []trouble{{Kind: troubleOld, Since: k.day.Made}}
		return k
	}},
	{"planning", func(loc *time.Location) known {
		k := whole(madeDay(tuesday, loc, 8, 16))
		k.troubles = []trouble{{Kind: troublePlanning, Since: tuesday.At(6*60+50, loc)}}
		return k
	}},
	{"instead", func(loc *time.Location) known {
		k := known{date: tuesday, open: true, day: madeDay(tuesday-7, loc, 8, 16)}
		k.troubles = []trouble{{Kind: troubleInstead, Day: tuesday - 7}}
		return k
	}},
	{"none", func(*time.Location) known {
		return known{date: tuesday, open: true, troubles: []trouble{{Kind: troubleNone}}}
	}},
	{"store", func(loc *time.Location) known {
		k := whole(madeDay(tuesday, loc, 8, 16))
		k.troubles = []trouble{{Kind: troubleStore, Since: tuesday.At(7*60, loc)}}
		return k
	}},
	{"closing", func(loc *time.Location) known { return whole(shutForAMeeting(madeDay(tuesday, loc, 8, 16))) }},
	{"holiday", func(loc *time.Location) known {
		return whole(&plan.Day{
			Date: holiday, Centre: "Kontaktcenter Exempel", Version: 1, Made: holiday.At(6*60, loc), IntervalSeconds: 900,
			Target: plan.DayTarget{Share: 0.85, Within: 60, Definition: "offered"}, Remarks: []plan.Remark{{Kind: plan.RemarkClosed}},
		})
	}},
	{"around", func(loc *time.Location) known { return whole(aroundTheClock(tuesday, loc)) }},
	{"autumn", func(loc *time.Location) known { return whole(madeDay(longDay, loc, 0, 25)) }},
	{"spring", func(loc *time.Location) known { return whole(madeDay(briefDay, loc, 0, 23)) }},
	{"nobody", func(loc *time.Location) known {
		d := madeDay(tuesday, loc, 8, 16)
		d = everyoneSick(d)
		d.Agents, d.Tables, d.Email, d.Summary = nil, nil, nil, plan.Summary{}
		d.Remarks = append(d.Remarks, plan.Remark{Kind: plan.RemarkNoPeople})
		return whole(d)
	}},
}

func (s dayStory) show(b *Board, w http.ResponseWriter, q *request, loc *time.Location) error {
	k := s.day(loc)
	view, err := q.viewKnown(k)
	if err != nil {
		return err
	}
	view.Previous, view.Next = q.dayLink(k.date-1), q.dayLink(k.date+1)
	return b.show(w, q, http.StatusOK, "day", frame{Title: view.Title, Banners: banners(k.troubles, k.date, q.words), Body: view})
}

func whole(d *plan.Day) known { return known{date: d.Date, open: len(d.Groups) > 0, day: d} }

// shutForAMeeting is a day on which a group is closed for an hour, and early; the
// group of another unit takes the calls of that hour.
func shutForAMeeting(d *plan.Day) *plan.Day {
	g := &d.Groups[2]
	from, to := g.Intervals[8].Start, g.Intervals[12].Start
	g.Intervals = slices.Concat(g.Intervals[:8], g.Intervals[12:20])
	d.Closings = []plan.Closing{{Group: g.ID, Name: g.Name, To: "aldre", Start: from, End: to, Stay: 0.68, Moved: 15, Lost: 7}}
	d.Remarks = append(d.Remarks, plan.Remark{Kind: plan.RemarkClosing, Group: g.Name, Other: "Äldre direkt", Start: from, End: to, Value: 15, Plan: 7})
	return d
}

// missed is a day on which the target is out of reach, with all that may be
// said of one.
func missed(d *plan.Day) *plan.Day {
	for g := range d.Groups {
		for i := range d.Groups[g].Intervals {
			if x := &d.Groups[g].Intervals[i]; i >= 6 && i < 14 {
				x.Staffed, x.ServiceLevel = 0.6*x.Need, 0.55
			}
		}
	}
	at := func(i int) time.Time { return d.Groups[0].Intervals[i].Start }
	d.Summary.ServiceLevel, d.Summary.Probability, d.Summary.GapHours = 0.78, 0.12, 7.5
	d.Volume.Usual = d.Volume.Offered / 1.18
	d.Volume.Terms = []plan.Term{{Reason: "event", Name: "avgiftsbeslut", Group: "Äldre direkt", Factor: 1.15}}
	d.Email[0].Planned = 4
	d.Tables[1].Lead, d.Tables[1].Deputy, d.Tables[1].StandIn = "a6", "a7", true
	d.Tables[2].Lead = ""
	d.Actions = []plan.Action{
		{Kind: plan.ActionCallIn, Where: "Omsorg", Start: at(4), End: at(20), Gain: 0.021},
		{Kind: plan.ActionMove, What: "coaching", Who: "Farid Gren", People: 1, Start: at(8), End: at(12), Gain: 0.008},
		{Kind: plan.ActionPostpone, Where: "Omsorg", People: 3, Start: at(6), End: at(14), Gain: 0.012},
	}
	d.Remarks = []plan.Remark{
		{Kind: plan.RemarkMissed, Value: 0.07, Plan: 7.5},
		{Kind: plan.RemarkHard, Group: "Omsorg", Start: at(6), End: at(14), Value: 6.1, Plan: 3.7},
		{Kind: plan.RemarkHard, Group: "Gata och park", Start: at(6), End: at(14), Value: 3.1, Plan: 1.9},
		{Kind: plan.RemarkLate, Group: "E-post omsorg", Value: 2},
		{Kind: plan.RemarkStandIn, Group: "Bord 2", Who: "Farid Gren"},
		{Kind: plan.RemarkNoLead, Group: "Bord 3"},
		{Kind: "outage", Group: "Gata och park", Start: at(0).AddDate(0, 0, -1), End: at(2).AddDate(0, 0, -1), Value: 12},
	}
	return d
}

// aroundTheClock is a day without a pause, on which people come in three waves
// and the early hours are short.
func aroundTheClock(date civil.Date, loc *time.Location) *plan.Day {
	d := missed(madeDay(date, loc, 0, 24))
	for i := range d.Agents {
		a, later := &d.Agents[i], time.Duration(i%3)*8*time.Hour
		if a.Shift == nil {
			continue
		}
		a.Shift.Start, a.Shift.End = a.Shift.Start.Add(later), a.Shift.End.Add(later)
		for j := range a.Activities {
			act := &a.Activities[j]
			act.Start, act.End = act.Start.Add(later), act.End.Add(later)
		}
	}
	return d
}

// everyoneSick is a day on which nobody comes.
func everyoneSick(d *plan.Day) *plan.Day {
	for i := range d.Agents {
		d.Agents[i].Absent, d.Agents[i].Shift, d.Agents[i].Activities = true, nil, nil
	}
	for g := range d.Groups {
		for i := range d.Groups[g].Intervals {
			d.Groups[g].Intervals[i].Staffed, d.Groups[g].Intervals[i].ServiceLevel = 0, 0
		}
	}
	for i := range d.Tables {
		d.Tables[i].Lead = ""
	}
	d.Meeting, d.Email[0].Planned = nil, 0
	d.Summary = plan.Summary{Away: len(d.Agents)}
	d.Remarks = []plan.Remark{{Kind: plan.RemarkMissed, Value: 0.85, Plan: 70}}
	return d
}
