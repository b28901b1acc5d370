package board

import (
	"math"
	"strconv"
	"time"

	"bemanna/internal/civil"
	"bemanna/internal/plan"
)

// madeDay is an invented day of a small centre on which all is well: two units,
// three tables, ten people, three groups of which two share their people. Open
// are the hours of real time from one to another after midnight.
func madeDay(date civil.Date, loc *time.Location, from, to int) *plan.Day {
	d := &plan.Day{
		Date: date, Centre: "Kontaktcenter Exempel", IntervalSeconds: 900, Version: 1,
		Made: date.At(6*60, loc), DataUntil: (date - 1).At(17*60, loc),
		Target: plan.DayTarget{Share: 0.85, Within: 60, Definition: "offered"}, LoginRate: 0.92,
		Units: []plan.Unit{{ID: "omsorg", Name: "Omsorg"}, {ID: "teknik", Name: "Teknik"}},
		Tables: []plan.Table{
			{ID: "o1", Name: "Bord 1", Unit: "omsorg", Lead: "a1", Deputy: "a2"},
			{ID: "o2", Name: "Bord 2", Unit: "omsorg", Lead: "a5", Deputy: "a6"},
			{ID: "t1", Name: "Bord 3", Unit: "teknik", Lead: "a8", Deputy: "a9"},
		},
		Summary: plan.Summary{ServiceLevel: 0.89, Probability: 0.93, People: 9, Away: 1, Temps: 1},
	}
	start := date.Start(loc)
	hours := to - from
	for _, g := range []struct {
		id, name, unit, pool string
		calls                float64 // an hour
	}{{"aldre", "Äldre direkt", "omsorg", "omsorg", 24}, {"familj", "Barn och familj", "omsorg", "omsorg", 16}, {"gata", "Gata och park", "teknik", "gata", 20}} {
		group := plan.Group{ID: g.id, Name: g.name, Unit: g.unit, Pool: g.pool, Target: d.Target, Priority: 1, Open: "08:00-16:00"}
		for i := range 4 * hours {
			busy := 0.7 + 0.6*math.Sin(math.Pi*float64(i)/float64(4*hours))
			calls := g.calls * busy / 4
			group.Intervals = append(group.Intervals, plan.Interval{
				Start: start.Add(time.Duration(from)*time.Hour + time.Duration(i)*15*time.Minute), Offered: calls,
				P10: math.Floor(calls * 0.5), P90: math.Ceil(calls * 1.5), HandleTime: 300,
				Need: calls * 0.55, Required: int(math.Ceil(calls * 0.55)), Staffed: calls*0.55 + 0.3, ServiceLevel: 0.9,
			})
			d.Volume.Offered += calls
		}
		d.Groups = append(d.Groups, group)
	}
	d.Volume.Usual = d.Volume.Offered / 1.04
	d.Email = []plan.EmailDay{{ID: "brev", Name: "E-post omsorg", Unit: "omsorg", Expected: 60, Due: 6, Planned: 6.25, HandleTime: 360, Deadline: 86400}}
	for i, name := range []string{"Ann Alm", "Bo Berg", "Cia Dahl", "David Ek", "Eva Fors", "Farid Gren", "Gun Holm", "Hugo Ivars", "Inez Jern", "Joel Kvist"} {
		d.Agents = append(d.Agents, madeAgent(i, name, start.Add(time.Duration(from)*time.Hour), hours))
	}
	d.Agents[3].Absent, d.Agents[3].Shift, d.Agents[3].Activities = true, nil, nil
	d.Agents[9].Employment, d.Agents[9].Table = "hourly", ""
	meeting := start.Add(time.Duration(from) * time.Hour)
	d.Meeting = &plan.Meeting{Start: meeting, End: meeting.Add(10 * time.Minute), Leads: 3, Cost: 0.002}
	return d
}

// madeAgent is the i-th person of the made centre, who works from an instant on
// for some hours.
func madeAgent(i int, name string, start time.Time, hours int) plan.Agent {
	unit, table, groups := "omsorg", "o1", []string{"aldre", "familj"}
	switch {
	case i >= 7:
		unit, table, groups = "teknik", "t1", []string{"gata"}
	case i >= 4:
		table = "o2"
	}
	length := time.Duration(min(hours, 8)) * time.Hour
	a := plan.Agent{
		ID: "a" + strconv.Itoa(i+1), Name: name, Unit: unit, Table: table, Employment: "permanent", Skills: groups,
		Shift: &plan.Period{Start: start, End: start.Add(length)},
	}
	at := start
	do := func(kind string, share float64) {
		end := at.Add(time.Duration(share * float64(length)).Round(15 * time.Minute))
		act := plan.Activity{Start: at, End: end, Kind: kind}
		switch kind {
		case "phone":
			act.Groups = groups
		case "email":
			act.Groups = []string{"brev"}
		}
		a.Activities = append(a.Activities, act)
		at = end
	}
	shift := 0.03 * float64(i%4)
	if i == 0 || i == 4 || i == 7 {
		do("lead", 0.03)
	}
	do("phone", 0.2+shift)
	do("break", 0.03)
	do("phone", 0.2)
	do("lunch", 0.1)
	do("email", 0.16)
	do("break", 0.03)
	do([]string{"phone", "coaching", "training", "meeting"}[i%4], 0.1)
	a.Activities = append(a.Activities, plan.Activity{Start: at, End: a.Shift.End, Kind: "phone", Groups: groups})
	return a
}
