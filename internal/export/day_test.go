package export

import (
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"bemanna/internal/civil"
	"bemanna/internal/i18n"
	"bemanna/internal/plan"
)

func stockholm(t *testing.T) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func language(t *testing.T, lang string) *i18n.Words {
	t.Helper()
	words, err := i18n.New(lang)
	if err != nil {
		t.Fatal(err)
	}
	return words
}

// activities reads "08:00 phone 10:00 break 10:15": times of day with what is
// done from one to the next.
func activities(t *testing.T, d *plan.Day, text string, groups ...string) []plan.Activity {
	t.Helper()
	fields := strings.Fields(text)
	at := func(i int) time.Time {
		c, err := civil.ParseClock(fields[i])
		if err != nil {
			t.Fatal(err)
		}
		return d.Date.At(c, d.Made.Location())
	}
	var out []plan.Activity
	for i := 0; i+2 < len(fields); i += 2 {
		a := plan.Activity{Start: at(i), End: at(i + 2), Kind: fields[i+1]}
		if a.Kind == "phone" {
			a.Groups = groups
		}
		out = append(out, a)
	}
	return out
}

// someDay is a day of two units, of names that files must not trip over: one
// like a formula, one like HTML, one with what iCalendar and CSV set apart.
// On it Omar of the first unit stands in for the lead of the second.
func someDay(t *testing.T, date civil.Date) *plan.Day {
	t.Helper()
	loc := stockholm(t)
	d := &plan.Day{
		Date: date, Centre: "Kontakt; centrum, Åby", IntervalSeconds: 900, Version: 3,
		Made: date.At(6*60, loc), DataUntil: (date - 1).At(18*60, loc), Target: plan.DayTarget{Share: 0.85, Within: 60, Definition: "offered"},
		Volume:  plan.Volume{Offered: 84, Usual: 80},
		Summary: plan.Summary{ServiceLevel: 0.87, Probability: 0.71, People: 4, Away: 1, Temps: 1},
		Units:   []plan.Unit{{ID: "u1", Name: "Bygg/miljö"}, {ID: "u2", Name: "Skola"}, {ID: "u3", Name: "Utan folk"}},
		Tables: []plan.Table{
			{ID: "b1", Name: "Bord 1", Unit: "u1", Lead: "a1", Deputy: "a2", Members: []string{"a1", "a2", "a3"}},
			{ID: "b2", Name: "Bord 2", Unit: "u2", Lead: "a2", StandIn: true, Members: []string{"a4"}},
		},
		Email:   []plan.EmailDay{{ID: "post", Name: "E-post", Unit: "u1", Expected: 12, Due: 3, Planned: 2.5}},
		Meeting: &plan.Meeting{Start: date.At(8*60, loc), End: date.At(8*60+10, loc), Leads: 2, Cost: 0.001},
		Remarks: []plan.Remark{
			{Kind: plan.RemarkHard, Group: "Bygglov", Start: date.At(9*60, loc), End: date.At(10*60, loc), Value: 3, Plan: 1},
			{Kind: plan.RemarkStandIn, Group: "Bord 2", Who: "Omar"},
			{Kind: plan.RemarkStale, Value: 4},
		},
		Actions: []plan.Action{{Kind: plan.ActionCallIn, Where: "Skola", Gain: 0.01, Start: date.At(9*60, loc), End: date.At(13*60, loc)}},
	}
	group := func(id, name, unit string, staffed float64) plan.Group {
		g := plan.Group{ID: id, Name: name, Unit: unit, Pool: id, Target: d.Target}
		for c := civil.Clock(8 * 60); c < 16*60; c += 15 {
			g.Intervals = append(g.Intervals, plan.Interval{
				Start: date.At(c, loc), Offered: 1, HandleTime: 300, Need: 2, Required: 2, Staffed: staffed, ServiceLevel: staffed / 2,
			})
		}
		return g
	}
	d.Groups = []plan.Group{group("bygg", "Bygglov", "u1", 1), group("skola", "Skola", "u2", 2), group("alla", "Växel", "", 2)}
	agent := func(id, name, unit, table, day string, skills ...string) {
		a := plan.Agent{ID: id, Name: name, Unit: unit, Table: table, Employment: "permanent", Skills: skills, Activities: []plan.Activity{}}
		if day == "" {
			a.Absent = true
		} else {
			a.Activities = activities(t, d, day, skills...)
			a.Shift = &plan.Period{Start: a.Activities[0].Start, End: a.Activities[len(a.Activities)-1].End}
		}
		d.Agents = append(d.Agents, a)
	}
	agent("a1", "=1+1", "u1", "b1", "07:30 other 08:00 lead 08:15 phone 10:00 break 10:15 phone 11:30 lunch 12:15 email 15:00", "bygg", "alla")
	agent("a2", "Omar", "u1", "b1", "08:00 lead 08:15 phone 12:00 lunch 12:45 training 14:00 phone 16:15", "bygg")
	agent("a3", "Sjuk Person", "u1", "b1", "", "bygg")
	agent("a4", "<b>Åsa</b> & \"Co\"", "u2", "b2", "08:30 phone 12:00", "skola")
	agent("a5", "-Ola; =cmd, x", "u2", "", "08:30 coaching 09:30 meeting 12:00", "skola")
	d.Agents[4].Employment = "hourly"
	return d
}

// An ordinary day, and the days of 2026 on which the clocks of Stockholm change.
var (
	ordinary = civil.NewDate(2026, 11, 24)
	spring   = civil.NewDate(2026, 3, 29)
	autumn   = civil.NewDate(2026, 10, 25)
)
