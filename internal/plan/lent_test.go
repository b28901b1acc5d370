package plan_test

import (
	"errors"
	"slices"
	"testing"

	"bemanna/internal/centre"
	"bemanna/internal/plan"
)

// divided is the small centre with people for each group of their own.
func divided(t *testing.T) *centre.Centre {
	t.Helper()
	c := smallCentre(t)
	for i := range c.People {
		own := "bygg"
		if i%2 == 1 {
			own = "avfall"
		}
		c.People[i].Skills = slices.DeleteFunc(c.People[i].Skills, func(s centre.Skill) bool {
			return s.Group != own && s.Group != "epost"
		})
	}
	return c
}

// TestLent: whoever is lent takes calls of the other group after their own, for
// the time that was said and never before now; it is no loss; and it can be undone.
func TestLent(t *testing.T) {
	c := divided(t)
	s := newShelf(newsDay, c.Location)
	before := checkInAt(t, c, s, newsDay, 6*60)
	const ten, noon = 10 * 60, 12 * 60
	loan := plan.News{Kind: plan.NewsLend, Person: "p1", Group: "avfall", From: ten, Until: noon}
	r := checkInAt(t, c, s, newsDay, 7*60, loan)
	lends(t, r.Day, newsDay.At(ten, c.Location).Unix(), newsDay.At(noon, c.Location).Unix())
	if r.After.ServiceLevel < before.After.ServiceLevel-0.002 {
		t.Errorf("share %g with a loan, %g without", r.After.ServiceLevel, before.After.ServiceLevel)
	}
	if len(r.Reports) != 1 || r.Reports[0].News != loan {
		t.Errorf("reported %+v, want %+v", r.Reports, loan)
	}
	made := plan.Acceptance{All: true, By: "ann", At: newsDay.At(7*60, c.Location)}
	if _, err := plan.Accept(t.Context(), c, s, r, made); err != nil {
		t.Fatal(err)
	}
	again := checkInAt(t, c, s, newsDay, 8*60, absent("p8")...)
	lends(t, again.Day, newsDay.At(ten, c.Location).Unix(), newsDay.At(noon, c.Location).Unix())
	undone, err := plan.Undo(t.Context(), c, s, newsDay, 2, "ann", made.At)
	if err != nil {
		t.Fatal(err)
	}
	lends(t, undone, 0, 0)
	loan.From, loan.Until = 0, 0 // from now on
	late := checkInAt(t, c, s, newsDay, 11*60, loan)
	lends(t, late.Day, newsDay.At(11*60, c.Location).Unix(), (newsDay + 1).Start(c.Location).Unix())
}

// lends sees to it that p1 takes calls of avfall whenever on the telephone from
// one second of Unix time until another, last, and else never.
func lends(t *testing.T, d *plan.Day, from, until int64) {
	t.Helper()
	seen := false
	for _, x := range ofPeople(d)["p1"].Activities {
		inside := from <= x.Start.Unix() && x.End.Unix() <= until
		lent := slices.Contains(x.Groups, "avfall")
		if x.Kind == "phone" && lent != inside || lent && x.Groups[len(x.Groups)-1] != "avfall" {
			t.Errorf("p1 from %v to %v: %s of %v", x.Start, x.End, x.Kind, x.Groups)
		}
		seen = seen || lent
	}
	if seen != (from < until) {
		t.Errorf("p1 lent: %v", seen)
	}
}

func TestRefusedLoans(t *testing.T) {
	c := divided(t)
	s := newShelf(newsDay, c.Location)
	checkInAt(t, c, s, newsDay, 6*60)
	for want, n := range map[string]plan.News{
		`p1 (Ann Berg): lent to "epost", want a telephone group of the centre`:   {Person: "p1", Group: "epost"},
		`p1 (Ann Berg): lent to "nowhere", want a telephone group of the centre`: {Person: "p1", Group: "nowhere"},
		`p1 (Ann Berg): lent to bygg, but masters it: takes its calls anyway`:    {Person: "p1", Group: "bygg"},
		`p3 (Eva Lind): lent, but not planned on 2026-11-24`:                     {Person: "p3", Group: "avfall"},
		`p1 (Ann Berg): lent from 10:00 until 09:00, want a later end`:           {Person: "p1", Group: "avfall", From: 600, Until: 540},
	} {
		n.Kind = plan.NewsLend
		_, err := plan.CheckIn(t.Context(), c, s, plan.CheckInQuery{Date: newsDay, Now: newsDay.At(420, c.Location), News: []plan.News{n}, Seed: 1})
		if _, is := errors.AsType[*plan.CheckInError](err); !is || err.Error() != want {
			t.Errorf("%+v:\n got %v\nwant %s", n, err, want)
		}
	}
}
