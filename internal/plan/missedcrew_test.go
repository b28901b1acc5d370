package plan

import (
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"bemanna/internal/centre"
)

// someDay draws a plan in which people of some units are on the telephone.
func someDay(t *rapid.T, name string) *Day {
	d := &Day{}
	start := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	for _, u := range rapid.SliceOfN(rapid.SampledFrom([]string{"", "u1", "u2", "u3"}), 1, 8).Draw(t, name) {
		minutes := rapid.IntRange(1, 480).Draw(t, "minutes")
		d.Agents = append(d.Agents, Agent{Unit: u, Activities: []Activity{
			{Start: start, End: start.Add(time.Duration(minutes) * time.Minute), Kind: "phone", Groups: []string{"g"}},
		}})
	}
	return d
}

// TestCrewsAddUp: units of which attendance tells have its hours, the others what is
// left of the whole as the newest plan shares it; without attendance the newest plan
// holds.
func TestCrewsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := someDay(t, "planned"), someDay(t, "newest")
		newest := phoneHours(after)
		const rate = 0.9
		for _, c := range unitCrews(nil, before, after, rate) {
			if c.Came.Phone != newest[c.Unit] || c.Times != 1 {
				t.Errorf("unit %q: %v h without attendance, want %v as the newest plan has", c.Unit, c.Came.Phone, newest[c.Unit])
			}
		}
		a := &centre.Attendance{Phone: rapid.Float64Range(0, 50).Draw(t, "of others")}
		for _, u := range []string{"u1", "u2", "u3"} {
			if rapid.Bool().Draw(t, "told") {
				hours := rapid.Float64Range(0.1, 50).Draw(t, "hours")
				a.Units = append(a.Units, centre.UnitAttendance{Unit: u, Phone: hours, LoggedIn: 0.8 * hours})
				a.Phone += hours
			}
		}
		a.LoggedIn = 0.8 * a.Phone
		sum, others := 0.0, false
		for _, c := range unitCrews(a, before, after, rate) {
			i := slices.IndexFunc(a.Units, func(u centre.UnitAttendance) bool { return u.Unit == c.Unit })
			if i >= 0 && newest[c.Unit] > 0 && c.Came.Phone != a.Units[i].Phone {
				t.Errorf("unit %q: %v h, attendance says %v", c.Unit, c.Came.Phone, a.Units[i].Phone)
			}
			others = others || i < 0 && newest[c.Unit] > 0
			if math.Abs(c.Times*newest[c.Unit]-c.Came.Phone) > 1e-9 {
				t.Errorf("unit %q: %v times %v h are not %v h", c.Unit, c.Times, newest[c.Unit], c.Came.Phone)
			}
			sum += c.Came.Phone
			if c.Came.Phone > 1e-6 && newest[c.Unit] > 0 && math.Abs(c.Came.rate(1)-0.8) > 1e-6 {
				t.Errorf("unit %q: a log-in rate of %v, want that of all", c.Unit, c.Came.rate(1))
			}
		}
		if others && math.Abs(sum-a.Phone) > 1e-9 {
			t.Errorf("%v h in all, attendance says %v", sum, a.Phone)
		}
	})
}

// twoUnits is a day of two units, each with a group of its own, that are planned in
// the same way.
func twoUnits(t *testing.T) *overDay {
	t.Helper()
	one, other := loaded(t, asExpected), loaded(t, asExpected)
	d := *one.before
	d.Groups, d.Agents = nil, nil
	for id, x := range map[string]*Day{"g": one.before, "h": other.before} {
		x.Groups[0].ID, x.Groups[0].Unit = id, "unit "+id
		for i := range x.Agents {
			a := &x.Agents[i]
			a.ID, a.Unit, a.Activities[0].Groups = id+a.ID, "unit "+id, []string{id}
		}
	}
	for _, x := range []*Day{one.before, other.before} {
		d.Groups, d.Agents = append(d.Groups, x.Groups...), append(d.Agents, x.Agents...)
	}
	one.before, one.after = &d, &d
	one.came = append(one.came, other.came...)
	for i := range one.came {
		one.came[i].calls = nil // by the rates of the plan
	}
	return one
}

// ofUnit explains the calls of a unit.
func (d *overDay) ofUnit(t *testing.T, unit string) Split {
	t.Helper()
	if err := d.set(d.attendance); err != nil {
		t.Fatal(err)
	}
	played, err := d.account(t.Context(), ExplainQuery{Draws: 2, Seed: 7})
	if err != nil {
		t.Fatal(err)
	}
	a := played.sum(func(g *groupAccount) bool { return g.Unit == unit }, func(c *unitCrew) bool { return c.Unit == unit })
	return a.split()
}

// TestUnitsHaveTheirOwnAttendance: who is missing in a unit is missed by its calls
// only; of a whole that lacks as many hours, both units lack some.
func TestUnitsHaveTheirOwnAttendance(t *testing.T) {
	d := twoUnits(t)
	hours := phoneHours(d.before)["unit g"]
	missing := 0.2 * hours
	d.attendance = &centre.Attendance{Phone: 2*hours - missing, LoggedIn: 0.9 * (2*hours - missing)}
	if g, h := d.ofUnit(t, "unit g"), d.ofUnit(t, "unit h"); effects(g)[3] >= 0 || effects(h)[3] >= 0 {
		t.Errorf("of the whole: staffing %v and %v, want both below 0", effects(g)[3], effects(h)[3])
	}
	d.attendance.Units = []centre.UnitAttendance{{Unit: "unit g", Phone: hours - missing, LoggedIn: 0.9 * (hours - missing)}}
	g, h := d.ofUnit(t, "unit g"), d.ofUnit(t, "unit h")
	if effects(h) != [4]float64{} || effects(g)[3] > -0.03 {
		t.Errorf("effects %v of the unit that is short and %v of the other, want only staffing, in the first", effects(g), effects(h))
	}
	if *g.Effects[3].Came != Round(hours-missing, 2) || *h.Effects[3].Came != Round(hours, 2) {
		t.Errorf("came %v and %v h, want %v and %v", *g.Effects[3].Came, *h.Effects[3].Came, hours-missing, hours)
	}
}

// TestNewestPlanSaysWhoCame: without attendance, those who were reported away in the
// course of the day are the staffing, and the log-in rate is not told.
func TestNewestPlanSaysWhoCame(t *testing.T) {
	d := loaded(t, asExpected)
	d.came[0].calls, d.attendance = nil, nil
	after := *d.before
	after.Version++
	after.Agents = slices.Clone(after.Agents)
	allDay := &after.Agents[len(after.Agents)-1]
	allDay.Absent, allDay.Activities = true, nil
	d.after = &after
	s := d.explained(t, 2)
	if d.staffing != StaffingOfPlan || s.Effects[2].Share != nil || s.Effects[2].Came != nil {
		t.Errorf("from %s: log-in rate %+v, want nothing of it", d.staffing, s.Effects[2])
	}
	staffing := s.Effects[3]
	if staffing.Share == nil || *staffing.Share > -0.03 || *staffing.Came >= *staffing.Expected {
		t.Errorf("staffing %+v, want fewer hours and a day that is worse", staffing)
	}
	if s.Unexplained != nil || *s.Untold != Round(*s.Measured-s.Modelled, 4) {
		t.Errorf("untold %v, unexplained %v, want all of the rest untold", *s.Untold, s.Unexplained)
	}
	d.after = d.before // nobody was reported away: nothing says that all came
	if s := d.explained(t, 2); d.staffing != StaffingUnknown || s.Effects[3].Share != nil {
		t.Errorf("from %s: staffing %+v of a plan that nobody changed", d.staffing, s.Effects[3])
	}
}
