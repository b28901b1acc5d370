package plan_test

import (
	"slices"
	"testing"

	"bemanna/internal/plan"
	"bemanna/schedule"
)

// tested has a test for each rule that is kept here; those of the schedule engine
// have theirs there (TestEveryRuleIsChecked).
var tested = map[string]func(*testing.T){
	"daily_rest":  TestRestBetweenShifts,
	"weekly_rest": TestRestOfTheWeek,
	"hours":       TestRestOfTheWeek,
	"start":       TestSameStart,
	"min_staff":   TestFloorIsKept,
	"late_shifts": TestLateShifts,
	"overtime":    TestOvertime,
}

// TestRulebook: each rule is there once, with a source, and a law where it is the
// law; and each of this package has a test.
func TestRulebook(t *testing.T) {
	engine := map[string]bool{}
	for _, r := range schedule.Catalogue() {
		engine[r.Name] = true
	}
	var seen []string
	c := smallCentre(t)
	c.Units[0].LunchAtOnce, c.Units[0].Seats = 2, 20
	for _, r := range plan.Rulebook(c) {
		if slices.Contains(seen, r.Name) && r.Where == "" {
			t.Errorf("%s twice", r.Name)
		}
		seen = append(seen, r.Name)
		if r.Source == "" || (r.Source == plan.ByLaw) != (r.Law != "") {
			t.Errorf("%s: source %q, law %q", r.Name, r.Source, r.Law)
		}
		if !engine[r.Name] && tested[r.Name] == nil {
			t.Errorf("%s has no test", r.Name)
		}
	}
	for _, name := range []string{schedule.RuleLunch, schedule.RuleStretch, schedule.RulePhone, schedule.RuleLunches, "daily_rest", "weekly_rest"} {
		if !slices.Contains(seen, name) {
			t.Errorf("%s is missing", name)
		}
	}
	for name := range tested {
		if !slices.Contains(seen, name) {
			t.Errorf("%s is tested, but no rule", name)
		}
	}
}

// TestFloorIsKept: while a group that must not be empty is open, at least so many
// who master it are on the telephone, though hardly anybody calls.
func TestFloorIsKept(t *testing.T) {
	const floor = 3
	c := smallCentre(t)
	c.Groups[1].MinStaff = floor
	d := checkInAt(t, c, newShelf(newsDay, c.Location), newsDay, 6*60).Day
	for at := newsDay.At(8*60+15, c.Location); at.Before(newsDay.At(16*60, c.Location)); at = at.Add(c.Interval) {
		n := 0
		for _, a := range d.Agents {
			for _, x := range a.Activities {
				if !x.Start.After(at) && x.End.After(at) && slices.Contains(x.Groups, c.Groups[1].ID) {
					n++
				}
			}
		}
		if n < floor {
			t.Errorf("%v: %d on the telephone, want %d", at, n, floor)
		}
	}
}
