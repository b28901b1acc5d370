package plan_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"bemanna/internal/civil"
	"bemanna/internal/plan"
)

// TestAcceptedNewsAddUp: a later check-in starts from the accepted version, with
// all that was reported; undoing goes back step by step.
func TestAcceptedNewsAddUp(t *testing.T) {
	c := smallCentre(t)
	s := newShelf(newsDay, c.Location)
	at := newsDay.At(7*60, c.Location)
	accept := func(by string, news ...plan.News) *plan.Day {
		t.Helper()
		r := checkIn(t, c, s, newsDay, news...)
		d, err := plan.Accept(t.Context(), c, s, r, plan.Acceptance{All: true, By: by, At: at})
		if err != nil {
			t.Fatal(err)
		}
		if r.Accepted != d.Version {
			t.Errorf("accepted version %d, stored %d", r.Accepted, d.Version)
		}
		return d
	}
	made := checkIn(t, c, s, newsDay).Day
	first := accept("ann", absent("p1")...)
	second := accept("mia", absent("p6")...)
	if first.Version != 2 || second.Version != 3 || second.Basis != 2 {
		t.Errorf("versions %d and %d from %d, want 2, and 3 from 2", first.Version, second.Version, second.Basis)
	}
	want := []plan.Report{
		{News: plan.News{Kind: plan.NewsAbsent, Person: "p1"}, Name: "Ann Berg", By: "ann", At: at},
		{News: plan.News{Kind: plan.NewsAbsent, Person: "p6"}, Name: "Ali Farah", By: "mia", At: at},
	}
	if diff := cmp.Diff(want, second.Reports); diff != "" {
		t.Errorf("reports (-want +got):\n%s", diff)
	}
	people := ofPeople(second)
	if !people["p1"].Absent || !people["p6"].Absent || people["p1"].Shift != nil {
		t.Errorf("p1 %+v, p6 %+v: want both absent", people["p1"], people["p6"])
	}
	for i, want := range []*plan.Day{first, made} {
		d, err := plan.Undo(t.Context(), c, s, newsDay, "ann", at)
		if err != nil {
			t.Fatal(err)
		}
		if d.Version != 4+i {
			t.Errorf("version %d, want %d", d.Version, 4+i)
		}
		if diff := cmp.Diff(want.Agents, d.Agents); diff != "" {
			t.Errorf("undone %d times:\n%s", i+1, diff)
		}
	}
	if _, err := plan.Undo(t.Context(), c, s, newsDay, "ann", at); err == nil {
		t.Error("the plan as it was made is undone")
	}
}

// TestTwoLeadsAtOnce: the second one stores nothing, and is told what the first
// one did.
func TestTwoLeadsAtOnce(t *testing.T) {
	c := smallCentre(t)
	s := newShelf(newsDay, c.Location)
	at := newsDay.At(7*60+5, c.Location)
	ann, mia := checkIn(t, c, s, newsDay, absent("p4")...), checkIn(t, c, s, newsDay, absent("p8")...)
	if _, err := plan.Accept(t.Context(), c, s, ann, plan.Acceptance{All: true, By: "ann", At: at}); err != nil {
		t.Fatal(err)
	}
	_, err := plan.Accept(t.Context(), c, s, mia, plan.Acceptance{All: true, By: "mia", At: at.Add(time.Minute)})
	const want = "plan of 2026-11-24: version 1 was read, but ann has made version 2 at 07:05: absent p4 (Lars Ek); want the check-in done again on that"
	if !errors.Is(err, plan.ErrOvertaken) || err.Error() != want {
		t.Errorf("\n got %v\nwant %s", err, want)
	}
	if n := len(s.plans[newsDay]); n != 2 {
		t.Errorf("%d versions, want 2", n)
	}
}

// TestAcceptSome: the changes of a part of the people make a plan that keeps the
// rules, in which the others do what they must.
func TestAcceptSome(t *testing.T) {
	slow(t)
	c, history := openDemo(t)
	day := lastDay + 1
	s := &shelf{history, map[civil.Date][]plan.Saved{}}
	before := stored(t, c, s, day)
	r := checkIn(t, c, s, day, absent("a002", "a006", "a016", "a027", "a037", "a047", "a055", "a060")...)
	lawful(t, before, r)
	publish(t, r.Day).check(t, c, day)
	free := slices.DeleteFunc(slices.Clone(r.Changes), func(c plan.Change) bool { return c.Forced })
	if len(free) < 2 {
		t.Fatalf("%d changes that can be chosen, want 2 or more to choose from", len(free))
	}
	if r.After.ServiceLevel <= r.Unrepaired.ServiceLevel || r.Before.ServiceLevel <= r.After.ServiceLevel {
		t.Errorf("before %v, unrepaired %v, after %v: want the changes to win back a part", r.Before, r.Unrepaired, r.After)
	}
	some, err := plan.Accept(t.Context(), c, s, r, plan.Acceptance{People: []string{free[0].Who}, By: "ann", At: r.Now})
	if err != nil {
		t.Fatal(err)
	}
	publish(t, some).check(t, c, day)
	with, all, was := ofPeople(some), ofPeople(r.Day), ofPeople(before)
	if diff := cmp.Diff(all[free[0].Who].Activities, with[free[0].Who].Activities); diff != "" {
		t.Errorf("%s, accepted:\n%s", free[0].Who, diff)
	}
	leads := func(a plan.Agent) bool {
		return slices.ContainsFunc(a.Activities, func(x plan.Activity) bool { return x.Kind == "lead" })
	}
	for _, x := range free[1:] {
		if leads(all[x.Who]) != leads(was[x.Who]) {
			continue // who stands in for a lead must be at the meeting
		}
		if diff := cmp.Diff(was[x.Who].Activities, with[x.Who].Activities); diff != "" {
			t.Errorf("%s, not accepted:\n%s", x.Who, diff)
		}
	}
}
